import { CHANGE_KINDS, type ChangeKind, type ChangeTable } from '../../core/compare/comparison.ts';
import { fatesAt, type RowFates } from './fates.ts';

/** One group in both dumps, as the table shows it. */
export interface ChangeRow {
  readonly key: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** Largest count of any group in either dump, for the bars. */
  readonly largest: number;
  readonly kind: ChangeKind;
  readonly state: string;
  readonly inferredState: string;
  readonly stateCount: number;
  readonly createdBy: string;
  /** Null where ids were not compared. */
  readonly fates: RowFates | null;
  /** Goroutines of A and B. */
  readonly allBefore: number;
  readonly allAfter: number;
}

/** What all rows of a table share. */
export interface ChangeScale {
  /** See `largestCount`. */
  readonly largest: number;
  readonly allBefore: number;
  readonly allAfter: number;
}

/** Gathers a change from the columns. */
export function changeRow(table: ChangeTable, scale: ChangeScale, index: number): ChangeRow {
  return {
    ...scale,
    key: table.key[index] ?? String(index),
    name: table.name[index] ?? '',
    before: table.before[index] ?? 0,
    after: table.after[index] ?? 0,
    kind: CHANGE_KINDS[table.kind[index] ?? 0] ?? 'same',
    state: table.state[index] ?? '',
    inferredState: table.inferredState[index] ?? '',
    stateCount: 1,
    createdBy: table.createdBy[index] ?? '',
    fates: fatesAt(table, index),
  };
}

/** Groups of one kind of change, and how many goroutines they gained or lost together. */
export interface KindSum {
  readonly kind: ChangeKind;
  readonly groups: number;
  readonly difference: number;
}

/** All kinds in the order new, grown, shrunk, gone, same. The differences sum to B minus A. One pass. */
export function sumByKind(table: ChangeTable): KindSum[] {
  const groups = new Map<ChangeKind, number>();
  const differences = new Map<ChangeKind, number>();
  for (let index = 0; index < table.length; index++) {
    const kind = CHANGE_KINDS[table.kind[index] ?? 0] ?? 'same';
    groups.set(kind, (groups.get(kind) ?? 0) + 1);
    differences.set(kind, (differences.get(kind) ?? 0) + (table.after[index] ?? 0) - (table.before[index] ?? 0));
  }
  const order: readonly ChangeKind[] = ['added', 'grew', 'shrank', 'gone', 'same'];
  return order.map((kind) => ({ kind, groups: groups.get(kind) ?? 0, difference: differences.get(kind) ?? 0 }));
}

/** Largest count of any group in either dump, at least 1. */
export function largestCount(table: ChangeTable): number {
  let largest = 1;
  for (let index = 0; index < table.length; index++) {
    largest = Math.max(largest, table.before[index] ?? 0, table.after[index] ?? 0);
  }
  return largest;
}
