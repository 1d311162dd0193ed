import { type GzipEnding, gunzipTolerant } from './gunzip-fallback.ts';
import { peek } from './peek.ts';
import type { ByteSource, Platform } from './source.ts';

/** Layers of gzip that are removed; HTTP tooling packs a packed profile a second time. */
export const MAX_GZIP_LAYERS = 2;

/** The bytes inside all containers. */
export interface Unpacked {
  /** Containers removed, outermost first. */
  readonly containers: readonly 'gzip'[];
  /** Bytes of the UTF-8 byte-order mark that stood before the first byte of `chunks`: 0 or 3. */
  readonly markBytes: number;
  /** To be read once; without the byte-order mark. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** How the containers ended; final once `chunks` has been read to its end. */
  readonly ending: () => GzipEnding;
}

export interface UnpackOptions {
  /** Bytes of the source as given (packed) read so far. Starts again at 0 when a broken gzip stream is read a second time. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  /** Asked before each chunk. */
  readonly isCancelled?: (() => boolean) | undefined;
}

/** `unreadable`: the platform could not read the source; `why` are its words. */
export type UnpackResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Gives `use` the unpacked bytes of the source. The platform's unpacker is fast but throws everything away that it has
 * not delivered when a stream is broken, has several members or trailing bytes; then `use` is called a second time from
 * the start with the tolerant one, so it must not keep state between calls. Other errors of `use` are passed on.
 */
export async function withUnpacked<T>(
  source: ByteSource,
  platform: Platform,
  options: UnpackOptions,
  use: (unpacked: Unpacked) => Promise<T>,
): Promise<UnpackResult<T>> {
  const stop: Stop = { cancelled: false, unreadable: null };
  for (const gunzip of [platform.gunzip, null]) {
    const opened = { gzip: false };
    try {
      const value = await use(await unpack(watched(source, options, stop), gunzip, opened));
      return stop.cancelled ? { kind: 'cancelled' } : { kind: 'done', value };
    } catch (error) {
      if (stop.cancelled) return { kind: 'cancelled' };
      if (stop.unreadable !== null) return { kind: 'unreadable', why: stop.unreadable };
      if (!opened.gzip || gunzip === null) throw error;
    }
  }
  throw new Error('unreachable: the second attempt returns or throws');
}

/** Why reading stopped early. Noted here because an error's identity is lost on its way through a platform stream. */
interface Stop {
  cancelled: boolean;
  unreadable: string | null;
}

async function* watched(source: ByteSource, options: UnpackOptions, stop: Stop): AsyncGenerator<Uint8Array> {
  let bytesRead = 0;
  const iterator = source.chunks()[Symbol.asyncIterator]();
  try {
    for (;;) {
      if (options.isCancelled?.() === true) {
        stop.cancelled = true;
        throw new Error('reading was cancelled');
      }
      const next = await iterator.next().catch((error: unknown) => {
        stop.unreadable = error instanceof Error ? error.message : String(error);
        throw error;
      });
      if (next.done === true) return;
      bytesRead += next.value.length;
      yield next.value;
      options.onProgress?.(bytesRead);
    }
  } finally {
    await iterator.return?.();
  }
}

async function unpack(
  packed: AsyncIterable<Uint8Array>,
  gunzip: Platform['gunzip'] | null,
  opened: { gzip: boolean },
): Promise<Unpacked> {
  const containers: 'gzip'[] = [];
  const endings: GzipEnding[] = [];
  let start = await peek(packed, 3);
  while (isGzip(start.first) && containers.length < MAX_GZIP_LAYERS) {
    opened.gzip = true;
    const layer = containers.push('gzip') - 1;
    const inner =
      gunzip === null ? gunzipTolerant(start.all, (ending) => endings.splice(layer, 1, ending)) : gunzip(start.all);
    start = await peek(inner, 3);
  }
  const markBytes = start.first[0] === 0xef && start.first[1] === 0xbb && start.first[2] === 0xbf ? 3 : 0;
  return {
    containers,
    markBytes,
    chunks: markBytes === 0 ? start.all : withoutFirst(start.all, markBytes),
    ending: () => (endings.includes('cut') ? 'cut' : endings.includes('trailing') ? 'trailing' : 'whole'),
  };
}

/** Magic number and the only compression method gzip has ever had (RFC 1952). */
function isGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b && first[2] === 8;
}

/** `peek` joined the first chunks, so the bytes to drop all stand in the first one. */
async function* withoutFirst(stream: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let drop = bytes;
  for await (const chunk of stream) {
    yield drop === 0 ? chunk : chunk.subarray(drop);
    drop = 0;
  }
}
