import { filled } from '../model/filled.ts';
import type { TextColumn } from './text-column.ts';
import { spread, TextRanks } from './text-order.ts';

/**
 * Groups by goroutines, largest first, then by place, the first part of a name, then by name in order of its UTF-16 units. Cost:
 * see `TextRanks`.
 */
export function largestFirst(counts: readonly number[], names: TextColumn): Uint32Array<ArrayBuffer> {
  const ranks = new TextRanks(names);
  const sizes = [...new Set(counts)].sort((left, right) => right - left);
  const sizeRank = new Map(sizes.map((size, rank) => [size, rank]));
  const bySize = filled(new Uint32Array(counts.length), (group) => sizeRank.get(counts[group] ?? 0) ?? 0);
  const order = spread(ranks.sort(), bySize, sizes.length);
  for (let from = 0; from < order.length; ) {
    const first = order[from] ?? 0;
    const isAlike = (group: number): boolean =>
      bySize[group] === bySize[first] && ranks.at(group, 0) === ranks.at(first, 0);
    let to = from + 1;
    while (to < order.length && isAlike(order[to] ?? 0)) to++;
    ranks.settle(order, from, to, 1);
    from = to;
  }
  return order;
}
