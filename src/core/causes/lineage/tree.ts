import { type DumpIndex, stateOfCell } from '../../group/cells.ts';
import { NO_ID } from '../../model/rows.ts';
import { formatCount } from '../../words/numbers.ts';
import { kindsOfStacks, NO_NAME, nameAt, type StackKinds } from './kinds.ts';
import { type LineageNode, type LineageTree, MAX_DEPTH, MAX_TREE_NODES } from './lineage.ts';

/** A node while goroutines are put into it. */
interface Open {
  readonly kind: number;
  readonly parent: number;
  readonly depth: number;
  goroutines: number;
  below: number;
  gone: number;
  readonly cells: Map<number, number>;
}

/** Cost: one pass over the rows, and over the distinct stacks. No recursion: chains of creators may be long. */
export function lineageTree(index: DumpIndex): LineageTree {
  if (!index.printsCreators) {
    return {
      by: 'none',
      nodes: [],
      nodeCount: 0,
      goroutines: index.dump.goroutines,
      creatorGone: null,
      notes: ['This form of dump does not print who created a goroutine. Take a dump with debug=2.'],
    };
  }
  const kinds = kindsOfStacks(index);
  const { creatorId } = index.dump.rows;
  const byIds = creatorId?.some((id) => id !== NO_ID) ?? false;
  const open = byIds ? nodesById(index, kinds) : nodesByFunction(index, kinds);
  const gone = open.reduce((sum, node) => sum + node.gone, 0);
  const { nodes, count } = finish(index, kinds, open);
  return {
    by: byIds ? 'ids' : 'functions',
    nodes,
    nodeCount: count,
    goroutines: index.dump.goroutines,
    creatorGone: byIds ? gone : null,
    notes: notesOf(index, byIds, gone),
  };
}

/** Every goroutine below the node of its creator, or at the top when that one is not there. */
function nodesById(index: DumpIndex, kinds: StackKinds): Open[] {
  const { rows } = index.dump;
  const rowOf = rowsOfCreators(index);
  const nodes = new NodeTable();
  const nodeOf = new Int32Array(rows.length).fill(UNSEEN);
  const path: number[] = [];
  for (let start = 0; start < rows.length; start++) {
    let row = start;
    // Up to the first whose node is known, then down again. Ids are handed out in batches per processor, so a creator may
    // well have the larger one, and damaged text may even name goroutines as creators of each other.
    while (nodeOf[row] === UNSEEN) {
      nodeOf[row] = ON_THE_WAY;
      path.push(row);
      const creator = rowOf.get(rows.creatorId?.[row] ?? NO_ID);
      if (creator === undefined) break;
      row = creator;
    }
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const id = rows.creatorId?.[at] ?? NO_ID;
      const creator = rowOf.get(id);
      const parent = creator === undefined ? TOP : Math.max(TOP, nodeOf[creator] ?? TOP);
      const node = nodes.of(parent, kinds.kind[rows.stack[at] ?? 0] ?? 0);
      nodeOf[at] = node;
      nodes.add(node, index.rowCell[at] ?? 0, 1, creator === undefined && id !== NO_ID);
    }
  }
  return nodes.all;
}

const UNSEEN = -2;
const ON_THE_WAY = -3;
const TOP = -1;

/** Rows of the goroutines that are named as creators. */
export function rowsOfCreators(index: DumpIndex): Map<number, number> {
  const { creatorId, goroutineId } = index.dump.rows;
  const named = new Set<number>();
  for (const id of creatorId ?? []) if (id !== NO_ID) named.add(id);
  const rowOf = new Map<number, number>();
  goroutineId?.forEach((id, row) => {
    if (named.has(id)) rowOf.set(id, row);
  });
  return rowOf;
}

/** Kinds below the only other kind that started in the creating function. */
function nodesByFunction(index: DumpIndex, kinds: StackKinds): Open[] {
  const startedIn = new Map<number, number[]>();
  kinds.entry.forEach((entry, kind) => {
    if (entry !== NO_NAME) into(startedIn, entry, kind);
  });
  const parentOf = kinds.creator.map((creator, kind) => {
    const starters = startedIn.get(creator) ?? [];
    return starters.length === 1 && starters[0] !== kind ? (starters[0] ?? TOP) : TOP;
  });
  const nodes = new NodeTable();
  const nodeOfKind = kinds.entry.map((_, kind) => {
    const line: number[] = [];
    for (let at = kind; at !== TOP && !line.includes(at) && line.length < MAX_DEPTH; at = parentOf[at] ?? TOP) {
      line.push(at);
    }
    return line.reduceRight((parent, each) => nodes.of(parent, each), TOP);
  });
  const { rows } = index.dump;
  for (let row = 0; row < rows.length; row++) {
    const node = nodeOfKind[kinds.kind[rows.stack[row] ?? 0] ?? 0] ?? 0;
    nodes.add(node, index.rowCell[row] ?? 0, rows.weight?.[row] ?? 1, false);
  }
  return nodes.all;
}

/** Nodes by parent and kind. */
class NodeTable {
  readonly all: Open[] = [];
  readonly #known = new Map<string, number>();

  of(parent: number, kind: number): number {
    const above = this.all[parent];
    const under = above !== undefined && above.depth + 1 >= MAX_DEPTH ? above.parent : parent;
    const name = `${under} ${kind}`;
    let node = this.#known.get(name);
    if (node === undefined) {
      const depth = under === TOP ? 0 : (this.all[under]?.depth ?? 0) + 1;
      node = this.all.push({ kind, parent: under, depth, goroutines: 0, below: 0, gone: 0, cells: new Map() }) - 1;
      this.#known.set(name, node);
    }
    return node;
  }

  add(node: number, cell: number, goroutines: number, isGone: boolean): void {
    const open = this.all[node];
    if (open === undefined) return;
    open.goroutines += goroutines;
    if (isGone) open.gone += goroutines;
    open.cells.set(cell, (open.cells.get(cell) ?? 0) + goroutines);
  }
}

/** Sums up from below, keeps the largest nodes and puts parents before children. */
function finish(index: DumpIndex, kinds: StackKinds, open: readonly Open[]) {
  for (const node of open) node.below = node.goroutines;
  // A node is made after its parent.
  for (let at = open.length - 1; at >= 0; at--) {
    const above = open[open[at]?.parent ?? TOP];
    if (above !== undefined) above.below += open[at]?.below ?? 0;
  }
  const named = (at: number) => {
    const kind = open[at]?.kind ?? 0;
    return `${nameAt(index, kinds.entry[kind] ?? NO_NAME)}\n${nameAt(index, kinds.creator[kind] ?? NO_NAME)}`;
  };
  const bySize = (a: number, b: number) =>
    (open[b]?.below ?? 0) - (open[a]?.below ?? 0) ||
    (open[a]?.depth ?? 0) - (open[b]?.depth ?? 0) ||
    (named(a) < named(b) ? -1 : 1);
  const used = open.flatMap((node, at) => (node.below === 0 ? [] : [at]));
  // No node has more below it than its parent, so those kept hang together.
  const kept = used.sort(bySize).slice(0, MAX_TREE_NODES);
  const childrenOf = new Map<number, number[]>();
  for (const at of kept) {
    const parent = open[at]?.parent ?? TOP;
    into(childrenOf, parent, at);
  }
  const nodes: LineageNode[] = [];
  const places = new Map<number, number>();
  const todo = [...(childrenOf.get(TOP) ?? [])].reverse();
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const node = open[at];
    if (node === undefined) continue;
    places.set(at, nodes.length);
    nodes.push({
      parent: places.get(node.parent) ?? TOP,
      depth: node.depth,
      entry: nameAt(index, kinds.entry[node.kind] ?? NO_NAME),
      createdBy: nameAt(index, kinds.creator[node.kind] ?? NO_NAME),
      goroutines: node.goroutines,
      withDescendants: node.below,
      creatorGone: node.gone,
      states: statesOf(index, node.cells),
    });
    todo.push(...(childrenOf.get(at) ?? []).slice().reverse());
  }
  return { nodes, count: used.length };
}

function into(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** States named of a node. */
const MAX_STATES = 3;

function statesOf(index: DumpIndex, cells: ReadonlyMap<number, number>): [string, number][] {
  const counts = new Map<string, number>();
  for (const [cell, goroutines] of cells) {
    const state = stateOfCell(index, cell);
    counts.set(state, (counts.get(state) ?? 0) + goroutines);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_STATES);
}

function notesOf(index: DumpIndex, byIds: boolean, gone: number): string[] {
  if (!byIds) {
    return ['This dump names the creating function but not the creating goroutine (Go prints it since 1.21).'];
  }
  const { dump } = index;
  const part = dump.truncated || dump.profile === 'goroutineleak';
  return gone > 0 && part
    ? [`${formatCount(gone)} creators are not in this dump, which does not hold all goroutines: some may still run.`]
    : [];
}
