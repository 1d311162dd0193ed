import { filled } from '../model/filled.ts';

/**
 * Names, and the texts they are made of: name i begins as `texts[parts[start[i]]]`, its place, and goes on with the parts
 * behind it; only a number that tells equal names apart is no part.
 */
export interface GroupNames {
  readonly names: string[];
  readonly texts: readonly string[];
  readonly start: Uint32Array;
  readonly parts: Uint32Array;
}

/**
 * Groups by goroutines, largest first, then by place and name in order of their UTF-16 units. Most of 100,000 groups have
 * few goroutines and long names that begin alike, so names are compared by the ranks of their parts; as texts only where
 * one part begins another. Cost: a sort of the distinct texts, and one of numbers.
 */
export function largestFirst(counts: readonly number[], named: GroupNames): Uint32Array {
  const { names, start } = named;
  const { ranks, begins } = rankParts(named);
  const sizes = [...new Set(counts)].sort((left, right) => right - left);
  const sizeRank = new Map(sizes.map((size, rank) => [size, rank]));
  const bySize = filled(new Uint32Array(counts.length), (group) => sizeRank.get(counts[group] ?? 0) ?? 0);
  const byPlace = filled(new Uint32Array(counts.length), (group) => ranks[start[group] ?? 0] ?? 0);
  const groups = filled(new Uint32Array(counts.length), (group) => group);
  const order = spread(spread(groups, byPlace, begins.length), bySize, sizes.length);

  const compare = (left: number, right: number): number => {
    const [leftEnd, rightEnd] = [start[left + 1] ?? 0, start[right + 1] ?? 0];
    let [l, r] = [start[left] ?? 0, start[right] ?? 0];
    while (l < leftEnd && r < rightEnd && ranks[l] === ranks[r]) {
      l++;
      r++;
    }
    if (l < leftEnd && r < rightEnd) {
      const [leftRank, rightRank] = [ranks[l] ?? 0, ranks[r] ?? 0];
      if (begins[Math.min(leftRank, rightRank)] === 0) return leftRank - rightRank;
    }
    return (names[left] ?? '') < (names[right] ?? '') ? -1 : 1;
  };
  for (let from = 0; from < order.length; ) {
    const [size, place] = [bySize[order[from] ?? 0], byPlace[order[from] ?? 0]];
    let to = from + 1;
    while (to < order.length && bySize[order[to] ?? 0] === size && byPlace[order[to] ?? 0] === place) to++;
    if (to > from + 1) order.subarray(from, to).sort(compare);
    from = to;
  }
  return order;
}

/** Per part the rank of its text among all; and per rank 1 where that text begins the next one, else 0. */
function rankParts({ texts, parts }: GroupNames): { readonly ranks: Uint32Array; readonly begins: Uint8Array } {
  const used = new Uint8Array(texts.length);
  for (const part of parts) used[part] = 1;
  const sorted = texts.filter((_, text) => used[text] === 1).sort();
  const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
  const rank = filled(new Uint32Array(texts.length), (text) => rankOf.get(texts[text] ?? '') ?? 0);
  const begins = filled(new Uint8Array(sorted.length), (at) =>
    sorted[at + 1]?.startsWith(sorted[at] ?? '') === true ? 1 : 0,
  );
  return { ranks: filled(new Uint32Array(parts.length), (at) => rank[parts[at] ?? 0] ?? 0), begins };
}

/** Groups in order of their ranks below `limit`, equal ones as they stood. Cost: two looks at each. */
function spread(groups: Uint32Array, rank: Uint32Array, limit: number): Uint32Array {
  const next = new Uint32Array(limit + 1);
  for (const group of groups) next[(rank[group] ?? 0) + 1] = (next[(rank[group] ?? 0) + 1] ?? 0) + 1;
  for (let at = 1; at < next.length; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const sorted = new Uint32Array(groups.length);
  for (const group of groups) {
    const at = next[rank[group] ?? 0] ?? 0;
    sorted[at] = group;
    next[rank[group] ?? 0] = at + 1;
  }
  return sorted;
}
