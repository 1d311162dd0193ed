import type { LineageNode, LineageTree } from '../../core/causes/lineage/lineage.ts';

/** A node as the tree grid shows it. */
export interface TreeRow {
  /** Place in the nodes of the tree. */
  readonly at: number;
  readonly node: LineageNode;
  readonly childCount: number;
  readonly open: boolean;
  /** Place among the children of its parent from 1, and how many these are. */
  readonly place: number;
  readonly siblings: number;
}

/** Nodes in view: those whose ancestors are all open. Parents stand before their children, as in the tree. */
export function treeRows({ nodes }: LineageTree, open: ReadonlySet<number>): readonly TreeRow[] {
  const childCounts = new Map<number, number>();
  for (const { parent } of nodes) childCounts.set(parent, (childCounts.get(parent) ?? 0) + 1);
  const places = new Map<number, number>();
  const inView = new Set<number>();
  const rows: TreeRow[] = [];
  nodes.forEach((node, at) => {
    const place = (places.get(node.parent) ?? 0) + 1;
    places.set(node.parent, place);
    if (node.parent >= 0 && !(inView.has(node.parent) && open.has(node.parent))) return;
    inView.add(at);
    const childCount = childCounts.get(at) ?? 0;
    rows.push({
      at,
      node,
      childCount,
      open: childCount > 0 && open.has(at),
      place,
      siblings: childCounts.get(node.parent) ?? 0,
    });
  });
  return rows;
}

/** Rows that are in view at first, unless more stand at the top. */
const FIRST_IN_VIEW = 30;

/** Nodes that are open at first: those with most goroutines below them, as long as the rows fit on a screen; what stands alone at the top in any case. */
export function firstOpen({ nodes }: LineageTree): ReadonlySet<number> {
  const childCounts = new Map<number, number>();
  for (const { parent } of nodes) childCounts.set(parent, (childCounts.get(parent) ?? 0) + 1);
  const open = new Set<number>();
  let rows = childCounts.get(-1) ?? 0;
  // No node has more below it than its parent, so parents come first here, too.
  const bySize = [...nodes.keys()].sort(
    (a, b) => (nodes[b]?.withDescendants ?? 0) - (nodes[a]?.withDescendants ?? 0) || a - b,
  );
  for (const at of bySize) {
    const parent = nodes[at]?.parent ?? -1;
    const children = childCounts.get(at) ?? 0;
    if (children === 0 || (parent >= 0 && !open.has(parent)) || (rows > 1 && rows + children > FIRST_IN_VIEW)) continue;
    open.add(at);
    rows += children;
  }
  return open;
}

/** What a key does in the tree: the row it goes to, or the row it opens or closes; null for other keys. */
export function treeStep(
  key: string,
  rows: readonly TreeRow[],
  position: number,
  page: number,
): { readonly go: number } | { readonly toggle: number } | null {
  if (rows.length === 0) return null;
  const go = (to: number) => ({ go: Math.min(rows.length - 1, Math.max(0, to)) });
  const row = rows[position];
  switch (key) {
    case 'ArrowDown':
      return go(position + 1);
    case 'ArrowUp':
      return go(position < 0 ? rows.length - 1 : position - 1);
    case 'PageDown':
      return go(Math.max(0, position) + page);
    case 'PageUp':
      return go(position - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      if (row === undefined || row.childCount === 0) return null;
      return row.open ? go(position + 1) : { toggle: row.at };
    case 'ArrowLeft': {
      if (row === undefined) return null;
      if (row.open) return { toggle: row.at };
      const parent = rows.findIndex(({ at }) => at === row.node.parent);
      return parent < 0 ? null : go(parent);
    }
    default:
      return null;
  }
}
