import type { DumpIndex } from '../group/cells.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { DumpFormat } from '../model/dump.ts';
import { FATES, type Fate } from './comparison.ts';
import { forEachShared, sortIds } from './ids.ts';
import { otherProcess } from './same-process.ts';

/** Places in FATES. */
export const STUCK = FATES.indexOf('stuck');
export const MOVED = FATES.indexOf('moved');
export const BORN = FATES.indexOf('born');
export const LEFT = FATES.indexOf('left');

/** Per row what became of its goroutine, as a place in FATES: stuck, moved or left in A; stuck, moved or born in B. */
export interface IdMatch {
  readonly ofA: Uint8Array;
  readonly ofB: Uint8Array;
}

/** `match` is null exactly when `whyNot` says why. */
export interface IdMatchAnswer {
  readonly match: IdMatch | null;
  readonly whyNot: string;
}

const FORM_NAMES: Record<DumpFormat, string> = {
  traceback: 'traceback',
  'count-profile': 'count profile',
  pprof: 'pprof',
  delve: 'Delve list',
};

/**
 * Matches goroutines by id, within one process. An id that several goroutines share (goroutine 0 of every thread in a
 * crash dump) survives as many times as it stands in both dumps; of those, as many are stuck as both have at one stack.
 * Cost: one step a goroutine, and the sorting of the ids the first time a dump is asked about.
 */
export function matchIds(a: DumpIndex, b: DumpIndex): IdMatchAnswer {
  for (const { dump } of [a, b]) {
    if (!dump.rows.goroutineId) {
      return { match: null, whyNot: `The ${FORM_NAMES[dump.format]} form prints no goroutine ids.` };
    }
  }
  const idsA = sortIds(a);
  const idsB = sortIds(b);
  const why = otherProcess(a, b, idsA, idsB);
  if (why !== '') return { match: null, whyNot: why };

  const { groupA, groupB } = exactGroups(a, b);
  const ofA = new Uint8Array(a.rowCell.length).fill(LEFT);
  const ofB = new Uint8Array(b.rowCell.length).fill(BORN);
  const rowA = (at: number): number => idsA.row[at] ?? 0;
  const rowB = (at: number): number => idsB.row[at] ?? 0;
  const isSame = (inA: number, inB: number): boolean =>
    groupA[a.rowCell[inA] ?? 0] === groupB[b.rowCell[inB] ?? 0] && (groupB[b.rowCell[inB] ?? 0] ?? -1) >= 0;
  const settle = (inA: number, inB: number, fate: number): void => {
    ofA[inA] = fate;
    ofB[inB] = fate;
  };
  forEachShared(idsA, idsB, (_, fromA, toA, fromB, toB) => {
    if (toA - fromA === 1 && toB - fromB === 1) {
      settle(rowA(fromA), rowB(fromB), isSame(rowA(fromA), rowB(fromB)) ? STUCK : MOVED);
      return;
    }
    pairUp(rangeOf(fromA, toA, rowA), rangeOf(fromB, toB, rowB), isSame, settle);
  });
  return { match: { ofA, ofB }, whyNot: '' };
}

/** Whether ids show that two dumps are of different processes; false as well when they show nothing. */
export function processDiffers(a: DumpIndex, b: DumpIndex): boolean {
  if (a.dump.rows.goroutineId === null || b.dump.rows.goroutineId === null) return false;
  return otherProcess(a, b, sortIds(a), sortIds(b)) !== '';
}

function rangeOf(from: number, to: number, row: (at: number) => number): number[] {
  return Array.from({ length: to - from }, (_, i) => row(from + i));
}

/** Goroutines that share an id: first those at one stack are paired, then the others as they stand. */
function pairUp(
  rowsA: readonly number[],
  rowsB: readonly number[],
  isSame: (inA: number, inB: number) => boolean,
  settle: (inA: number, inB: number, fate: number) => void,
): void {
  const free = [...rowsB];
  const alone: number[] = [];
  for (const inA of rowsA) {
    const at = free.findIndex((inB) => isSame(inA, inB));
    if (at < 0) alone.push(inA);
    else settle(inA, free.splice(at, 1)[0] ?? 0, STUCK);
  }
  for (const inA of alone) {
    const inB = free.shift();
    if (inB === undefined) return;
    settle(inA, inB, MOVED);
  }
}

/** Per cell its group of equal stack and state, numbered alike in both; -1 for groups of B that A does not have. */
function exactGroups(a: DumpIndex, b: DumpIndex): { groupA: Int32Array; groupB: Int32Array } {
  // On what both dumps show: a plain and a crash traceback differ in runtime frames.
  const { basis } = commonBasis([a, b], 'exact');
  const inA = partitionCells(a, 'exact', basis);
  const inB = partitionCells(b, 'exact', basis);
  const numberInA = new Map(inA.key.map((key, group) => [key, group]));
  const ofB = Int32Array.from(inB.key, (key) => numberInA.get(key) ?? -1);
  return {
    groupA: Int32Array.from(inA.groupOf),
    groupB: Int32Array.from(inB.groupOf, (group) => ofB[group] ?? -1),
  };
}

/** The word of a place in FATES. */
export function fateAt(place: number): Fate {
  return FATES[place] ?? 'left';
}
