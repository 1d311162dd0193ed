import type { ChangeKind, Fate } from '../core/compare/comparison.ts';
import type { Level } from '../core/group/levels.ts';
import type { Phase } from '../core/trend/phase.ts';
import type { MarkKind } from '../core/triage/marks.ts';

export const TABS = ['groups', 'compare', 'timeline', 'instances', 'locks', 'lineage', 'flame'] as const;
export type Tab = (typeof TABS)[number];

export const GROUP_COLUMNS = ['count', 'share', 'change', 'name', 'state', 'wait', 'createdBy'] as const;
export type GroupColumn = (typeof GROUP_COLUMNS)[number];

export const CHANGE_COLUMNS = [
  'delta',
  'before',
  'after',
  'name',
  'state',
  'kind',
  'stuck',
  'born',
  'moved',
  'left',
] as const;
export type ChangeColumn = (typeof CHANGE_COLUMNS)[number];

/** How the Compare tab shows: one table with changes, the two dumps' tables beside each other, or all dumps as columns. */
export const COMPARE_MODES = ['changes', 'sides', 'matrix'] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

export interface Sort<C extends string> {
  readonly column: C;
  readonly descending: boolean;
}

/** Groups by mark, as the table can be filtered. */
export const MARK_FILTERS = ['expected', 'suspect', 'done', 'unmarked'] as const satisfies readonly (
  | MarkKind
  | 'unmarked'
)[];
export type MarkFilter = (typeof MARK_FILTERS)[number];

export const MAX_TITLE = 120;

/**
 * What is chosen, without what is loaded. `D` names a dump: by its id on the page, by its place in a saved investigation and
 * in a link.
 */
export interface View<D> {
  /** What the user calls the investigation; empty when it has no name. At most MAX_TITLE characters. */
  readonly title: string;
  readonly tab: Tab;
  readonly dumpId: D | null;
  readonly level: Level;
  readonly search: string;
  /** States to show; empty shows all. */
  readonly states: readonly string[];
  readonly groupSort: Sort<GroupColumn>;
  /** Key of the chosen group at `level`, or null. */
  readonly groupKey: string | null;
  readonly a: D | null;
  readonly b: D | null;
  readonly changeSort: Sort<ChangeColumn>;
  /** Kinds of change to show; empty shows all. */
  readonly changeKinds: readonly ChangeKind[];
  readonly compareMode: CompareMode;
  /** Goroutines of the chosen group to list, by what became of them; null lists all. */
  readonly fate: Fate | null;
  /** Phases as marked by the user, by dump; others are guessed. */
  readonly phases: readonly (readonly [dump: D, phase: Phase])[];
  /** The number of goroutines the user does not want to reach; null when none was given. */
  readonly limit: number | null;
  /** Whether groups that are expected are listed; null leaves it to whether anything is suspect beside them. */
  readonly showExpected: boolean | null;
  /** Marks whose groups are listed; empty lists all. */
  readonly marks: readonly MarkFilter[];
  /** Lists only groups with a suspected cause. */
  readonly onlySuspects: boolean;
}

/** Nothing chosen. */
export const DEFAULT_VIEW: View<never> = {
  title: '',
  tab: 'groups',
  dumpId: null,
  level: 'exact',
  search: '',
  states: [],
  groupSort: { column: 'count', descending: true },
  groupKey: null,
  a: null,
  b: null,
  changeSort: { column: 'delta', descending: true },
  changeKinds: [],
  compareMode: 'changes',
  fate: null,
  phases: [],
  limit: null,
  showExpected: null,
  marks: [],
  onlySuspects: false,
};
