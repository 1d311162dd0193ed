import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { haveOwnTimes } from '../dump-times.ts';

/** Room between the plot's edges and the first and last place, in pixels. */
export const PLOT_PADDING = 16;

/** Keys of lines that are no series: the total, and the line fitted to it. */
export const TOTAL_KEY = '';
export const FIT_KEY = ' fit';

/** One dump in the chart. */
export interface TimelinePoint {
  readonly dump: DumpEntry;
  /** Milliseconds since 1970 UTC on a time axis (NaN where the dump has no time), else the place in the order, from 1. */
  readonly x: number;
  readonly total: number;
  /** In the order of the series. */
  readonly counts: readonly number[];
}

/** The dumps as points; on a time axis when each has its own time, or `onTime`, beside lines that need one. */
export function timelinePoints(
  dumps: readonly DumpEntry[],
  table: SeriesTable,
  onTime = false,
): { readonly points: readonly TimelinePoint[]; readonly timed: boolean } {
  const timed = onTime || haveOwnTimes(dumps);
  const points = dumps.map((dump, index) => ({
    dump,
    x: timed ? (dump.takenAtMs ?? Number.NaN) : index + 1,
    total: table.total[index] ?? dump.summary.goroutines,
    counts: table.series.map((series) => series.counts[index] ?? 0),
  }));
  return { points, timed };
}

/** A place along the chart's axis: a dump, a moment of the count series, or both. */
export interface TimelineRow {
  readonly x: number;
  readonly point: TimelinePoint | null;
}

/**
 * Rows of the chart, ascending: the dumps that have a place, and `stops` between them. `oncePerPlace`: dumps of several
 * processes at one moment are one row, which is of no dump in particular.
 */
export function timelineRows(
  points: readonly TimelinePoint[],
  stops: readonly number[],
  oncePerPlace = false,
): readonly TimelineRow[] {
  const placed = points.filter(({ x }) => !Number.isNaN(x));
  const taken = new Map<number, TimelinePoint | null>();
  for (const point of placed) taken.set(point.x, taken.has(point.x) ? null : point);
  const rows: TimelineRow[] = oncePerPlace
    ? [...taken].map(([x, point]) => ({ x, point }))
    : placed.map((point) => ({ x: point.x, point }));
  for (const x of stops) if (!taken.has(x)) rows.push({ x, point: null });
  return rows.sort((a, b) => a.x - b.x);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
];

/** Whole local times between two moments, at most `most` of them, and the step between them in milliseconds. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  most: number,
): { readonly ticks: readonly number[]; readonly stepMs: number } {
  const span = toMs - fromMs;
  let step = STEPS.find((each) => span / each <= most) ?? DAY;
  while (span / step > most) step *= 2;
  // Steps count from local midnight, so that hours are whole in zones with odd offsets too.
  const midnight = new Date(fromMs).setHours(0, 0, 0, 0);
  const ticks: number[] = [];
  for (let tick = midnight + Math.ceil((fromMs - midnight) / step) * step; tick <= toMs; tick += step) ticks.push(tick);
  return { ticks, stepMs: step };
}
