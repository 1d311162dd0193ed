import { useEffect, useRef } from 'react';
import { previousDump } from '../../store/dump-order.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatClock, formatCount, formatDay, formatNumberOf } from '../../ui/format.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { NARROW_QUERY, useMedia } from '../../ui/use-media.ts';
import { haveOwnTimes } from '../dump-times.ts';
import { useIntake } from '../intake/intake-context.ts';
import { Pending } from '../intake/Pending.tsx';
import { DumpRow } from './DumpRow.tsx';
import { DumpTools } from './DumpTools.tsx';
import './dumps.css';

/** The dumps in time order, their counts as a line, and files still being read. */
export function DumpsPane() {
  const dumps = useStandstill((state) => state.dumps);
  const chosenId = useStandstill((state) => state.view.dumpId);
  const { choose, removeAll } = useActions();
  const { openFiles } = useIntake();
  const narrow = useMedia(NARROW_QUERY);
  const list = useRef<HTMLUListElement>(null);
  const chosen = dumps.find((dump) => dump.summary.id === chosenId);
  useEffect(() => {
    if (chosenId === null) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosenId]);
  const timed = haveOwnTimes(dumps);
  const days = new Set(dumps.flatMap((dump) => (dump.takenAtMs === null ? [] : formatDay(dump.takenAtMs))));
  return (
    <nav className="dumps" aria-label="Dumps">
      <div className="dumps-head">
        <h2>{formatNumberOf(dumps.length, 'dump')}</h2>
        <button type="button" className="button small quiet" onClick={openFiles}>
          Add
        </button>
        {dumps.length > 1 ? (
          <button type="button" className="button small quiet" onClick={removeAll}>
            Remove all
          </button>
        ) : null}
      </div>
      {dumps.length > 1 && !narrow ? (
        <Sparkline
          label={`Goroutines over ${timed ? 'time' : 'the dumps'}: ${dumps.map((dump) => formatCount(dump.summary.goroutines)).join(', ')}`}
          points={dumps.map((dump, index) => ({
            x: timed && dump.takenAtMs !== null ? dump.takenAtMs : index,
            y: dump.summary.goroutines,
            key: dump.summary.id,
            label: `${dump.name}${dump.takenAtMs === null ? '' : `, ${formatClock(dump.takenAtMs)}`}: ${formatCount(dump.summary.goroutines)}`,
            chosen: dump.summary.id === chosenId,
          }))}
          onChoose={(index) => choose({ dumpId: dumps[index]?.summary.id ?? null })}
        />
      ) : null}
      <ul className="dump-list" ref={list}>
        {dumps.map((dump) => (
          <DumpRow
            key={dump.summary.id}
            dump={dump}
            before={previousDump(dumps, dump.summary.id)}
            showDay={days.size > 1}
          >
            {narrow || dump.summary.id !== chosenId ? null : <DumpTools key={dump.summary.id} dump={dump} />}
          </DumpRow>
        ))}
      </ul>
      {narrow && chosen !== undefined ? (
        <details className="dump-edit">
          <summary>Name, time, problems of the chosen dump</summary>
          <DumpTools key={chosen.summary.id} dump={chosen} />
        </details>
      ) : null}
      {dumps.length === 1 && !narrow ? (
        <p className="dumps-more muted">Drop a second dump of the same process to see what changed.</p>
      ) : null}
      <Pending />
    </nav>
  );
}
