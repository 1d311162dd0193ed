import type { FlameTree, FlameWeight } from '../../core/flame/flame-tree.ts';
import { withTerm } from '../../core/query/complete.ts';
import { useActions } from '../../store/use-store.ts';
import { formatCount, formatShare, formatSigned } from '../../ui/format.ts';
import { labelOf } from './paint.ts';

/** What a box stands for: of the one under the pointer, else of the one with the focus, else of the zoomed one. */
export function FlameCard({
  id,
  tree,
  node,
  weight,
}: {
  id: string;
  tree: FlameTree;
  node: number;
  weight: FlameWeight;
}) {
  const { choose } = useActions();
  const fn = node === 0 ? undefined : tree.functions[tree.label[node] ?? 0];
  const total = tree.total[node] ?? 0;
  const state = tree.states[tree.state[node] ?? -1];
  const unit = weight === 'goroutines' ? 'goroutines' : 'goroutine-minutes';
  return (
    <div className="flame-card">
      <p id={id}>
        <strong className="mono">{fn?.printed ?? labelOf(tree, node)}</strong>{' '}
        <span>
          {formatCount(total)} {unit}, {formatShare(total, tree.total[0] ?? 0)}
        </span>
        {tree.before === null ? null : <Growth change={total - (tree.before.total[node] ?? 0)} />}
        <span className="muted">{formatCount(tree.self[node] ?? 0)} end here</span>
        {state === undefined ? null : <span className="muted">most: {state}</span>}
      </p>
      {fn === undefined ? null : (
        <button
          type="button"
          className="link"
          onClick={() => choose({ tab: 'groups', search: withTerm('', 'func', fn.printed, true) })}
        >
          show its groups
        </button>
      )}
    </div>
  );
}

/** A change in colour, sign and word. */
export function Growth({ change }: { change: number }) {
  if (change === 0) return <span className="muted">no change</span>;
  return change > 0 ? (
    <span className="grew">{formatSigned(change)} grew</span>
  ) : (
    <span className="shrank">{formatSigned(change)} shrank</span>
  );
}
