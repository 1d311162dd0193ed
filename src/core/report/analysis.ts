import type { CauseTable } from '../causes/causes.ts';
import type { Grade } from '../causes/rule.ts';
import type { ChangeKind, IdComparison } from '../compare/comparison.ts';
import type { Level } from '../group/levels.ts';
import type { CountLogForm } from '../model/count-log.ts';
import type { DumpFormat, ProfileKind } from '../model/dump.ts';
import type { Problem } from '../model/problem.ts';
import type { TakenAtSource } from '../model/provenance.ts';
import type { Phase } from '../trend/phase.ts';
import type { Call } from '../trend/verdict.ts';

/** Name and version of the document; a change that could break a reader gets a new number. */
export const ANALYSIS_SCHEMA = 'standstill/analysis@1';

/**
 * The analysis document (public/analysis.schema.json): the same from the page and from the command. Counts are
 * goroutines. `null` means the form does not say; it never stands for 0.
 */
export interface Analysis {
  readonly schema: typeof ANALYSIS_SCHEMA;
  readonly level: Level;
  /** Why it is not the exact level, when nobody asked for one; else empty. */
  readonly levelWhy: string;
  /** Dumps of stacks in the order given; behind them count series (`format` "count-log"), which hold no goroutine. */
  readonly dumps: readonly AnalysedDump[];
  /** One entry for each two consecutive dumps of stacks, in the order given. */
  readonly changes: readonly AnalysedChange[];
  /** Goroutines over the dumps: the total first, then groups, then all other groups together. */
  readonly series: readonly AnalysedSeries[];
  /** Is it a leak, since when, which goroutines. */
  readonly verdict: AnalysedVerdict;
  /** Data races that were reported in the files; never counted as goroutines. */
  readonly races: readonly AnalysedRace[];
  /** Sentences about files as a whole: limits that were reached, entries and repeated dumps left out. */
  readonly notes: readonly { readonly name: string; readonly text: string }[];
  /** Files that hold no dump or cannot be opened. */
  readonly rejected: readonly { readonly name: string; readonly why: string }[];
}

export interface AnalysedDump {
  readonly name: string;
  readonly format: DumpFormat | 'count-log';
  readonly profile: ProfileKind;
  /** ISO 8601, UTC. */
  readonly takenAt: string | null;
  readonly takenAtFrom: TakenAtSource | null;
  readonly instance: string | null;
  readonly goroutines: number;
  readonly declared: number | null;
  readonly truncated: boolean;
  readonly states: Readonly<Record<string, number>>;
  readonly waitMinutes: Readonly<Record<string, number>> | null;
  readonly createdBy: Readonly<Record<string, number>> | null;
  readonly lockedToThread: number | null;
  readonly leaked: number | null;
  readonly elided: number | null;
  readonly withAncestors: number | null;
  /** Distinct stacks: function, file and line of every frame and of the creator. */
  readonly stacks: number;
  readonly groups: readonly AnalysedGroup[];
  /** What a query left out of `groups`; missing where none was given. */
  readonly hidden?: { readonly groups: number; readonly goroutines: number };
  /** Goroutines by what is known of the causes of their groups; null in a count series. */
  readonly causes: Pick<CauseTable, 'expected' | 'suspected' | 'pairs'> | null;
  /** The first problems; `problemCount` counts all. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Why counts or stacks are lower bounds; all of them stand in `caveats`, too. */
  readonly lowerBounds: readonly string[];
  /** Tests that were running when `go test` timed out. */
  readonly runningTests: readonly string[];
  /** Only in a count series. */
  readonly counts?: AnalysedCounts;
  /** Sentences a reader must know before trusting the numbers. */
  readonly caveats: readonly string[];
  readonly bytes: { readonly read: number; readonly understood: number; readonly ignored: number };
}

export interface AnalysedCounts {
  /** The key or metric as it stands. */
  readonly key: string;
  readonly form: CountLogForm;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  /** ISO 8601 time in UTC (null where none is known) and goroutines. */
  readonly points: readonly (readonly [at: string | null, goroutines: number])[];
}

export interface AnalysedRace {
  /** Name of the file. */
  readonly name: string;
  /** 1-based line of the warning in the unpacked file. */
  readonly line: number;
  /** Reports with the same stacks. */
  readonly times: number;
  readonly accesses: readonly {
    readonly what: string;
    readonly address: string;
    readonly goroutine: number | 'main';
    readonly frames: readonly AnalysedFrame[] | null;
  }[];
  readonly creations: readonly {
    readonly goroutine: number;
    readonly state: string;
    readonly frames: readonly AnalysedFrame[] | null;
  }[];
  readonly notes: readonly string[];
}

export interface AnalysedGroup {
  readonly count: number;
  /** The state its goroutines share, or the most frequent; "unknown" where the form prints none. */
  readonly state: string;
  /** Only where no state is printed and frames betray one. */
  readonly inferredState?: string;
  readonly name: string;
  /** Of the stack most of the group has; innermost first. */
  readonly frames: readonly AnalysedFrame[];
  readonly createdBy: { readonly function: string; readonly file: string; readonly line: number } | null;
  readonly waitMinutes: {
    readonly min: number;
    readonly median: number;
    readonly max: number;
    /** Goroutines of the group that print no minutes. */
    readonly unknown: number;
  } | null;
  /** The label set when all of the group carry the same. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** The rule that speaks: L… for a leak, B… for a stack that healthy programs have; null when none does. */
  readonly cause: { readonly id: string; readonly grade: Grade } | null;
}

export interface AnalysedFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly inlined: boolean;
}

export interface AnalysedChange {
  /** Names of the two dumps. */
  readonly from: string;
  readonly to: string;
  readonly groups: readonly {
    readonly name: string;
    readonly before: number;
    readonly after: number;
    readonly delta: number;
    readonly kind: ChangeKind;
    /** Goroutines by what became of them, by id; null when ids cannot be compared. */
    readonly fates: {
      readonly stuck: number;
      readonly movedIn: number;
      readonly movedOut: number;
      readonly born: number;
      readonly left: number;
    } | null;
  }[];
  /** Null when ids cannot be compared; `idsWhyNot` then says why. */
  readonly ids: IdComparison | null;
  readonly idsWhyNot: string;
  readonly caveats: readonly string[];
}

export interface AnalysedSeries {
  readonly kind: 'total' | 'group' | 'other';
  readonly name: string;
  /** One per dump. */
  readonly counts: readonly number[];
  /** Null below three dumps with a time, or when the dumps are of several processes. */
  readonly fit: AnalysedFit | null;
}

/** Growth of a count: Theil–Sen slope in goroutines an hour, with its interval, and the Mann–Kendall test. */
export interface AnalysedFit {
  readonly points: number;
  readonly slopePerHour: number;
  readonly lowPerHour: number;
  readonly highPerHour: number;
  /** Of the interval: 0.95, or less where three or four points cannot give it. */
  readonly confidence: number;
  readonly p: number;
  /** ISO 8601, UTC; null where there is no growth or it began before the first dump. */
  readonly startedBetween: readonly [from: string | null, to: string | null] | null;
  readonly doublingMinutes: number | null;
}

export interface AnalysedVerdict {
  readonly call: Call;
  readonly headline: string;
  readonly evidence: readonly string[];
  readonly wouldChange: readonly string[];
  /** Which dump to take next. */
  readonly next: string;
  readonly commands: readonly { readonly title: string; readonly command: string }[];
  /** Groups with an alarming call, or that cannot be told, most alarming first. */
  readonly groups: readonly {
    readonly name: string;
    readonly call: Call;
    /** Name of its process. */
    readonly process: string;
    /** In that process's dumps, in time order. */
    readonly counts: readonly number[];
    readonly growth: number;
    readonly evidence: readonly string[];
    readonly fit: AnalysedFit | null;
  }[];
  readonly groupsJudged: number;
  readonly processes: readonly {
    readonly instance: string | null;
    readonly name: string;
    /** Names of its dumps, in time order. */
    readonly dumps: readonly string[];
    readonly totals: readonly number[];
    readonly call: Call;
    readonly fit: AnalysedFit | null;
    /** Why it stands apart from the other instances. */
    readonly odd: string | null;
  }[];
  readonly phases: readonly { readonly dump: string; readonly phase: Phase | null }[];
  readonly phasesGuessed: boolean;
  readonly waves: readonly { readonly base: number; readonly peak: number; readonly rest: number }[];
  readonly fit: AnalysedFit | null;
}
