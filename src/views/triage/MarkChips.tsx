import type { MarkSum } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { MARK_SIGNS, MARK_WORDS } from './mark-words.ts';
import './triage.css';

/** Filters groups by mark; none chosen shows all. Nothing until a group is marked. `where` the goroutines are counted: "in B". */
export function MarkChips({ sums, where = '' }: { sums: readonly MarkSum[] | null; where?: string }) {
  const chosen = useStandstill((state) => state.view.marks);
  const { choose } = useActions();
  if (sums === null && chosen.length === 0) return null;
  return (
    <fieldset className="mark-chips">
      <legend className="visually-hidden">Marks to show</legend>
      {(sums ?? []).map(({ filter, groups, goroutines }) =>
        groups === 0 && !chosen.includes(filter) ? null : (
          <button
            key={filter}
            type="button"
            className="chip"
            aria-pressed={chosen.includes(filter)}
            title={`${formatNumberOf(goroutines, 'goroutine')}${where === '' ? '' : ` ${where}`} in ${formatNumberOf(groups, 'group')}`}
            onClick={() =>
              choose({
                marks: chosen.includes(filter) ? chosen.filter((each) => each !== filter) : [...chosen, filter],
              })
            }
          >
            {filter === 'unmarked' ? null : <span aria-hidden="true">{MARK_SIGNS[filter]} </span>}
            {MARK_WORDS[filter]} <strong>{formatCount(groups)}</strong>
          </button>
        ),
      )}
      {sums === null ? (
        <button type="button" className="link" onClick={() => choose({ marks: [] })}>
          show all marks
        </button>
      ) : null}
    </fieldset>
  );
}
