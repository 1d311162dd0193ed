import type { DumpIndex } from '../group/cells.ts';
import { type KeyBasis, OWN_BASIS, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { GroupVerdict, Verdict } from '../trend/verdict.ts';

/** Whether a verdict on a group says: more than before, and they stay. What is proven leaked need not have grown. */
export function isRising({ call, growth }: Pick<GroupVerdict, 'call' | 'growth'>): boolean {
  return call === 'growing' || call === 'raised' || (call === 'leaked' && growth > 0);
}

/** Keys of the groups that a verdict calls rising in the process of a dump (its place in what was judged). */
export function risingIn(verdict: Verdict, place: number): string[] {
  return verdict.groups.flatMap((group) =>
    isRising(group) && verdict.processes[group.process]?.dumps.includes(place) === true ? [group.key] : [],
  );
}

/**
 * The keys a dump's own groups have that rise by a verdict. A verdict on dumps of several forms makes its keys on what
 * all of them print (`bases`), so they are carried over by the cells they stand for.
 */
export function ownRisingKeys(
  index: DumpIndex,
  level: Level,
  verdictKeys: readonly string[],
  bases: readonly KeyBasis[],
): Set<string> {
  const rising = new Set(verdictKeys);
  if (rising.size === 0) return rising;
  const own = partitionCells(index, level);
  const found = new Set(own.key.filter((key) => rising.has(key)));
  for (const basis of bases) {
    if (isOwn(basis)) continue;
    const shared = partitionCells(index, level, basis);
    shared.groupOf.forEach((group, cell) => {
      if (rising.has(shared.key[group] ?? '')) found.add(own.key[own.groupOf[cell] ?? 0] ?? '');
    });
  }
  return found;
}

function isOwn({ state, creators, frames }: KeyBasis): boolean {
  return state === OWN_BASIS.state && creators === OWN_BASIS.creators && frames === OWN_BASIS.frames;
}
