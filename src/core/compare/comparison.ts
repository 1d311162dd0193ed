import type { Level } from '../group/levels.ts';

/** What happened to a group from A to B. */
export const CHANGE_KINDS = ['added', 'gone', 'grew', 'shrank', 'same'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/**
 * What became of a goroutine from A to B, by its id. `stuck`: in both at the same stack and in the same state; `moved`: in
 * both, elsewhere; `born`: only in B; `left`: only in A.
 */
export const FATES = ['stuck', 'moved', 'born', 'left'] as const;
export type Fate = (typeof FATES)[number];

/**
 * Fates per group. In each group `before = stuck + movedOut + left` and `after = stuck + movedIn + born`; over all groups
 * `movedIn` and `movedOut` have the same sum. A goroutine that moved within its group counts in both.
 */
export interface FateColumns {
  readonly stuck: Float64Array;
  readonly movedIn: Float64Array;
  readonly movedOut: Float64Array;
  readonly born: Float64Array;
  readonly left: Float64Array;
}

/**
 * The groups of two dumps side by side, fastest growth first (ties by the larger of the two counts, then name).
 * `sum(before)` and `sum(after)` are the goroutines of A and B.
 */
export interface ChangeTable {
  readonly level: Level;
  readonly length: number;
  readonly key: readonly string[];
  readonly name: readonly string[];
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Index into CHANGE_KINDS. */
  readonly kind: Uint8Array;
  readonly state: readonly string[];
  readonly inferredState: readonly string[];
  readonly createdBy: readonly string[];
  /** Null when ids cannot be compared (`Comparison.idsWhyNot`). */
  readonly fates: FateColumns | null;
}

/**
 * The two dumps by goroutine id. Ids are never reused within a process and grow (runtime/proc.go), so the same id in
 * both is the same goroutine. `survived + left` = goroutines of A, `survived + born` = goroutines of B.
 */
export interface IdComparison {
  readonly survived: number;
  /** Of those, still at the same stack and in the same state. */
  readonly sameStack: number;
  readonly left: number;
  readonly born: number;
}

export interface Comparison {
  readonly level: Level;
  readonly goroutinesBefore: number;
  readonly goroutinesAfter: number;
  readonly changes: ChangeTable;
  /** Null when ids cannot be compared; `idsWhyNot` then says why. */
  readonly ids: IdComparison | null;
  /** "The pprof form prints no goroutine ids." Empty when ids were compared. */
  readonly idsWhyNot: string;
  /** What was left out of the key because one form does not print it, e.g. the state; sentences, empty when nothing. */
  readonly caveats: readonly string[];
}
