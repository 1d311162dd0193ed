/** The middle of values that are in ascending order, or the mean of the middle two. NaN for none. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/** The median of values in any order; NaN for none. Sorts a copy. */
export function medianOf(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}
