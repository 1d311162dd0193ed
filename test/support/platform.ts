import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource } from '../../src/core/read/source.ts';

/** What reading needs: the worker's own platform, as Node has the same streams a browser has. */
export { workerPlatform as nodePlatform } from '../../src/worker/platform.ts';

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
