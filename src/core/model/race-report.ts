import type { Provenance } from './provenance.ts';
import type { Frame } from './symbols.ts';

/** One of the two or more accesses to the same memory. */
export interface RaceAccess {
  /** As it stands, without address and goroutine: "Write", "Previous read", "Previous atomic write". */
  readonly what: string;
  /** As it stands: "0x00c0000b4010". */
  readonly address: string;
  /** Goroutine id; 'main' for the main goroutine. */
  readonly goroutine: number | 'main';
  /** Innermost first; null when the detector failed to restore the stack. */
  readonly frames: readonly Frame[] | null;
}

/** Where a goroutine that took part was started. */
export interface RaceCreation {
  readonly goroutine: number;
  /** "running" or "finished" when the report was printed. */
  readonly state: string;
  readonly frames: readonly Frame[] | null;
}

/** A data race: "WARNING: DATA RACE" up to the line of equals signs (Go race detector, -race). */
export interface Race {
  /** 1-based line of the warning in the unpacked input. */
  readonly line: number;
  readonly accesses: readonly RaceAccess[];
  readonly creations: readonly RaceCreation[];
  /** Lines of the report that are neither, as they stand ("Location is heap block of size 48 …"). */
  readonly notes: readonly string[];
  /** Reports in the input with the same stacks, this one included. */
  readonly times: number;
}

/** The races reported in one text. Their stacks are two moments of a few goroutines, so they are never counted as a dump. */
export interface RaceReport {
  readonly provenance: Provenance;
  /** Distinct races in order of appearance, at most MAX_RACES. */
  readonly races: readonly Race[];
  /** Reports met, repeated ones and those past the limit included. */
  readonly reports: number;
  readonly caveats: readonly string[];
}

export const MAX_RACES = 500;
