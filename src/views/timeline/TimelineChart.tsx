import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { SeriesTable } from '../../core/trend/series.ts';
import { formatClock, formatClockMinutes, formatCount, formatDay } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { ChartNumbers } from './ChartNumbers.tsx';
import { CountLines } from './CountLines.tsx';
import { countStops, type DrawnCount, nearest } from './drawn-counts.ts';
import { type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import { type TimelinePoint, type TimelineRow, timelineRows, timeTicks } from './timeline-points.ts';

export interface TimelineChartProps {
  readonly points: readonly TimelinePoint[];
  readonly timed: boolean;
  readonly table: SeriesTable;
  /** Counts without stacks; only on a time axis. */
  readonly drawn: readonly DrawnCount[];
  /** Keys of series and ids of counts that are switched off; the total's is the empty string. */
  readonly hidden: ReadonlySet<string>;
  readonly chosenId: DumpId | null;
  readonly width: number;
  readonly height: number;
  readonly onChoose: (id: DumpId) => void;
}

/** Lines of counts over dumps and over time. The tables below the chart have the same numbers. */
export function TimelineChart(props: TimelineChartProps) {
  const { points, timed, table, drawn, hidden, chosenId, width, height, onChoose } = props;
  const rows = timelineRows(points, countStops(drawn));
  const first = rows[0]?.x ?? 0;
  const last = rows.at(-1)?.x ?? 0;
  const { ticks, stepMs } = timeTicks(first, last, Math.max(2, Math.floor(width / 90)));
  const chosen = points.find((point) => point.dump.summary.id === chosenId && !Number.isNaN(point.x));
  const shown = drawn.filter(({ id }) => !hidden.has(id));
  const peak = Math.max(0, ...shown.map(({ counts, largest }) => counts[largest] ?? 0));
  const choose = (index: unknown) => {
    const row = index === null || index === undefined ? undefined : rows[Number(index)];
    if (row === undefined) return;
    // Between dumps the nearest one is meant.
    const placed = rows.flatMap(({ point }) => point ?? []);
    const point =
      row.point ??
      placed[
        nearest(
          placed.map(({ x }) => x),
          row.x,
        )
      ];
    if (point !== undefined) onChoose(point.dump.summary.id);
  };
  return (
    <LineChart
      width={width}
      height={height}
      data={[...rows]}
      margin={{ top: 12, right: 20, bottom: 4, left: 4 }}
      title={drawn.length > 0 ? 'Goroutines over time' : 'Goroutines over the dumps'}
      onClick={(state) => choose(state.activeTooltipIndex)}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={['dataMin', 'dataMax']}
        ticks={timed ? [...ticks] : rows.map(({ x }) => x)}
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
          const row = active ? rows.find(({ x }) => x === Number(label)) : undefined;
          return row === undefined ? null : (
            <ChartNumbers row={row} points={points} table={table} drawn={drawn} hidden={hidden} />
          );
        }}
      />
      {/* Counts are drawn beside the chart's own lines; this one, which is never seen, tells the axis how high they go. */}
      <Line dataKey={() => peak} stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
      <CountLines drawn={drawn} hidden={hidden} />
      {hidden.has('') || points.length === 0 ? null : line('', 'total', (row) => row.point?.total ?? null, TOTAL_STYLE)}
      {table.series.map((series, index) =>
        hidden.has(series.key)
          ? null
          : line(
              series.key,
              series.name,
              ({ point }) => (point === null ? null : (point.counts[index] ?? 0)),
              seriesStyle(index),
            ),
      )}
    </LineChart>
  );
}

/** Called, not rendered: recharts looks for its own elements among the children. */
function line(key: string, name: string, countOf: (row: TimelineRow) => number | null, style: SeriesStyle) {
  return (
    <Line
      key={key}
      name={name}
      dataKey={countOf}
      type="linear"
      connectNulls
      stroke={style.color}
      strokeDasharray={style.dash}
      strokeWidth={key === '' ? 2 : 1.8}
      isAnimationActive={false}
      dot={({ cx, cy, index }: { cx?: number | undefined; cy?: number | undefined; index?: number | undefined }) => (
        // A row without a dump has a place along the axis but no height.
        <path
          key={`${key}-${index}`}
          d={cx === undefined || cy === undefined ? '' : shapePath(style.shape, cx, cy, 3.6)}
          fill={style.color}
          stroke="var(--surface)"
          strokeWidth={1}
        />
      )}
      activeDot={({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) => (
        <path
          d={cx === undefined || cy === undefined ? '' : shapePath(style.shape, cx, cy, 5.5)}
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
