import type { RestKind } from '../group/rest-place.ts';

/** The four causes of the brief, then what else a dump betrays. */
export const FAMILIES = ['send', 'cancel', 'loop', 'pool', 'lock', 'network', 'proven'] as const;
export type Family = (typeof FAMILIES)[number];

/** How much a match alone says: `proven` by the runtime, `strong` shape, `moderate` with age or growth, `weak` alone. */
export const GRADES = ['proven', 'strong', 'moderate', 'weak'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * A function as a rule names it: as printed without arguments, in the normalised form of `normaliseFunctionName`
 * (closures folded to `.func`, type arguments to `[...]`, version suffixes off). `*` stands for any text; the word
 * USER for a function that is neither of Go's library nor plumbing.
 */
export type FunctionPattern = string;

/**
 * The word of a FunctionPattern for somebody's own code, or a third-party module. As a `top` it leaves out functions that
 * a leak rule of the same set names by their import path: that rule knows more of them, and is silent for a reason.
 */
export const USER = 'USER';

/** What a stack must look like; every part that is given must hold. */
export interface StackPattern {
  /**
   * The innermost frame that no form hides and that is no lock, poll or runtime frame: one of these. Readers and writers
   * that pass bytes on are such frames, so that an idle connection (`net.(*conn).Read`) has another top than one that
   * waits in its own select (`topFrames` in match-stack.ts).
   */
  readonly top?: readonly FunctionPattern[];
  /** Frames from the inside out, not necessarily neighbours: for each entry one of its patterns. */
  readonly frames?: readonly (readonly FunctionPattern[])[];
  /** The creating function: one of these. Where a form prints no creators this part holds. */
  readonly createdBy?: readonly FunctionPattern[];
  /** None of these may stand anywhere in the stack. */
  readonly without?: readonly FunctionPattern[];
}

/** Words for states as rules ask for them; `lock` covers every word that Go used for mutexes over the years. */
export type StateClass =
  | 'chan send'
  | 'chan receive'
  | 'chan nil'
  | 'select'
  | 'select empty'
  | 'lock'
  | 'wait group'
  | 'cond'
  | 'IO wait'
  | 'sleep'
  | 'syscall'
  | 'finalizer wait'
  | 'runtime idle'
  | 'running';

/** What else must be seen before a leak rule speaks; every part that is given must hold. */
export interface Needs {
  /** Goroutines of the group. */
  readonly count?: number;
  /** Half of them have waited for so many minutes. */
  readonly minutes?: number;
  /** It is growing or raised over dumps, or the ages of one dump are spread as a steady leak spreads them. */
  readonly growthOrAge?: boolean;
  /** Beside `growthOrAge`: so many minutes of half of them do as well. For places where healthy goroutines never stand long. */
  readonly orMinutes?: number;
  /** It is growing or raised over dumps; no age stands in for it. For places where healthy goroutines rest for hours. */
  readonly growth?: boolean;
  /**
   * None of them prints minutes though other goroutines of the dump do: they wake all the time, as a ticker wakes them.
   * Does not hold in forms without minutes.
   */
  readonly awake?: boolean;
  /** The runtime marks them `(leaked)`, or the dump is a leak profile. */
  readonly leaked?: boolean;
}

/** How many of a benign stack are expected. */
export type Guard =
  /** So many in the whole process. */
  | { readonly kind: 'at-most'; readonly count: number }
  /** One per processor: as many as GOMAXPROCS may be. */
  | { readonly kind: 'per-processor' }
  /**
   * As many as a pool, hosts or connections allow: `count` is where it becomes suspicious; must not grow. Up to `fills`
   * growth is a pool that fills: what load opened is kept for the next, within the limits that are usual there.
   */
  | { readonly kind: 'pool'; readonly count: number; readonly fills?: number }
  /** Any number below `count` that waits for less than this. */
  | { readonly kind: 'young'; readonly minutes: number; readonly count: number };

interface RuleBase {
  /** Of LEAKS.md; stable. */
  readonly id: string;
  /** Lower case, no full stop: "response body not closed". */
  readonly title: string;
  /**
   * Any of these states; empty accepts all. Where a form prints no state and frames betray none, every state holds but
   * those that always leave frames: lock, wait group, cond, IO wait, sleep.
   */
  readonly states: readonly StateClass[];
  /** Any of these stacks. */
  readonly stacks: readonly StackPattern[];
  /** Issue threads, papers, runtime files. */
  readonly sources: readonly string[];
  /** Go or module versions the names are of, when not all: "to 1.22", "grpc 1.50 on". */
  readonly versions?: string;
  /**
   * Names no library's functions, only USER or words in names. Asked after all rules that do, and only where a state is
   * printed or betrayed by frames: without one it would hold for everybody's code, as in debug=1 text.
   */
  readonly generic?: boolean;
}

/** A shape of leak. */
export interface LeakRule extends RuleBase {
  readonly kind: 'leak';
  readonly family: Family;
  readonly grade: Grade;
  readonly needs: Needs;
  /** What it means, in one or two sentences for the engineer on call. */
  readonly meaning: string;
  /** What to check: questions, the most telling first. */
  readonly check: readonly string[];
  /** A few lines of Go of our own, before and after the fix. */
  readonly example: { readonly before: string; readonly after: string };
}

/** A stack that healthy programs have. */
export interface BenignRule extends RuleBase {
  readonly kind: 'benign';
  readonly guard: Guard;
  /** The leak rule it becomes when the guard breaks; null when there is none. */
  readonly otherwise: string | null;
  /** What these goroutines do: "wait for the next request on a kept connection". */
  readonly meaning: string;
}

export type Rule = LeakRule | BenignRule;

/** A rule's answer on a group. */
export interface Cause {
  readonly ruleId: string;
  readonly kind: 'leak' | 'benign';
  readonly title: string;
  /** Null for a benign stack. */
  readonly family: Family | null;
  readonly grade: Grade;
  /** Sentences: what matched (state, frames, creator), and which needs or guard held or broke. */
  readonly why: readonly string[];
  /** A benign rule whose guard broke speaks as this leak rule; else null. */
  readonly brokenGuardOf: string | null;
  readonly rest: RestKind;
}
