import type { SeriesTable } from '../../core/trend/series.ts';
import { formatClock, formatSigned } from '../../ui/format.ts';
import { type DrawnCount, nearest } from './drawn-counts.ts';
import { countAt, type ProcessLine } from './process-lines.ts';
import { type SeriesStyle, seriesStyle, TOTAL_STYLE } from './series-style.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** A number beside the pointer. */
export interface NumberLine {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** Against the dump before, or when the count was taken. */
  readonly beside: string;
  readonly style: SeriesStyle;
}

/** Total and groups of a dump, with the change since the dump before. */
export function dumpLines(
  point: TimelinePoint,
  before: TimelinePoint | undefined,
  table: SeriesTable,
): readonly NumberLine[] {
  const beside = (count: number, was: number | undefined) => (was === undefined ? '' : formatSigned(count - was));
  return [
    { key: '', name: 'total', count: point.total, beside: beside(point.total, before?.total), style: TOTAL_STYLE },
    ...table.series.map((series, at) => {
      const count = point.counts[at] ?? 0;
      return {
        key: series.key,
        name: series.name,
        count,
        beside: beside(count, before?.counts[at]),
        style: seriesStyle(at),
      };
    }),
  ];
}

/** Every drawn process at its dump nearest to `x`, largest count first. The time is said where it is another one. */
export function processNumbers(
  lines: readonly ProcessLine[],
  series: number,
  x: number,
  timed: boolean,
): readonly NumberLine[] {
  return lines
    .flatMap(({ id, name, points, style }) => {
      if (style === null) return [];
      const xs = points.map((point) => point.x);
      const point = points[nearest(xs, x)];
      if (point === undefined) return [];
      const beside = point.x === x ? '' : timed ? `at ${formatClock(point.x)}` : `#${point.x}`;
      return { key: id, name, count: countAt(point, series), beside, style };
    })
    .sort((a, b) => b.count - a.count);
}

/** Every count series at its point nearest to the pointer, whose time is said where it is another one. */
export function countLines(
  drawn: readonly DrawnCount[],
  styles: readonly SeriesStyle[],
  x: number,
): readonly NumberLine[] {
  return drawn.flatMap(({ id, name, timesMs, counts }, at) => {
    const index = nearest(timesMs, x);
    const time = timesMs[index];
    if (time === undefined) return [];
    const beside = time === x ? '' : `at ${formatClock(time)}`;
    return { key: id, name, count: counts[index] ?? 0, beside, style: styles[at] ?? TOTAL_STYLE };
  });
}
