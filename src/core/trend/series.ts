import type { Level } from '../group/levels.ts';

/** One group's goroutines over the dumps, in the order the dumps were given. 0 where a dump holds none of it. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly counts: readonly number[];
}

/** Counts over dumps: the total and the groups that are largest or changed most, at one level. */
export interface SeriesTable {
  readonly level: Level;
  readonly total: readonly number[];
  /** Those that grew most first, then those that moved or are large. At most as many as were asked for. */
  readonly series: readonly Series[];
  /** Groups that were not chosen. */
  readonly otherGroups: number;
}
