import { findGrowthStart, type GrowthStart } from './growth-start.ts';
import { mannKendall } from './mann-kendall.ts';
import { medianOf } from './median.ts';
import { shapeOf, withoutNoise } from './shape.ts';
import { theilSen } from './theil-sen.ts';

const HOUR_MS = 3_600_000;
/** The last moment a JavaScript date can hold; what lies past it never comes. */
const LAST_DATE_MS = 8.64e15;
const CONFIDENCE = 0.95;
/** Below three dumps no slope is claimed. */
const FEWEST_POINTS = 3;
const MOST_POINTS = 400;
/** So many of the last points say where the line stands at the end. */
const LAST_POINTS = 5;

/** How a count grows over time. Slopes are goroutines per hour, times milliseconds since 1970 UTC. */
export interface GrowthFit {
  /** Points with a time and a count; those at the same time are one. */
  readonly points: number;
  readonly slopePerHour: number;
  /** The interval that holds the slope with `confidence`. */
  readonly lowPerHour: number;
  readonly highPerHour: number;
  /** 0.95, or what the interval attains: 2/3 for 3 points, 11/12 for 4. */
  readonly confidence: number;
  /** Of the Mann–Kendall test: the chance of such a trend, up or down, where there is none. */
  readonly p: number;
  /** When growth began; null where there is none, or where it began before the first point or nobody can tell. */
  readonly start: GrowthStart | null;
  /** How long until `lastCount` has doubled at the slope; null where the interval reaches down to 0. */
  readonly doublingMs: number | null;
  readonly lastMs: number;
  /** The count at `lastMs` without its noise: the middle one of the last five, each carried there along the slope. */
  readonly lastCount: number;
}

/** When a count reaches a limit; null: never, at that slope. Milliseconds since 1970 UTC. */
export interface TimeUntil {
  readonly atMs: number | null;
  /** At the high end of the slope's interval. */
  readonly earliestMs: number | null;
  /** At the low end. */
  readonly latestMs: number | null;
}

export interface CountsOverTime {
  readonly timesMs: Float64Array;
  readonly counts: Float64Array;
}

/**
 * The growth of counts, in any order: Theil–Sen slope, Mann–Kendall test, start. Points without a time (NaN) are left out;
 * null below three distinct times. Both methods take what is off the line for independent from point to point. A count
 * that was level for over 70 % of its points has a slope of 0 however steeply it ends: then `p` and `start` tell.
 * O(n log n), and O(n²) in the 400 points that `thinPoints` keeps.
 */
export function fitGrowth(timesMs: ArrayLike<number>, counts: ArrayLike<number>): GrowthFit | null {
  const known = inTimeOrder(timesMs, counts);
  if (known.timesMs.length < FEWEST_POINTS) return null;
  const thin = thinPoints(known.timesMs, known.counts);
  const lastMs = thin.timesMs.at(-1) ?? 0;
  // Hours up to the last point: milliseconds since 1970 would cost digits.
  const hours = thin.timesMs.map((ms) => (ms - lastMs) / HOUR_MS);
  const line = theilSen(hours, thin.counts, CONFIDENCE);
  if (!line) return null;

  const { s, p } = mannKendall(thin.counts);
  const grows = line.slope > 0 || (line.slope === 0 && s > 0 && p <= 1 - CONFIDENCE);
  const carried = thin.counts.map((count, i) => count - line.slope * (hours[i] ?? 0)).subarray(-LAST_POINTS);
  const lastCount = Math.max(medianOf(carried), 0);
  return {
    points: known.timesMs.length,
    slopePerHour: line.slope,
    lowPerHour: line.low,
    highPerHour: line.high,
    confidence: line.confidence,
    p,
    start: grows ? findGrowthStart(thin.timesMs, thin.counts) : null,
    doublingMs: line.low > 0 && lastCount > 0 ? (lastCount / line.slope) * HOUR_MS : null,
    lastMs,
    lastCount,
  };
}

/** A long series is brought down to so many points before its shape is read. */
const SHAPE_POINTS = 12;

/**
 * The growth since it began: the fit of all points, and where these are level first, the slope of the points from its
 * start on. The slope of the whole would be too flat, and the time until a limit too long. A count that no longer rises
 * at the end doubles never: its slope is history.
 */
export function fitCurrentGrowth(timesMs: ArrayLike<number>, counts: ArrayLike<number>): GrowthFit | null {
  const whole = fitGrowth(timesMs, counts);
  if (whole === null) return null;
  const { timesMs: times, counts: values } = inTimeOrder(timesMs, counts);
  const thin = withoutNoise(values, times, SHAPE_POINTS);
  const goesOn = shapeOf(thin.counts, thin.timesMs).kind === 'growing';
  const { start } = whole;
  const from = start === null ? 0 : times.findIndex((ms) => ms >= start.fromMs);
  const since = start === null ? null : fitGrowth(times.subarray(from), values.subarray(from));
  const current = since === null ? whole : { ...since, points: whole.points, p: whole.p, start };
  return goesOn ? current : { ...current, doublingMs: null };
}

/** When the line from the last count reaches `limit` goroutines, and the ends of its interval do. Already there: `lastMs`. */
export function timeUntil(fit: GrowthFit, limit: number): TimeUntil {
  const reach = (perHour: number) => {
    if (fit.lastCount >= limit) return fit.lastMs;
    const ms = fit.lastMs + ((limit - fit.lastCount) / perHour) * HOUR_MS;
    return perHour > 0 && ms <= LAST_DATE_MS ? ms : null;
  };
  return { atMs: reach(fit.slopePerHour), earliestMs: reach(fit.highPerHour), latestMs: reach(fit.lowPerHour) };
}

/**
 * At most `most` points (2 or more) that keep the shape: the first and the last as they are, and between them the median
 * time and the median count of runs of points that differ in length by one at most. Times ascend. O(n log n).
 */
export function thinPoints(
  timesMs: ArrayLike<number>,
  counts: ArrayLike<number>,
  most: number = MOST_POINTS,
): CountsOverTime {
  const times = Float64Array.from(timesMs);
  const values = Float64Array.from(counts);
  if (times.length <= most) return { timesMs: times, counts: values };
  const inner = times.length - 2;
  const runs = most - 2;
  const thin = (all: Float64Array) => {
    const kept = new Float64Array(most);
    kept[0] = all[0] ?? 0;
    for (let run = 0; run < runs; run++) {
      const start = 1 + Math.floor((run * inner) / runs);
      kept[run + 1] = medianOf(all.subarray(start, 1 + Math.floor(((run + 1) * inner) / runs)));
    }
    kept[most - 1] = all.at(-1) ?? 0;
    return kept;
  };
  return { timesMs: thin(times), counts: thin(values) };
}

/** Points with a time and a count by ascending time; those at the same time are one, with their median count. */
function inTimeOrder(timesMs: ArrayLike<number>, counts: ArrayLike<number>): CountsOverTime {
  const order = Array.from({ length: Math.min(timesMs.length, counts.length) }, (_, i) => i)
    .filter((i) => Number.isFinite(timesMs[i]) && Number.isFinite(counts[i]))
    .sort((left, right) => (timesMs[left] ?? 0) - (timesMs[right] ?? 0));
  const times: number[] = [];
  const values: number[] = [];
  for (let at = 0; at < order.length; ) {
    const ms = timesMs[order[at] ?? 0] ?? 0;
    const same: number[] = [];
    for (; at < order.length && timesMs[order[at] ?? 0] === ms; at++) same.push(counts[order[at] ?? 0] ?? 0);
    times.push(ms);
    values.push(medianOf(same));
  }
  return { timesMs: Float64Array.from(times), counts: Float64Array.from(values) };
}
