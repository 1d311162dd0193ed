/** Chunks on their way at once: enough that neither side waits for the other. */
const AHEAD = 4;
/** Small chunks are sent together in pieces of this size, as a message costs some microseconds whatever it holds. */
const BATCH_BYTES = 256 * 1024;

/** Sender → receiver. */
type FromSender =
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly said: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Receiver → sender. */
type FromReceiver =
  /** Room for one chunk more; with the buffer of one that was read. */
  { readonly kind: 'ready'; readonly used: ArrayBuffer | null } | { readonly kind: 'stop' };

export interface SendOptions {
  /** The buffers of chunks may be given away whole: nobody else reads them. Else they are copied. */
  readonly ownsBuffers?: boolean;
  /** Takes back a buffer that was given away; without it, buffers are filled again here. */
  readonly recycle?: (buffer: ArrayBuffer) => void;
  /** Told with the end: how it ended. */
  readonly ending?: () => string;
}

/**
 * Sends a stream to another thread, as fast as that one reads it. Ends when the stream does, fails or is no longer wanted;
 * closes the port. Never rejects: an error of the stream is thrown where it is received.
 */
export async function sendChunks(
  port: MessagePort,
  chunks: AsyncIterable<Uint8Array<ArrayBufferLike>>,
  { ownsBuffers = false, recycle, ending = () => '' }: SendOptions = {},
): Promise<void> {
  let room = 0;
  const spare: ArrayBuffer[] = [];
  let stopped = false;
  let wake = (): void => {};
  port.onmessage = ({ data }: MessageEvent<FromReceiver>) => {
    if (data.kind === 'stop') stopped = true;
    else {
      room++;
      if (data.used !== null) (recycle ?? keep)(data.used);
    }
    wake();
  };
  const keep = (buffer: ArrayBuffer): void => void spare.push(buffer);
  const post = (message: FromSender, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  const send = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    while (room === 0 && !stopped) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    room--;
    if (!stopped) post({ kind: 'chunk', bytes }, [bytes.buffer]);
  };
  let batch = new Uint8Array(0);
  let used = 0;
  const flush = async (): Promise<void> => {
    if (used === 0) return;
    const bytes = batch.subarray(0, used);
    batch = new Uint8Array(0);
    used = 0;
    await send(bytes);
  };
  try {
    for await (const chunk of chunks) {
      if (stopped) break;
      const { buffer } = chunk;
      if (ownsBuffers && chunk.length >= BATCH_BYTES && buffer instanceof ArrayBuffer) {
        await flush();
        await send(new Uint8Array(buffer, chunk.byteOffset, chunk.length));
        continue;
      }
      if (used + chunk.length > batch.length) {
        await flush();
        const known = spare.pop();
        const isRoomy = known !== undefined && known.byteLength >= chunk.length;
        batch = isRoomy ? new Uint8Array(known) : new Uint8Array(Math.max(BATCH_BYTES, chunk.length));
      }
      batch.set(chunk, used);
      used += chunk.length;
    }
    await flush();
    post({ kind: 'end', said: ending() });
  } catch (error) {
    post({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
  port.close();
}

/**
 * The stream that another thread sends; `onEnd` hears how it ended. A chunk is valid until the next one is asked for. Throws
 * where the stream failed; ending it early ends the one it comes from.
 */
export async function* receiveChunks(
  port: MessagePort,
  onEnd: (said: string) => void = () => {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const waiting: FromSender[] = [];
  let wake = (): void => {};
  port.onmessage = ({ data }: MessageEvent<FromSender>) => {
    waiting.push(data);
    wake();
  };
  const ready = (used: ArrayBuffer | null): void => {
    const message: FromReceiver = { kind: 'ready', used };
    port.postMessage(message, used === null ? [] : [used]);
  };
  try {
    for (let i = 0; i < AHEAD; i++) ready(null);
    for (;;) {
      const next = waiting.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (next.kind === 'end') {
        onEnd(next.said);
        return;
      }
      if (next.kind === 'failed') throw new Error(next.why);
      yield next.bytes;
      ready(next.bytes.buffer);
    }
  } finally {
    const stop: FromReceiver = { kind: 'stop' };
    port.postMessage(stop);
    port.close();
  }
}
