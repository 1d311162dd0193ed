import type { StateCount } from '../../store/selectors.ts';
import { DropDown } from '../../ui/DropDown.tsx';
import { formatCount } from '../../ui/format.ts';
import { termOf } from '../help/terms.ts';

/** Which states to show; none chosen shows all. Opens over the table, closes on Escape or a click elsewhere. */
export function StateFilter({
  states,
  chosen,
  onChange,
}: {
  states: readonly StateCount[];
  chosen: readonly string[];
  onChange: (states: string[]) => void;
}) {
  const listed = new Map(states.map(({ state, goroutines }) => [state, goroutines]));
  for (const state of chosen) if (!listed.has(state)) listed.set(state, 0);
  // A form that prints no states has nothing to choose from.
  if (listed.size < 2 && chosen.length === 0) return null;
  return (
    <DropDown
      className="state-filter"
      summary={
        <summary className={chosen.length > 0 ? 'button active' : 'button'}>
          {chosen.length === 0
            ? 'All states'
            : chosen.length === 1
              ? chosen[0]
              : `${chosen.length} of ${listed.size} states`}
          <span aria-hidden="true">▾</span>
        </summary>
      }
    >
      <fieldset className="state-menu">
        <legend className="visually-hidden">States to show</legend>
        {[...listed].map(([state, goroutines]) => (
          <label key={state} title={termOf(state)?.says}>
            <input
              type="checkbox"
              checked={chosen.includes(state)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, state] : chosen.filter((each) => each !== state))
              }
            />
            <span className="state-word">{state}</span>
            <span className="muted">{formatCount(goroutines)}</span>
          </label>
        ))}
        {chosen.length > 0 ? (
          <button type="button" className="button small" onClick={() => onChange([])}>
            Show all states
          </button>
        ) : null}
      </fieldset>
    </DropDown>
  );
}
