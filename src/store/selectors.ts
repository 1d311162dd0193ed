import { CHANGE_KINDS, type ChangeTable } from '../core/compare/comparison.ts';
import { rankTexts } from '../core/group/text-order.ts';
import { UNKNOWN_STATE } from '../core/model/symbols.ts';
import { fieldsOf, matchesRow, type RowTexts, unknownFields } from '../core/query/match-row.ts';
import type { Query } from '../core/query/query.ts';
import type { GroupsReply } from '../worker/protocol.ts';
import { isExpected, listing, rowsByCause, selectCauses } from './cause-selectors.ts';
import { previousDump } from './dump-order.ts';
import { comparedWith } from './queries.ts';
import { remember } from './remember.ts';
import { orderRows, type SortColumn } from './row-order.ts';
import { searchable } from './search-tags.ts';
import type { AppState, ChangeColumn, DumpEntry, GroupColumn, Sort, TableCauses } from './state.ts';
import { rowsByMark, selectMarked } from './triage-selectors.ts';

/*
 * Every selector that makes something new keeps the last thing it made and answers with it again while nothing it
 * depends on has changed: a view that selects it is not drawn again.
 */

const NO_ROWS = new Uint32Array(0);

/** The dump on show. */
export function selectChosenDump(state: AppState): DumpEntry | null {
  return state.dumps.find((dump) => dump.summary.id === state.view.dumpId) ?? null;
}

/** The dump that the changes in the group table are against; null when there is none of the same instance before it. */
export function selectPreviousDump(state: AppState): DumpEntry | null {
  return previousDump(state.dumps, state.view.dumpId);
}

/** The dump that the fates of the chosen group's goroutines are told by; null when there is none. */
export function selectFateDump(state: AppState): DumpEntry | null {
  const id = comparedWith(state)?.id;
  return id === undefined ? null : (state.dumps.find((dump) => dump.summary.id === id) ?? null);
}

/** Rows of the group table to show, in the order to show them. */
export function selectGroupRows(state: AppState): Uint32Array {
  const { groups, matches, view } = state;
  if (groups.value === null) return NO_ROWS;
  const listed = groupRows(groups.value, view.groupSort, matches.value, view.states);
  const rows = markRows(listed, groups.value.table.key, selectMarked(state), view.marks, view.groupKey);
  const causes = selectCauses(state);
  return causes === null ? rows : rowsByCause(rows, causes, listing(state), view.groupKey);
}

/** Rows of the comparison to show, in the order to show them. */
export function selectChangeRows(state: AppState): Uint32Array {
  const { comparison, view } = state;
  const changes = comparison.value?.changes;
  if (changes === undefined) return NO_ROWS;
  const rows = changeRows(changes, view.changeSort, view.changeKinds, view.search);
  return changesByMark(rows, changes.key, selectMarked(state), view.marks, view.groupKey);
}

/** How much of a table is shown: "8,853 of 8,911 goroutines in 57 of 120 groups". */
export interface Shown {
  readonly goroutines: number;
  readonly allGoroutines: number;
  readonly groups: number;
  readonly allGroups: number;
  /** Expected goroutines and groups that are folded away; they are counted, not listed. */
  readonly folded: { readonly goroutines: number; readonly groups: number };
}

/** How much of the group table is shown; null without one. */
export function selectShown(state: AppState): Shown | null {
  const { value } = state.groups;
  if (value === null) return null;
  return shownOf(value, selectGroupRows(state), listing(state) === 'folded' ? selectCauses(state) : null);
}

/** Goroutines of the chosen group in the previous dump; null without a chosen group, or a dump before. */
export function selectPreviousCount({ groups, view }: AppState): number | null {
  if (groups.value === null || view.groupKey === null || groups.value.previousCount === null) return null;
  const row = rowOfKey(groups.value, view.groupKey);
  return row < 0 ? null : (groups.value.previousCount[row] ?? 0);
}

/** A state of the group table, verbatim, with the goroutines and groups that are in it. */
export interface StateCount {
  readonly state: string;
  readonly goroutines: number;
  readonly groups: number;
}

/** States to filter the group table by, most goroutines first. A group of several states counts under its main one. */
export function selectStates({ groups }: AppState): readonly StateCount[] {
  return groups.value === null ? NO_STATES : statesOf(groups.value);
}

const NO_STATES: readonly StateCount[] = [];

const statesOf = remember(({ table }: GroupsReply): readonly StateCount[] => {
  const states = new Map<string, { state: string; goroutines: number; groups: number }>();
  table.state.forEach((state, row) => {
    const known = states.get(state) ?? { state, goroutines: 0, groups: 0 };
    known.goroutines += table.count[row] ?? 0;
    known.groups++;
    states.set(state, known);
  });
  return [...states.values()].sort((a, b) => b.goroutines - a.goroutines || (a.state < b.state ? -1 : 1));
});

const markRows = remember(rowsByMark);
const changesByMark = remember(rowsByMark);

const shownOf = remember(({ table }: GroupsReply, rows: Uint32Array, causes: TableCauses | null): Shown => {
  let goroutines = 0;
  for (const row of rows) goroutines += table.count[row] ?? 0;
  const folded = { goroutines: 0, groups: 0 };
  if (causes !== null) {
    const listed = new Set(rows);
    for (let row = 0; row < table.length; row++) {
      if (!isExpected(causes, row) || listed.has(row)) continue;
      folded.goroutines += table.count[row] ?? 0;
      folded.groups++;
    }
  }
  return { goroutines, allGoroutines: table.goroutines, groups: rows.length, allGroups: table.length, folded };
});

const rowOfKey = remember(({ table }: GroupsReply, key: string): number => table.key.indexOf(key));

const nameRanks = remember(rankTexts);

const sortedGroups = remember(
  (reply: GroupsReply, sort: Sort<GroupColumn>): Uint32Array =>
    orderRows(groupColumn(reply, sort.column), reply.table.length, sort.descending),
);

const groupRows = remember(
  (
    reply: GroupsReply,
    sort: Sort<GroupColumn>,
    matches: Uint32Array | null,
    states: readonly string[],
  ): Uint32Array => {
    const order = sortedGroups(reply, sort);
    if (matches === null && states.length === 0) return order;
    const { state, length } = reply.table;
    const found = new Uint8Array(length).fill(matches === null ? 1 : 0);
    for (const row of matches ?? NO_ROWS) found[row] = 1;
    const wanted = new Set(states);
    return order.filter((row) => found[row] === 1 && (wanted.size === 0 || wanted.has(state[row] ?? '')));
  },
);

function groupColumn({ table, previousCount }: GroupsReply, column: GroupColumn): SortColumn {
  switch (column) {
    case 'count':
    case 'share':
      return table.count;
    case 'change':
      return previousCount === null ? table.count : table.count.map((count, row) => count - (previousCount[row] ?? 0));
    case 'name':
      return nameRanks(table.name);
    case 'state':
      return stateWords(table);
    case 'wait':
      return table.waitMax;
    case 'createdBy':
      return table.createdBy;
  }
}

const sortedChanges = remember(
  (table: ChangeTable, sort: Sort<ChangeColumn>): Uint32Array =>
    orderRows(changeColumn(table, sort.column), table.length, sort.descending),
);

/** What can be asked of a change. */
const changeTexts = remember((table: ChangeTable): readonly RowTexts[] =>
  table.name.map((name, row) => ({
    name: name.toLowerCase(),
    state: (table.inferredState[row] || table.state[row] || '').toLowerCase(),
    created: (table.createdBy[row] ?? '').toLowerCase(),
    count: Math.max(table.before[row] ?? 0, table.after[row] ?? 0),
  })),
);

const changeRows = remember(
  (table: ChangeTable, sort: Sort<ChangeColumn>, kinds: readonly string[], search: string): Uint32Array => {
    const order = sortedChanges(table, sort);
    const query = rowQuery(search);
    if (kinds.length === 0 && query === null) return order;
    const texts = query === null ? [] : changeTexts(table);
    const wanted = new Set(kinds);
    return order.filter((row) => {
      if (wanted.size > 0 && !wanted.has(CHANGE_KINDS[table.kind[row] ?? 0] ?? '')) return false;
      const says = texts[row];
      return query === null || (says !== undefined && matchesRow(query, says));
    });
  },
);

/** The search as a query that rows known by their names, states and creators can be asked; null for none, or for one they cannot. */
export function rowQuery(search: string): Query | null {
  const query = searchable(search.trim());
  return query === null || unknownFields(fieldsOf(query)).length > 0 ? null : query;
}

function changeColumn(table: ChangeTable, column: ChangeColumn): SortColumn {
  switch (column) {
    case 'delta':
      return deltaOf(table);
    case 'before':
      return table.before;
    case 'after':
      return table.after;
    case 'name':
      return table.name;
    case 'state':
      return stateWords(table);
    case 'kind':
      return table.kind;
    case 'stuck':
      return table.fates?.stuck ?? deltaOf(table);
    case 'born':
      return table.fates?.born ?? deltaOf(table);
    case 'left':
      return table.fates?.left ?? deltaOf(table);
    case 'moved':
      return table.fates?.movedIn.map((movedIn, row) => movedIn + (table.fates?.movedOut[row] ?? 0)) ?? deltaOf(table);
  }
}

/** What stands in for fates as well where ids could not be compared. */
function deltaOf(table: ChangeTable): Float64Array {
  return table.after.map((after, row) => after - (table.before[row] ?? 0));
}

/** States as they are read: as printed, else inferred. */
function stateWords(table: Pick<ChangeTable, 'state' | 'inferredState'>): readonly string[] {
  return table.state.map((state, row) => (state === UNKNOWN_STATE ? table.inferredState[row] || state : state));
}
