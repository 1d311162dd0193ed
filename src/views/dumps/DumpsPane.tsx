import { useEffect, useMemo, useRef } from 'react';
import { previousDump } from '../../store/dump-order.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatClock, formatCount, formatDay, formatNumberOf } from '../../ui/format.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { NARROW_QUERY, useMedia } from '../../ui/use-media.ts';
import { CountList } from '../counts/CountList.tsx';
import { haveOwnTimes } from '../dump-times.ts';
import { useIntake } from '../intake/intake-context.ts';
import { Pending } from '../intake/Pending.tsx';
import { KeptPart } from '../kept/KeptPart.tsx';
import { RaceList } from '../races/RaceList.tsx';
import { TeamRules } from '../triage/TeamRules.tsx';
import { WatchPart } from '../watch/WatchPart.tsx';
import { DumpRow } from './DumpRow.tsx';
import { DumpTools } from './DumpTools.tsx';
import { FileNotes } from './FileNotes.tsx';
import './dumps.css';
import './dumps-sizes.css';
import './phase.css';

/** So many dumps all fit, and leave the rest of the pane to what stands below. */
const FEW = 3;

/** The dumps in time order, their counts as a line, and files still being read. */
export function DumpsPane() {
  const dumps = useStandstill((state) => state.dumps);
  const chosenId = useStandstill((state) => state.view.dumpId);
  const others = useStandstill((state) => state.counts.length + state.races.length);
  const { choose, removeAll } = useActions();
  const { openFiles } = useIntake();
  const narrow = useMedia(NARROW_QUERY);
  const list = useRef<HTMLUListElement>(null);
  const chosen = dumps.find((dump) => dump.summary.id === chosenId);
  const several = dumps.length > 1;
  const place = chosen === undefined ? -1 : dumps.indexOf(chosen);
  useEffect(() => {
    // Scrolling lays the page out at once, which one dump does not need.
    if (place < 0 || !several) return;
    // With its tools.
    list.current?.querySelector('.dump.chosen')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [place, several]);
  const timed = haveOwnTimes(dumps);
  // A line through several instances would be none; the chosen dump's is drawn.
  const instance = chosen?.summary.provenance.instance ?? null;
  const drawn = useMemo(
    () =>
      instance === null ? dumps : dumps.filter(({ summary }) => (summary.provenance.instance ?? instance) === instance),
    [dumps, instance],
  );
  const days = new Set(dumps.flatMap((dump) => (dump.takenAtMs === null ? [] : formatDay(dump.takenAtMs))));
  return (
    <nav className={dumps.length <= FEW ? 'dumps few' : 'dumps'} aria-label="Dumps">
      <div className="dumps-head">
        <h2>{dumps.length === 0 ? 'No dump yet' : formatNumberOf(dumps.length, 'dump')}</h2>
        <button type="button" className="button small quiet" onClick={openFiles}>
          Add
        </button>
        {dumps.length + others > 1 ? (
          <button type="button" className="button small quiet" onClick={removeAll}>
            Remove all
          </button>
        ) : null}
      </div>
      {drawn.length > 1 && !narrow ? (
        <Sparkline
          label={`Goroutines${drawn.length < dumps.length ? ` of ${instance}` : ''} over ${timed ? 'time' : 'the dumps'}: ${drawn.map((dump) => formatCount(dump.summary.goroutines)).join(', ')}`}
          points={drawn.map((dump, index) => ({
            x: timed && dump.takenAtMs !== null ? dump.takenAtMs : index,
            y: dump.summary.goroutines,
            key: dump.summary.id,
            label: `${dump.name}${dump.takenAtMs === null ? '' : `, ${formatClock(dump.takenAtMs)}`}: ${formatCount(dump.summary.goroutines)}`,
            chosen: dump.summary.id === chosenId,
          }))}
          onChoose={(index) => choose({ dumpId: drawn[index]?.summary.id ?? null })}
        />
      ) : null}
      <ul className="dump-list" aria-label="Dumps in time order" ref={list}>
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
      {narrow ? <Folded /> : <Sides />}
    </nav>
  );
}

/** What came with the dumps, or in their place. */
function Sides() {
  return (
    <div className="side-parts">
      <FileNotes />
      <RaceList />
      <CountList />
      <TeamRules />
      <WatchPart />
      <KeptPart />
    </div>
  );
}

/** The same on a narrow page, one line high until it is opened. */
function Folded() {
  const counts = useStandstill((state) => state.counts.length);
  const races = useStandstill((state) => state.races.reduce((sum, { report }) => sum + report.races.length, 0));
  const notes = useStandstill((state) => state.fileNotes.length);
  const rules = useStandstill((state) => state.ownRules.length);
  const marks = useStandstill((state) => state.marks.length);
  const parts = [
    ...(counts > 0 ? [formatNumberOf(counts, 'count series', 'count series')] : []),
    ...(races > 0 ? [formatNumberOf(races, 'data race')] : []),
    ...(rules > 0 ? [formatNumberOf(rules, 'own rule')] : []),
    ...(marks > 0 ? [formatNumberOf(marks, 'mark')] : []),
    ...(notes > 0 ? [`notes on ${formatNumberOf(notes, 'file')}`] : []),
  ];
  return (
    <details className="dump-edit">
      <summary>{parts.length === 0 ? 'Team rules, watch, what is kept' : parts.join(', ')}</summary>
      <Sides />
    </details>
  );
}
