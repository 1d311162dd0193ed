import { useMemo, useState } from 'react';
import type { Race } from '../../core/model/race-report.ts';
import type { Frame } from '../../core/model/symbols.ts';
import type { RaceEntry } from '../../store/state.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatCount, formatMoment, formatNumberOf } from '../../ui/format.ts';
import { Frames } from '../stack/Frames.tsx';
import { goroutineWords, raceText } from './race-text.ts';
import '../stack/stack.css';
import './races.css';

/** Races shown at first, and with each click more. */
const FIRST = 10;
const MORE = 20;

/** All races of one file: who accessed what from where, and who started them. */
export function Races({ entry: { report } }: { entry: RaceEntry }) {
  const [limit, setLimit] = useState(FIRST);
  const { races, reports, caveats, provenance } = report;
  const shown = races.slice(0, limit);
  const left = races.length - shown.length;
  return (
    <div className="races">
      <p className="muted">
        {formatNumberOf(reports, 'report')} of the race detector
        {reports === races.length ? '' : `, ${formatNumberOf(races.length, 'distinct race')}`}
        {provenance.entry === null ? '' : `, in ${provenance.entry}`}
        {provenance.instance === null ? '' : `, of ${provenance.instance}`}
        {provenance.takenAtMs === null ? '' : `, ${formatMoment(provenance.takenAtMs)}`}. Their stacks are two moments
        of a few goroutines, so they are counted in no dump.
      </p>
      {caveats.map((caveat) => (
        <p key={caveat} className="muted">
          {caveat}
        </p>
      ))}
      {shown.map((race, index) => (
        <OneRace key={race.line} race={race} number={index + 1} of={races.length} />
      ))}
      {left > 0 ? (
        <button type="button" className="button" onClick={() => setLimit(limit + MORE)}>
          Show {formatCount(Math.min(MORE, left))} more of {formatNumberOf(races.length, 'race')}
        </button>
      ) : null}
    </div>
  );
}

function OneRace({ race, number, of }: { race: Race; number: number; of: number }) {
  const { accesses, creations, notes, times, line } = race;
  const title = of === 1 ? 'Race' : `Race ${formatCount(number)} of ${formatCount(of)}`;
  return (
    <section className="race" aria-label={title}>
      <div className="race-head">
        <h3>{title}</h3>
        <span className="muted">
          line {formatCount(line)}
          {times > 1 ? `, reported ${formatCount(times)} times` : ''}
        </span>
        <CopyButton text={() => raceText(race)} what={title.toLowerCase()} />
      </div>
      <div className="race-sides">
        {accesses.map(({ what, address, goroutine, frames }, index) => (
          // No landmark each: races are many, and their sides are named alike.
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: accesses of a race never move, and may be alike.
            key={index}
            role="group"
            className="race-side"
            aria-label={`${what} by ${goroutineWords(goroutine)}`}
          >
            <h4>
              {what} <span className="race-by">by {goroutineWords(goroutine)}</span>
            </h4>
            <p className="muted">
              at <code>{address}</code>
            </p>
            <Stack frames={frames} />
          </div>
        ))}
      </div>
      {notes.length === 0 ? null : (
        <ul className="race-notes">
          {notes.map((note) => (
            <li key={note}>
              <code>{note}</code>
            </li>
          ))}
        </ul>
      )}
      {creations.length === 0 ? null : (
        <div className="race-sides">
          {creations.map(({ goroutine, state, frames }) => (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            <div key={goroutine} role="group" className="race-side" aria-label={`Start of goroutine ${goroutine}`}>
              <h4>
                Goroutine {goroutine} <span className="race-by">{state === '' ? '' : `(${state}) `}was created at</span>
              </h4>
              <Stack frames={frames} />
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function Stack({ frames }: { frames: readonly Frame[] | null }) {
  const stack = useMemo(() => (frames === null ? null : { count: 1, state: '', frames, createdBy: null }), [frames]);
  if (stack === null) return <p className="frame-note">The race detector could not restore this stack.</p>;
  return <Frames stack={stack} unfolded={false} />;
}
