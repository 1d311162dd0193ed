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
import { type AppState, MARK_FILTERS, type MarkFilter } from './state.ts';

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
  const marked = selectMarked(state);
  return state.groups.value === null || marked.size === 0 ? null : sumsOf(state.groups.value.table, marked);
}

const sumsOf = remember((table: GroupTable, marked: MarkedKeys): readonly MarkSum[] | null => {
  const sums = new Map(MARK_FILTERS.map((filter) => [filter, { groups: 0, goroutines: 0 }]));
  for (let row = 0; row < table.length; row++) {
    const sum = sums.get(marked.get(table.key[row] ?? '')?.mark ?? 'unmarked');
    if (sum === undefined) continue;
    sum.groups++;
    sum.goroutines += table.count[row] ?? 0;
  }
  return sums.get('unmarked')?.groups === table.length
    ? null
    : MARK_FILTERS.map((filter) => ({ filter, groups: 0, goroutines: 0, ...sums.get(filter) }));
});

/** Rows whose mark is one of `wanted`, and the chosen group: whoever was led to it must see it. All when none is wanted. */
export function rowsByMark(
  rows: Uint32Array,
  key: readonly string[],
  marked: MarkedKeys,
  wanted: readonly MarkFilter[],
  chosenKey: string | null,
): Uint32Array {
  if (wanted.length === 0) return rows;
  return rows.filter(
    (row) => key[row] === chosenKey || wanted.includes(marked.get(key[row] ?? '')?.mark ?? 'unmarked'),
  );
}
