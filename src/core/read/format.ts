import type { CountLog } from '../model/count-log.ts';
import type { Dump } from '../model/dump.ts';
import type { Provenance } from '../model/provenance.ts';
import type { RaceReport } from '../model/race-report.ts';

/**
 * What a wrapper said of the lines of a text that is read without it. Lines are counted from 1 in the unwrapped text.
 */
export interface LineOrigins {
  /** The line of the unpacked input that this line came from. Any line pushed so far may be asked for, in any order. */
  readonly sourceLine: (line: number) => number;
  /** Milliseconds since 1970 UTC that the wrapper said of this line, or null. Only for lines pushed lately (the last chunk and what was carried over). */
  readonly timeMs: (line: number) => number | null;
}

/** What a reader gets from its surroundings. The platform's part, so that core needs none. */
export interface ReadContext {
  /** Bytes → text; invalid UTF-8 becomes U+FFFD, never an exception. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** Everything known of the source before it is read; the reader adds time and reason when its form tells them. */
  readonly provenance: Provenance;
  /** Null when the text stood in the input as it is pushed: its lines are the input's. */
  readonly origins: LineOrigins | null;
  /** Keys of log lines and metrics that count goroutines. */
  readonly countKeys: readonly string[];
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
  /** What was found, in order of appearance. */
  finish(ended: EndOfInput): ReadOutcome;
}

/** What an input held. */
export interface ReadOutcome {
  readonly dumps: readonly Dump[];
  readonly countLogs: readonly CountLog[];
  readonly races: readonly RaceReport[];
  /** Sentences about the input as a whole: limits that were reached, archive entries left out, dumps that stood in it twice. */
  readonly notes: readonly string[];
  /** For people: what the input looked like and what to do. Null exactly when it held a dump, a count log or a race. */
  readonly nothing: string | null;
}

/** The outcome of an input that held dumps and nothing else; `why` speaks when there are none. */
export function outcomeOf(dumps: readonly Dump[], why: string): ReadOutcome {
  return { dumps, countLogs: [], races: [], notes: [], nothing: dumps.length === 0 ? why : null };
}

/** The outcome of an input that held nothing; `why` is for people. */
export function nothingIn(why: string): ReadOutcome {
  return outcomeOf([], why);
}

/** A row of the table of formats. */
export interface Format {
  readonly id: string;
  /** Sentence saying why the head is of this form, or null when it is not. */
  readonly detect: (head: Head) => string | null;
  readonly createReader: (context: ReadContext) => FormatReader;
}
