import type { DumpIndex } from '../group/cells.ts';
import type { GroupTable } from '../group/group-table.ts';
import type { Cause, Rule } from './rule.ts';

/** What naming causes needs beside the dump. */
export interface CauseContext {
  /** Rules in the order they are asked; own rules of a team stand before the shipped ones. */
  readonly rules: readonly Rule[];
  /** How many of `rules`, from the first, are a team's own; none when left out. */
  readonly own?: number;
  /** Keys of the table's groups that the verdict calls growing, raised or leaked. */
  readonly rising: ReadonlySet<string>;
  /** Dumps the verdict saw: with one, age must stand in for growth. */
  readonly dumps: number;
  /** Per cell of the dump the goroutines that a leak profile beside it holds; they count as marked `(leaked)`. */
  readonly proven?: Float64Array | null;
}

/**
 * Causes of the groups of one dump. A group counts whole for its cause: expected, suspected and those of groups without a
 * cause add up to the dump's goroutines.
 */
export interface CauseTable {
  /** Per row of the group table; null where no rule speaks. */
  readonly causes: readonly (Cause | null)[];
  /** Benign stacks whose guard holds. */
  readonly expected: { readonly goroutines: number; readonly groups: number; readonly rules: number };
  /** Leak rules that speak, broken guards among them. */
  readonly suspected: { readonly goroutines: number; readonly groups: number };
  /** Pairs whose counts disagree, equal ones that should be one, and the like: sentences. */
  readonly pairs: readonly string[];
}

/** The signature of `nameCauses` (name-causes.ts). Cost: rules × distinct stacks once per dump, then cells. */
export type NameCauses = (index: DumpIndex, table: GroupTable, context: CauseContext) => CauseTable;
