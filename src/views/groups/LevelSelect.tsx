import type { LevelAdvice } from '../../core/compare/level-advice.ts';
import { isLevel, LEVELS } from '../../core/group/levels.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { DropDown } from '../../ui/DropDown.tsx';
import { LEVEL_HINTS, LEVEL_WORDS } from '../words.ts';

/** How strictly goroutines are judged alike; one choice for the whole page. `says`: with why the level suits the dumps. */
export function LevelSelect({ says = true }: { says?: boolean }) {
  const level = useStandstill((state) => state.view.level);
  const { choose } = useActions();
  return (
    <>
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
      {says ? <LevelWhy /> : null}
    </>
  );
}

/** The level that suits the dumps where it is not the strictest one, which needs no words; else null. */
function useAdvice(): LevelAdvice | null {
  const advice = useStandstill((state) => state.levelAdvice.value);
  return advice === null || advice.why === '' ? null : advice;
}

/** Beside the choice: why it is this level, to open; or the way back to the level that suits the dumps. */
function LevelWhy() {
  const advice = useAdvice();
  const level = useStandstill((state) => state.view.level);
  if (advice === null) return null;
  if (level !== advice.level) return <UseAdvised advice={advice} short />;
  return (
    <DropDown
      className="level-why"
      summary={
        <summary className="button small" title={advice.why}>
          <span>
            Why<span className="visually-hidden"> {LEVEL_WORDS[level].toLowerCase()}</span>?
          </span>
        </summary>
      }
    >
      <p>{advice.why}</p>
    </DropDown>
  );
}

/** A line of its own: why the groups are made at this level, or the way back to the one that suits the dumps. */
export function LevelLine() {
  const advice = useAdvice();
  const level = useStandstill((state) => state.view.level);
  if (advice === null) return null;
  return (
    <p className="level-line" role="note" aria-label="Level">
      {level === advice.level ? (
        advice.why
      ) : (
        <>
          Groups are made by {LEVEL_WORDS[level].toLowerCase()}, as you chose. <UseAdvised advice={advice} />
        </>
      )}
    </p>
  );
}

function UseAdvised({ advice, short = false }: { advice: LevelAdvice; short?: boolean }) {
  const { useAdvisedLevel } = useActions();
  const word = LEVEL_WORDS[advice.level];
  return (
    <button
      type="button"
      className="button small"
      title={advice.why}
      aria-label={`Use ${word}, the level that suits the dumps`}
      onClick={useAdvisedLevel}
    >
      {short ? `Use ${word}` : `Use ${word}, the level that suits the dumps`}
    </button>
  );
}
