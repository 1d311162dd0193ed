import type { ReadContext, ReadOutcome } from '../format.ts';

/** A line of a text outside every goroutine and profile. */
export interface OutsideLine {
  /** Without its line break; a line over 64 KB is cut there. */
  readonly text: string;
  /** 1-based in the unwrapped text. */
  readonly number: number;
  /** Of its first byte in the unwrapped text. */
  readonly offset: number;
  /** With its line break. */
  readonly bytes: number;
}

/**
 * What a watch says of a line. `open`: it is its own, and so may be the lines after it: they are offered to this watch
 * first, whatever they hold, until it answers otherwise. `done`: it is its own, the next is not claimed. `no`: not its own.
 */
export type Claim = 'open' | 'done' | 'no';

/**
 * Reads what may stand among other lines of any text: race reports, lists of a debugger, counts. It is offered the lines
 * its `mayBegin` matches and, while open, every line outside goroutines. Nothing in a line makes it throw.
 */
export interface Watch {
  offer(line: OutsideLine): Claim;
  /** What it found; empty parts where it found none. Called once, at the end of the text. */
  finish(): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'>;
}

/** A row of the table of watches. */
export interface WatchKind {
  readonly id: string;
  /** Words (in any case) of which one stands in every line that can begin something for this watch. At least 6 letters each, plain ASCII. */
  readonly words: (context: ReadContext) => readonly string[];
  readonly create: (context: ReadContext) => Watch;
}
