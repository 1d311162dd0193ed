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
  let least = 0;
  let largest = 0;
  for (let i = 0; i < points; i++) {
    if (Number.isNaN(log.timesMs[i] ?? Number.NaN)) untimed++;
    const count = log.counts[i] ?? 0;
    if (count < (log.counts[least] ?? 0)) least = i;
    if (count > (log.counts[largest] ?? 0)) largest = i;
  }
  const first = countPoint(log, 0);
  return {
    points,
    untimed,
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

/** "23 Nov 02:27 to 02:41", from first to last; one time where the other is unknown. */
export function spanWords({ first, last }: CountFacts): string {
  if (first.timeMs !== null && last.timeMs !== null) return formatSpan(first.timeMs, last.timeMs);
  return timeWords(first.timeMs ?? last.timeMs);
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
