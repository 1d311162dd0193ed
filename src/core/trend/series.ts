import type { Level } from '../group/levels.ts';
import type { GrowthFit } from './growth-fit.ts';

/** One group's goroutines over the dumps, in the order the dumps were given. 0 where a dump holds none of it. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly counts: readonly number[];
  /** Null below three dumps with a time, or when the dumps are of several processes. */
  readonly fit: GrowthFit | null;
}

/** Counts over dumps: the total and the groups that are largest or changed most, at one level. */
export interface SeriesTable {
  readonly level: Level;
  readonly total: readonly number[];
  /** Of the total; null like `Series.fit`. */
  readonly fit: GrowthFit | null;
  /** Those that grew most first, then those that moved or are large. At most as many as were asked for. */
  readonly series: readonly Series[];
  /** Groups that were not chosen. */
  readonly otherGroups: number;
}
