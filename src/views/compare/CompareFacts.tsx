import type { ChangeTable, Comparison, IdComparison } from '../../core/compare/comparison.ts';
import type { ChangeColumn, ViewState } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';

/** What the two dumps have in common, and what could not be compared. */
export function CompareFacts({ comparison, same }: { comparison: Comparison; same: boolean }) {
  const { ids, idsWhyNot, caveats } = comparison;
  return (
    <div className="compare-facts">
      {same ? <p className="caveat">A and B are the same dump.</p> : null}
      {ids === null ? (
        <p className="muted">
          <span className="mark">unknown</span> Goroutine ids were not compared. {idsWhyNot}
        </p>
      ) : (
        <ById comparison={comparison} ids={ids} />
      )}
      {caveats.length === 0 ? null : (
        <ul className="caveat">
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Shows that the ids sum up: who survived and who left is A, who survived and who was born is B. */
function ById({ comparison, ids }: { comparison: Comparison; ids: IdComparison }) {
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const { choose } = useActions();
  const { changes, goroutinesBefore, goroutinesAfter } = comparison;
  const dump = (dumpId: typeof a): Partial<ViewState> => ({
    tab: 'groups',
    dumpId,
    groupKey: null,
    search: '',
    states: [],
    marks: [],
  });
  const survived = mostOf(changes, 'stuck');
  return (
    <p>
      By goroutine id: A <Part count={goroutinesBefore} title="Show the groups of A" onShow={() => choose(dump(a))} /> ={' '}
      <Part
        count={ids.survived}
        title="Show first the groups with most goroutines that are in both dumps"
        onShow={() => choose({ ...survived, dumpId: b, fate: null })}
      />{' '}
      survived (
      <Part
        count={ids.sameStack}
        title="Show first the groups in which most goroutines are stuck, and list these"
        onShow={() => choose({ ...survived, dumpId: b, fate: 'stuck' })}
      />{' '}
      stuck,{' '}
      <Part
        count={ids.survived - ids.sameStack}
        title="Show first the groups with most goroutines that moved, and list these"
        onShow={() => choose({ ...mostOf(changes, 'moved'), dumpId: b, fate: 'moved' })}
      />{' '}
      moved) +{' '}
      <Part
        count={ids.left}
        title="Show first the groups that most goroutines left, and list these"
        onShow={() => choose({ ...mostOf(changes, 'left'), dumpId: a, fate: 'left' })}
      />{' '}
      left; B <Part count={goroutinesAfter} title="Show the groups of B" onShow={() => choose(dump(b))} /> ={' '}
      {formatCount(ids.survived)} survived +{' '}
      <Part
        count={ids.born}
        title="Show first the groups in which most goroutines were born, and list these"
        onShow={() => choose({ ...mostOf(changes, 'born'), dumpId: b, fate: 'born' })}
      />{' '}
      born
    </p>
  );
}

function Part({ count, title, onShow }: { count: number; title: string; onShow: () => void }) {
  if (count === 0) return <strong>0</strong>;
  return (
    <button type="button" className="link" title={title} onClick={onShow}>
      <strong>{formatCount(count)}</strong>
    </button>
  );
}

/** All groups, those with most of a fate first, and the first of them chosen. */
function mostOf(
  { key, fates }: ChangeTable,
  column: ChangeColumn & ('stuck' | 'born' | 'moved' | 'left'),
): Partial<ViewState> {
  const counts = fates?.[column === 'moved' ? 'movedIn' : column] ?? new Float64Array(0);
  let most = 0;
  for (let row = 1; row < counts.length; row++) if ((counts[row] ?? 0) > (counts[most] ?? 0)) most = row;
  return {
    changeSort: { column, descending: true },
    changeKinds: [],
    search: '',
    marks: [],
    groupKey: key[most] ?? null,
  };
}
