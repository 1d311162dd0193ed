import type { TextEncoding, Wrapper } from '../../model/provenance.ts';
import type { LineOrigins } from '../format.ts';

/** The lines of one process of a log, without what stood around them. */
export interface Lane {
  /** As `TextPlace.lane`. */
  readonly key: string | null;
  /** Pod, container, host or unit the wrapper names; null when it names none. */
  readonly instance: string | null;
  /** Null when lines stand as they were pushed. */
  readonly origins: LineOrigins | null;
}

/** Takes the text of the lanes. */
export interface LaneSink {
  /** Called once for each lane, before its first text; answers who takes its text, in chunks that may be cut anywhere. */
  readonly open: (lane: Lane) => { readonly push: (chunk: Uint8Array) => void };
}

/**
 * Takes wrappers off the lines of an unpacked text. Where none is found every chunk passes through untouched, at once and
 * in one lane. Nothing in the input makes it throw.
 */
export interface Unwrapper {
  push(chunk: Uint8Array): void;
  finish(): void;
  /** What was taken off, null when nothing was. Final after `finish`. */
  readonly wrapper: Wrapper | null;
  /** Null for plain UTF-8. */
  readonly encoding: TextEncoding | null;
}
