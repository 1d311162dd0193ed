import type { Cause, Rule } from '../core/causes/rule.ts';
import type { MarkKind } from '../core/triage/marks.ts';
import { remember } from './remember.ts';
import type { AppState, TableCauses, VerdictCauses } from './state.ts';
import { type MarkedKeys, selectMarked } from './triage-selectors.ts';

/** Causes of the table on show; null while they are not known, or known of another table. */
export function selectCauses(state: AppState): TableCauses | null {
  const { causes, groups } = state;
  return causes.value !== null && causes.value.of === groups.value?.table
    ? withMarks(causes.value, selectMarked(state))
    : null;
}

const withMarks = remember(
  (causes: TableCauses, marked: MarkedKeys): TableCauses => (marked.size === 0 ? causes : { ...causes, marked }),
);

function markOf({ marked, of }: TableCauses, row: number): MarkKind | undefined {
  return marked?.get(of.key[row] ?? '')?.mark;
}

/** Causes of the groups of the verdict on show; null while they are not known. */
export function selectVerdictCauses({ verdictCauses, verdict }: AppState): VerdictCauses | null {
  const { value } = verdictCauses;
  return value !== null && value.of === verdict.value?.verdict ? value : null;
}

/** The cause of a group, and the rules it speaks by. */
export interface GroupCause {
  readonly cause: Cause;
  readonly rule: Rule | null;
  /** The benign rule whose guard broke. */
  readonly broken: Rule | null;
  /** Those of them that a team wrote. */
  readonly own: readonly Rule[];
}

/** The cause of the chosen group; null where nothing is known of it. */
export function selectChosenCause(state: AppState): GroupCause | null {
  const causes = selectCauses(state);
  const { groupKey } = state.view;
  return causes === null || groupKey === null ? null : groupCause(causes, groupKey);
}

const groupCause = remember((causes: TableCauses, key: string): GroupCause | null => {
  const cause = causes.reply.causes[causes.of.key.indexOf(key)] ?? null;
  if (cause === null) return null;
  const ruleOf = (id: string | null) => causes.rules.find((rule) => rule.id === id) ?? null;
  const own = causes.own.filter(({ id }) => id === cause.ruleId || id === cause.brokenGuardOf);
  return { cause, rule: ruleOf(cause.ruleId), broken: ruleOf(cause.brokenGuardOf), own };
});

/** Whether anything of the table is proven leaked, by marks of the runtime or by a leak profile beside the dump. */
export const hasProof = remember(({ reply }: TableCauses): boolean =>
  reply.causes.some((cause) => cause?.grade === 'proven'),
);

/** Whether somebody should look at a group: proven leaked, or a suspect by mark, or by its cause when it has no mark. */
export function isSuspect(causes: TableCauses, row: number): boolean {
  const cause = causes.reply.causes[row] ?? null;
  if (cause?.grade === 'proven') return true;
  const mark = markOf(causes, row);
  return mark === undefined ? cause?.kind === 'leak' : mark === 'suspect';
}

/** Whether a group is one that healthy programs have, or marked so; what is proven leaked is not. */
export function isExpected(causes: TableCauses, row: number): boolean {
  const cause = causes.reply.causes[row] ?? null;
  if (cause?.grade === 'proven') return false;
  const mark = markOf(causes, row);
  return mark === undefined ? cause?.kind === 'benign' : mark === 'expected';
}

/** Which groups are listed: all, all but the expected ones, or the suspects alone. */
export type Listing = 'all' | 'folded' | 'suspects';

/** How the table on show is listed. What is searched or filtered for is found among the folded groups, too. */
export function listing(state: AppState): Listing {
  const { onlySuspects, search, states, marks } = state.view;
  const causes = selectCauses(state);
  if (causes === null) return 'all';
  if (onlySuspects) return 'suspects';
  if (search.trim() !== '' || states.length > 0 || marks.length > 0) return 'all';
  return selectShowsExpected(state) ? 'all' : 'folded';
}

/** Whether expected groups are listed with the others: as chosen, else as long as nothing is suspect. */
export function selectShowsExpected(state: AppState): boolean {
  const causes = selectCauses(state);
  return state.view.showExpected ?? (causes === null || suspectsOf(causes).groups === 0);
}

/** Groups and goroutines by what is known of them. */
export interface CauseSums {
  readonly suspects: { readonly groups: number; readonly goroutines: number };
  readonly expected: {
    readonly groups: number;
    readonly goroutines: number;
    readonly rules: number;
    readonly marked: number;
  };
}

/** Sums over the table on show; null while causes are not known. */
export function selectCauseSums(state: AppState): CauseSums | null {
  const causes = selectCauses(state);
  return causes === null ? null : sumsOf(causes);
}

const sumsOf = remember((causes: TableCauses): CauseSums => {
  const expected = { groups: 0, goroutines: 0, rules: 0, marked: 0 };
  const rules = new Set<string>();
  causes.reply.causes.forEach((cause, row) => {
    if (!isExpected(causes, row)) return;
    expected.groups++;
    expected.goroutines += causes.of.count[row] ?? 0;
    if (markOf(causes, row) === 'expected') expected.marked++;
    else if (cause !== null) rules.add(cause.ruleId);
  });
  return { suspects: suspectsOf(causes), expected: { ...expected, rules: rules.size } };
});

const suspectsOf = remember((causes: TableCauses): CauseSums['suspects'] => {
  const sums = { groups: 0, goroutines: 0 };
  for (let row = 0; row < causes.of.length; row++) {
    if (!isSuspect(causes, row)) continue;
    sums.groups++;
    sums.goroutines += causes.of.count[row] ?? 0;
  }
  return sums;
});

/** Rows to list. The chosen group always stands among them: whoever was led to it must see it. */
export const rowsByCause = remember(
  (rows: Uint32Array, causes: TableCauses, how: Listing, chosenKey: string | null): Uint32Array => {
    if (how === 'all') return rows;
    const chosen = chosenKey === null ? -1 : causes.of.key.indexOf(chosenKey);
    return rows.filter((row) => {
      if (row === chosen) return true;
      return how === 'suspects' ? isSuspect(causes, row) : !isExpected(causes, row);
    });
  },
);
