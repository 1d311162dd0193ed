import type { ReadOptions } from '../options.ts';
import type { ByteSource, Platform } from '../source.ts';
import type { Leaves, LeavesResult } from './leaf.ts';
import { DEFAULT_LIMITS, type Limits, Meter } from './limits.ts';
import { type Opening, OUTSIDE, openContainers } from './open-containers.ts';

/**
 * Gives `use` the files in a source, all containers removed. The platform's gunzip is fast but throws everything away that
 * it has not delivered when a stream is broken, has several members or trailing bytes; then `use` is called a second time
 * from the start with the tolerant one, so it must not keep state between calls. Other errors of `use` are passed on.
 */
export async function withLeaves<T>(
  source: ByteSource,
  platform: Platform,
  options: ReadOptions & { readonly limits?: Partial<Limits> },
  use: (leaves: Leaves) => Promise<T>,
): Promise<LeavesResult<T>> {
  const stop: Stop = { cancelled: false, unreadable: null };
  for (const gunzip of [platform.gunzip, null]) {
    const meter = new Meter({ ...DEFAULT_LIMITS, ...options.limits });
    const notes = new Set<string>();
    const opening: Opening = { platform, gunzip, meter, note: (text) => addNote(notes, text), usedPlatform: false };
    try {
      const bytes = watched(source, options, stop);
      const value = await use({
        all: openContainers(bytes, OUTSIDE, opening),
        archive: () => meter.archive,
        notes: () => [...notes, ...(meter.stopped === null ? [] : [meter.stopped])],
      });
      return stop.cancelled ? { kind: 'cancelled' } : { kind: 'done', value };
    } catch (error) {
      if (stop.cancelled) return { kind: 'cancelled' };
      if (stop.unreadable !== null) return { kind: 'unreadable', why: stop.unreadable };
      if (!opening.usedPlatform || gunzip === null) throw error;
    }
  }
  throw new Error('unreachable: the second attempt returns or throws');
}

/** Notes kept of one source: an archive can hold thousands of entries of one kind. */
const MAX_NOTES = 20;

function addNote(notes: Set<string>, text: string): void {
  if (notes.size < MAX_NOTES) notes.add(text);
}

/** Why reading stopped early. Noted here because an error's identity is lost on its way through a platform stream. */
interface Stop {
  cancelled: boolean;
  unreadable: string | null;
}

async function* watched(source: ByteSource, options: ReadOptions, stop: Stop): AsyncGenerator<Uint8Array> {
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
