import type { Ending } from '../core/read/containers/leaf.ts';
import { unzstd } from '../core/read/containers/unzstd.ts';
import { FORMS } from '../core/read/formats/table.ts';
import { DEFAULT_COUNT_KEYS } from '../core/read/options.ts';
import type { Platform } from '../core/read/source.ts';
import { readSegment, type Splitter, type TextPartRange } from '../core/read/text/split-text.ts';
import type { TextSegment } from '../core/read/text/text-reader.ts';
import { blobSource } from './byte-source.ts';
import { receiveChunks, sendChunks } from './chunk-stream.ts';
import { columnBuffers } from './column-buffers.ts';
import { workerPlatform } from './platform.ts';

/** What a reader asks of a helper. */
export type HelperTask =
  /** Reads a file and sends its bytes. */
  | { readonly kind: 'feed'; readonly file: Blob; readonly to: MessagePort }
  /** Unpacks what comes from `from` and sends what was in it. */
  | { readonly kind: 'gunzip' | 'unzstd'; readonly from: MessagePort; readonly to: MessagePort }
  /** Reads a part of a text. */
  | {
      readonly kind: 'segment';
      readonly file: Blob;
      readonly part: TextPartRange;
      readonly countKeys: readonly string[];
      readonly to: MessagePort;
    };

/** What came of a part: null when it cannot be read by itself. */
type SegmentReply =
  | { readonly kind: 'read'; readonly segment: TextSegment | null }
  | { readonly kind: 'failed'; readonly why: string };

/** Texts from this size on are split: below it readers are done before they have found each other. */
const SPLIT_BYTES = 256 * 1024 * 1024;

/** Bytes of one piece of a file: several are on their way at once. */
const FEED_BYTES = 1024 * 1024;

const ENDINGS: readonly Ending[] = ['whole', 'cut', 'trailing', 'limit'];

/** Does what readers ask, over their lines: work that would else stand in line with their parsing. */
export function serveHelperLine(line: MessagePort): void {
  line.onmessage = ({ data }: MessageEvent<HelperTask>) => void serve(data);
}

function serve(task: HelperTask): Promise<void> {
  if (task.kind === 'segment') return serveSegment(task);
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

async function serveSegment({ file, part, countKeys, to }: HelperTask & { kind: 'segment' }): Promise<void> {
  const about = { fileName: '', path: '', modifiedMs: null };
  const { chunks } = blobSource(file.slice(part.from, part.to), about);
  let reply: SegmentReply;
  try {
    const { decodeText } = workerPlatform;
    reply = { kind: 'read', segment: await readSegment(chunks(), part, { decodeText, countKeys }, FORMS.watches) };
  } catch (error) {
    reply = { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
  const traceback = reply.kind === 'read' ? reply.segment?.traceback : undefined;
  to.postMessage(reply, traceback === undefined ? [] : columnBuffers([traceback]));
  to.close();
}

/** Helpers that read parts of a plain text, each one of them. */
export function splitterOf(lines: readonly MessagePort[], file: Blob, keys: readonly string[] | null): Splitter {
  const free = [...lines];
  return {
    parts: lines.length + 1,
    fromBytes: SPLIT_BYTES,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    segment: (part) =>
      new Promise((resolve, reject) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }: MessageEvent<SegmentReply>) => {
          port1.close();
          if (data.kind === 'read') resolve(data.segment);
          else reject(new Error(data.why));
        };
        const line = free.pop();
        if (line === undefined) throw new Error('more parts than helpers');
        ask(line, { kind: 'segment', file, part, countKeys: keys ?? DEFAULT_COUNT_KEYS, to: port2 }, [port2]);
      }),
  };
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
