import type { GoroutineLineage, LineageTree } from '../../../src/core/causes/lineage/lineage.ts';

/** A tree of start, place of the parent, goroutines, and goroutines with all below. Each was created by its parent's start. */
export function lineageTree(
  rows: readonly (readonly [entry: string, parent: number, goroutines: number, withDescendants: number])[],
  over: Partial<LineageTree> = {},
): LineageTree {
  const depths: number[] = [];
  return {
    by: 'ids',
    nodes: rows.map(([entry, parent, goroutines, withDescendants], at) => {
      const depth = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
      depths[at] = depth;
      return {
        parent,
        depth,
        entry,
        createdBy: rows[parent]?.[0] ?? '',
        goroutines,
        withDescendants,
        creatorGone: 0,
        states: [['select', goroutines]],
      };
    }),
    nodeCount: rows.length,
    goroutines: rows.reduce((sum, row) => sum + row[2], 0),
    creatorGone: 0,
    notes: [],
    ...over,
  };
}

/** A goroutine without a family, with what a test cares about put over it. */
export function goroutineLineage(over: Partial<GoroutineLineage> = {}): GoroutineLineage {
  return {
    goroutineId: 21,
    row: 121,
    creator: 'here',
    chain: [],
    children: null,
    ancestors: [],
    evidence: [],
    ...over,
  };
}
