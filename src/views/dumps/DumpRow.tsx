import { memo, type ReactNode } from 'react';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { toneOf } from '../../ui/Change.tsx';
import { formatClock, formatCount, formatDay, formatMoment, formatNumberOf, formatSigned } from '../../ui/format.ts';
import { phaseWords, SHORT_PHASE_WORDS, selectPhases } from '../timeline/dump-phases.ts';
import { FORMAT_WORDS, TIME_SOURCES, tailOf } from '../words.ts';

/** One dump: name, time, count, change to the one before. `children` are the tools of the chosen one. Drawn again only when these change, as there may be hundreds. */
export const DumpRow = memo(function DumpRow({
  dump,
  before,
  showDay,
  children,
}: {
  dump: DumpEntry;
  before: DumpEntry | null;
  showDay: boolean;
  children: ReactNode;
}) {
  const id = dump.summary.id;
  const chosen = useStandstill((state) => state.view.dumpId === id);
  const mark = useStandstill((state) =>
    state.dumps.length < 2 ? '' : state.view.a === id ? 'A' : state.view.b === id ? 'B' : '',
  );
  const phase = useStandstill((state) => (state.dumps.length < 2 ? undefined : selectPhases(state).get(id)));
  const { choose } = useActions();
  const { summary } = dump;
  const difference = before === null ? null : summary.goroutines - before.summary.goroutines;
  return (
    <li className={chosen ? 'dump chosen' : 'dump'}>
      <button type="button" className="dump-main" aria-current={chosen} onClick={() => choose({ dumpId: id })}>
        <span className="dump-name" title={fullName(dump)}>
          {mark === '' ? null : (
            <span className="ab-mark" title={`Dump ${mark} of the comparison`}>
              {mark}
              <span className="visually-hidden"> of the comparison: </span>
            </span>
          )}
          {tailOf(dump.name, 38)}
        </span>
        <span className="dump-count">
          {formatCount(summary.goroutines)}
          <span className="visually-hidden"> goroutines</span>
        </span>
        <span className="dump-time muted" title={timeTitle(dump)}>
          {dump.takenAtMs === null
            ? 'no time'
            : `${showDay ? `${formatDay(dump.takenAtMs)} ` : ''}${formatClock(dump.takenAtMs)}`}
          <span className="dump-format"> {FORMAT_WORDS[summary.format]}</span>
          {phase === undefined ? null : (
            <span title={phaseWords(phase)}>
              {' · '}
              {phase.guessed ? <i>{SHORT_PHASE_WORDS[phase.phase]}?</i> : SHORT_PHASE_WORDS[phase.phase]}
              <span className="visually-hidden">{phase.guessed ? ' (phase, guessed)' : ' (phase)'}</span>
            </span>
          )}
        </span>
        <span
          className={`dump-change ${difference === null ? 'muted' : toneOf(difference)}`}
          title={before === null ? undefined : `Against ${before.name}`}
        >
          {difference === null ? '' : formatSigned(difference)}
          {difference === null ? null : <span className="visually-hidden"> against the dump before</span>}
        </span>
        {summary.problemCount > 0 && !chosen ? (
          <span className="dump-flag warn">{formatNumberOf(summary.problemCount, 'problem')}</span>
        ) : null}
        {summary.provenance.instance === null ? null : (
          <span className="dump-instance muted" title={`Instance ${summary.provenance.instance}`}>
            <span className="visually-hidden">instance </span>
            {tailOf(summary.provenance.instance, 36)}
          </span>
        )}
        {summary.lowerBounds.length > 0 || summary.truncated ? (
          <span className="dump-flag warn" title={summary.lowerBounds.join(' ')}>
            {summary.truncated ? 'cut short: lower bound' : 'lower bound'}
          </span>
        ) : null}
      </button>
      {children}
    </li>
  );
});

/** All that names a dump: its name, and where it stands. */
function fullName({ name, summary: { provenance } }: DumpEntry): string {
  const place = provenance.entry === null ? provenance.path : `${provenance.path}, in it ${provenance.entry}`;
  return place === name ? name : `${name}\n${place}`;
}

/** The moment in full and how it was learned. */
export function timeTitle(dump: DumpEntry): string {
  if (dump.takenAtMs === null) return 'Nothing in the file tells when it was taken. Set a time to order it.';
  const source = dump.takenAtFrom === null ? '' : `, ${TIME_SOURCES[dump.takenAtFrom]}`;
  return formatMoment(dump.takenAtMs) + source;
}
