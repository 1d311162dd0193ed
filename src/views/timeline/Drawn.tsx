import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { SeriesTable } from '../../core/trend/series.ts';
import { type CountEntry, type DumpEntry, TIMELINE_SERIES } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { canShareTimes } from '../dump-times.ts';
import { CountTable } from './CountTable.tsx';
import { countStops, drawnCounts } from './drawn-counts.ts';
import { selectPhases } from './dump-phases.ts';
import { fitLine } from './fit-line.ts';
import { Legend } from './Legend.tsx';
import { MeasureSelect } from './MeasureSelect.tsx';
import { PhaseStrip } from './PhaseStrip.tsx';
import { phaseBands } from './phase-bands.ts';
import { phaseAreas } from './phase-scale.ts';
import { phaseSlots } from './phase-slots.ts';
import { areSeveralInstances, processLines, totalRuns } from './process-lines.ts';
import { SaveChart } from './SaveChart.tsx';
import { countStyleBeside } from './series-style.ts';
import type { Plot } from './TimelineChart.tsx';
import { TimelineNotes } from './TimelineNotes.tsx';
import { TimelineTable } from './TimelineTable.tsx';
import { PLOT_PADDING, timelinePoints, timelineRows } from './timeline-points.ts';

/** The chart library is larger than all the rest of the page; it comes when the tab is opened. */
const TimelineChart = lazy(async () => ({ default: (await import('./TimelineChart.tsx')).TimelineChart }));

/** About where the plot is until the chart has told. */
const PLOT_LEFT = 60;
const PLOT_RIGHT = 20;

/** Chart, phases, legend and tables of what was counted. */
export function Drawn({
  dumps,
  table: whole,
  counts,
}: {
  dumps: readonly DumpEntry[];
  table: SeriesTable;
  counts: readonly CountEntry[];
}) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const verdict = useStandstill((state) => state.verdict.value);
  const known = useStandstill(selectPhases);
  const { choose } = useActions();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [measureKey, setMeasureKey] = useState('');
  const [plot, setPlot] = useState<Plot | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const width = useBoxSize(box)?.width ?? 0;

  const table = useMemo(() => firstSeries(whole), [whole]);
  const drawn = useMemo(() => drawnCounts(counts), [counts]);
  const onTime = drawn.length > 0 || (areSeveralInstances(dumps) && canShareTimes(dumps));
  const { points, timed } = useMemo(() => timelinePoints(dumps, table, onTime), [dumps, table, onTime]);
  const processes = useMemo(() => processLines(points, verdict), [points, verdict]);
  const runs = useMemo(() => totalRuns(points, verdict), [points, verdict]);
  const rows = useMemo(
    () => timelineRows(points, countStops(drawn), processes.length > 0),
    [points, drawn, processes.length],
  );
  const countStyles = useMemo(
    () =>
      drawn.map(({ instance }, at) => {
        const beside = processes.find((each) => each.style !== null && each.instance === instance);
        return countStyleBeside(at, instance === null ? null : (beside?.style ?? null));
      }),
    [drawn, processes],
  );
  const slots = useMemo(() => phaseSlots(points, processes, known), [points, processes, known]);
  const phases = useMemo(
    () =>
      phaseAreas(
        phaseBands(slots.map((slot) => slot.known)),
        slots.map(({ x }) => x),
      ),
    [slots],
  );
  const firstX = rows[0]?.x ?? 0;
  const lastX = rows.at(-1)?.x ?? 0;
  const fit = useMemo(
    () => (timed && processes.length === 0 ? fitLine(table.fit, firstX) : null),
    [timed, processes.length, table.fit, firstX],
  );
  const measure = table.series.findIndex(({ key }) => key === measureKey);
  const onChoose = useCallback((dumpId: DumpId) => choose({ dumpId }), [choose]);
  const onPlot = useCallback(
    (next: Plot) => setPlot((now) => (now?.left === next.left && now.width === next.width ? now : next)),
    [],
  );
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const scale = {
    left: plot?.left ?? PLOT_LEFT,
    width: plot?.width ?? Math.max(0, width - PLOT_LEFT - PLOT_RIGHT),
    padding: PLOT_PADDING,
    firstX,
    lastX,
  };
  return (
    <div className="timeline-scroll" ref={scroll}>
      {processes.length > 0 && table.series.length > 0 ? (
        <MeasureSelect series={table.series} value={measure < 0 ? '' : measureKey} onChange={setMeasureKey} />
      ) : null}
      {dumps.length < 2 && drawn.length === 0 ? (
        <p className="hint muted">
          No count tells when it was taken, so there is no line to draw. The table has them all.
        </p>
      ) : (
        <figure
          className="chart"
          aria-label={drawn.length > 0 ? 'Goroutines over time' : 'Goroutines over the dumps'}
          ref={box}
        >
          <ErrorBoundary
            fallback={<p className="failed-note">The chart could not be loaded. The table has the same numbers.</p>}
          >
            <Suspense fallback={<p className="hint muted">Loading the chart…</p>}>
              {width > 0 ? (
                <TimelineChart
                  rows={rows}
                  points={points}
                  timed={timed}
                  table={table}
                  processes={processes}
                  measure={measure}
                  runs={runs}
                  phases={phases}
                  fit={fit}
                  drawn={drawn}
                  countStyles={countStyles}
                  hidden={hidden}
                  chosenId={chosenId}
                  width={width}
                  height={300}
                  onChoose={onChoose}
                  onPlot={onPlot}
                />
              ) : null}
            </Suspense>
          </ErrorBoundary>
        </figure>
      )}
      {slots.length > 1 ? <PhaseStrip slots={slots} scale={scale} /> : null}
      <Legend
        table={dumps.length === 0 ? null : table}
        processes={processes}
        fit={fit === null ? null : table.fit}
        drawn={drawn}
        countStyles={countStyles}
        hidden={hidden}
        onToggle={toggle}
      />
      {dumps.length < 2 && drawn.length === 0 ? null : <SaveChart box={scroll} />}
      <TimelineNotes
        table={table}
        points={points}
        processes={processes}
        timed={timed}
        countsLeft={counts.length - drawn.length}
      />
      {dumps.length === 0 ? null : <TimelineTable points={points} table={table} processes={processes} />}
      {counts.length === 0 ? null : <CountTable counts={counts} drawn={drawn} styles={countStyles} />}
    </div>
  );
}

/** The series that have a line and a column; the answer holds many more, for the matrix of the Compare tab. */
function firstSeries(table: SeriesTable): SeriesTable {
  if (table.series.length <= TIMELINE_SERIES) return table;
  return {
    ...table,
    series: table.series.slice(0, TIMELINE_SERIES),
    otherGroups: table.otherGroups + table.series.length - TIMELINE_SERIES,
  };
}
