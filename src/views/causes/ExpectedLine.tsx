import { listing, selectCauseSums, selectShowsExpected } from '../../store/cause-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CauseSign } from './CauseMark.tsx';
import { expectedWords } from './cause-words.ts';
import './causes.css';

/** The groups that healthy programs have, in one counted line at the end of the table; opens and folds them. */
export function ExpectedLine() {
  const sums = useStandstill(selectCauseSums);
  const shows = useStandstill(selectShowsExpected);
  const how = useStandstill(listing);
  const { choose } = useActions();
  if (sums === null || sums.expected.groups === 0) return null;
  // A filter looks into the folded groups, too, so there is nothing to open.
  const isFiltered = how === 'suspects' || (how === 'all' && !shows);
  return (
    <p className="expected-line">
      <CauseSign tone="expected" />
      <span>{expectedWords(sums.expected)}</span>
      {isFiltered ? null : (
        <button
          type="button"
          className="link"
          aria-expanded={shows}
          aria-keyshortcuts="h"
          title={shows ? 'Fold them into this line (h)' : 'List them with the others (h)'}
          onClick={() => choose({ showExpected: !shows })}
        >
          {shows ? 'fold' : 'show'}
          <span className="visually-hidden"> expected groups</span>
        </button>
      )}
    </p>
  );
}
