import type { ChangeKind } from '../../core/compare/comparison.ts';
import { useActions } from '../../store/use-store.ts';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { formatCount, formatNumberOf, formatSigned } from '../../ui/format.ts';
import type { KindSum } from './change-rows.ts';

/** Filters by kind of change; none chosen shows all. `between` says from where to where, when not from A to B. */
export function KindChips({
  sums,
  kinds,
  between,
}: {
  sums: readonly KindSum[];
  kinds: readonly ChangeKind[];
  between?: string | undefined;
}) {
  const { choose } = useActions();
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">Kinds of change to show</legend>
      {between === undefined ? null : <span className="muted chips-word">{between}</span>}
      {sums.map(({ kind, groups, difference }) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={kinds.includes(kind)}
          disabled={groups === 0 && !kinds.includes(kind)}
          title={`${formatNumberOf(groups, 'group')}, ${formatSigned(difference)} goroutines`}
          onClick={() =>
            choose({ changeKinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind] })
          }
        >
          {CHANGE_WORDS[kind]} <strong>{formatCount(groups)}</strong>
          {difference === 0 ? null : <span className={toneOf(difference)}> {formatSigned(difference)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
