import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { SeriesTable } from '../../core/trend/series.ts';
import { formatClock, formatClockMinutes, formatCount, formatDay, formatSigned } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import { type TimelinePoint, timeTicks } from './timeline-points.ts';

export interface TimelineChartProps {
  readonly points: readonly TimelinePoint[];
  readonly timed: boolean;
  readonly table: SeriesTable;
  /** Keys of series that are switched off; the total's is the empty string. */
  readonly hidden: ReadonlySet<string>;
  readonly chosenId: DumpId | null;
  readonly width: number;
  readonly height: number;
  readonly onChoose: (id: DumpId) => void;
}

/** Lines of counts over dumps. The table below the chart has the same numbers. */
export function TimelineChart(props: TimelineChartProps) {
  const { points, timed, table, hidden, chosenId, width, height, onChoose } = props;
  const first = points[0]?.x ?? 0;
  const last = points.at(-1)?.x ?? 0;
  const { ticks, stepMs } = timeTicks(first, last, Math.max(2, Math.floor(width / 90)));
  const chosen = points.find((point) => point.dump.summary.id === chosenId);
  const choose = (index: unknown) => {
    const point = points[Number(index)];
    if (index !== null && index !== undefined && point !== undefined) onChoose(point.dump.summary.id);
  };
  return (
    <LineChart
      width={width}
      height={height}
      data={[...points]}
      margin={{ top: 12, right: 20, bottom: 4, left: 4 }}
      title="Goroutines over the dumps"
      onClick={(state) => choose(state.activeTooltipIndex)}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={['dataMin', 'dataMax']}
        ticks={timed ? [...ticks] : points.map((point) => point.x)}
        interval={timed ? 0 : 'preserveStartEnd'}
        tickFormatter={(x: number) => (timed ? tickWords(x, stepMs) : `#${x}`)}
        padding={{ left: 16, right: 16 }}
        stroke="var(--line-strong)"
        tick={{ fill: 'var(--text-2)', fontSize: 12 }}
      />
      <YAxis
        width="auto"
        domain={[0, 'auto']}
        allowDecimals={false}
        tickFormatter={(count: number) => formatCount(count)}
        stroke="var(--line-strong)"
        tick={{ fill: 'var(--text-2)', fontSize: 12 }}
      />
      {chosen === undefined ? null : <ReferenceLine x={chosen.x} stroke="var(--accent)" strokeWidth={1.5} />}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={({ active, label }) => {
          const index = active ? points.findIndex((point) => point.x === Number(label)) : -1;
          return index < 0 ? null : <Numbers points={points} index={index} table={table} hidden={hidden} />;
        }}
      />
      {hidden.has('') ? null : line('', 'total', (point) => point.total, TOTAL_STYLE)}
      {table.series.map((series, index) =>
        hidden.has(series.key)
          ? null
          : line(series.key, series.name, (point) => point.counts[index] ?? 0, seriesStyle(index)),
      )}
    </LineChart>
  );
}

/** Called, not rendered: recharts looks for its own elements among the children. */
function line(key: string, name: string, countOf: (point: TimelinePoint) => number, style: SeriesStyle) {
  return (
    <Line
      key={key}
      name={name}
      dataKey={countOf}
      type="linear"
      stroke={style.color}
      strokeDasharray={style.dash}
      strokeWidth={key === '' ? 2 : 1.8}
      isAnimationActive={false}
      dot={({ cx, cy, index }: { cx?: number | undefined; cy?: number | undefined; index?: number | undefined }) => (
        <path
          key={`${key}-${index}`}
          d={shapePath(style.shape, cx ?? 0, cy ?? 0, 3.6)}
          fill={style.color}
          stroke="var(--surface)"
          strokeWidth={1}
        />
      )}
      activeDot={({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) => (
        <path
          d={shapePath(style.shape, cx ?? 0, cy ?? 0, 5.5)}
          fill={style.color}
          stroke="var(--surface)"
          strokeWidth={1.5}
          cursor="pointer"
        />
      )}
    />
  );
}

function tickWords(ms: number, stepMs: number): string {
  if (stepMs >= 24 * 3600 * 1000) return formatDay(ms);
  return stepMs < 60_000 ? formatClock(ms) : formatClockMinutes(ms);
}

/** The numbers of one dump, beside the pointer. */
function Numbers({
  points,
  index,
  table,
  hidden,
}: {
  points: readonly TimelinePoint[];
  index: number;
  table: SeriesTable;
  hidden: ReadonlySet<string>;
}) {
  const point = points[index];
  const before = points[index - 1];
  if (point === undefined) return null;
  const { dump } = point;
  const rows = [
    { key: '', name: 'total', count: point.total, was: before?.total, style: TOTAL_STYLE },
    ...table.series.map((series, at) => ({
      key: series.key,
      name: series.name,
      count: point.counts[at] ?? 0,
      was: before?.counts[at],
      style: seriesStyle(at),
    })),
  ].filter((row) => !hidden.has(row.key));
  return (
    <div className="chart-numbers">
      <p>
        <strong>{dump.name}</strong>
        {dump.takenAtMs === null ? '' : ` ${formatDay(dump.takenAtMs)} ${formatClock(dump.takenAtMs)}`}
      </p>
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                  <path d={shapePath(row.style.shape, 5, 5, 3.6)} fill={row.style.color} />
                </svg>
              </td>
              <td className="chart-numbers-name">{row.name}</td>
              <td className="numbers">{formatCount(row.count)}</td>
              <td className="numbers muted">{row.was === undefined ? '' : formatSigned(row.count - row.was)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
