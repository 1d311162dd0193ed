import type { Dump } from '../model/dump.ts';
import type { Provenance } from '../model/provenance.ts';

/** What a reader gets from its surroundings. The platform's part, so that core needs none. */
export interface ReadContext {
  /** Bytes → text; invalid UTF-8 becomes U+FFFD, never an exception. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** Everything known of the source before it is read; the reader adds time and reason when its form tells them. */
  readonly provenance: Provenance;
}

/** The first bytes of the unpacked input, on which the format is decided. */
export interface Head {
  /** At most HEAD_BYTES, without a byte-order mark. */
  readonly bytes: Uint8Array;
  /** The same as text. */
  readonly text: string;
  /** True when the head is the whole input. */
  readonly whole: boolean;
}

/** How much of the input a format may look at before it answers. */
export const HEAD_BYTES = 64 * 1024;

/** How the input ended. */
export interface EndOfInput {
  /** True when bytes are known to be missing after the last chunk: a broken compressed stream. */
  readonly cut: boolean;
}

/**
 * Reads one form. Call `push` for each chunk in order, then `finish` once. A chunk belongs to the caller again when
 * `push` returns. Nothing in the input makes either throw.
 */
export interface FormatReader {
  push(chunk: Uint8Array): void;
  /** The dumps found, in order of appearance; none when the input held none. */
  finish(ended: EndOfInput): ReadOutcome;
}

/** `dumps` is empty exactly when `nothing` says what was seen instead. */
export interface ReadOutcome {
  readonly dumps: readonly Dump[];
  /** For people: what the input looked like and what to do. Null when dumps were found. */
  readonly nothing: string | null;
}

/** A row of the table of formats. */
export interface Format {
  readonly id: string;
  /** Sentence saying why the head is of this form, or null when it is not. */
  readonly detect: (head: Head) => string | null;
  readonly createReader: (context: ReadContext) => FormatReader;
}
