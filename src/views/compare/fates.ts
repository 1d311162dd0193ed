import type { ChangeTable, Fate, FateColumns } from '../../core/compare/comparison.ts';

/** What became of the goroutines of one group. */
export type RowFates = { readonly [C in keyof FateColumns]: number };

/** Fates of a group; null where ids were not compared. */
export function fatesAt({ fates }: Pick<ChangeTable, 'fates'>, index: number): RowFates | null {
  if (fates === null) return null;
  return {
    stuck: fates.stuck[index] ?? 0,
    movedIn: fates.movedIn[index] ?? 0,
    movedOut: fates.movedOut[index] ?? 0,
    born: fates.born[index] ?? 0,
    left: fates.left[index] ?? 0,
  };
}

/** What a fate says of a goroutine. */
export const FATE_HINTS: Readonly<Record<Fate, string>> = {
  stuck: 'in both dumps, at the same stack and in the same state',
  moved: 'in both dumps, but at another stack or in another state',
  born: 'only in the later dump',
  left: 'only in the earlier dump',
};

/** Goroutines of a group with one fate, and the dump that has them. */
export interface FateCount {
  readonly fate: Fate;
  readonly side: 'a' | 'b';
  readonly count: number;
  /** "stuck", "moved in". */
  readonly word: string;
}

/** All fates of a group in the order stuck, moved in and out, born, left, with those of no goroutine. */
export function fateCounts(fates: RowFates): readonly FateCount[] {
  return [
    { fate: 'stuck', side: 'b', count: fates.stuck, word: 'stuck' },
    { fate: 'moved', side: 'b', count: fates.movedIn, word: 'moved in' },
    { fate: 'moved', side: 'a', count: fates.movedOut, word: 'moved out' },
    { fate: 'born', side: 'b', count: fates.born, word: 'born' },
    { fate: 'left', side: 'a', count: fates.left, word: 'left' },
  ];
}

/** Those of one dump, without those of no goroutine. They sum to the group's count there. */
export function fatesOfSide(fates: RowFates, side: 'a' | 'b'): readonly FateCount[] {
  return fateCounts(fates).flatMap((each) => {
    if (each.count === 0 || (each.side !== side && each.fate !== 'stuck')) return [];
    return [{ ...each, side }];
  });
}
