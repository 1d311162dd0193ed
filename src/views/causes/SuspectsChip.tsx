import { selectCauseSums } from '../../store/cause-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';

/** Lists only groups with a suspected cause. Not there where nothing is suspect. */
export function SuspectsChip() {
  const groups = useStandstill((state) => selectCauseSums(state)?.suspects.groups ?? 0);
  const goroutines = useStandstill((state) => selectCauseSums(state)?.suspects.goroutines ?? 0);
  const isOn = useStandstill((state) => state.view.onlySuspects);
  const { choose } = useActions();
  if (groups === 0 && !isOn) return null;
  return (
    <button
      type="button"
      className={isOn ? 'button active' : 'button'}
      aria-pressed={isOn}
      title={`${formatNumberOf(goroutines, 'goroutine')} in ${formatNumberOf(groups, 'group')} with a suspected cause`}
      onClick={() => choose({ onlySuspects: !isOn })}
    >
      Only suspects <span className="muted">{formatCount(groups)}</span>
    </button>
  );
}
