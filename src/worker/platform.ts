import { free } from '../core/model/free.ts';
import type { Platform } from '../core/read/source.ts';

// Byte-order marks are the reader's business: a decoder that swallows them would make text differ from the file.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What reading needs, from a worker's globals. */
export const workerPlatform: Platform = {
  decodeText: (bytes) => decoder.decode(bytes),
  gunzip,
};

/**
 * Unpacks while it is read. A consumer that stops early ends the packed source, too. Chunks are freed once they were read: waiting
 * for the collector, they take some 50 MB.
 */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = toStream(packed).pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
      // Part of a larger buffer, as in Node, it may share that with chunks to come.
      if (value.byteLength === value.buffer.byteLength) free(value.buffer);
    }
  } finally {
    // Not awaited: it waits for the packed source, which may never answer again.
    reader.cancel().catch(() => {});
  }
}

/** Asks for a chunk when one is wanted. Copies it: a chunk of a source is only valid until the next one. */
function toStream(packed: AsyncIterable<Uint8Array>): ReadableStream<BufferSource> {
  const iterator = packed[Symbol.asyncIterator]();
  return new ReadableStream<BufferSource>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value.slice());
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
