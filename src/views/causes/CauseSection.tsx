import { UNKNOWN_STATE } from '../../core/model/symbols.ts';
import { hasProof, selectCauses, selectChosenCause } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import type { GroupDetail } from '../../worker/protocol.ts';
import { isAlarming } from '../verdict/verdict-words.ts';
import { CauseSign } from './CauseMark.tsx';
import { CauseText } from './CauseText.tsx';
import { BLIND_SPOTS, capital, FAMILY_WORDS, GRADE_HINTS, GRADE_WORDS, guardWords, toneOf } from './cause-words.ts';
import { OwnRule } from './OwnRule.tsx';
import './causes.css';

/** Why the chosen group stands there, and what to check. Where no rule speaks it is said of groups to look at only. */
export function CauseSection({ detail }: { detail: GroupDetail }) {
  const { key: groupKey, count } = detail;
  const chosenKey = useStandstill((state) => state.view.groupKey);
  const known = useStandstill(selectChosenCause);
  const withProof = useStandstill((state) => {
    const causes = selectCauses(state);
    return causes !== null && hasProof(causes);
  });
  // While another group is being opened the last one's stack still stands below.
  if (chosenKey !== groupKey) return null;
  if (known === null) return <NoCause detail={detail} />;
  const { cause, rule, broken, own } = known;
  const tone = toneOf(cause);
  return (
    <section className={`block cause ${tone}`} aria-label="Cause">
      <h3>Cause</h3>
      <p className="cause-title">
        <span className="cause-name">
          <CauseSign tone={tone} />
          <strong>{tone === 'expected' ? `Expected: ${cause.title}` : capital(cause.title)}</strong>
        </span>
        {tone === 'expected' ? null : (
          <span className="cause-grade" title={GRADE_HINTS[cause.grade]}>
            {tone === 'proven' ? 'proven leaked' : GRADE_WORDS[cause.grade]}
          </span>
        )}
        {withProof && tone === 'suspect' ? <span className="cause-grade">suspected</span> : null}
        <span className="muted cause-rule">{broken?.id ?? cause.ruleId}</span>
      </p>
      {cause.family === null || cause.family === 'proven' ? null : (
        <p className="muted">Kind: {FAMILY_WORDS[cause.family]}.</p>
      )}
      {own.map((each) => (
        <OwnRule key={each.id} rule={each} />
      ))}
      {broken?.kind === 'benign' ? (
        <p>
          The stack of a {broken.title}. Expected: {guardWords(broken.guard)}; in this group: {formatCount(count)}.
        </p>
      ) : null}
      <ul className="bullets cause-why" aria-label="Why">
        {cause.why.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {rule?.kind === 'leak' ? <CauseText rule={rule} /> : null}
      {withProof && tone === 'suspect' ? <p className="muted">{BLIND_SPOTS}</p> : null}
    </section>
  );
}

/** For a group that the verdict names: that no rule fits, and which dump would tell more. */
function NoCause({ detail }: { detail: GroupDetail }) {
  const isKnown = useStandstill((state) => selectCauses(state) !== null);
  const isAlarmingGroup = useStandstill(
    ({ verdict }) =>
      verdict.value?.verdict.groups.some(({ key, call }) => key === detail.key && isAlarming(call)) === true,
  );
  if (!isKnown || !isAlarmingGroup) return null;
  const hasState = detail.inferredState !== '' || detail.states.some(([state]) => state !== UNKNOWN_STATE);
  return (
    <section className="block cause" aria-label="Cause">
      <h3>Cause</h3>
      <p>
        No rule fits this stack.{' '}
        {hasState ? '' : 'Its state is not printed, and most rules need one: take a dump with debug=2. '}
        Ask who is to wake or end these goroutines, and where that one returns first.
      </p>
    </section>
  );
}
