import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { ByteSource, Platform } from '../core/read/source.ts';

const CHUNK_BYTES = 1024 * 1024;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What reading needs, from Node. */
export const nodePlatform: Platform = {
  decodeText: (bytes) => decoder.decode(bytes),
  gunzip,
};

/** Unpacks while it is read; throws for a broken stream. */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  const feeding = feed(packed, stream).catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of stream) {
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } finally {
    stream.destroy();
  }
  await feeding;
}

/** Copies each chunk: one of a source is only valid until the next is asked for. */
async function feed(packed: AsyncIterable<Uint8Array>, stream: NodeJS.WritableStream): Promise<void> {
  for await (const chunk of packed) {
    if (!stream.writable) return;
    if (!stream.write(chunk.slice())) await drained(stream);
  }
  stream.end();
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}

/** A file on disk. Throws an Error with a message for people when it cannot be read. */
export async function fileSource(path: string): Promise<ByteSource> {
  const file = await stat(path).catch((error: unknown) => {
    throw new Error(openingProblem(error));
  });
  if (file.isDirectory()) throw new Error('It is a folder. Name the files in it.');
  return {
    fileName: basename(path),
    path,
    sizeBytes: file.size,
    modifiedMs: Math.round(file.mtimeMs),
    chunks: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }),
  };
}

/** Words for the reasons why a file cannot be opened; Node's own for the others. */
function openingProblem(error: unknown): string {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT') return 'There is no such file.';
    if (error.code === 'EACCES' || error.code === 'EPERM') return 'It may not be read: permission denied.';
  }
  return `It cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
}

/** A stream that can be read only once, held in memory: reading may start over (a broken gzip stream is read twice). */
export async function streamSource(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<ByteSource> {
  const chunks: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let sizeBytes = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
    chunks.push(bytes);
    sizeBytes += bytes.length;
  }
  return {
    fileName: name,
    path: name,
    sizeBytes,
    modifiedMs: null,
    chunks: async function* () {
      yield* chunks;
    },
  };
}
