import type { Verdict } from '../../core/trend/verdict.ts';
import { selectVerdictCauses } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { GRADE_WORDS } from '../causes/cause-words.ts';
import { ShowLink } from './SentenceView.tsx';
import { showsOf } from './verdict-words.ts';

/** The likely cause of the group to look at first, by name unless the headline names it. Nothing where no rule speaks. */
export function LooksLike({ verdict }: { verdict: Verdict }) {
  const leading = useStandstill((state) => selectVerdictCauses(state)?.leading ?? null);
  const group = leading === null ? undefined : verdict.groups[leading.at];
  if (leading === null || group === undefined) return null;
  const isNamed = verdict.headline.some(
    (part) => typeof part !== 'string' && 'key' in part.show && part.show.key === group.key,
  );
  return (
    <span className="looks-like">
      {' '}
      {isNamed ? 'Looks like: ' : `${group.name} looks like: `}
      <ShowLink show={showsOf(group, verdict).last}>{leading.cause.title}</ShowLink> ({GRADE_WORDS[leading.cause.grade]}
      ).
    </span>
  );
}
