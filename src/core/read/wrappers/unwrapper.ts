import type { TextEncoding, Wrapper } from '../../model/provenance.ts';
import type { LineOrigins } from '../format.ts';

/** The lines of one process of a log, without what stood around them. */
export interface Lane {
  /** As `TextPlace.lane`. */
  readonly key: string | null;
  /** Pod, container, host and unit, or service the wrapper names; null when it names none. Two containers of a pod: the second is "pod/container". */
  readonly instance: string | null;
  /** Null when lines stand as they were pushed. */
  readonly origins: LineOrigins | null;
}

/** Takes the text of the lanes. */
export interface LaneSink {
  /** Called once for each lane, before its first text; answers who takes its text, in chunks that may be cut anywhere. A chunk is only valid until the call returns. */
  readonly open: (lane: Lane) => { readonly push: (chunk: Uint8Array) => void };
}

/**
 * Takes wrappers off the lines of an unpacked text. Where the head shows a dump that stands as it was printed, every chunk
 * passes through untouched, at once and in one lane. Nothing in the input makes it throw, and where chunks are cut changes
 * nothing. Lines that do not show the wrapper pass as they are, into the lane of the line before.
 */
export interface Unwrapper {
  push(chunk: Uint8Array): void;
  finish(): void;
  /** Every chunk reaches the one lane as it is pushed. */
  readonly passesThrough: boolean;
  /** What was taken off, null when nothing was. Final after `finish`. */
  readonly wrapper: Wrapper | null;
  /** Null for plain UTF-8. */
  readonly encoding: TextEncoding | null;
}
