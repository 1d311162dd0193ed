import type { CountEntry, CountId } from '../../store/state.ts';
import { lastCount } from '../counts/count-facts.ts';
import { thinPoints } from '../counts/thin-points.ts';

/** Count series with lines in the chart; more of them could not be told apart. */
export const MAX_DRAWN_COUNTS = 8;
/** Points of a drawn line; a chart is not much wider. */
const LINE_POINTS = 1000;
/** Moments of all series together that the pointer can rest on. */
const STOPS = 240;

/** A count series as it is drawn. */
export interface DrawnCount {
  readonly id: CountId;
  readonly name: string;
  readonly instance: string | null;
  /** All points with a time, ascending; read out under the pointer. */
  readonly timesMs: Float64Array;
  readonly counts: Float64Array;
  /** Indexes of the points the line goes through. */
  readonly line: readonly number[];
  /** Index of the largest count. */
  readonly largest: number;
}

/** The series to draw, largest last count first. A series without any time is not among them. */
export function drawnCounts(entries: readonly CountEntry[]): readonly DrawnCount[] {
  return entries
    .filter(({ log }) => log.timesMs.some((time) => !Number.isNaN(time)))
    .sort((a, b) => lastCount(b.log) - lastCount(a.log))
    .slice(0, MAX_DRAWN_COUNTS)
    .map(({ id, name, log }) => {
      const timed = log.timesMs.map((time, index) => (Number.isNaN(time) ? Number.NaN : index)).filter((i) => i >= 0);
      const timesMs = timed.map((index) => log.timesMs[index] ?? 0);
      const counts = timed.map((index) => log.counts[index] ?? 0);
      let largest = 0;
      for (let i = 1; i < counts.length; i++) if ((counts[i] ?? 0) > (counts[largest] ?? 0)) largest = i;
      return {
        id,
        name,
        instance: log.provenance.instance,
        timesMs,
        counts,
        line: thinPoints(timesMs, counts, LINE_POINTS),
        largest,
      };
    });
}

/** Times at which the pointer reads the series, ascending, each once: some of each series, its ends among them. */
export function countStops(drawn: readonly DrawnCount[]): readonly number[] {
  const each = Math.max(4, Math.floor(STOPS / Math.max(1, drawn.length)));
  const times = new Set<number>();
  for (const { timesMs, counts } of drawn) {
    for (const index of thinPoints(timesMs, counts, each)) times.add(timesMs[index] ?? 0);
  }
  return [...times].sort((a, b) => a - b);
}

/** Index of the value nearest to `x` in ascending `values`; -1 when there is none. */
export function nearest(values: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const after = values[low];
  const before = values[low - 1];
  if (after === undefined) return values.length - 1;
  return before !== undefined && x - before < after - x ? low - 1 : low;
}
