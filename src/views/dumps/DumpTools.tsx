import { useState } from 'react';
import { PHASES } from '../../core/trend/phase.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatNumberOf } from '../../ui/format.ts';
import { SHEET_QUERY, useMedia } from '../../ui/use-media.ts';
import { DumpFacts } from '../stack/DumpFacts.tsx';
import { PHASE_WORDS, selectPhases } from '../timeline/dump-phases.ts';
import { TIME_SOURCES, takenOff } from '../words.ts';
import { Problems } from './Problems.tsx';
import { TimeField } from './TimeField.tsx';

/** What can be done with the chosen dump, and what to know of it before trusting its numbers. */
export function DumpTools({ dump }: { dump: DumpEntry }) {
  const id = dump.summary.id;
  const several = useStandstill((state) => state.dumps.length > 1);
  const { renameDump, removeDump, setTakenAt } = useActions();
  const [open, setOpen] = useState<'none' | 'name' | 'time' | 'problems' | 'facts'>('none');
  const asSheet = useMedia(SHEET_QUERY);
  const close = () => setOpen('none');
  const { summary } = dump;
  const removed = takenOff(summary.provenance);
  return (
    <div className="dump-tools">
      <p className="dump-known muted">
        {dump.takenAtFrom === null ? 'Time unknown.' : `Time ${TIME_SOURCES[dump.takenAtFrom]}.`}
        {removed.length === 0 ? '' : ` Taken off: ${removed.join(', ')}.`}{' '}
        {asSheet ? (
          <button type="button" className="link" onClick={() => setOpen('facts')}>
            Details
          </button>
        ) : null}
      </p>
      {summary.caveats.map((caveat) => (
        <p key={caveat} className="muted">
          {caveat}
        </p>
      ))}
      {summary.problemCount === 0 ? null : (
        <button type="button" className="badge" onClick={() => setOpen('problems')}>
          {formatNumberOf(summary.problemCount, 'problem')}
        </button>
      )}
      {several ? <PhaseSelect dump={dump} /> : null}
      {open === 'name' ? (
        <NameField
          name={dump.name}
          onDone={(name) => {
            if (name !== null) renameDump(id, name);
            close();
          }}
        />
      ) : open === 'time' ? (
        <TimeField
          takenAtMs={dump.takenAtMs}
          label={`Time of ${dump.name}`}
          onDone={(ms) => {
            if (ms !== undefined) setTakenAt(id, ms);
            close();
          }}
        />
      ) : (
        <div className="dump-buttons">
          {several ? <MarkButtons dump={dump} /> : null}
          <span className="spacer" />
          <button type="button" className="button small quiet" onClick={() => setOpen('name')}>
            Rename
          </button>
          <button type="button" className="button small quiet" onClick={() => setOpen('time')}>
            Time
          </button>
          <button
            type="button"
            className="button small quiet"
            aria-label={`Remove ${dump.name}`}
            onClick={() => removeDump(id)}
          >
            Remove
          </button>
        </div>
      )}
      {open === 'facts' ? (
        <Dialog title={dump.name} onClose={close}>
          <DumpFacts dump={dump} />
        </Dialog>
      ) : null}
      {open === 'problems' ? (
        <Dialog title={`Problems in ${dump.name}`} onClose={close}>
          <Problems summary={summary} />
        </Dialog>
      ) : null}
    </div>
  );
}

/** Takes the dump as A or B of the comparison. */
function MarkButtons({ dump }: { dump: DumpEntry }) {
  const { id } = dump.summary;
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const { choose } = useActions();
  return (
    <>
      <button
        type="button"
        className="button small ab"
        aria-pressed={a === id}
        aria-label={`Compare ${dump.name} as A`}
        title="Take as A, the earlier dump of the comparison (a)"
        onClick={() => choose({ a: id })}
      >
        A
      </button>
      <button
        type="button"
        className="button small ab"
        aria-pressed={b === id}
        aria-label={`Compare ${dump.name} as B`}
        title="Take as B, the later dump of the comparison (b)"
        onClick={() => choose({ b: id })}
      >
        B
      </button>
    </>
  );
}

/** What the service was doing when the dump was taken: as the user says, else as guessed. */
function PhaseSelect({ dump }: { dump: DumpEntry }) {
  const { id } = dump.summary;
  const known = useStandstill((state) => selectPhases(state).get(id));
  const { markPhase } = useActions();
  const guess = known?.guessed === true ? `guess: ${PHASE_WORDS[known.phase]}` : 'guess';
  return (
    <label className="dump-phase-select">
      Phase{' '}
      <select
        className="field"
        aria-label={`Phase of ${dump.name}`}
        value={known === undefined || known.guessed ? '' : known.phase}
        onChange={(event) => {
          const { value } = event.currentTarget;
          markPhase([id], PHASES.find((phase) => phase === value) ?? null);
        }}
      >
        <option value="">{guess}</option>
        {PHASES.map((phase) => (
          <option key={phase} value={phase}>
            {PHASE_WORDS[phase]}
          </option>
        ))}
      </select>
    </label>
  );
}

function NameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const [value, setValue] = useState(name);
  return (
    <form
      className="inline-edit"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(value.trim() === '' ? null : value.trim());
      }}
    >
      <input
        className="field"
        aria-label={`New name of ${name}`}
        value={value}
        maxLength={200}
        ref={(field) => field?.focus()}
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(null);
        }}
      />
      <button type="submit" className="button small">
        Save
      </button>
    </form>
  );
}
