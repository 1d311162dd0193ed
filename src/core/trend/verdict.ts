import type { ChangeKind, Fate } from '../compare/comparison.ts';
import type { Level } from '../group/levels.ts';
import type { SentenceOf } from '../words/sentence.ts';
import type { GrowthFit } from './growth-fit.ts';
import type { Phase } from './phase.ts';
import type { TeamWord } from './team-words.ts';

/**
 * The answer, for the whole and per group, most alarming first.
 * - `leaked`: proven by a leak profile or a `(leaked)` state
 * - `growing`: rises from dump to dump and what came stays
 * - `raised`: rose and did not come back; the same goroutines remain
 * - `stuck`: flat, but the same goroutines stand at the same stack, older each time, where healthy ones do not rest
 * - `suspicious`: one dump only, with reasons
 * - `spike`: rose and came back
 * - `shrinking`: fell
 * - `steady`: neither
 * - `cannot-tell`: what is there does not decide it
 */
export const CALLS = [
  'leaked',
  'growing',
  'raised',
  'stuck',
  'suspicious',
  'spike',
  'shrinking',
  'steady',
  'cannot-tell',
] as const;
export type Call = (typeof CALLS)[number];

/** What a number in a sentence counts, so that it can be shown. Dumps and curves by their place in what was judged. */
export type Show =
  | { readonly kind: 'dump'; readonly dump: number }
  | { readonly kind: 'group'; readonly dump: number; readonly level: Level; readonly key: string }
  /** The comparison of two dumps; of one group, one kind of change, or goroutines of one fate where given. */
  | {
      readonly kind: 'changes';
      readonly a: number;
      readonly b: number;
      readonly level: Level;
      readonly key: string | null;
      readonly kinds: readonly ChangeKind[];
      readonly fate: Fate | null;
    }
  | { readonly kind: 'timeline' }
  | { readonly kind: 'instances' };

/** A sentence for people; its parts lead to what they count. */
export type Sentence = SentenceOf<Show>;

/** A group over the dumps of one process. Quiet groups (steady, shrinking) are listed only when marked suspect. */
export interface GroupVerdict {
  readonly key: string;
  readonly name: string;
  readonly call: Call;
  /** The process it was judged in: a place in `Verdict.processes`. */
  readonly process: number;
  /** Places in what was judged of the dumps that were set against each other, in time order: not those cut short. */
  readonly dumps: readonly number[];
  /** In these. */
  readonly counts: readonly number[];
  /** Goroutines it has more in the last dump than in the first. */
  readonly growth: number;
  /** Why, in one or two sentences. */
  readonly evidence: readonly Sentence[];
  /** Null below three dumps with a time. */
  readonly fit: GrowthFit | null;
  /** What the team says of it; null when nothing. */
  readonly mark: TeamWord | null;
  /** It is marked expected or done, so the call of the whole does not come from it. Never so where it is proven leaked. */
  readonly leftOut: boolean;
}

/** The dumps of one process, from start to restart, and what they say. */
export interface ProcessVerdict {
  /** Pod, node or server; null when no dump names one. */
  readonly instance: string | null;
  /** "orders-7f9c", "orders-7f9c after a restart", "the process". */
  readonly name: string;
  /** Places of its dumps in what was judged, in time order. */
  readonly dumps: readonly number[];
  /** Goroutines in these. */
  readonly totals: readonly number[];
  /** Of `dumps`, those that were set against each other: not leak profiles in counted form, nor those cut short. */
  readonly judged: readonly number[];
  /** Of `dumps`, leak profiles in counted form: what they hold is proven leaked in the others, too. */
  readonly profiles: readonly number[];
  readonly call: Call;
  /** Null below three dumps with a time. */
  readonly fit: GrowthFit | null;
  /** Set when this instance stands apart from the others: why. */
  readonly odd: Sentence | null;
}

/** A group over all instances, in the last dump of each. */
export interface FleetGroup {
  readonly key: string;
  readonly name: string;
  /** Root mean square of its counts over the instances: a few large ones weigh more than many small ones (LeakProf). */
  readonly rms: number;
  /** Per entry of `Fleet.processes`. */
  readonly counts: readonly number[];
}

/** Many instances of one service. */
export interface Fleet {
  /** The latest process of each instance: places in `Verdict.processes`. */
  readonly processes: readonly number[];
  /** Largest root mean square first. */
  readonly groups: readonly FleetGroup[];
}

/** One rise and fall of the count, or a rise that has not fallen yet. Times null when the dumps tell none. */
export interface Wave {
  /** The count before it rose, at its highest, and after it fell. */
  readonly base: number;
  readonly peak: number;
  readonly rest: number;
}

/** How to learn more. */
export interface NextStep {
  /** "Take one more dump 10 minutes from now, when the load has fallen." */
  readonly text: string;
  /** To copy; what must be filled in stands in capitals. */
  readonly commands: readonly { readonly title: string; readonly command: string }[];
}

/** When a limit will be reached at the fitted slope; null means never at that slope. */
export interface LimitForecast {
  readonly limit: number;
  readonly atMs: number | null;
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
}

/** Is it a leak, since when, and which goroutines; with its evidence and what would change it. */
export interface Verdict {
  readonly call: Call;
  /** One sentence that stands for itself. */
  readonly headline: Sentence;
  readonly evidence: readonly Sentence[];
  /** What would change this answer. */
  readonly wouldChange: readonly string[];
  readonly next: NextStep;
  readonly level: Level;
  /** Those marked suspect, then most alarming first, then largest growth; those left out last. At most MAX_GROUP_VERDICTS. */
  readonly groups: readonly GroupVerdict[];
  /** Groups judged over all processes, listed or not. */
  readonly groupsJudged: number;
  readonly processes: readonly ProcessVerdict[];
  /** Null unless there are two or more instances. */
  readonly fleet: Fleet | null;
  /** Per dump judged: as marked, else as guessed from the curve, else null. */
  readonly phases: readonly (Phase | null)[];
  /** True when any of `phases` was guessed. */
  readonly phasesGuessed: boolean;
  readonly waves: readonly Wave[];
  /** Growth of the total, of the process that decided the call; null below three dumps or counts with a time. */
  readonly fit: GrowthFit | null;
  readonly forecast: LimitForecast | null;
}

export const MAX_GROUP_VERDICTS = 50;
