import { memo, useEffect, useMemo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  usePlotArea,
  XAxis,
  YAxis,
} from 'recharts';
import type { SeriesTable } from '../../core/trend/series.ts';
import { formatClock, formatClockMinutes, formatCount, formatDay } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { ChartNumbers } from './ChartNumbers.tsx';
import { CountLines } from './CountLines.tsx';
import { countLines, dumpLines, type NumberLine, processNumbers } from './chart-numbers.ts';
import { type DrawnCount, nearest } from './drawn-counts.ts';
import { type FitLine, GROWTH_BEGAN } from './fit-line.ts';
import { PhaseAreas } from './PhaseAreas.tsx';
import { ProcessLines } from './ProcessLines.tsx';
import type { PhaseArea } from './phase-scale.ts';
import { countAt, type ProcessLine, type TotalRun } from './process-lines.ts';
import { FIT_STYLE, type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import {
  FIT_KEY,
  PLOT_PADDING,
  type TimelinePoint,
  type TimelineRow,
  TOTAL_KEY,
  timeTicks,
} from './timeline-points.ts';

/** With more restarts their labels would lie over one another. */
const LABELLED_RUNS = 6;

/** Where the plot stands in the chart, in pixels. */
export interface Plot {
  readonly left: number;
  readonly width: number;
}

export interface TimelineChartProps {
  /** Places along the axis, ascending. */
  readonly rows: readonly TimelineRow[];
  readonly points: readonly TimelinePoint[];
  readonly timed: boolean;
  readonly table: SeriesTable;
  /** A line per process; empty for dumps of one process, whose total and series are drawn. */
  readonly processes: readonly ProcessLine[];
  /** Place of the series that processes are drawn by; below 0 for all goroutines. */
  readonly measure: number;
  /** Dumps of one process from start to restart; the total is drawn through each. */
  readonly runs: readonly TotalRun[];
  readonly phases: readonly PhaseArea[];
  readonly fit: FitLine | null;
  /** Counts without stacks; only on a time axis. */
  readonly drawn: readonly DrawnCount[];
  /** Of each of `drawn`. */
  readonly countStyles: readonly SeriesStyle[];
  /** Keys of series and ids of counts and processes that are switched off; the total's is the empty string. */
  readonly hidden: ReadonlySet<string>;
  readonly chosenId: DumpId | null;
  readonly width: number;
  readonly height: number;
  readonly onChoose: (id: DumpId) => void;
  readonly onPlot: (plot: Plot) => void;
}

/**
 * Lines of counts over dumps and over time. The tables below the chart have the same numbers. Drawn again only when it is
 * another chart: recharts measures itself anew each time, and what it tells of its plot would make that endless.
 */
export const TimelineChart = memo(function TimelineChart(props: TimelineChartProps) {
  const { rows, points, timed, table, processes, measure, runs, phases, fit, drawn, hidden, chosenId } = props;
  const { countStyles, width, height, onChoose, onPlot } = props;
  const data = useMemo(() => [...rows], [rows]);
  const first = rows[0]?.x ?? 0;
  const last = rows.at(-1)?.x ?? 0;
  const { ticks, stepMs } = timeTicks(first, last, Math.max(2, Math.floor(width / 90)));
  const chosen = points.find((point) => point.dump.summary.id === chosenId && !Number.isNaN(point.x));
  const choose = (index: unknown) => {
    const row = index === null || index === undefined ? undefined : rows[Number(index)];
    if (row === undefined) return;
    // Between dumps the nearest one is meant.
    const placed = points.filter(({ x }) => !Number.isNaN(x));
    const xs = placed.map(({ x }) => x);
    const point = row.point ?? placed[nearest(xs, row.x)];
    if (point !== undefined) onChoose(point.dump.summary.id);
  };
  const numbersAt = ({ point, x }: TimelineRow): readonly NumberLine[] => {
    const own =
      processes.length > 0
        ? processNumbers(processes, measure, x, timed)
        : point === null
          ? []
          : dumpLines(point, points[points.indexOf(point) - 1], table);
    return [...own, ...countLines(drawn, countStyles, x)].filter(({ key }) => !hidden.has(key));
  };
  return (
    <LineChart
      width={width}
      height={height}
      data={data}
      margin={{ top: 12, right: 20, bottom: 4, left: 4 }}
      title={drawn.length > 0 ? 'Goroutines over time' : 'Goroutines over the dumps'}
      onClick={(state) => choose(state.activeTooltipIndex)}
    >
      <PlotReport onPlot={onPlot} />
      <PhaseAreas areas={phases} />
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={['dataMin', 'dataMax']}
        ticks={timed ? [...ticks] : rows.map(({ x }) => x)}
        interval={timed ? 0 : 'preserveStartEnd'}
        tickFormatter={(x: number) => (timed ? tickWords(x, stepMs) : `#${x}`)}
        padding={{ left: PLOT_PADDING, right: PLOT_PADDING }}
        stroke="var(--line-strong)"
        tick={{ fill: 'var(--text-2)', fontSize: 12 }}
      />
      <YAxis
        width={axisWidth(props)}
        domain={[0, 'auto']}
        allowDecimals={false}
        tickFormatter={(count: number) => formatCount(count)}
        stroke="var(--line-strong)"
        tick={{ fill: 'var(--text-2)', fontSize: 12 }}
      />
      {fit === null || hidden.has(FIT_KEY) ? null : fitMarks(fit)}
      {processes.length > 0 ? null : restartMarks(runs)}
      {chosen === undefined ? null : <ReferenceLine x={chosen.x} stroke="var(--accent)" strokeWidth={1.5} />}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={({ active, label }) => {
          const row = active ? rows.find(({ x }) => x === Number(label)) : undefined;
          if (row === undefined) return null;
          const time = row.point === null ? (timed ? row.x : null) : row.point.dump.takenAtMs;
          return (
            <ChartNumbers
              name={processes.length > 0 ? '' : (row.point?.dump.name ?? '')}
              time={time === null ? '' : `${formatDay(time)} ${formatClock(time)}`}
              lines={numbersAt(row)}
            />
          );
        }}
      />
      {/* Some lines are drawn beside the chart's own; this one, never seen, tells the axis how high they go. */}
      <Line dataKey={() => peakOf(props)} stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
      <CountLines drawn={drawn} styles={countStyles} hidden={hidden} />
      {processes.length > 0 ? (
        <ProcessLines lines={processes} hidden={hidden} series={measure} chosenId={chosenId} onChoose={onChoose} />
      ) : (
        <>
          {hidden.has(TOTAL_KEY) || points.length === 0
            ? null
            : runs.map(({ key, dumps }) =>
                line(
                  key,
                  'total',
                  ({ point }) => (point !== null && dumps.has(point.dump.summary.id) ? point.total : null),
                  TOTAL_STYLE,
                  2,
                ),
              )}
          {table.series.map((series, index) =>
            hidden.has(series.key)
              ? null
              : line(
                  series.key,
                  series.name,
                  ({ point }) => (point === null ? null : (point.counts[index] ?? 0)),
                  seriesStyle(index),
                  1.8,
                ),
          )}
        </>
      )}
    </LineChart>
  );
});

/** Tells where the plot is, so that what stands below the chart can stand under it. */
function PlotReport({ onPlot }: { onPlot: (plot: Plot) => void }) {
  const area = usePlotArea();
  const left = area?.x;
  const width = area?.width;
  useEffect(() => {
    if (left !== undefined && width !== undefined) onPlot({ left, width });
  }, [left, width, onPlot]);
  return null;
}

/** Called, not rendered: the line fitted to the total, and when growth began. */
function fitMarks({ segment, start }: FitLine) {
  return (
    <>
      {start === null ? null : (
        <>
          <ReferenceArea x1={start.fromMs} x2={start.toMs} fill="var(--grow)" fillOpacity={0.12} stroke="none" />
          <ReferenceLine
            x={(start.fromMs + start.toMs) / 2}
            stroke="var(--grow)"
            strokeDasharray="4 3"
            label={{
              value: `${GROWTH_BEGAN} ${start.words}`,
              position: 'insideTopLeft',
              fill: 'var(--grow)',
              fontSize: 11,
            }}
          />
        </>
      )}
      <ReferenceLine
        segment={[...segment]}
        ifOverflow="hidden"
        stroke={FIT_STYLE.color}
        strokeDasharray={FIT_STYLE.dash}
        strokeWidth={1.6}
      />
    </>
  );
}

/** Called, not rendered: where one process ended and the next began. */
function restartMarks(runs: readonly TotalRun[]) {
  return runs.map(({ key, restartX }) =>
    restartX === null ? null : (
      <ReferenceLine
        key={key}
        x={restartX}
        stroke="var(--text-3)"
        strokeDasharray="2 3"
        {...(runs.length > LABELLED_RUNS
          ? {}
          : { label: { value: 'restart', position: 'insideTopLeft', fill: 'var(--text-2)', fontSize: 11 } })}
      />
    ),
  );
}

/** The largest count of lines the chart does not know. */
function peakOf({ drawn, processes, measure, fit, hidden }: TimelineChartProps): number {
  let peak = fit === null || hidden.has(FIT_KEY) ? 0 : fit.segment[1].y;
  for (const { id, counts, largest } of drawn) if (!hidden.has(id)) peak = Math.max(peak, counts[largest] ?? 0);
  for (const { id, points } of processes) {
    if (!hidden.has(id)) for (const point of points) peak = Math.max(peak, countAt(point, measure));
  }
  return peak;
}

/** Beside an axis label: its tick, and some air. */
const TICK_ROOM = 16;
/** Of a digit of 12 pixels, in the wider of the page's fonts. */
const DIGIT_WIDTH = 7;
/** The axis ends at a round number above the largest count. */
const ABOVE = 1.3;

/**
 * Pixels for the labels of the counts. Known beforehand, as recharts finds it by drawing the chart, measuring the labels
 * and drawing it again: a fifth of what opening the tab takes.
 */
function axisWidth(props: TimelineChartProps): number {
  const { points, processes, hidden } = props;
  const total = processes.length > 0 || hidden.has(TOTAL_KEY) ? 0 : Math.max(0, ...points.map((point) => point.total));
  const series = points.flatMap(({ counts }) =>
    counts.filter((_, at) => !hidden.has(props.table.series[at]?.key ?? '')),
  );
  const peak = Math.max(total, peakOf(props), processes.length > 0 ? 0 : Math.max(0, ...series));
  return TICK_ROOM + DIGIT_WIDTH * formatCount(Math.ceil(Math.max(4, peak) * ABOVE)).length;
}

/** Called, not rendered: recharts looks for its own elements among the children. */
function line(
  key: string,
  name: string,
  countOf: (row: TimelineRow) => number | null,
  style: SeriesStyle,
  width: number,
) {
  return (
    <Line
      key={key}
      name={name}
      dataKey={countOf}
      type="linear"
      connectNulls
      stroke={style.color}
      strokeDasharray={style.dash}
      strokeWidth={width}
      isAnimationActive={false}
      dot={({ cx, cy, index }: { cx?: number | undefined; cy?: number | undefined; index?: number | undefined }) => (
        // A row without a dump has a place along the axis but no height.
        <path
          key={`${key}-${index}`}
          d={
            cx === undefined || cy === undefined || Number.isNaN(cy) || cy === null
              ? ''
              : shapePath(style.shape, cx, cy, 3.6)
          }
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
