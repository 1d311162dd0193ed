import type { Rule } from '../core/causes/rule.ts';
import type { ChangeTable } from '../core/compare/comparison.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import {
  type Mark,
  type MarkedGroup,
  type MarkKind,
  type MarkTargets,
  markOfParts,
  marksOn,
} from '../core/triage/marks.ts';
import { remember } from './remember.ts';
import { type AppState, MARK_FILTERS, type MarkFilter, type RuleFileEntry } from './state.ts';

/** Marked groups by key. */
export type MarkedKeys = ReadonlyMap<string, MarkedGroup>;

const NO_MARKED: MarkedKeys = new Map();

/** The marked groups of the tab on show by their key. */
export function selectMarked({ marked }: AppState): MarkedKeys {
  return marked.value === null || marked.value.length === 0 ? NO_MARKED : byKey(marked.value);
}

const byKey = remember((marked: readonly MarkedGroup[]): MarkedKeys => new Map(marked.map((each) => [each.key, each])));

/** The note of a mark; empty when there is none. */
export function selectNotes({ marks }: AppState): ReadonlyMap<string, string> {
  return notesOf(marks);
}

const notesOf = remember(
  (marks: readonly Mark[]): ReadonlyMap<string, string> => new Map(marks.map(({ id, note }) => [id, note])),
);

/** The file that an own rule stands in; null where the page or a saved investigation has it, or its file was removed. */
export function selectRuleFile({ ruleFiles }: Pick<AppState, 'ruleFiles'>, rule: Rule): RuleFileEntry | null {
  return ruleFiles.findLast(({ file }) => file.rules.includes(rule)) ?? null;
}

/** What the chosen group is marked. */
export interface ChosenMark {
  readonly mark: MarkKind | null;
  readonly note: string;
  /** Groups of the level `functions` in it, and how many of them are marked. */
  readonly parts: number;
  readonly markedParts: number;
  /** More parts than can be marked at once. */
  readonly tooMany: boolean;
}

/** What the chosen group is marked; null while it is not known. */
export function selectChosenMark({ marks, markTargets, view }: AppState): ChosenMark | null {
  return markTargets.value === null || view.groupKey === null ? null : chosenMark(marks, markTargets.value);
}

const chosenMark = remember((marks: readonly Mark[], { targets, total }: MarkTargets): ChosenMark => {
  const on = marksOn(marks, targets);
  const found = markOfParts(on.map((mark, at) => ({ mark, goroutines: targets[at]?.goroutines ?? 0 })));
  const noted = on.find((mark) => mark !== null && mark.note !== '');
  return {
    mark: found?.mark ?? null,
    note: noted?.note ?? '',
    parts: total,
    markedParts: on.filter((mark) => mark !== null).length,
    tooMany: total > targets.length,
  };
});

/** Groups and goroutines of a table by mark. */
export interface MarkSum {
  readonly filter: MarkFilter;
  readonly groups: number;
  readonly goroutines: number;
}

/** What the group table can be filtered by; null when nothing in it is marked. */
export function selectMarkSums(state: AppState): readonly MarkSum[] | null {
  const { value } = state.groups;
  return value === null ? null : groupSums(value.table, selectMarked(state));
}

const groupSums = remember(({ key, count }: GroupTable, marked: MarkedKeys) => sumMarks(key, count, marked));

/** What the comparison can be filtered by, with the goroutines of B; null when nothing in it is marked. */
export function selectChangeMarkSums(state: AppState): readonly MarkSum[] | null {
  const { value } = state.comparison;
  return value === null ? null : changeSums(value.changes, selectMarked(state));
}

const changeSums = remember(({ key, after }: ChangeTable, marked: MarkedKeys) => sumMarks(key, after, marked));

/** Sums over groups with these keys and so many goroutines each, for each mark there is; null when none is marked. */
export function sumMarks(
  keys: readonly string[],
  counts: ArrayLike<number>,
  marked: MarkedKeys,
): readonly MarkSum[] | null {
  if (marked.size === 0) return null;
  const sums = new Map(MARK_FILTERS.map((filter) => [filter, { groups: 0, goroutines: 0 }]));
  keys.forEach((key, row) => {
    const sum = sums.get(filterOf(key, marked));
    if (sum === undefined) return;
    sum.groups++;
    sum.goroutines += counts[row] ?? 0;
  });
  return sums.get('unmarked')?.groups === keys.length
    ? null
    : MARK_FILTERS.map((filter) => ({ filter, groups: 0, goroutines: 0, ...sums.get(filter) }));
}

function filterOf(key: string, marked: MarkedKeys): MarkFilter {
  return marked.get(key)?.mark ?? 'unmarked';
}

/** Whether a group is listed: its mark is one of `wanted`, or none is wanted, or it is the chosen one, as whoever was led to it must see it. */
export function isListed(
  key: string,
  marked: MarkedKeys,
  wanted: readonly MarkFilter[],
  chosenKey: string | null,
): boolean {
  return wanted.length === 0 || key === chosenKey || wanted.includes(filterOf(key, marked));
}

/** Rows of groups that are listed. */
export function rowsByMark(
  rows: Uint32Array,
  key: readonly string[],
  marked: MarkedKeys,
  wanted: readonly MarkFilter[],
  chosenKey: string | null,
): Uint32Array {
  return wanted.length === 0 ? rows : rows.filter((row) => isListed(key[row] ?? '', marked, wanted, chosenKey));
}
