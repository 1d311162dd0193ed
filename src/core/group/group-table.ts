import type { Level } from './levels.ts';
import type { TextColumn } from './text-column.ts';

/** Value of the wait columns for a group in which no goroutine printed minutes. */
export const NO_WAIT = -1;

/**
 * The groups of one dump at one level, largest first (ties by the text of the place, then by name). One column per property so that 100,000 groups
 * cross a thread as a few arrays. `sum(count) === goroutines` at every level.
 */
export interface GroupTable {
  readonly level: Level;
  readonly goroutines: number;
  readonly length: number;
  /** Content key: equal for the same group of another dump at the same level. */
  readonly key: readonly string[];
  /** For people: `orders.(*Publisher).publish → chan send`. */
  readonly name: TextColumn;
  readonly count: Float64Array;
  /** The state all or most of its goroutines are in, verbatim; UNKNOWN_STATE where the form has none. */
  readonly state: readonly string[];
  /** What frames betray where the form prints no state ("chan send"); empty when the state is printed or nothing betrays it. */
  readonly inferredState: readonly string[];
  /** Distinct states in the group; 1 for most. */
  readonly stateCount: Uint32Array;
  /** Printed wait minutes over the goroutines that print them, or NO_WAIT. */
  readonly waitMin: Int32Array;
  readonly waitMedian: Int32Array;
  readonly waitMax: Int32Array;
  /** Goroutines of the group that print no minutes. */
  readonly waitUnknown: Float64Array;
  /** Most frequent creating function; empty when none is printed. */
  readonly createdBy: readonly string[];
  /** Distinct creating functions in the group. */
  readonly createdByCount: Uint32Array;
  /** Distinct stacks in the group. */
  readonly stacks: Uint32Array;
  /** The stack (index in the dump's symbols) most of its goroutines have. */
  readonly mainStack: Uint32Array;
}
