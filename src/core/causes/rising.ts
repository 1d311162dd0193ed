import type { DumpIndex } from '../group/cells.ts';
import { type KeyBasis, OWN_BASIS, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { Call, Verdict } from '../trend/verdict.ts';

/** Calls that say: more than before, and they stay. */
const RISING: ReadonlySet<Call> = new Set<Call>(['growing', 'raised', 'leaked']);

/** Keys of the groups that a verdict calls rising in the process of a dump (its place in what was judged). */
export function risingIn(verdict: Verdict, place: number): string[] {
  return verdict.groups.flatMap(({ key, call, process }) =>
    RISING.has(call) && verdict.processes[process]?.dumps.includes(place) === true ? [key] : [],
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
