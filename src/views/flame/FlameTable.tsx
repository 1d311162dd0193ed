import type { FlameTree, FlameWeight } from '../../core/flame/flame-tree.ts';
import { formatCount, formatShare } from '../../ui/format.ts';
import { Growth } from './FlameCard.tsx';
import { labelOf } from './paint.ts';

/** Children that are listed; the widest come first. */
const LISTED = 200;

/** The numbers of the boxes below the zoomed one; a press on a function goes into it. */
export function FlameTable({
  tree,
  weight,
  zoom,
  onZoom,
}: {
  tree: FlameTree;
  weight: FlameWeight;
  zoom: number;
  onZoom: (node: number) => void;
}) {
  const first = tree.firstChild[zoom] ?? 0;
  const count = tree.childCount[zoom] ?? 0;
  const children = Array.from({ length: Math.min(count, LISTED) }, (_, at) => first + at);
  const unit = weight === 'goroutines' ? 'Goroutines' : 'Goroutine-minutes';
  const before = tree.before;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus.
    <section className="flame-table" aria-label="Boxes as a table" tabIndex={0}>
      <table>
        <caption>
          Below <span className="mono">{labelOf(tree, zoom)}</span>: {formatCount(tree.total[zoom] ?? 0)}{' '}
          {unit.toLowerCase()}, of which {formatCount(tree.self[zoom] ?? 0)} end here
        </caption>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col">{unit}</th>
            <th scope="col">Share</th>
            <th scope="col">End here</th>
            {before === null ? null : <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {children.map((node) => (
            <tr key={node}>
              <th scope="row">
                {(tree.childCount[node] ?? 0) === 0 ? (
                  <span className="mono">{labelOf(tree, node)}</span>
                ) : (
                  <button type="button" className="link mono" onClick={() => onZoom(node)}>
                    {labelOf(tree, node)}
                  </button>
                )}
              </th>
              <td>{formatCount(tree.total[node] ?? 0)}</td>
              <td>{formatShare(tree.total[node] ?? 0, tree.total[0] ?? 0)}</td>
              <td>{formatCount(tree.self[node] ?? 0)}</td>
              {before === null ? null : (
                <td>
                  <Growth change={(tree.total[node] ?? 0) - (before.total[node] ?? 0)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {count > LISTED ? <p className="muted">and {formatCount(count - LISTED)} narrower ones</p> : null}
    </section>
  );
}
