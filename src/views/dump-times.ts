import type { DumpEntry } from '../store/state.ts';

/** Dumps closer than this have the same time for a reader: files unpacked together, pods asked at once. */
const SAME_MS = 1000;

/** True when a time axis can tell the dumps (in order) apart: each has a time, and no two the same. */
export function haveOwnTimes(dumps: readonly DumpEntry[]): boolean {
  if (dumps.length < 2) return false;
  return dumps.every(({ takenAtMs }, index) => {
    const before = index === 0 ? -Infinity : dumps[index - 1]?.takenAtMs;
    return takenAtMs !== null && before !== null && before !== undefined && takenAtMs - before >= SAME_MS;
  });
}

/** True when dumps (in order) of several processes can stand on a time axis: each has a time, and not all the same. */
export function canShareTimes(dumps: readonly DumpEntry[]): boolean {
  const first = dumps[0]?.takenAtMs ?? null;
  const last = dumps.at(-1)?.takenAtMs ?? null;
  // Those without a time are last in the order.
  return first !== null && last !== null && last - first >= SAME_MS;
}
