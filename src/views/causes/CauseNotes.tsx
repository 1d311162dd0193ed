import { hasProof, selectCauses } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { BLIND_SPOTS } from './cause-words.ts';
import './causes.css';

const NONE: readonly string[] = [];

/** What counts of goroutines that belong together say about the dump on show, and what a leak profile leaves open. */
export function CauseNotes() {
  const pairs = useStandstill((state) => selectCauses(state)?.reply.pairs ?? NONE);
  const withProof = useStandstill((state) => {
    const causes = selectCauses(state);
    return causes !== null && hasProof(causes);
  });
  const failed = useStandstill((state) => (state.causes.status === 'failed' ? state.causes.error : null));
  return (
    <>
      {failed === null ? null : (
        <p className="failed-note" role="alert">
          The causes could not be named: {failed}
        </p>
      )}
      {withProof ? (
        <details className="cause-notes">
          <summary>Proven and suspected: what a leak profile cannot see</summary>
          <p>{BLIND_SPOTS}</p>
        </details>
      ) : null}
      {pairs.length === 0 ? null : (
        <details className="cause-notes">
          <summary>{formatNumberOf(pairs.length, 'note')} on goroutines that belong together</summary>
          <PairList pairs={pairs} />
        </details>
      )}
    </>
  );
}

/** The sentences as a list. */
export function PairList({ pairs }: { pairs: readonly string[] }) {
  return (
    <ul className="bullets" aria-label="Goroutines that belong together">
      {pairs.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
