import type { Platform } from '../core/read/source.ts';

// Byte-order marks are the reader's business: a decoder that swallows them would make text differ from the file.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What reading needs, from a worker's globals. */
export const workerPlatform: Platform = {
  decodeText: (bytes) => decoder.decode(bytes),
  gunzip,
};

/** Node goes on reading a chunk after `write` has answered (its zlib works in another thread); by the standard it is used up then. */
const KEEPS_CHUNKS = 'process' in globalThis;

/**
 * Unpacks while it is read. A consumer that stops early ends the packed source, too. Packed chunks are not
 * copied: copies waiting for the collector took tens of megabytes, and so did unpacked ones that were read.
 */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  void feed(packed, writable.getWriter());
  const reader = readable.getReader();
  const bin = createBin();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
      bin.drop(value);
    }
  } finally {
    bin.close();
    // Not awaited: it waits for the packed source, which may never answer again.
    reader.cancel().catch(() => {});
  }
}

/** Writes chunk by chunk, each when the one before is used up. An error of the source becomes one of the stream. Never rejects. */
async function feed(
  packed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for await (const chunk of packed) await writer.write(asWritten(chunk));
    await writer.close();
  } catch (error) {
    // Where the stream itself broke, its reader has heard already.
    await writer.abort(error).catch(() => {});
  }
}

function asWritten(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = chunk;
  if (KEEPS_CHUNKS || !(buffer instanceof ArrayBuffer)) return chunk.slice();
  return new Uint8Array(buffer, chunk.byteOffset, chunk.length);
}

/** Bytes that are dropped together, as a message costs some microseconds. */
const DROPPED_BYTES = 256 * 1024;

/**
 * Frees buffers that the browser made, at once: given away to a port that nobody listens to. `ArrayBuffer.prototype.transfer` leaves
 * them with the browser, and tells the collector that they are gone (Chromium 156).
 */
function createBin() {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  let buffers: ArrayBuffer[] = [];
  let bytes = 0;
  return {
    drop: ({ buffer, byteLength }: Uint8Array): void => {
      // Part of a larger buffer, as in Node, it may share that with chunks to come.
      if (!(buffer instanceof ArrayBuffer) || byteLength < buffer.byteLength) return;
      buffers.push(buffer);
      bytes += byteLength;
      if (bytes < DROPPED_BYTES) return;
      port1.postMessage(null, buffers);
      buffers = [];
      bytes = 0;
    },
    close: (): void => port1.close(),
  };
}
