import type { Problem } from './problem.ts';
import type { Provenance } from './provenance.ts';
import type { Rows } from './rows.ts';
import type { Symbols } from './symbols.ts';

/**
 * The form the text or bytes had. `traceback`: debug=2, SIGQUIT, panic; one block per goroutine.
 * `count-profile`: debug=1; one record per distinct stack with a count. `pprof`: debug=0, protobuf, same content.
 * `delve`: the debugger's list of goroutines.
 */
export type DumpFormat = 'traceback' | 'count-profile' | 'pprof' | 'delve';

/** What was profiled. `goroutineleak` (Go 1.26 experiment, 1.27) holds only goroutines proven leaked in its counted forms. */
export type ProfileKind = 'goroutine' | 'goroutineleak';

/** Where each byte of the input went. `understood + ignored === read`; bytes of problems count as ignored. */
export interface ByteLedger {
  /** Bytes of the text as `Provenance` places it: unpacked, in UTF-8, without wrappers. */
  readonly read: number;
  readonly understood: number;
  /** Surrounding text (log lines, registers, blank lines between blocks) and lines that are problems. */
  readonly ignored: number;
}

/**
 * One process at one moment. Immutable once built.
 *
 *     rows.stack ──► symbols.stackStart ──► symbols.stackFrames ──► symbols.frameFunction ──► symbols.strings
 *     (a goroutine)  (a distinct stack)     (its frames)             (a distinct frame)        (a distinct text)
 *
 * A million goroutines are a few typed arrays; text exists once per distinct function, file, state and label set. The
 * raw text of a goroutine is not held: `rows.offset` and `rows.length` say where it stands in the source.
 */
export interface Dump {
  readonly format: DumpFormat;
  readonly profile: ProfileKind;
  readonly provenance: Provenance;
  readonly symbols: Symbols;
  readonly rows: Rows;
  /** Goroutines in this dump: the sum of `rows.weight`, or the number of rows. Below zero only in a difference profile. */
  readonly goroutines: number;
  /** The total the dump claims itself (`goroutine profile: total 42`), null when its form claims none. */
  readonly declared: number | null;
  /** True when the input ended inside a goroutine, a record or a compressed stream: counts are lower bounds. */
  readonly truncated: boolean;
  /** The first problems met, in order of line; at most MAX_KEPT_PROBLEMS. */
  readonly problems: readonly Problem[];
  /** All problems met, kept or not. */
  readonly problemCount: number;
  /**
   * Sentences saying why counts or stacks are lower bounds: ended at a full buffer or inside a goroutine, broken packed
   * stream, fewer goroutines than declared, elided frames, stacks unavailable, goroutines left out as problems. Empty
   * when the dump is whole; never empty when `truncated`.
   */
  readonly lowerBounds: readonly string[];
  /** Tests that were running when `go test` timed out, as printed: "TestCheckout (9m59s)". */
  readonly runningTests: readonly string[];
  /** Other sentences a reader must know before trusting the numbers. */
  readonly caveats: readonly string[];
  readonly bytes: ByteLedger;
}
