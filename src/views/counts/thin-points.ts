/**
 * Indexes of at most about `most` points that draw the same line: first and last, and the least and largest of each of
 * many equal stretches of time. Points whose time is NaN are left out. Times ascend. One pass.
 */
export function thinPoints(timesMs: ArrayLike<number>, counts: ArrayLike<number>, most: number): readonly number[] {
  const timed: number[] = [];
  for (let i = 0; i < timesMs.length; i++) if (!Number.isNaN(timesMs[i] ?? Number.NaN)) timed.push(i);
  if (timed.length <= most) return timed;
  const first = timed[0] ?? 0;
  const last = timed.at(-1) ?? 0;
  const from = timesMs[first] ?? 0;
  const span = (timesMs[last] ?? 0) - from;
  const stretches = Math.max(1, Math.floor((most - 2) / 2));
  const kept = new Set<number>([first, last]);
  let stretch = -1;
  let least = first;
  let largest = first;
  timed.forEach((index, place) => {
    const along = span > 0 ? ((timesMs[index] ?? 0) - from) / span : place / timed.length;
    const now = Math.min(stretches - 1, Math.floor(along * stretches));
    if (now !== stretch) {
      kept.add(least).add(largest);
      stretch = now;
      least = index;
      largest = index;
    }
    if ((counts[index] ?? 0) < (counts[least] ?? 0)) least = index;
    if ((counts[index] ?? 0) > (counts[largest] ?? 0)) largest = index;
  });
  kept.add(least).add(largest);
  return [...kept].sort((a, b) => a - b);
}
