import type { DumpIndex } from '../group/cells.ts';
import type { Phase } from './phase.ts';

/** A dump as one point of a trend. */
export interface Moment {
  readonly index: DumpIndex;
  readonly name: string;
  /** Milliseconds since 1970 UTC; null when nothing tells. */
  readonly takenAtMs: number | null;
  /** As marked by the user; null leaves it to a guess. */
  readonly phase: Phase | null;
}

/** Goroutine counts without stacks: log lines, metrics. */
export interface CountCurve {
  readonly name: string;
  readonly instance: string | null;
  /** NaN where a point has no time. */
  readonly timesMs: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}
