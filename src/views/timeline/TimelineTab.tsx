import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatNumberOf } from '../../ui/format.ts';
import { LevelSelect } from '../groups/LevelSelect.tsx';
import { CURL_AFTER } from '../intake/how-to-get.ts';
import { type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import { TimelineTable } from './TimelineTable.tsx';
import { timelinePoints } from './timeline-points.ts';
import './timeline.css';

/** The chart library is larger than all the rest of the page; it comes when the tab is opened. */
const TimelineChart = lazy(async () => ({ default: (await import('./TimelineChart.tsx')).TimelineChart }));

/** Counts over all dumps. */
export function TimelineTab() {
  const dumps = useStandstill((state) => state.dumps);
  const series = useStandstill((state) => state.series);
  if (dumps.length < 2) return <OneDump />;
  return (
    <div className="timeline" aria-busy={series.status === 'asking'}>
      <div className="toolbar">
        <LevelSelect />
      </div>
      {series.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The counts could not be gathered: {series.error}
        </p>
      ) : null}
      {series.value === null || series.value.total.length !== dumps.length ? (
        <p className="hint muted" role="status" aria-label="Timeline">
          {series.status === 'failed' ? 'No counts.' : 'Counting…'}
        </p>
      ) : (
        <Drawn dumps={dumps} table={series.value} />
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

function Drawn({ dumps, table }: { dumps: readonly DumpEntry[]; table: SeriesTable }) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { points, timed } = useMemo(() => timelinePoints(dumps, table), [dumps, table]);
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <div className="timeline-scroll">
      <figure className="chart" aria-label="Goroutines over the dumps" ref={box}>
        <ErrorBoundary
          fallback={<p className="failed-note">The chart could not be loaded. The table has the same numbers.</p>}
        >
          <Suspense fallback={<p className="hint muted">Loading the chart…</p>}>
            {width > 0 ? (
              <TimelineChart
                points={points}
                timed={timed}
                table={table}
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
      <div className="legend">
        <LegendItem name="Total" off={hidden.has('')} style={TOTAL_STYLE} onToggle={() => toggle('')} />
        {table.series.map((series, index) => (
          <LegendItem
            key={series.key}
            name={series.name}
            off={hidden.has(series.key)}
            style={seriesStyle(index)}
            onToggle={() => toggle(series.key)}
          />
        ))}
        <span className="muted">
          {table.otherGroups > 0 ? `${formatNumberOf(table.otherGroups, 'other group')} not drawn. ` : ''}
          {timed ? '' : 'Not every dump has its own time, so they stand in order; set times in the table below.'}
        </span>
      </div>
      <TimelineTable points={points} table={table} />
    </div>
  );
}

function LegendItem({
  name,
  off,
  style,
  onToggle,
}: {
  name: string;
  off: boolean;
  style: SeriesStyle;
  onToggle: () => void;
}) {
  return (
    <button type="button" className="legend-item" aria-pressed={!off} title={name} onClick={onToggle}>
      <Swatch style={style} />
      <span className="clip">{name}</span>
    </button>
  );
}

/** A piece of the line as it is drawn. */
export function Swatch({ style }: { style: SeriesStyle }) {
  return (
    <svg className="swatch" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <line x1={0} x2={26} y1={5} y2={5} stroke={style.color} strokeWidth={2} strokeDasharray={style.dash} />
      <path d={shapePath(style.shape, 13, 5, 3.4)} fill={style.color} />
    </svg>
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
