import { hasProof, selectCauses, selectChosenCause } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import { CauseSign } from './CauseMark.tsx';
import { CauseText } from './CauseText.tsx';
import { BLIND_SPOTS, capital, FAMILY_WORDS, GRADE_HINTS, GRADE_WORDS, guardWords, toneOf } from './cause-words.ts';
import './causes.css';

/** Why the chosen group stands there, and what to check. Nothing where no rule speaks. */
export function CauseSection({ groupKey, count }: { groupKey: string; count: number }) {
  const chosenKey = useStandstill((state) => state.view.groupKey);
  const known = useStandstill(selectChosenCause);
  const withProof = useStandstill((state) => {
    const causes = selectCauses(state);
    return causes !== null && hasProof(causes);
  });
  // While another group is being opened the last one's stack still stands below.
  if (known === null || chosenKey !== groupKey) return null;
  const { cause, rule, broken } = known;
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
