import { medianOf } from './median.ts';

/** When growth began: the last point that is still level, and the first that is not. Milliseconds since 1970 UTC. */
export interface GrowthStart {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Breaks to try between two points, so that all of them are about as many whatever the number of points. */
const BREAKS = 400;
const MOST_BREAKS_PER_GAP = 8;
/** Steps towards the least absolute deviations, unless one hardly helps before. */
const MOST_STEPS = 30;
/** Half the 95 % quantile of chi-squared with one degree of freedom: how far the log-likelihood may fall from the best. */
const LIKELIHOOD_DROP = 1.92;

/**
 * Level counts, then a line: the break from which the two together leave the least absolute deviations, tried at every
 * point and between them. The bracket spans all breaks that the counts cannot tell from the best with 95 % (profile
 * likelihood under Laplace errors), so it is one gap where the counts show it and wider under noise. Null where a line
 * from the first point on does about as well: then growth began before it, or nobody can tell. Times ascend and differ,
 * 3 or more. O(n²) up to 400 points.
 */
export function findGrowthStart(timesMs: ArrayLike<number>, counts: ArrayLike<number>): GrowthStart | null {
  const points = timesMs.length;
  const first = timesMs[0] ?? 0;
  const run = (timesMs[points - 1] ?? 0) - first;
  const least = minimum(counts);
  const range = -minimum(Float64Array.from(counts, (count) => -count)) - least;
  if (points < 3 || run <= 0 || range <= 0) return null;
  // Both axes from 0 to 1, so that one tolerance serves all series.
  const x = Float64Array.from(timesMs, (ms) => (ms - first) / run);
  const y = Float64Array.from(counts, (count) => (count - least) / range);

  const breaks = candidateBreaks(x);
  const hinges = breaks.map((at) => fitHinge(x, y, at));
  const best = hinges.reduce((least, hinge) => (hinge.loss < least.loss ? hinge : least));
  const limit = best.loss + LIKELIHOOD_DROP * laplaceScale(best.deviations) + 1e-4;
  if (fitHinge(x, y, 0).loss <= limit) return null;

  const likely = breaks.filter((_, i) => (hinges[i]?.loss ?? 0) <= limit);
  const earliest = likely[0] ?? 0;
  const latest = likely.at(-1) ?? 0;
  let from = 0;
  while ((x[from + 1] ?? 2) <= earliest) from += 1;
  let to = from + 1;
  while (to < points - 1 && (x[to] ?? 2) <= latest) to += 1;
  return { fromMs: timesMs[from] ?? first, toMs: timesMs[to] ?? first };
}

/** From the second point, so that the level part holds two, to the last but one. */
function candidateBreaks(x: Float64Array): number[] {
  const perGap = Math.min(MOST_BREAKS_PER_GAP, Math.max(1, Math.floor(BREAKS / x.length)));
  const breaks: number[] = [];
  for (let i = 1; i < x.length - 1; i++) {
    const at = x[i] ?? 0;
    const gap = i < x.length - 2 ? (x[i + 1] ?? at) - at : 0;
    for (let part = 0; part < (gap > 0 ? perGap : 1); part++) breaks.push(at + (gap * part) / perGap);
  }
  return breaks;
}

/** What the best level-then-line with one break leaves: absolute deviations of the points, and their sum. */
interface Hinge {
  readonly deviations: Float64Array;
  readonly loss: number;
}

/**
 * Least absolute deviations by least squares with weights that turn squares into absolute values (iteratively
 * reweighted). Level all through where the line would fall.
 */
function fitHinge(x: Float64Array, y: Float64Array, at: number): Hinge {
  const deviations = new Float64Array(x.length).fill(1);
  let loss = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    let w = 0;
    let wx = 0;
    let wxx = 0;
    let wy = 0;
    let wxy = 0;
    for (let i = 0; i < x.length; i++) {
      const weight = 1 / Math.max(deviations[i] ?? 0, 1e-7);
      const past = Math.max((x[i] ?? 0) - at, 0);
      const value = y[i] ?? 0;
      w += weight;
      wx += weight * past;
      wxx += weight * past * past;
      wy += weight * value;
      wxy += weight * past * value;
    }
    const spread = w * wxx - wx * wx;
    const slope = spread > 0 ? Math.max((w * wxy - wx * wy) / spread, 0) : 0;
    const level = (wy - slope * wx) / w;
    const before = loss;
    loss = 0;
    for (let i = 0; i < x.length; i++) {
      const off = Math.abs((y[i] ?? 0) - level - slope * Math.max((x[i] ?? 0) - at, 0));
      deviations[i] = off;
      loss += off;
    }
    if (before - loss < loss * 1e-5) break;
  }
  return { deviations, loss };
}

/**
 * The scale of Laplace errors by the median deviation, which one wild point cannot stretch. Two points lie on the fit
 * whatever the errors are, so the two least deviations do not count.
 */
function laplaceScale(deviations: Float64Array): number {
  return medianOf(deviations.toSorted().subarray(2)) / Math.LN2;
}

function minimum(values: ArrayLike<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) least = Math.min(least, values[i] ?? least);
  return least;
}
