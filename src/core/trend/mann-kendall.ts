import { normalTail } from './normal.ts';

/** Up to so many points without ties, chances come from the exact distribution (Gilbert 1987 draws the line here too). */
export const EXACT_POINTS = 10;

export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  readonly s: number;
  /** Of `s` where there is no trend, less for ties. */
  readonly variance: number;
  /** `s` in standard deviations, one step nearer to 0 (continuity). 0 where all values are equal. */
  readonly z: number;
  /** Two-sided: the chance of an `s` at least so far from 0 where there is no trend. */
  readonly p: number;
  /** Kendall's tau-b, -1 to 1: `s` over what it could be at most with these ties. 0 where all values are equal. */
  readonly tau: number;
}

/**
 * Do the values, in their order, tend to rise or to fall? Mann (1945), Kendall (1975). Takes them for independent: where
 * each follows the one before with a correlation of 0.6, p ≤ 0.05 comes one time in four without a trend (measured). O(n²).
 */
export function mannKendall(values: ArrayLike<number>): MannKendall {
  const points = values.length;
  let s = 0;
  for (let j = 1; j < points; j++) {
    const later = values[j] ?? 0;
    for (let i = 0; i < j; i++) s += Math.sign(later - (values[i] ?? 0));
  }
  const ties = tiesOf(values);
  const tied = ties.reduce((pairs, size) => pairs + pairsOf(size), 0);
  const variance = scoreVariance(points, ties);
  const z = variance === 0 ? 0 : (Math.sign(s) * Math.max(Math.abs(s) - 1, 0)) / Math.sqrt(variance);
  const exact = points <= EXACT_POINTS && ties.length === 0;
  const tail = exact ? exactTail(points, Math.abs(s)) : normalTail(Math.abs(z));
  const most = Math.sqrt(pairsOf(points) * (pairsOf(points) - tied));
  return { s, variance, z, p: Math.min(1, 2 * tail), tau: most === 0 ? 0 : s / most };
}

/**
 * The exact chance of 0, 1, 2 … falling pairs among `points` values in random order, all different; `s` is the number of
 * pairs minus twice that. By adding one value at a time (Kendall 1975). O(n³).
 */
export function fallingPairChances(points: number): Float64Array {
  const chances = new Float64Array(pairsOf(points) + 1);
  chances[0] = 1;
  for (let size = 2; size <= points; size++) {
    // The new value falls below 0 to size - 1 of the earlier ones, each alike: a moving sum, from the far end in place.
    for (let falling = pairsOf(size); falling >= 0; falling--) {
      let sum = 0;
      for (let below = 0; below < size && below <= falling; below++) sum += chances[falling - below] ?? 0;
      chances[falling] = sum / size;
    }
  }
  return chances;
}

/** Sizes of the sets of equal values, 2 and more. */
export function tiesOf(values: ArrayLike<number>): number[] {
  const sizes = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sizes.set(value, (sizes.get(value) ?? 0) + 1);
  }
  return [...sizes.values()].filter((size) => size > 1);
}

/** The variance of `s` without a trend, given the sizes of the tied sets (Kendall 1975). */
export function scoreVariance(points: number, ties: readonly number[]): number {
  const part = (size: number) => size * (size - 1) * (2 * size + 5);
  return Math.max(0, ties.reduce((rest, size) => rest - part(size), part(points)) / 18);
}

function pairsOf(points: number): number {
  return (points * (points - 1)) / 2;
}

/** The chance of a score of `s` or more, for `s` ≥ 0. */
function exactTail(points: number, s: number): number {
  const chances = fallingPairChances(points);
  let tail = 0;
  for (let falling = 0; falling <= (pairsOf(points) - s) / 2; falling++) tail += chances[falling] ?? 0;
  return tail;
}
