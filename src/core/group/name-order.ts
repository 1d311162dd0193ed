import { filled } from '../model/filled.ts';

/** Names, and the texts they are made of: name i is `texts[parts[at]]` from start[i], its place, up to start[i + 1]. */
export interface GroupNames {
  readonly names: string[];
  readonly texts: readonly string[];
  readonly start: Uint32Array;
  readonly parts: Uint32Array;
}

/** Parts behind the place that names are sorted by without a look at their texts; few have more. */
const RANKED_PARTS = 7;

/**
 * Groups by goroutines, largest first, then by place and name in order of their UTF-16 units. Most of 100,000 groups have
 * few goroutines and long names that begin alike, so names are sorted by the ranks of their parts, and compared as texts only
 * where that could differ. Cost: a sort of the distinct texts, and two looks at each group for every part.
 */
export function largestFirst(counts: readonly number[], named: GroupNames): Uint32Array {
  const { names, start } = named;
  const { ranks, sorted, isOvertaken } = rankParts(named);
  const sizes = [...new Set(counts)].sort((left, right) => right - left);
  const sizeRank = new Map(sizes.map((size, rank) => [size, rank]));
  const bySize = filled(new Uint32Array(counts.length), (group) => sizeRank.get(counts[group] ?? 0) ?? 0);
  /** 0 behind the last part. */
  const rankAt = (group: number, part: number): number => {
    const at = (start[group] ?? 0) + part;
    return at < (start[group + 1] ?? 0) ? (ranks[at] ?? 0) : 0;
  };

  let order = filled(new Uint32Array(counts.length), (group) => group);
  const deepest = counts.reduce((most, _, group) => Math.max(most, (start[group + 1] ?? 0) - (start[group] ?? 0)), 0);
  for (let part = Math.min(deepest - 1, RANKED_PARTS); part >= 0; part--) {
    order = spread(order, (group) => rankAt(group, part), sorted.length + 1);
  }
  order = spread(order, (group) => bySize[group] ?? 0, sizes.length);

  /** The first part in which two names of one place differ; behind the ranked ones when none. */
  const partOf = (left: number, right: number): number => {
    let part = 1;
    while (part <= RANKED_PARTS && rankAt(left, part) === rankAt(right, part)) part++;
    return part;
  };
  const begins = (rank: number, longer: number): boolean =>
    (sorted[longer - 1] ?? '').startsWith(sorted[rank - 1] ?? '');
  const byName = (left: number, right: number): number => ((names[left] ?? '') < (names[right] ?? '') ? -1 : 1);

  for (let from = 0; from < order.length; ) {
    const first = order[from] ?? 0;
    let to = from + 1;
    while (
      to < order.length &&
      bySize[order[to] ?? 0] === bySize[first] &&
      rankAt(order[to] ?? 0, 0) === rankAt(first, 0)
    )
      to++;
    for (let at = from + 1; at < to; at++) {
      const left = order[at - 1] ?? 0;
      const part = partOf(left, order[at] ?? 0);
      const rank = rankAt(left, part);
      const isTied = part > RANKED_PARTS;
      if (!isTied && !(isOvertaken[rank] === 1 && begins(rank, rankAt(order[at] ?? 0, part)))) continue;
      // All whose part begins so stand side by side: they are in order among themselves only once they are compared.
      const isOne = (other: number): boolean => {
        const differs = partOf(left, other);
        return differs > part || (differs === part && (isTied || begins(rank, rankAt(other, part))));
      };
      let start = at - 1;
      while (start > from && isOne(order[start - 1] ?? 0)) start--;
      while (at < to && isOne(order[at] ?? 0)) at++;
      order.subarray(start, at--).sort(byName);
    }
    from = to;
  }
  return order;
}

/**
 * Per part the rank of its text among the sorted ones, from 1 on. Per rank whether names with a longer text, that begins with
 * this one, may come first: when what stands behind this one somewhere comes after what the longer one goes on with.
 */
function rankParts({ texts, start, parts }: GroupNames) {
  const used = new Uint8Array(texts.length);
  for (const part of parts) used[part] = 1;
  const numbers = texts.flatMap((_, text) => (used[text] === 1 ? [text] : []));
  numbers.sort((left, right) => ((texts[left] ?? '') < (texts[right] ?? '') ? -1 : 1));
  const rank = new Uint32Array(texts.length);
  numbers.forEach((text, at) => {
    rank[text] = at + 1;
  });

  // Behind an empty text any may stand.
  const firstUnit = filled(new Float64Array(texts.length), (text) => texts[text]?.charCodeAt(0) || Infinity);
  /** Per text the greatest unit that stands behind it in a name, or -1. */
  const follower = new Float64Array(texts.length).fill(-1);
  for (let i = 0; i + 1 < start.length; i++) {
    for (let at = (start[i] ?? 0) + 1; at < (start[i + 1] ?? 0); at++) {
      const before = parts[at - 1] ?? 0;
      follower[before] = Math.max(follower[before] ?? -1, firstUnit[parts[at] ?? 0] ?? Infinity);
    }
  }
  const sorted = numbers.map((text) => texts[text] ?? '');
  // Of all texts that begin with this one, the next one goes on with the least unit.
  const isOvertaken = new Uint8Array(sorted.length + 1);
  sorted.forEach((text, at) => {
    const next = sorted[at + 1];
    const greatest = follower[numbers[at] ?? 0] ?? -1;
    if (next?.startsWith(text) && next.charCodeAt(text.length) <= greatest) isOvertaken[at + 1] = 1;
  });
  return { ranks: filled(new Uint32Array(parts.length), (at) => rank[parts[at] ?? 0] ?? 0), sorted, isOvertaken };
}

/** `groups` in order of their ranks below `limit`, equal ones as they stood. Cost: two looks at each. */
function spread(
  groups: Uint32Array<ArrayBuffer>,
  rankOf: (group: number) => number,
  limit: number,
): Uint32Array<ArrayBuffer> {
  const ranks = filled(new Uint32Array(groups.length), (at) => rankOf(groups[at] ?? 0));
  const next = new Uint32Array(limit + 1);
  for (const rank of ranks) next[rank + 1] = (next[rank + 1] ?? 0) + 1;
  for (let at = 1; at < next.length; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const sorted = new Uint32Array(groups.length);
  for (let from = 0; from < groups.length; from++) {
    const rank = ranks[from] ?? 0;
    const at = next[rank] ?? 0;
    sorted[at] = groups[from] ?? 0;
    next[rank] = at + 1;
  }
  return sorted;
}
