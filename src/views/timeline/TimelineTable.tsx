import { useState } from 'react';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { toneOf } from '../../ui/Change.tsx';
import { formatClock, formatCount, formatDay, formatSigned } from '../../ui/format.ts';
import { timeTitle } from '../dumps/DumpRow.tsx';
import { TimeField } from '../dumps/TimeField.tsx';
import { tailOf } from '../words.ts';
import { Swatch } from './Legend.tsx';
import { seriesStyle, TOTAL_STYLE } from './series-style.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** The numbers of the chart; a name chooses the dump, a time can be changed. */
export function TimelineTable({ points, table }: { points: readonly TimelinePoint[]; table: SeriesTable }) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  return (
    <div className="timeline-table-box">
      <table className="timeline-table">
        <caption className="visually-hidden">Goroutines over the dumps</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col">Dump</th>
            <th scope="col" className="numbers">
              <Swatch style={TOTAL_STYLE} />
              Total
            </th>
            {table.series.map((series, index) => (
              <th key={series.key} scope="col" className="numbers series-head" title={series.name}>
                <Swatch style={seriesStyle(index)} />
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
        <tbody>
          {points.map((point, index) => {
            const before = points[index - 1];
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
    </div>
  );
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
  return (
    <button
      type="button"
      className="link"
      title={timeTitle(dump)}
      aria-label={`Change the time of ${dump.name}`}
      onClick={() => setEditing(true)}
    >
      {dump.takenAtMs === null ? 'set a time' : `${formatDay(dump.takenAtMs)} ${formatClock(dump.takenAtMs)}`}
    </button>
  );
}
