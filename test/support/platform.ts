import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource, Platform } from '../../src/core/read/source.ts';

const decoder = new TextDecoder();

/** Node's side of what core needs, with the same streams a browser has. */
export const nodePlatform: Platform = {
  decodeText: (bytes) => decoder.decode(bytes),
  gunzip: async function* (packed) {
    const reader = copies(packed).pipeThrough(new DecompressionStream('gzip')).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  },
};

/** A chunk of a source is only valid until the next one, and a stream may hold several. */
function copies(packed: AsyncIterable<Uint8Array>): ReadableStream<BufferSource> {
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

export interface SourceOptions {
  readonly fileName?: string;
  readonly path?: string;
  readonly modifiedMs?: number | null;
  /** Chunk sizes, used in turn from the first to the last and again. Default: one chunk. */
  readonly chunkSizes?: readonly number[];
}

/**
 * Bytes or text as a source. Every chunk is handed out in the same buffer, which is overwritten before the next one: a
 * reader that keeps a chunk reads rubbish and fails its test.
 */
export function sourceOf(content: Uint8Array | string, options: SourceOptions = {}): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const fileName = options.fileName ?? 'input';
  return {
    fileName,
    path: options.path ?? fileName,
    sizeBytes: bytes.length,
    modifiedMs: options.modifiedMs ?? null,
    chunks: () => cut(bytes, options.chunkSizes ?? [Math.max(1, bytes.length)]),
  };
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(1, ...sizes));
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    const chunk = buffer.subarray(0, Math.min(size, bytes.length - at));
    chunk.set(bytes.subarray(at, at + chunk.length));
    yield chunk;
    buffer.fill(0x7e);
    at += chunk.length;
  }
}

/** A file on disk as a source; its modification time is known. */
export function fileSource(path: string): ByteSource {
  const { size, mtimeMs } = statSync(path);
  return {
    fileName: basename(path),
    path: basename(path),
    sizeBytes: size,
    modifiedMs: mtimeMs,
    chunks: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  };
}
