import { EXACT_POINTS, fallingPairChances, scoreVariance, tiesOf } from './mann-kendall.ts';
import { medianOf, medianOfSorted } from './median.ts';
import { normalQuantile } from './normal.ts';

/** A line that half of the pairs of points lie above, y per x. */
export interface TheilSen {
  readonly slope: number;
  /** Ends of the interval that holds the slope with `confidence`. */
  readonly low: number;
  readonly high: number;
  /** What was asked for, or what the widest interval attains where that is less: 2/3 for 3 points, 11/12 for 4. */
  readonly confidence: number;
  /** Of the line at x = 0: the median of what the slope leaves of y. */
  readonly intercept: number;
}

/**
 * The median of the slopes of all pairs of points with different x (Theil 1950), and an interval between two of those
 * slopes (Sen 1968): exact for few points without ties, else by the normal approximation with the variance less for ties,
 * as scipy.stats.theilslopes and R trend::sens.slope do. Up to 29 % of wild points do not move it far. For 3 or 4 points
 * 95 % cannot be attained: then the interval is the widest, and `confidence` says what it holds. Null for fewer than 3
 * points, or when all x are equal. O(n²) memory, O(n² log n) time: 400 points are 80,000 slopes.
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, confidence = 0.95): TheilSen | null {
  const points = Math.min(x.length, y.length);
  if (points < 3) return null;
  const slopes = pairSlopes(x, y, points);
  if (slopes.length === 0) return null;
  const slope = medianOfSorted(slopes);

  const xTies = tiesOf(x);
  const ties = [...xTies, ...tiesOf(y)];
  const attained = Math.min(confidence, widestConfidence(points, xTies));
  let left = 0;
  if (attained === confidence) {
    left =
      ties.length === 0 && points <= EXACT_POINTS
        ? exactOutside(points, confidence)
        : normalOutside(points, slopes.length, ties, confidence);
  }
  return {
    slope,
    low: slopes[left] ?? slope,
    high: slopes[slopes.length - 1 - left] ?? slope,
    confidence: attained,
    intercept: medianOf(Array.from({ length: points }, (_, i) => (y[i] ?? 0) - slope * (x[i] ?? 0))),
  };
}

/** The slopes of all pairs with different x, ascending. */
function pairSlopes(x: ArrayLike<number>, y: ArrayLike<number>, points: number): Float64Array {
  const slopes = new Float64Array((points * (points - 1)) / 2);
  let kept = 0;
  for (let j = 1; j < points; j++) {
    for (let i = 0; i < j; i++) {
      const run = (x[j] ?? 0) - (x[i] ?? 0);
      // Plus 0: level is 0 from either side, never -0.
      if (run !== 0) slopes[kept++] = ((y[j] ?? 0) - (y[i] ?? 0)) / run + 0;
    }
  }
  return slopes.subarray(0, kept).sort();
}

/** How sure it is that the slope lies between the least and the greatest of all slopes: not all pairs rise or all fall. */
function widestConfidence(points: number, xTies: readonly number[]): number {
  return 1 - (2 * xTies.reduce((product, size) => product * factorial(size), 1)) / factorial(points);
}

function factorial(size: number): number {
  let product = 1;
  for (let factor = 2; factor <= size; factor++) product *= factor;
  return product;
}

/** How many slopes the interval leaves out at each end. */
function exactOutside(points: number, confidence: number): number {
  const chances = fallingPairChances(points);
  let outside = 0;
  let chance = 2 * (chances[0] ?? 0);
  // A hair is left for rounding: 93 % must not fail on the last digit.
  while (chance + 2 * (chances[outside + 1] ?? 1) <= 1 - confidence + 1e-12) {
    outside += 1;
    chance += 2 * (chances[outside] ?? 0);
  }
  return outside;
}

function normalOutside(points: number, slopes: number, ties: readonly number[], confidence: number): number {
  const half = normalQuantile((1 - confidence) / 2) * Math.sqrt(scoreVariance(points, ties));
  return Math.max(Math.round((slopes - half) / 2) - 1, 0);
}
