import { COMPARE_MODES, type CompareMode } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';

const MODES: Readonly<Record<CompareMode, { readonly word: string; readonly hint: string }>> = {
  changes: { word: 'Changes', hint: 'One table: what changed from A to B' },
  sides: { word: 'Side by side', hint: 'The tables of A and B next to each other, and the two stacks of a group' },
  matrix: { word: 'Matrix', hint: 'All dumps as columns, groups as rows' },
};

/** How the dumps are compared. Arrows move between the three. */
export function ModeSwitch() {
  const mode = useStandstill((state) => state.view.compareMode);
  const { choose } = useActions();
  return (
    <fieldset className="mode-switch">
      <legend className="visually-hidden">How to compare</legend>
      {COMPARE_MODES.map((each) => (
        <label key={each} className={each === mode ? 'mode chosen' : 'mode'} title={MODES[each].hint}>
          <input
            type="radio"
            className="visually-hidden"
            name="compare-mode"
            value={each}
            checked={each === mode}
            onChange={() => choose({ compareMode: each })}
          />
          {MODES[each].word}
        </label>
      ))}
    </fieldset>
  );
}
