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

/** Files that were copied, unpacked or checked out together differ by less than this each; dumps take longer. */
const COPIED_WITHIN_MS = 1000;

/**
 * Times to measure by: null where the only time is the file's own and the files seem to have been copied together, which
 * gives all of them the time of the copy.
 */
export function measurableTimes(moments: readonly Moment[]): (number | null)[] {
  const isOfFile = ({ index, takenAtMs }: Moment): boolean =>
    index.dump.provenance.takenAtFrom === 'file-time' && index.dump.provenance.takenAtMs === takenAtMs;
  const ofFiles = moments.filter(isOfFile).flatMap(({ takenAtMs }) => takenAtMs ?? []);
  const span =
    ofFiles.reduce((most, ms) => Math.max(most, ms), -Infinity) -
    ofFiles.reduce((least, ms) => Math.min(least, ms), Infinity);
  const copied = ofFiles.length > 1 && span < COPIED_WITHIN_MS * (ofFiles.length - 1);
  return moments.map((moment) => (copied && isOfFile(moment) ? null : moment.takenAtMs));
}

/** Goroutine counts without stacks: log lines, metrics. */
export interface CountCurve {
  readonly name: string;
  readonly instance: string | null;
  /** NaN where a point has no time. */
  readonly timesMs: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}
