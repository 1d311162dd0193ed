import type { ByteSource } from '../core/read/source.ts';

export interface ByteSourceOptions {
  /** Bytes of one BYOB read. 4 MiB reads fastest for the least memory in Chromium (measured, 156). */
  readonly chunkBytes?: number;
  /** Bytes of one slice, where BYOB is missing or stalled. */
  readonly sliceBytes?: number;
  /** A BYOB read that gives nothing for this long, to twice as long, is given up and read again by slices. */
  readonly stallMs?: number;
  /** Buffers to read into when the one of the last chunk was given away; new ones when it has none. */
  readonly spare?: ArrayBuffer[];
}

const CHUNK_BYTES = 4 * 1024 * 1024;
const SLICE_BYTES = 8 * 1024 * 1024;
const STALL_MS = 5000;

/**
 * Everything that a running read needs, so that nothing of it is collected: Chromium lets a BYOB read hang for ever when
 * the blob or its stream is collected while the read is pending (seen in 156).
 */
const held = new Set<unknown>();

/** A file as a source. May be read any number of times; memory is one chunk, whatever the size of the file. */
export function blobSource(
  file: Blob,
  about: Pick<ByteSource, 'fileName' | 'path' | 'modifiedMs'>,
  options: ByteSourceOptions = {},
): ByteSource {
  return {
    fileName: about.fileName,
    path: about.path,
    modifiedMs: about.modifiedMs,
    sizeBytes: file.size,
    chunks: () => readBlob(file, options),
  };
}

/**
 * One buffer that is read into again and again, then slices for what that did not give: all of it where BYOB is not
 * supported, the rest after a stall, an error or an early end. Errors are those of the slices.
 */
async function* readBlob(file: Blob, options: ByteSourceOptions): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for await (const chunk of readByob(file, options)) {
    offset += chunk.length;
    yield chunk;
  }
  const sliceBytes = options.sliceBytes ?? SLICE_BYTES;
  while (offset < file.size) {
    const slice = await file.slice(offset, Math.min(offset + sliceBytes, file.size)).arrayBuffer();
    if (slice.byteLength === 0) throw new Error('the file became shorter while it was read');
    offset += slice.byteLength;
    yield new Uint8Array(slice);
  }
}

/** Chunks from the start of the file; ends early, without an error, when this way of reading does not get further. */
async function* readByob(file: Blob, options: ByteSourceOptions): AsyncGenerator<Uint8Array> {
  const { chunkBytes = CHUNK_BYTES, stallMs = STALL_MS, spare = [] } = options;
  const opened = openByob(file);
  if (opened === null) return;
  const { stream, reader } = opened;
  const hold = { file, stream, reader };
  held.add(hold);
  const patience = new Patience(stallMs);
  try {
    let buffer = new ArrayBuffer(chunkBytes);
    for (;;) {
      const read = reader.read(new Uint8Array(buffer)).catch(() => null);
      const next = await patience.with(read);
      if (next === null || next.done || next.value === undefined) return;
      yield next.value;
      const { buffer: used } = next.value;
      // A buffer that was given away is left without bytes.
      buffer = used.byteLength > 0 ? used : (spare.pop() ?? new ArrayBuffer(chunkBytes));
    }
  } finally {
    patience.end();
    held.delete(hold);
    // Not awaited: a stalled stream never answers.
    reader.cancel().catch(() => {});
  }
}

function openByob(file: Blob) {
  try {
    const stream = file.stream();
    return { stream, reader: stream.getReader({ mode: 'byob' }) };
  } catch {
    return null;
  }
}

/** Waits for one promise after the other, and gives up one that takes too long. One clock for all: a timer for each read costs. */
class Patience {
  readonly #clock: ReturnType<typeof setInterval>;
  /** Ends the waiting under way; null between two. */
  #giveUp: (() => void) | null = null;
  /** The clock has struck since the waiting began. */
  #struck = false;

  /** Gives up after `ms` to twice as long. */
  constructor(ms: number) {
    this.#clock = setInterval(() => {
      if (this.#struck) this.#giveUp?.();
      this.#struck = true;
    }, ms);
  }

  /** What `promise` gives, or null when it gives nothing in time. */
  async with<T>(promise: Promise<T>): Promise<T | null> {
    this.#struck = false;
    const late = new Promise<null>((resolve) => {
      this.#giveUp = () => resolve(null);
    });
    const first = await Promise.race([promise, late]);
    this.#giveUp = null;
    return first;
  }

  end(): void {
    clearInterval(this.#clock);
  }
}
