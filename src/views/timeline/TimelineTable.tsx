import { useMemo, useState } from 'react';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { toneOf } from '../../ui/Change.tsx';
import { formatClock, formatCount, formatDay, formatNumberOf, formatSigned } from '../../ui/format.ts';
import { timeTitle } from '../dumps/DumpRow.tsx';
import { TimeField } from '../dumps/TimeField.tsx';
import { tailOf } from '../words.ts';
import { GrowthRows } from './GrowthRows.tsx';
import { Swatch } from './Legend.tsx';
import type { ProcessLine } from './process-lines.ts';
import { seriesStyle, TOTAL_STYLE } from './series-style.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** Rows at first; the dumps of many instances are many. */
const FIRST_ROWS = 200;

/** The numbers of the chart; a name chooses the dump, a time can be changed. */
export function TimelineTable({
  points,
  table,
  processes,
}: {
  points: readonly TimelinePoint[];
  table: SeriesTable;
  /** Several processes: changes are within each. */
  processes: readonly ProcessLine[];
}) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  const [limit, setLimit] = useState(FIRST_ROWS);
  const beforeOf = useMemo(() => pointsBefore(points, processes), [points, processes]);
  return (
    <div className="timeline-table-box">
      <table className="timeline-table">
        <caption className="visually-hidden">Goroutines over the dumps</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col">Dump</th>
            <th scope="col" className="numbers">
              {processes.length > 0 ? null : <Swatch style={TOTAL_STYLE} />}
              Total
            </th>
            {table.series.map((series, index) => (
              <th key={series.key} scope="col" className="numbers series-head" title={series.name}>
                {processes.length > 0 ? null : <Swatch style={seriesStyle(index)} />}
                <button
                  type="button"
                  className="link mono"
                  onClick={() => choose({ tab: 'groups', groupKey: series.key })}
                >
                  <Breakable text={series.name} />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <GrowthRows table={table} />
        <tbody>
          {points.slice(0, limit).map((point) => {
            const before = beforeOf.get(point);
            const { dump } = point;
            const chosen = dump.summary.id === chosenId;
            return (
              <tr key={dump.summary.id} className={chosen ? 'chosen' : undefined}>
                <td>
                  <TimeCell dump={dump} />
                </td>
                <th scope="row" title={dump.name}>
                  <button
                    type="button"
                    className="link"
                    aria-current={chosen}
                    onClick={() => choose({ dumpId: dump.summary.id })}
                  >
                    {tailOf(dump.name)}
                  </button>
                  {processes.length === 0 || dump.summary.provenance.instance === null ? null : (
                    <span className="second muted">{tailOf(dump.summary.provenance.instance)}</span>
                  )}
                  {dump.summary.lowerBounds.length === 0 ? null : (
                    <span className="second warn" title={dump.summary.lowerBounds.join(' ')}>
                      lower bound
                    </span>
                  )}
                </th>
                <CountCell count={point.total} before={before?.total} />
                {table.series.map((series, at) => (
                  <CountCell key={series.key} count={point.counts[at] ?? 0} before={before?.counts[at]} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {points.length > limit ? (
        <button type="button" className="button small show-all" onClick={() => setLimit(points.length)}>
          Show all {formatNumberOf(points.length, 'dump')}
        </button>
      ) : null}
    </div>
  );
}

/** Per dump the one before it, of the same process. */
function pointsBefore(
  points: readonly TimelinePoint[],
  processes: readonly ProcessLine[],
): ReadonlyMap<TimelinePoint, TimelinePoint> {
  const before = new Map<TimelinePoint, TimelinePoint>();
  for (const own of processes.length === 0 ? [points] : processes.map((each) => each.points)) {
    own.forEach((point, at) => {
      const last = own[at - 1];
      if (last !== undefined) before.set(point, last);
    });
  }
  return before;
}

function CountCell({ count, before }: { count: number; before: number | undefined }) {
  const difference = before === undefined ? 0 : count - before;
  return (
    <td className="numbers">
      <span className={count === 0 ? 'muted' : undefined}>{formatCount(count)}</span>
      <span className={`second ${toneOf(difference)}`}>{difference === 0 ? '' : formatSigned(difference)}</span>
    </td>
  );
}

function TimeCell({ dump }: { dump: DumpEntry }) {
  const [editing, setEditing] = useState(false);
  const { setTakenAt } = useActions();
  if (editing) {
    return (
      <TimeField
        takenAtMs={dump.takenAtMs}
        label={`Time of ${dump.name}`}
        onDone={(ms) => {
          if (ms !== undefined) setTakenAt(dump.summary.id, ms);
          setEditing(false);
        }}
      />
    );
  }
  const text = dump.takenAtMs === null ? 'set a time' : `${formatDay(dump.takenAtMs)} ${formatClock(dump.takenAtMs)}`;
  return (
    <button
      type="button"
      className="link"
      title={timeTitle(dump)}
      // Who speaks to the page says what is seen.
      aria-label={`${text}: change the time of ${dump.name}`}
      onClick={() => setEditing(true)}
    >
      {text}
    </button>
  );
}
