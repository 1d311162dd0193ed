import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { CountEntry, DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatNumberOf } from '../../ui/format.ts';
import { LevelSelect } from '../groups/LevelSelect.tsx';
import { CURL_AFTER } from '../intake/how-to-get.ts';
import { CountTable } from './CountTable.tsx';
import { drawnCounts } from './drawn-counts.ts';
import { LegendItem } from './Legend.tsx';
import { countStyle, seriesStyle, TOTAL_STYLE } from './series-style.ts';
import { TimelineTable } from './TimelineTable.tsx';
import { timelinePoints } from './timeline-points.ts';
import './timeline.css';

/** The chart library is larger than all the rest of the page; it comes when the tab is opened. */
const TimelineChart = lazy(async () => ({ default: (await import('./TimelineChart.tsx')).TimelineChart }));

const NO_TABLE: SeriesTable = { level: 'exact', total: [], series: [], otherGroups: 0 };

/** Counts over all dumps, and those that came without stacks. */
export function TimelineTab() {
  const dumps = useStandstill((state) => state.dumps);
  const counts = useStandstill((state) => state.counts);
  const series = useStandstill((state) => state.series);
  if (dumps.length < 2 && counts.length === 0) return <OneDump />;
  const gathered = series.value !== null && series.value.total.length === dumps.length ? series.value : null;
  // Counts need no dump, nor the answer about them.
  const table = dumps.length === 0 || series.status === 'failed' ? (gathered ?? NO_TABLE) : gathered;
  return (
    <div className="timeline" aria-busy={series.status === 'asking'}>
      {dumps.length === 0 ? null : (
        <div className="toolbar">
          <LevelSelect />
        </div>
      )}
      {series.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The counts could not be gathered: {series.error}
        </p>
      ) : null}
      {table === null || (table === NO_TABLE && counts.length === 0) ? (
        <p className="hint muted" role="status" aria-label="Timeline">
          {series.status === 'failed' ? 'No counts.' : 'Counting…'}
        </p>
      ) : (
        <Drawn dumps={dumps} table={table} counts={counts} />
      )}
    </div>
  );
}

function OneDump() {
  return (
    <div className="hint">
      <h3>One dump is one point</h3>
      <p className="muted">
        Drop dumps of other moments of the same process to see counts over time. A count that stays up after the load
        has fallen is the mark of a leak, so take one then.
      </p>
      <div className="command">
        <div className="command-head">
          <span className="muted">Save another dump</span>
          <CopyButton text={CURL_AFTER} what="command" className="button small" />
        </div>
        <pre>{CURL_AFTER}</pre>
      </div>
    </div>
  );
}

function Drawn({
  dumps,
  table,
  counts,
}: {
  dumps: readonly DumpEntry[];
  table: SeriesTable;
  counts: readonly CountEntry[];
}) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const drawn = useMemo(() => drawnCounts(counts), [counts]);
  const { points, timed } = useMemo(() => timelinePoints(dumps, table, drawn.length > 0), [dumps, table, drawn.length]);
  const unplaced = points.filter(({ x }) => Number.isNaN(x)).length;
  const onlyUntimed = dumps.length < 2 && drawn.length === 0;
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <div className="timeline-scroll">
      {onlyUntimed ? (
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
                  points={points}
                  timed={timed}
                  table={table}
                  drawn={drawn}
                  hidden={hidden}
                  chosenId={chosenId}
                  width={width}
                  height={300}
                  onChoose={(dumpId) => choose({ dumpId })}
                />
              ) : null}
            </Suspense>
          </ErrorBoundary>
        </figure>
      )}
      <div className="legend">
        {dumps.length === 0 ? null : (
          <LegendItem
            name={drawn.length > 0 ? 'Total of dumps' : 'Total'}
            off={hidden.has('')}
            style={TOTAL_STYLE}
            onToggle={() => toggle('')}
          />
        )}
        {table.series.map((series, index) => (
          <LegendItem
            key={series.key}
            name={series.name}
            off={hidden.has(series.key)}
            style={seriesStyle(index)}
            onToggle={() => toggle(series.key)}
          />
        ))}
        {drawn.map(({ id, name }, index) => (
          <LegendItem
            key={id}
            name={`counts: ${name}`}
            off={hidden.has(id)}
            style={countStyle(index)}
            onToggle={() => toggle(id)}
          />
        ))}
        <span className="muted">
          {table.otherGroups > 0 ? `${formatNumberOf(table.otherGroups, 'other group')} not drawn. ` : ''}
          {drawn.length < counts.length
            ? `${formatNumberOf(counts.length - drawn.length, 'more series', 'more series')} in the table. `
            : ''}
          {unplaced > 0 ? `${formatNumberOf(unplaced, 'dump')} without a time not drawn; set it in the table. ` : ''}
          {timed || dumps.length < 2
            ? ''
            : 'Not every dump has its own time, so they stand in order; set times in the table below.'}
        </span>
      </div>
      {dumps.length === 0 ? null : <TimelineTable points={points} table={table} />}
      {counts.length === 0 ? null : <CountTable counts={counts} drawn={drawn} />}
    </div>
  );
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
