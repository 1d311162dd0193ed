import type { CountLog } from '../../core/model/count-log.ts';
import type { CountEntry } from '../../store/state.ts';
import { formatClock, formatDay, formatSpan } from '../../ui/format.ts';

/** One point of a series; null time where its line tells none. */
export interface CountPoint {
  readonly count: number;
  readonly timeMs: number | null;
}

/** What is said of a series without drawing it. */
export interface CountFacts {
  readonly points: number;
  /** Points that tell no time: in the table, never in the chart. */
  readonly untimed: number;
  /** First and last time told; null when none is. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly first: CountPoint;
  readonly last: CountPoint;
  readonly least: CountPoint;
  readonly largest: CountPoint;
}

/** Facts of a series in order of appearance, or null without a point. One pass. */
export function countFacts(log: CountLog): CountFacts | null {
  const points = log.counts.length;
  if (points === 0) return null;
  let untimed = 0;
  let fromMs: number | null = null;
  let toMs: number | null = null;
  let least = 0;
  let largest = 0;
  for (let i = 0; i < points; i++) {
    const { timeMs } = countPoint(log, i);
    if (timeMs === null) untimed++;
    else toMs = timeMs;
    fromMs ??= timeMs;
    const count = log.counts[i] ?? 0;
    if (count < (log.counts[least] ?? 0)) least = i;
    if (count > (log.counts[largest] ?? 0)) largest = i;
  }
  const first = countPoint(log, 0);
  return {
    points,
    untimed,
    fromMs,
    toMs,
    first,
    last: countPoint(log, points - 1),
    least: countPoint(log, least),
    largest: countPoint(log, largest),
  };
}

/** Point `index` of a series. */
export function countPoint({ counts, timesMs }: CountLog, index: number): CountPoint {
  const timeMs = timesMs[index] ?? Number.NaN;
  return { count: counts[index] ?? 0, timeMs: Number.isNaN(timeMs) ? null : timeMs };
}

/** "23 Nov 02:41:07", or that nothing tells it. */
export function timeWords(timeMs: number | null): string {
  return timeMs === null ? 'no time' : `${formatDay(timeMs)} ${formatClock(timeMs)}`;
}

/** "23 Nov 02:27 to 02:41", from the first time told to the last. */
export function spanWords({ fromMs, toMs }: CountFacts): string {
  return fromMs === null || toMs === null ? timeWords(null) : formatSpan(fromMs, toMs);
}

/** Key and instance of a series, as far as its name does not hold them. */
export function countOrigin({ name, log }: CountEntry): string {
  const { instance, lane } = log.provenance;
  return [log.key, instance ?? lane ?? ''].filter((part) => part !== '' && !name.includes(part)).join(' · ');
}

/** The last count of a series; 0 without a point. */
export function lastCount({ counts }: CountLog): number {
  return counts.at(-1) ?? 0;
}
