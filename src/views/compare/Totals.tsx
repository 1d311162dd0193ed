import type { ChangeKind, Comparison } from '../../core/compare/comparison.ts';
import { useActions } from '../../store/use-store.ts';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { formatCount, formatNumberOf, formatSigned } from '../../ui/format.ts';
import type { KindSum } from './change-rows.ts';

/** Shows that the parts sum up: A, plus every kind of change, is B. */
export function Totals({
  comparison,
  shown,
  sums,
}: {
  comparison: Comparison;
  /** Groups that are shown. */
  shown: number;
  sums: readonly KindSum[];
}) {
  const { choose } = useActions();
  const { changes, goroutinesBefore, goroutinesAfter } = comparison;
  const all = shown === changes.length;
  const only = (kind: ChangeKind) => choose({ changeKinds: [kind], search: '', marks: [] });
  return (
    <p className="shown" role="status" aria-label="Totals">
      <span>
        A <strong>{formatCount(goroutinesBefore)}</strong>
        {sums.map(({ kind, difference }) =>
          difference === 0 ? null : (
            <span key={kind} className={toneOf(difference)}>
              {' '}
              <button type="button" className="link" title={`Show only these groups`} onClick={() => only(kind)}>
                {formatSigned(difference)}
              </button>{' '}
              {CHANGE_WORDS[kind]}
            </span>
          ),
        )}{' '}
        = B <strong>{formatCount(goroutinesAfter)}</strong>
      </span>
      <span>
        {all ? '' : `${formatCount(shown)} of `}
        {formatNumberOf(changes.length, 'group')}
        {all ? '' : ' shown'}
      </span>
      {all ? null : (
        <button type="button" className="link" onClick={() => choose({ changeKinds: [], search: '', marks: [] })}>
          show all
        </button>
      )}
    </p>
  );
}
