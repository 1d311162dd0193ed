import { hasProof, selectCauses, selectChosenCause } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { CauseSign } from './CauseMark.tsx';
import { CauseText } from './CauseText.tsx';
import { BLIND_SPOTS, capital, FAMILY_WORDS, GRADE_HINTS, GRADE_WORDS, guardWords, type Mark } from './cause-words.ts';
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
  const { cause, proven, rule, broken } = known;
  const isProven = cause?.grade === 'proven' || proven > 0;
  const tone: Mark['tone'] = isProven ? 'proven' : cause?.kind === 'leak' ? 'suspect' : 'expected';
  return (
    <section className={`block cause ${tone}`} aria-label="Cause">
      <h3>Cause</h3>
      <p className="cause-title">
        <CauseSign tone={tone} />
        <strong>
          {cause === null
            ? 'Proven leaked'
            : `${tone === 'expected' ? 'Expected: ' : ''}${capitalIf(cause.title, tone)}`}
        </strong>
        {tone === 'expected' ? null : (
          <span className="cause-grade" title={GRADE_HINTS[isProven ? 'proven' : (cause?.grade ?? 'weak')]}>
            {isProven ? 'proven leaked' : cause === null ? '' : GRADE_WORDS[cause.grade]}
          </span>
        )}
        {withProof && tone === 'suspect' ? <span className="cause-grade">suspected</span> : null}
        {cause === null ? null : <span className="muted cause-rule">{broken?.id ?? cause.ruleId}</span>}
      </p>
      {cause?.family == null || cause.family === 'proven' ? null : (
        <p className="muted">Kind: {FAMILY_WORDS[cause.family]}.</p>
      )}
      {broken?.kind === 'benign' ? (
        <p>
          This is the stack of a {broken.title}: {guardWords(broken.guard)} are expected, here it has{' '}
          {formatCount(count)}.
        </p>
      ) : null}
      <ul className="bullets cause-why" aria-label="Why">
        {proven > 0 ? (
          <li>
            A leak profile among the dumps holds {formatNumberOf(proven, 'goroutine')} of this group: proven leaked.
          </li>
        ) : null}
        {(cause?.why ?? []).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {rule?.kind === 'leak' ? <CauseText rule={rule} /> : null}
      {withProof ? <p className="muted">{BLIND_SPOTS}</p> : null}
    </section>
  );
}

/** After "Expected:" the title goes on in lower case. */
function capitalIf(title: string, tone: Mark['tone']): string {
  return tone === 'expected' ? title : capital(title);
}
