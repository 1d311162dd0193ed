import type { Container } from '../../model/provenance.ts';

/**
 * How packed bytes ended. `cut`: the stream breaks off or is damaged. `trailing`: bytes after its end are none of it.
 * `limit`: unpacking was stopped because it grew past a limit; what came before stands.
 */
export type Ending = 'whole' | 'cut' | 'trailing' | 'limit';

/** One file after all containers: the source itself, or an entry of an archive. */
export interface Leaf {
  /** As `TextPlace.entry`. */
  readonly entry: string | null;
  /** Outermost first. */
  readonly containers: readonly Container[];
  /** Last change as the archive says, milliseconds since 1970 UTC; null outside archives and where it says none. */
  readonly modifiedMs: number | null;
  /** To be read once, to its end or not, before the next leaf is asked for. A chunk is only valid until the next one. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Final once `chunks` has been read to its end. */
  readonly ending: () => Ending;
}

/** The files in a source, in the order they stand in it. */
export interface Leaves {
  readonly all: AsyncIterable<Leaf>;
  /** True when the source is an archive, even of a single entry. Final once the first leaf was given. */
  readonly archive: () => boolean;
  /** Sentences on what was left out and why: limits, entries that cannot be unpacked. Final once `all` has been read to its end. */
  readonly notes: () => readonly string[];
}

/** `unreadable`: the platform could not read the source; `why` are its words. */
export type LeavesResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unreadable'; readonly why: string };
