import type { DumpIndex } from '../group/cells.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { DumpFormat } from '../model/dump.ts';
import type { IdComparison } from './comparison.ts';
import { forEachShared, type SortedIds, sortIds } from './ids.ts';
import { otherProcess } from './same-process.ts';

/** `ids` is null exactly when `idsWhyNot` says why. */
export interface IdsAnswer {
  readonly ids: IdComparison | null;
  readonly idsWhyNot: string;
}

const FORM_NAMES: Record<DumpFormat, string> = {
  traceback: 'traceback',
  'count-profile': 'count profile',
  pprof: 'pprof',
  delve: 'Delve list',
};

/**
 * Matches goroutines by id. An id that several goroutines share (goroutine 0 of every thread in a crash dump) survives
 * as many times as it stands in both dumps; of those, as many stayed at their stack as have it in both. So
 * `survived + left` and `survived + born` are the goroutines of the two dumps, whatever they hold.
 */
export function compareIds(a: DumpIndex, b: DumpIndex): IdsAnswer {
  for (const { dump } of [a, b]) {
    if (!dump.rows.goroutineId) {
      return { ids: null, idsWhyNot: `The ${FORM_NAMES[dump.format]} form prints no goroutine ids.` };
    }
  }
  const idsA = sortIds(a);
  const idsB = sortIds(b);
  const why = otherProcess(a, b, idsA, idsB);
  if (why !== '') return { ids: null, idsWhyNot: why };

  const exactA = exactGroups(a, b);
  const exactB = exactGroups(b, a);
  // Groups of B by the numbers of A, so that goroutines are compared by number; -1 for those A does not have.
  const numberInA = new Map(exactA.key.map((key, group) => [key, group]));
  const sameGroup = Int32Array.from(exactB.key, (key) => numberInA.get(key) ?? -1);
  const groupInA = (at: number) => exactA.groupOf[a.rowCell[idsA.row[at] ?? 0] ?? 0] ?? 0;
  const groupInB = (at: number) => sameGroup[exactB.groupOf[b.rowCell[idsB.row[at] ?? 0] ?? 0] ?? 0] ?? -1;

  let survived = 0;
  let sameStack = 0;
  forEachShared(idsA, idsB, (_, fromA, toA, fromB, toB) => {
    survived += Math.min(toA - fromA, toB - fromB);
    if (toA - fromA === 1 && toB - fromB === 1) sameStack += groupInA(fromA) === groupInB(fromB) ? 1 : 0;
    else sameStack += commonMembers(membersOf(fromA, toA, groupInA), membersOf(fromB, toB, groupInB));
  });
  return { ids: { survived, sameStack, left: count(idsA) - survived, born: count(idsB) - survived }, idsWhyNot: '' };
}

function count(ids: SortedIds): number {
  return ids.id.length;
}

function membersOf(from: number, to: number, group: (at: number) => number): number[] {
  return Array.from({ length: to - from }, (_, i) => group(from + i));
}

/** Size of the intersection of two lists, each member counted as often as both hold it. */
function commonMembers(left: readonly number[], right: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const member of right) counts.set(member, (counts.get(member) ?? 0) + 1);
  let common = 0;
  for (const member of left) {
    const rest = counts.get(member) ?? 0;
    if (rest === 0) continue;
    common++;
    counts.set(member, rest - 1);
  }
  return common;
}

/** Groups of equal stack and state, on what both dumps show: a plain and a crash traceback differ in runtime frames. */
function exactGroups(index: DumpIndex, other: DumpIndex) {
  return partitionCells(index, 'exact', commonBasis([index, other], 'exact').basis);
}
