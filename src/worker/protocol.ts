import type { CauseTable } from '../core/causes/causes.ts';
import type { GoroutineLineage, LineageTree } from '../core/causes/lineage/lineage.ts';
import type { LockReport } from '../core/causes/locks/lock-report.ts';
import type { Cause, Rule } from '../core/causes/rule.ts';
import type { RuleTrial } from '../core/causes/try-rules.ts';
import type { Comparison, Fate } from '../core/compare/comparison.ts';
import type { LevelAdvice } from '../core/compare/level-advice.ts';
import type { StackPair } from '../core/compare/stack-pair.ts';
import type { FlameDirection, FlameTree, FlameWeight } from '../core/flame/flame-tree.ts';
import type { DumpIdentity } from '../core/group/fingerprint.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import type { Level } from '../core/group/levels.ts';
import type { CountLog } from '../core/model/count-log.ts';
import type { ByteLedger, DumpFormat, ProfileKind } from '../core/model/dump.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Provenance } from '../core/model/provenance.ts';
import type { RaceReport } from '../core/model/race-report.ts';
import type { Frame, LabelSet } from '../core/model/symbols.ts';
import type { Facet } from '../core/query/facets.ts';
import type { Births } from '../core/trend/births.ts';
import type { CountCurve } from '../core/trend/moments.ts';
import type { Phase } from '../core/trend/phase.ts';
import type { SeriesTable } from '../core/trend/series.ts';
import type { Verdict } from '../core/trend/verdict.ts';
import type { MarkedGroup, MarkPattern, MarkTargets } from '../core/triage/marks.ts';
import type { ReadRule } from '../core/triage/read-rule-file.ts';
import type { RuleFile } from '../core/triage/rule-file.ts';
import type { Investigation, SavedDump } from '../investigation/investigation.ts';
import type { RedactionChoice, RedactionPreview } from '../investigation/redaction/choice.ts';

/** A file the page was given; also names the request that reads it. */
export type FileId = string & { readonly __brand: 'FileId' };
/** A dump held by the analyst: the file's id and the dump's place in it. */
export type DumpId = string & { readonly __brand: 'DumpId' };

/** What to read. A File survives structured cloning as a handle, not as a copy of its bytes. */
export interface ReadInput {
  readonly fileId: FileId;
  readonly file: Blob;
  readonly fileName: string;
  readonly path: string;
  readonly modifiedMs: number | null;
  /** False: lines are read as they stand, with what a log put before them. */
  readonly unwrap: boolean;
  /** Keys that count goroutines in logs; null for the usual ones. */
  readonly countKeys: readonly string[] | null;
}

/** How far reading a file is. */
export interface ReadProgress {
  /** Of the file as it is, packed or not. */
  readonly bytesRead: number;
  readonly totalBytes: number;
  /** Milliseconds since reading began. */
  readonly elapsedMs: number;
  /** Goroutines so far, and the groups that most of them are in; null before there is anything to tell. */
  readonly soFar: {
    readonly goroutines: number;
    readonly groups: readonly { readonly name: string; readonly count: number }[];
  } | null;
}

/** All the page knows of a dump without asking further. */
export interface DumpSummary {
  readonly id: DumpId;
  readonly fileId: FileId;
  /** File name, with "#2" for the second dump of one file. */
  readonly name: string;
  readonly format: DumpFormat;
  readonly profile: ProfileKind;
  readonly provenance: Provenance;
  readonly goroutines: number;
  readonly declared: number | null;
  readonly truncated: boolean;
  /** Largest first. */
  readonly states: readonly (readonly [state: string, goroutines: number])[];
  readonly stacks: number;
  /** Goroutines that wait for locks, WaitGroups, conditions, or channels whose address is printed. */
  readonly lockWaits: number;
  readonly hasIds: boolean;
  readonly hasText: boolean;
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly lowerBounds: readonly string[];
  readonly runningTests: readonly string[];
  readonly caveats: readonly string[];
  readonly bytes: ByteLedger;
  /** Tells whether another dump is the same one (core/group/fingerprint.ts). */
  readonly identity: DumpIdentity;
}

/** The id of the `place`-th dump of a file: the same each time the file is read. */
export function dumpIdOf(fileId: FileId, place: number): DumpId {
  return `${fileId}/${place}` as DumpId;
}

/** What a saved investigation says beside its dumps, counts and races, which are in the order of these lists. */
export interface SavedBeside extends Pick<Investigation, 'notes' | 'rules' | 'marks' | 'view'> {
  readonly dumps: readonly Omit<SavedDump, 'dump'>[];
  readonly countNames: readonly string[];
  readonly raceNames: readonly string[];
}

/** How reading a file ended. `read`: it holds a dump, counts or races. `rejected`: none, with a message for people. `failed`: the reader itself broke. */
export type ReadReply =
  | {
      readonly kind: 'read';
      readonly dumps: readonly DumpSummary[];
      readonly countLogs: readonly CountLog[];
      readonly races: readonly RaceReport[];
      /** Sentences about the file as a whole. */
      readonly notes: readonly string[];
      /** Of a saved investigation; null of any other file. */
      readonly saved: SavedBeside | null;
    }
  /** It is a team rule file and holds nothing else. */
  | { readonly kind: 'rules'; readonly file: RuleFile }
  /** Nothing was taken of it. `isOwnFile`: it is a file that this page writes, and broken; no dump was looked for in it. */
  | { readonly kind: 'rejected'; readonly why: string; readonly isOwnFile?: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly why: string };

/** The groups of a dump, and how many each had in the dump before it. */
export interface GroupsReply {
  readonly table: GroupTable;
  /** Per row of `table`, goroutines of the same group in the previous dump; null without a previous dump. */
  readonly previousCount: Float64Array | null;
}

/** One distinct stack of a group. */
export interface StackDetail {
  readonly count: number;
  readonly state: string;
  readonly frames: readonly Frame[];
  readonly createdBy: Frame | null;
}

/** One goroutine, or one record of a form that only counts. */
export interface GoroutineDetail {
  /** Row in the dump; asks for its raw text. */
  readonly row: number;
  /** Null in a form without ids. */
  readonly id: number | null;
  /** Goroutines the row stands for. */
  readonly weight: number;
  readonly state: string;
  /** Null when none is printed. */
  readonly waitMinutes: number | null;
  readonly creatorId: number | null;
  readonly lockedToThread: boolean;
  readonly leaked: boolean;
  /** What became of it against the dump asked about; null without one, or when ids cannot be compared. */
  readonly fate: Fate | null;
}

/** Everything the stack panel shows of one group. */
export interface GroupDetail {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** Inferred from frames where the form prints none; empty otherwise. */
  readonly inferredState: string;
  /** Distinct stacks, most frequent first, at most MAX_DETAIL_STACKS. */
  readonly stacks: readonly StackDetail[];
  readonly stackCount: number;
  readonly states: readonly (readonly [state: string, goroutines: number])[];
  /** Printed minutes and goroutines, ascending; empty when none is printed. Null when the form has no minutes. */
  readonly waits: readonly (readonly [minutes: number, goroutines: number])[] | null;
  readonly waitUnknown: number;
  /** Those of them that wait for locks, WaitGroups, conditions, or channels whose address is printed. */
  readonly lockWaits: number;
  /** Creating functions, most frequent first. Null when the form prints none. */
  readonly creators: readonly (readonly [functionName: string, goroutines: number])[] | null;
  /** Label sets, most frequent first, at most MAX_DETAIL_LABELS. */
  readonly labels: readonly { readonly set: LabelSet; readonly goroutines: number }[];
  readonly labelSetCount: number;
  /** In order of id (or of appearance), at most MAX_DETAIL_GOROUTINES; of one fate when one was asked for. */
  readonly goroutines: readonly GoroutineDetail[];
  /** Rows that were to be listed. */
  readonly rowCount: number;
  /** Goroutines by what became of them, without those of no count; null like `GoroutineDetail.fate`. */
  readonly fates: readonly (readonly [fate: Fate, goroutines: number])[] | null;
}

export const MAX_DETAIL_STACKS = 50;
export const MAX_DETAIL_LABELS = 100;
export const MAX_DETAIL_GOROUTINES = 2000;
/** Bytes of one goroutine's raw text that are shown. */
export const MAX_RAW_TEXT_BYTES = 256 * 1024;

/** Where a goroutine stands in its dump, at a level. */
export interface GoroutinePlace {
  readonly id: number;
  /** Row in the dump; asks for its raw text. */
  readonly row: number;
  readonly state: string;
  /** Null when none is printed. */
  readonly waitMinutes: number | null;
  readonly groupKey: string;
  readonly groupName: string;
}

/** The raw text of one goroutine as it stands in the file. */
export interface RawText {
  readonly text: string;
  /** 0-based offset of its first byte in the unpacked, unwrapped text. */
  readonly offset: number;
  /** True when it is longer than MAX_RAW_TEXT_BYTES. */
  readonly cut: boolean;
}

/** Lines of the unpacked file as they stand in it, wrappers and all. */
export interface RawLines {
  /** 1-based number of the first of `lines`. */
  readonly first: number;
  /** Each cut to MAX_RAW_LINE characters. */
  readonly lines: readonly string[];
}

/** Characters of a raw line that are shown. */
export const MAX_RAW_LINE = 500;

/** A dump and what the page knows of it beyond its file. */
export interface DumpMoment {
  readonly id: DumpId;
  readonly name: string;
  readonly takenAtMs: number | null;
  /** As marked by the user; null leaves it to a guess. */
  readonly phase: Phase | null;
}

/** What naming the causes of a dump needs beside it. */
export interface CausesQuestion {
  readonly dumpId: DumpId;
  readonly level: Level;
  /** Keys of the groups that the verdict calls growing, raised or leaked. */
  readonly rising: readonly string[];
  /** How many dumps of its process the verdict saw. */
  readonly dumps: number;
  /** Of a team; asked before the shipped ones. */
  readonly ownRules?: readonly Rule[];
  /** Leak profiles of the same process: what they hold is proven in this dump, too. */
  readonly proofs?: readonly DumpId[];
}

/** What is to be handed over: dumps that the analyst holds, and what the page knows beside them. */
export interface HandoverQuestion {
  readonly dumps: readonly (Omit<SavedDump, 'dump'> & { readonly id: DumpId })[];
  /** The view names dumps by their place in `dumps`. */
  readonly beside: Omit<Investigation, 'dumps'>;
  /** Every goroutine with its id, or those that differ in nothing else as one number. */
  readonly detail: 'goroutines' | 'groups';
  /** What is taken out before. */
  readonly redaction: RedactionChoice;
}

/** Forms for other tools. Markdown and JSON are of all dumps, the others of the one on show. */
export const EXPORT_FORMATS = ['markdown', 'json', 'csv', 'folded', 'pprof'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Questions the analyst answers. Each answer is plain data; every question may be asked at any time. */
export interface AnalystMethods {
  groups: (args: { dumpId: DumpId; previousId: DumpId | null; level: Level }) => GroupsReply;
  /** Rows of the table that a query finds (core/query). `causes` and `marks`: per row the words that those fields find. */
  search: (args: {
    dumpId: DumpId;
    level: Level;
    text: string;
    causes?: readonly (readonly string[])[];
    marks?: readonly string[];
  }) => Uint32Array<ArrayBuffer>;
  /** What the goroutines in these rows of the table can be told apart by; null: in all. */
  facets: (args: { dumpId: DumpId; level: Level; rows: Uint32Array | null }) => readonly Facet[];
  /** Goroutines that a query finds in this dump. `keys`: groups it finds in the dump on show, for causes and marks, known there alone. */
  countFound: (args: { dumpId: DumpId; level: Level; text: string; keys: readonly string[] }) => number;
  /** All stacks of the dump as one tree, of those rows of its table alone when given; `against`: compared with that dump. */
  flame: (args: {
    dumpId: DumpId;
    against: DumpId | null;
    direction: FlameDirection;
    weight: FlameWeight;
    level: Level;
    rows: Uint32Array | null;
    /** The search that found `rows`: what it finds in the other dump counts there. */
    text: string;
  }) => FlameTree;
  /** `against`: the dump to tell the fates of goroutines by, and whether the group's dump is the later of the two. */
  group: (args: {
    dumpId: DumpId;
    level: Level;
    key: string;
    against?: { id: DumpId; isLater: boolean } | null;
    /** Lists only goroutines of this fate. */
    fate?: Fate | null;
  }) => GroupDetail | null;
  /** Rows and groups of goroutines known by id, in order of id; those the dump does not hold are left out. */
  places: (args: { dumpId: DumpId; level: Level; ids: readonly number[] }) => readonly GoroutinePlace[];
  rawText: (args: { dumpId: DumpId; row: number }) => Promise<RawText>;
  /** The line and up to `around` lines before and after it. */
  rawLines: (args: { dumpId: DumpId; line: number; around: number }) => Promise<RawLines>;
  compare: (args: { a: DumpId; b: DumpId; level: Level }) => Comparison;
  /** The main stacks of a group in both dumps, frame against frame. */
  stackPair: (args: { a: DumpId; b: DumpId; level: Level; key: string }) => StackPair | null;
  /** The level at which groups of these dumps are best matched. */
  levelAdvice: (args: { dumpIds: readonly DumpId[] }) => LevelAdvice;
  /** `dumps` in time order. */
  series: (args: { dumps: readonly DumpMoment[]; level: Level; limit: number }) => SeriesTable;
  verdict: (args: {
    dumps: readonly DumpMoment[];
    curves: readonly CountCurve[];
    level: Level;
    limit: number | null;
    /** What a team says of groups: those expected or done do not make the call. */
    marks?: readonly MarkPattern[];
  }) => Verdict;
  /** Causes of the groups of a dump, row for row of its group table. */
  causes: (args: CausesQuestion) => CauseTable;
  /** Causes of some groups by the keys a verdict gave them; null where none speaks. */
  causesOf: (args: CausesQuestion & { keys: readonly string[] }) => (Cause | null)[];
  /** Texts of rules; an id that is not known is left out. */
  rules: (args: { ids: readonly string[]; ownRules?: readonly Rule[] }) => Rule[];
  /** What marking a group marks; null when the dump has no such group. */
  markTargets: (args: { dumpId: DumpId; level: Level; key: string }) => MarkTargets | null;
  /** The marked groups of a dump; of several dumps by the keys that a comparison of them has. */
  markedGroups: (args: {
    dumpIds: readonly DumpId[];
    level: Level;
    marks: readonly MarkPattern[];
  }) => readonly MarkedGroup[];
  /** What each rule says of a dump when no other is asked. */
  tryRules: (args: CausesQuestion & { rules: readonly Rule[] }) => readonly RuleTrial[];
  /** A rule written as JSON, or what is wrong with it. */
  readRule: (args: { text: string }) => ReadRule;
  /** The first shipped rules in which every word of `text` stands; none without a word. */
  findRules: (args: { text: string }) => readonly Rule[];
  /** Since when the group of `dumpId` is there; `dumps` are all that may date it. */
  births: (args: { dumps: readonly DumpMoment[]; dumpId: DumpId; level: Level; key: string }) => Births;
  /** Who waits for which lock and who likely holds it. Reads the text of some thousand goroutines back. */
  locks: (args: { dumpId: DumpId }) => Promise<LockReport>;
  /** Who created whom in the whole dump. */
  lineage: (args: { dumpId: DumpId }) => LineageTree;
  /** Creators and children of one goroutine; null when it is not in the dump. */
  goroutineLineage: (args: { dumpId: DumpId; goroutineId: number }) => Promise<GoroutineLineage | null>;
  /** What a redaction would replace, and which modules there are. */
  previewRedaction: (args: HandoverQuestion) => RedactionPreview;
  /** The saved file of an investigation, and its title as it stands in there. */
  pack: (args: HandoverQuestion) => { readonly bytes: Uint8Array<ArrayBuffer>; readonly title: string };
  /** The same for another tool, and the title that redaction left. */
  exportAs: (args: HandoverQuestion & { format: ExportFormat }) => {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly title: string;
  };
  remove: (args: { dumpIds: readonly DumpId[] }) => null;
}

/** The page's side: what the store calls. Implemented over workers by `client.ts` and in one thread by tests. */
export interface Client {
  /** Starts reading; several may run. `onProgress` hears of it some times a second. */
  read: (
    input: ReadInput,
    onProgress: (progress: ReadProgress) => void,
  ) => { readonly reply: Promise<ReadReply>; readonly cancel: () => void };
  /** Rejects with an Error whose message is for people when the analyst is gone or the dump is unknown. */
  ask: <M extends keyof AnalystMethods>(
    method: M,
    args: Parameters<AnalystMethods[M]>[0],
  ) => Promise<Awaited<ReturnType<AnalystMethods[M]>>>;
  /** Called when the analyst's worker died: every dump it held must be read again (`read` starts a new analyst). */
  onCrash: (listener: (why: string) => void) => () => void;
  dispose: () => void;
}
