import type { Ending } from '../core/read/containers/leaf.ts';
import { unzstd } from '../core/read/containers/unzstd.ts';
import type { Platform } from '../core/read/source.ts';
import { blobSource } from './byte-source.ts';
import { receiveChunks, sendChunks } from './chunk-stream.ts';
import { workerPlatform } from './platform.ts';

/** What a reader asks of a helper. */
export type HelperTask =
  /** Reads a file and sends its bytes. */
  | { readonly kind: 'feed'; readonly file: Blob; readonly to: MessagePort }
  /** Unpacks what comes from `from` and sends what was in it. */
  | { readonly kind: 'gunzip' | 'unzstd'; readonly from: MessagePort; readonly to: MessagePort };

/** Bytes of one piece of a file: several are on their way at once. */
const FEED_BYTES = 1024 * 1024;

const ENDINGS: readonly Ending[] = ['whole', 'cut', 'trailing', 'limit'];

/** Does what readers ask, over their lines: work that would else stand in line with their parsing. */
export function serveHelperLine(line: MessagePort): void {
  line.onmessage = ({ data }: MessageEvent<HelperTask>) => void serve(data);
}

function serve(task: HelperTask): Promise<void> {
  if (task.kind === 'feed') {
    const spare: ArrayBuffer[] = [];
    const about = { fileName: '', path: '', modifiedMs: null };
    const { chunks } = blobSource(task.file, about, { spare, chunkBytes: FEED_BYTES });
    return sendChunks(task.to, chunks(), { ownsBuffers: true, recycle: (buffer) => void spare.push(buffer) });
  }
  const packed = receiveChunks(task.from);
  if (task.kind === 'gunzip') return sendChunks(task.to, workerPlatform.gunzip(packed));
  let ended: Ending = 'whole';
  const unpacked = unzstd(packed, (ending) => {
    ended = ending;
  });
  return sendChunks(task.to, unpacked, { ending: () => ended });
}

/** The bytes of a file, read by the helper at the other end of `line`. */
export function fedChunks(line: MessagePort, file: Blob): AsyncIterable<Uint8Array> {
  const { port1, port2 } = new MessageChannel();
  ask(line, { kind: 'feed', file, to: port2 }, [port2]);
  return receiveChunks(port1);
}

/** The platform of this thread, with unpacking done by the helper at the other end of `line` while what came of it is read here. */
export function helpedPlatform(line: MessagePort): Platform {
  return {
    ...workerPlatform,
    gunzip: (packed) => receiveChunks(unpackThere(line, 'gunzip', packed)),
    unzstd: (packed, onEnd) =>
      receiveChunks(unpackThere(line, 'unzstd', packed), (said) => onEnd(ENDINGS.find((one) => one === said) ?? 'cut')),
  };
}

function unpackThere(line: MessagePort, kind: 'gunzip' | 'unzstd', packed: AsyncIterable<Uint8Array>): MessagePort {
  const out = new MessageChannel();
  const back = new MessageChannel();
  ask(line, { kind, from: out.port2, to: back.port2 }, [out.port2, back.port2]);
  void sendChunks(out.port1, packed);
  return back.port1;
}

function ask(line: MessagePort, task: HelperTask, transfer: Transferable[]): void {
  line.postMessage(task, transfer);
}
