import { useId } from 'react';
import { MARK_KINDS, MAX_NOTE } from '../../core/triage/marks.ts';
import { selectChosenMark } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { MARK_HINTS, MARK_SIGNS, MARK_WORDS } from './mark-words.ts';
import './triage.css';

/** Marks the chosen group, in all dumps and at all levels, with a note for whoever comes next. */
export function Triage({ groupKey }: { groupKey: string }) {
  const chosenKey = useStandstill((state) => state.view.groupKey);
  const status = useStandstill((state) => state.markTargets.status);
  const known = useStandstill(selectChosenMark);
  const { markGroup } = useActions();
  const noteId = useId();
  // While another group is being opened the last one's stack still stands below.
  if (status === 'none' || chosenKey !== groupKey) return null;
  const mark = known?.mark ?? null;
  return (
    <section className="block triage" aria-label="Triage">
      <div className="triage-line">
        <h3>Triage</h3>
        <fieldset className="triage-marks">
          <legend className="visually-hidden">Mark this group</legend>
          {MARK_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className={`chip mark-${kind}`}
              aria-pressed={mark === kind}
              aria-keyshortcuts="m"
              disabled={known === null || known.tooMany}
              title={`${MARK_HINTS[kind]} (m)`}
              onClick={() => markGroup(mark === kind ? null : kind)}
            >
              <span aria-hidden="true">{MARK_SIGNS[kind]}</span> {MARK_WORDS[kind]}
            </button>
          ))}
        </fieldset>
      </div>
      {known === null ? (
        status === 'failed' ? (
          <p className="failed-note" role="alert">
            The group cannot be marked: its stacks could not be told.
          </p>
        ) : null
      ) : known.tooMany ? (
        <p className="muted">
          This group holds {formatCount(known.parts)} different stacks, more than can be marked at once. Choose a
          stricter level to mark its parts.
        </p>
      ) : (
        <>
          {known.parts > 1 ? (
            <p className="muted">
              {known.markedParts === 0
                ? `A mark goes to its ${formatNumberOf(known.parts, 'different stack')}.`
                : `${formatCount(known.markedParts)} of its ${formatNumberOf(known.parts, 'different stack')} are marked.`}
            </p>
          ) : null}
          {mark === null ? null : (
            <>
              <label htmlFor={noteId} className="visually-hidden">
                Note
              </label>
              <textarea
                id={noteId}
                key={groupKey}
                className="field triage-note"
                rows={2}
                maxLength={MAX_NOTE}
                placeholder="Why, who, where: a note for the team"
                defaultValue={known.note}
                onChange={(event) => markGroup(mark, event.currentTarget.value)}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}
