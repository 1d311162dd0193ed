import type { SeriesTable } from '../../core/trend/series.ts';
import { formatClock, formatCount, formatDay, formatSigned } from '../../ui/format.ts';
import { type DrawnCount, nearest } from './drawn-counts.ts';
import { countStyle, pointPaint, type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import type { TimelinePoint, TimelineRow } from './timeline-points.ts';

interface Line {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** Against the dump before, or when the count was taken. */
  readonly beside: string;
  readonly style: SeriesStyle;
}

/** The numbers of one place of the chart, beside the pointer. */
export function ChartNumbers({
  row,
  points,
  table,
  drawn,
  hidden,
}: {
  row: TimelineRow;
  points: readonly TimelinePoint[];
  table: SeriesTable;
  drawn: readonly DrawnCount[];
  hidden: ReadonlySet<string>;
}) {
  const { point } = row;
  const lines = [
    ...(point === null ? [] : dumpLines(point, points[points.indexOf(point) - 1], table)),
    ...countLines(drawn, row.x),
  ].filter(({ key }) => !hidden.has(key));
  const time = point === null ? row.x : point.dump.takenAtMs;
  return (
    <div className="chart-numbers">
      <p>
        {point === null ? null : <strong>{point.dump.name} </strong>}
        {time === null ? '' : `${formatDay(time)} ${formatClock(time)}`}
      </p>
      <table>
        <tbody>
          {lines.map(({ key, name, count, beside, style }) => (
            <tr key={key}>
              <td>
                <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                  <path d={shapePath(style.shape, 5, 5, 3.6)} {...pointPaint(style)} />
                </svg>
              </td>
              <td className="chart-numbers-name">{name}</td>
              <td className="numbers">{formatCount(count)}</td>
              <td className="numbers muted">{beside}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function dumpLines(point: TimelinePoint, before: TimelinePoint | undefined, table: SeriesTable): Line[] {
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

/** Every series at its point nearest to the pointer, whose time is said where it is another one. */
function countLines(drawn: readonly DrawnCount[], x: number): Line[] {
  return drawn.flatMap(({ id, name, timesMs, counts }, at) => {
    const index = nearest(timesMs, x);
    const time = timesMs[index];
    if (time === undefined) return [];
    const beside = time === x ? '' : `at ${formatClock(time)}`;
    return { key: id, name, count: counts[index] ?? 0, beside, style: countStyle(at) };
  });
}
