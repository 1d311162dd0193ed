import type { CauseTable } from '../core/causes/causes.ts';
import type { GoroutineLineage, LineageTree } from '../core/causes/lineage/lineage.ts';
import type { LockReport } from '../core/causes/locks/lock-report.ts';
import type { Cause, Rule } from '../core/causes/rule.ts';
import type { RuleTrial } from '../core/causes/try-rules.ts';
import type { Comparison } from '../core/compare/comparison.ts';
import type { LevelAdvice } from '../core/compare/level-advice.ts';
import type { StackPair } from '../core/compare/stack-pair.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import type { CountLog } from '../core/model/count-log.ts';
import type { RaceReport } from '../core/model/race-report.ts';
import type { SourceRule } from '../core/source/link.ts';
import type { Births } from '../core/trend/births.ts';
import type { Phase } from '../core/trend/phase.ts';
import type { SeriesTable } from '../core/trend/series.ts';
import type { Show, Verdict } from '../core/trend/verdict.ts';
import type { Mark, MarkedGroup, MarkKind, MarkTargets } from '../core/triage/marks.ts';
import type { RuleFile } from '../core/triage/rule-file.ts';
import type { LinkedDump } from '../investigation/link/link.ts';
import type { RedactionPreview } from '../investigation/redaction/choice.ts';
import type { View } from '../investigation/view.ts';
import type {
  DumpId,
  DumpSummary,
  ExportFormat,
  FileId,
  GoroutinePlace,
  GroupDetail,
  GroupsReply,
  HandoverQuestion,
  RawLines,
  RawText,
  ReadProgress,
} from '../worker/protocol.ts';
import type { FacetsReply } from './facet-questions.ts';
import type { FlameReply, FlameSettings } from './flame-questions.ts';
import type { GivenFile, PackedFile, Shared } from './handover.ts';
import type { InstanceFound } from './instance-questions.ts';
import type { KeptState, WatchState } from './kept-state.ts';

export {
  CHANGE_COLUMNS,
  type ChangeColumn,
  COMPARE_MODES,
  type CompareMode,
  GROUP_COLUMNS,
  type GroupColumn,
  MARK_FILTERS,
  type MarkFilter,
  type Sort,
  TABS,
  type Tab,
} from '../investigation/view.ts';

/** A file on its way in, or one that held no dump. A file whose dumps are ready is no longer here. */
export type PendingFile =
  | { readonly phase: 'waiting'; readonly id: FileId; readonly name: string; readonly sizeBytes: number }
  | {
      readonly phase: 'reading';
      readonly id: FileId;
      readonly name: string;
      readonly sizeBytes: number;
      readonly bytesRead: number;
      /** Since its first byte; 0 where nobody measures. */
      readonly elapsedMs?: number;
      readonly soFar?: ReadProgress['soFar'];
    }
  /** `rejected`: no dump in it, or a broken file of this page (`isOwnFile`); `failed`: the reader broke or was stopped by the browser. */
  | {
      readonly phase: 'rejected' | 'failed';
      readonly id: FileId;
      readonly name: string;
      readonly why: string;
      readonly isOwnFile?: boolean;
    };

/** A dump the user has, with what the user said of it. */
export interface DumpEntry {
  readonly summary: DumpSummary;
  /** The user's name for it, else the summary's. */
  readonly name: string;
  /** The user's time for it, else what reading found. */
  readonly takenAtMs: number | null;
  readonly takenAtFrom: DumpSummary['provenance']['takenAtFrom'];
}

/** Goroutine counts without stacks that the user has: log lines, metrics. */
export interface CountEntry {
  readonly id: CountId;
  readonly fileId: FileId;
  /** The file's name; with the archive entry, key and instance where one file gives several series. */
  readonly name: string;
  readonly log: CountLog;
}

export type CountId = string & { readonly __brand: 'CountId' };

/** Races reported in a file. */
export interface RaceEntry {
  readonly fileId: FileId;
  readonly name: string;
  readonly report: RaceReport;
}

/** What reading had to say of a file as a whole: limits that were reached, entries left out. */
export interface FileNote {
  readonly fileId: FileId;
  readonly name: string;
  readonly notes: readonly string[];
}

/** A team rule file in use. */
export interface RuleFileEntry {
  readonly fileId: FileId;
  readonly name: string;
  readonly file: RuleFile;
}

/** What is looked for in the rules, and the rule that is being written, as JSON. */
export interface RulesView {
  readonly search: string;
  readonly draft: string;
}

/** A rule with what it says of each tried dump. */
export interface TriedRule {
  readonly rule: Rule;
  /** In the order of `RuleTrials.dumpIds`. */
  readonly trials: readonly RuleTrial[];
}

/** Rules tried on the dumps. */
export interface RuleTrials {
  readonly dumpIds: readonly DumpId[];
  /** What is wrong with the rule that is being written. */
  readonly problems: readonly string[];
  readonly draft: TriedRule | null;
  readonly own: readonly TriedRule[];
  /** Shipped ones that were searched for. */
  readonly found: readonly TriedRule[];
}

/** Dumps that rules are tried on: the last ones. */
export const MAX_TRIED_DUMPS = 12;

/** An answer of the analyst. `value` is the last good answer while a new one is on its way or failed. */
export interface Answer<T> {
  readonly status: 'none' | 'asking' | 'ready' | 'failed';
  readonly value: T | null;
  /** Message for people when failed. */
  readonly error: string | null;
}

/** What is chosen: all that a link carries. */
export type ViewState = View<DumpId>;

/** Causes of the groups of a table, and the rules that speak. */
export interface TableCauses {
  /** The table whose rows they stand for: `AppState.groups` may have moved on (see `selectCauses`). */
  readonly of: GroupTable;
  readonly reply: CauseTable;
  readonly rules: readonly Rule[];
  /** The team's own rules they were named with: an id among these is theirs, any other is of a shipped rule. */
  readonly own: readonly Rule[];
  /** Marked groups of the table by key, laid over by `selectCauses`; left out where there is none. */
  readonly marked?: ReadonlyMap<string, MarkedGroup>;
}

/** Causes of the groups that a verdict names. */
export interface VerdictCauses {
  /** The verdict they are of: `AppState.verdict` may have moved on (see `selectVerdictCauses`). */
  readonly of: Verdict;
  /** Per entry of its `groups`; null where no rule speaks, or where the group was not asked about. */
  readonly causes: readonly (Cause | null)[];
  /**
   * The first group to look at whose cause is suspected, by its place, and that cause's rule, as an own rule too when a
   * team wrote it; null when there is none.
   */
  readonly leading: {
    readonly at: number;
    readonly cause: Cause;
    readonly rule: Rule | null;
    readonly own: Rule | null;
  } | null;
}

/** A verdict, and the dumps that its `Show`s mean by number. */
export interface VerdictReply {
  readonly verdict: Verdict;
  readonly dumpIds: readonly DumpId[];
}

/** Who waits for which lock of a dump, and where the goroutines stand that it names. */
export interface LocksReply {
  readonly dumpId: DumpId;
  readonly report: LockReport;
  /** By id; at the level of the view. */
  readonly places: ReadonlyMap<number, GoroutinePlace>;
}

/** Who created whom in a dump. */
export interface LineageReply {
  readonly dumpId: DumpId;
  readonly tree: LineageTree;
  /** Keys of the groups at the level `created-by`, by the normalised name of the creating function. */
  readonly groupKeys: ReadonlyMap<string, string>;
}

/** The family of one goroutine, and where its members stand. */
export interface FamilyReply {
  readonly dumpId: DumpId;
  readonly lineage: GoroutineLineage;
  /** By id; at the level of the view. */
  readonly places: ReadonlyMap<number, GoroutinePlace>;
}

export interface AppState {
  readonly pending: readonly PendingFile[];
  /** In time order, those without a time last; where times are equal or missing in natural order of names (dump-order.ts). */
  readonly dumps: readonly DumpEntry[];
  /** By name, then by first time. */
  readonly counts: readonly CountEntry[];
  readonly races: readonly RaceEntry[];
  readonly fileNotes: readonly FileNote[];
  /** Keys that count goroutines in logs; null for the usual ones. */
  readonly countKeys: readonly string[] | null;
  /** Files whose lines are read as they stand, by `setUnwrap(id, false)`. */
  readonly asTheyStand: readonly FileId[];
  readonly view: ViewState;
  readonly groups: Answer<GroupsReply>;
  /** Rows of the group table that match `view.search`; value null when nothing is searched for. */
  readonly matches: Answer<Uint32Array>;
  /** What the goroutines that match can be told apart by; asked for once `wantsFacets`. */
  readonly facets: Answer<FacetsReply>;
  /** What the search finds in each instance; asked for with `facets`. */
  readonly instances: Answer<readonly InstanceFound[]>;
  readonly wantsFacets: boolean;
  /** Searches to be used again, newest first. */
  readonly savedQueries: readonly string[];
  /** Where code of modules is read. */
  readonly sourceRules: readonly SourceRule[];
  readonly detail: Answer<GroupDetail>;
  /** Raw text of the goroutine last asked for. */
  readonly rawText: Answer<RawText> & { readonly row: number | null };
  /** Raw lines around the problem last opened. */
  readonly rawLines: Answer<RawLines> & { readonly dumpId: DumpId | null; readonly line: number };
  readonly comparison: Answer<Comparison>;
  readonly series: Answer<SeriesTable>;
  /** Is it a leak, since when, which goroutines. */
  readonly verdict: Answer<VerdictReply>;
  /** Which level suits the dumps; taken unless the user chose one. */
  readonly levelAdvice: Answer<LevelAdvice>;
  /** The chosen group's stacks in A and B. */
  readonly stackPair: Answer<StackPair>;
  /** Since when the chosen group is there. */
  readonly births: Answer<Births>;
  /** What the groups on show wait for, and what to check. */
  readonly causes: Answer<TableCauses>;
  readonly verdictCauses: Answer<VerdictCauses>;
  /** Locks of the dump on show, or of the one last looked at. */
  readonly locks: Answer<LocksReply>;
  /** Creators of the dump on show, or of the one last looked at. */
  readonly lineage: Answer<LineageReply>;
  /** All stacks of the dump on show as one tree, and how it is made. */
  readonly flame: Answer<FlameReply>;
  readonly flameSettings: FlameSettings;
  /** The family of a goroutine of the chosen group. */
  readonly family: Answer<FamilyReply>;
  /** In the order they were opened. */
  readonly ruleFiles: readonly RuleFileEntry[];
  /** Signatures of the team that apply: of the rule files, and over them what was written on the page. */
  readonly ownRules: readonly Rule[];
  /** Marks that apply, in the same way; they stay when dumps go. */
  readonly marks: readonly Mark[];
  /** What marking the chosen group would mark. */
  readonly markTargets: Answer<MarkTargets>;
  /** Marked groups of the tab on show. */
  readonly marked: Answer<readonly MarkedGroup[]>;
  /** The open dialog of rules, or null. */
  readonly rulesView: RulesView | null;
  readonly ruleTrials: Answer<RuleTrials>;
  /** A link that was opened and whose dumps are not all here yet; null when there is none. */
  readonly link: OpenedLink | null;
  /** What is kept in this browser for a reload. */
  readonly kept: KeptState;
  /** An address that dumps are taken from again and again; null until one was given. */
  readonly watch: WatchState | null;
  /** Said once on the page: the analyst crashed and its dumps are being read again, a file was already loaded… */
  readonly notices: readonly Notice[];
}

/** What a link wants to show. */
export interface OpenedLink {
  /** Dumps by their place in `dumps`. */
  readonly view: View<number>;
  readonly dumps: readonly LinkedDump[];
}

export type { KeptState, WatchState } from './kept-state.ts';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
}

/** A file as the page got it; the store reads neither DOM nor disk. */
export interface IncomingFile {
  readonly file: Blob;
  readonly name: string;
  /** Relative path of a dropped folder, else the name. */
  readonly path: string;
  readonly modifiedMs: number | null;
  /** It comes again with the address of the page, so it need not be kept for a reload. */
  readonly isCarried?: boolean;
  /** Its key on the shelf it was taken from. */
  readonly keptAs?: string;
}

export interface Actions {
  /** Reads them, at most a few at a time; the first that is ready is chosen when nothing is. */
  addFiles: (files: readonly IncomingFile[]) => void;
  cancelFile: (id: FileId) => void;
  cancelAll: () => void;
  dismissFile: (id: FileId) => void;
  renameDump: (id: DumpId, name: string) => void;
  setTakenAt: (id: DumpId, takenAtMs: number | null) => void;
  removeDump: (id: DumpId) => void;
  removeAll: () => void;
  /** Merges into the view; choosing another level or dump drops a group key that no longer exists. */
  choose: (change: Partial<ViewState>) => void;
  wantFacets: () => void;
  /** Kept for later visits. */
  setSourceRules: (rules: readonly SourceRule[]) => void;
  setFlame: (change: Partial<FlameSettings>) => void;
  /** Keeps a search for later visits, or forgets it. */
  saveQuery: (text: string, keep: boolean) => void;
  swapAB: () => void;
  /** Shows what a number in the verdict counts. */
  show: (what: Show) => void;
  /** Marks dumps as taken before, under or after load; null leaves them to the guess. */
  markPhase: (ids: readonly DumpId[], phase: Phase | null) => void;
  /** Goes back to the level that suits the dumps. */
  useAdvisedLevel: () => void;
  showRawText: (row: number | null) => void;
  /** Shows the raw lines around a line of a dump's file, or none. */
  showRawLines: (at: { readonly dumpId: DumpId; readonly line: number } | null) => void;
  /** Reads a file again with or without taking wrappers off its lines; its dumps keep their place when it holds as many as before. */
  setUnwrap: (id: FileId, unwrap: boolean) => void;
  /** Keys that count goroutines in logs (null: the usual ones): reads every open file again for counts. */
  setCountKeys: (keys: readonly string[] | null) => void;
  removeCounts: (id: CountId) => void;
  /** Forgets the races of a file. */
  removeRaces: (id: FileId) => void;
  dismissFileNotes: (id: FileId) => void;
  /** Marks the chosen group, or takes its mark away. Without a note the one it has is kept. */
  markGroup: (mark: MarkKind | null, note?: string) => void;
  /** Forgets a team rule file and what it brought. */
  removeRuleFile: (id: FileId) => void;
  /** Takes a rule into the team's own, in place of one with the same id. */
  keepRule: (rule: Rule) => void;
  removeRule: (id: string) => void;
  /** Opens the dialog of rules, or changes what it shows; null closes it. */
  showRules: (change: Partial<RulesView> | null) => void;
  dismissNotice: (id: number) => void;
  /** Takes a dump from an address every so many seconds, in place of a watch before. */
  startWatch: (address: string, seconds: number) => void;
  stopWatch: () => void;
  /** Keeps what is open for a reload, or forgets all that is kept. Remembered for later visits. */
  setKeeping: (on: boolean) => void;
  openKept: (id: string) => void;
  /** Forgets what is kept of a page that is gone; without an id everything. */
  forgetKept: (id?: string) => void;
  /**
   * The page as one file with a saved investigation in it (bytes that `pack` gave), called `name`.html. Title and name are
   * taken as they are: who takes names out of the investigation takes them out of these, too. Fetches the page as one file
   * where it is beside the page; rejects with an Error whose message is for people.
   */
  makeReport: (packed: Uint8Array, title: string, name: string) => Promise<GivenFile>;
  /** The saved file. Rejects with an Error whose message is for people, as the others here do. */
  pack: (detail: HandoverQuestion['detail'], shared: Shared) => Promise<PackedFile>;
  exportAs: (format: ExportFormat, shared: Shared) => Promise<GivenFile>;
  previewRedaction: (shared: Shared) => Promise<RedactionPreview>;
  /** Shows of a link what is there, without the dumps that are missing; forgets it when nothing is there. */
  settleLink: () => void;
}

/** Series drawn in the timeline beside the total. */
export const TIMELINE_SERIES = 6;
/** Groups counted over all dumps, those of `TIMELINE_SERIES` first. */
export const MATRIX_GROUPS = 500;
