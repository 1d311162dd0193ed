import { isLevel, LEVELS } from '../../core/group/levels.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { LEVEL_HINTS, LEVEL_WORDS } from '../words.ts';

/** How strictly goroutines are judged alike; one choice for the whole page. */
export function LevelSelect() {
  const level = useStandstill((state) => state.view.level);
  const { choose } = useActions();
  return (
    <label title={LEVEL_HINTS[level]}>
      Group by
      <select
        className="field"
        value={level}
        onChange={(event) => {
          const next = event.currentTarget.value;
          if (isLevel(next)) choose({ level: next });
        }}
      >
        {LEVELS.map((each) => (
          <option key={each} value={each} title={LEVEL_HINTS[each]}>
            {LEVEL_WORDS[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
