import type { FlameTree } from './flame-tree.ts';

/** A box that is drawn. Places from 0 to 1 of the whole width; `depth` counts from the zoomed node's root. */
export interface FlameBox {
  readonly node: number;
  readonly x: number;
  readonly width: number;
  readonly depth: number;
}

/** What is drawn of a tree. */
export interface FlameLayout {
  readonly boxes: readonly FlameBox[];
  /** Stretches of nodes that are too narrow to be drawn by themselves: at these places stands one strip for all. */
  readonly strips: readonly {
    readonly x: number;
    readonly width: number;
    readonly depth: number;
    readonly nodes: number;
  }[];
  readonly rows: number;
}

/** Width of a node: the larger of what is and what was, so that what shrank is seen, too. */
export function widthOf({ total, before }: FlameTree, node: number): number {
  return Math.max(total[node] ?? 0, before?.total[node] ?? 0);
}

/** Nodes from the root to `node`, both included. */
export function pathTo(tree: Pick<FlameTree, 'parent'>, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) path.unshift(at);
  return path;
}

/**
 * Boxes when `zoom` fills the width: its callers above it in full width, what is below it in proportion. Nodes narrower than
 * `least` of the width are put together. Cost: the boxes that are drawn, and a look at each child of those.
 */
export function layoutFlame(tree: FlameTree, zoom: number, least: number): FlameLayout {
  const boxes: FlameBox[] = [];
  const strips: FlameLayout['strips'][number][] = [];
  const path = pathTo(tree, zoom);
  path.forEach((node, depth) => {
    boxes.push({ node, x: 0, width: 1, depth });
  });
  let rows = path.length;
  const queue: FlameBox[] = [{ node: zoom, x: 0, width: 1, depth: path.length - 1 }];
  for (let at = 0; at < queue.length; at++) {
    const box = queue[at];
    if (box === undefined) break;
    const whole = childrenWidth(tree, box.node);
    if (whole === 0) continue;
    const first = tree.firstChild[box.node] ?? 0;
    const count = tree.childCount[box.node] ?? 0;
    const depth = box.depth + 1;
    // Children may be wider together than their parent when each grew or shrank by itself.
    const scale = box.width / Math.max(whole, widthOf(tree, box.node));
    let x = box.x;
    for (let i = 0; i < count; i++) {
      const node = first + i;
      const width = widthOf(tree, node) * scale;
      if (width < least) {
        let rest = 0;
        for (let j = i; j < count; j++) rest += widthOf(tree, first + j) * scale;
        strips.push({ x, width: rest, depth, nodes: count - i });
        rows = Math.max(rows, depth + 1);
        break;
      }
      const child = { node, x, width, depth };
      boxes.push(child);
      queue.push(child);
      rows = Math.max(rows, depth + 1);
      x += width;
    }
  }
  return { boxes, strips, rows };
}

function childrenWidth(tree: FlameTree, node: number): number {
  let sum = 0;
  const first = tree.firstChild[node] ?? 0;
  for (let i = 0; i < (tree.childCount[node] ?? 0); i++) sum += widthOf(tree, first + i);
  return sum;
}
