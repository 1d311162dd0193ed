import type { RestKind } from '../../group/rest-place.ts';

/** What a goroutine may wait for. `unknown`: a semaphore whose user the frames do not tell. */
export const WAIT_KINDS = ['mutex', 'rwmutex', 'waitgroup', 'cond', 'channel', 'unknown'] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** Ids listed per target and verdict; counts are always whole. */
export const MAX_LISTED_IDS = 100;
/** Targets and verdicts in a report, largest first. */
export const MAX_TARGETS = 500;
/** Candidates listed of one lock. */
export const MAX_CANDIDATES = 10;
/** Texts of waiting goroutines, and of those that may hold something, that are read back. */
export const MAX_READ_WAITERS = 4000;
export const MAX_READ_CANDIDATES = 2000;

/** A goroutine and the place on its stack that ties it to a lock. */
export interface LockPlace {
  readonly goroutineId: number;
  /** Row of the dump. */
  readonly row: number;
  /** Of the frame that ties it to the lock: not the innermost one. As printed. */
  readonly function: string;
  readonly line: number;
  /** As printed. */
  readonly state: string;
  /** One sentence. */
  readonly why: string;
}

/** Goroutines that wait for one thing. */
export interface WaitTarget {
  readonly kind: WaitKind;
  /** Of the mutex, WaitGroup, condition or channel itself; null where the text does not show it. */
  readonly address: number | null;
  /**
   * The struct that frames show around the lock; of an RWMutex often the only thing shown, and then all read-write locks
   * of that struct count as one. Null where no frame shows one.
   */
  readonly object: { readonly type: string; readonly address: number } | null;
  readonly waiters: {
    readonly count: number;
    /** At most MAX_LISTED_IDS, ascending. Empty in forms without ids. */
    readonly ids: readonly number[];
    /** Who called Lock, Wait, …: function and goroutines, most frequent first. */
    readonly callers: readonly (readonly [functionName: string, goroutines: number])[];
    /** Of `count`, those whose text was not read because there are too many: which of these things each waits for is open. */
    readonly unread: number;
    /** Longest printed wait, or null. */
    readonly oldestMinutes: number | null;
  };
  /** The likely holder. Always inferred: no form of a dump says who holds a lock. Never one of the waiters. */
  readonly holder: (LockPlace & { readonly inferred: true }) | null;
  /**
   * Goroutines inside the same object which do not wait for it, when none of them can be called the holder. Of a condition
   * those in methods of the object that its waiters are in: nobody holds it, but one of them may signal.
   */
  readonly candidates: readonly LockPlace[];
  readonly candidateCount: number;
  /** Why `address` or `holder` is null, or who may signal a condition; a sentence, or empty. */
  readonly unknown: string;
}

export type LockVerdictKind =
  | 'pile-up'
  | 'double-lock'
  | 'ab-ba'
  | 'read-write-read'
  | 'channel-under-lock'
  | 'logging-lock'
  | 'wait-group-children'
  | 'unknown';

/** What the addresses say of one lock, or of a ring of them. */
export interface LockVerdict {
  readonly kind: LockVerdictKind;
  /**
   * `shown`: address and line agree that the holder is past the place where others wait for the same lock. `likely`: two
   * goroutines stand inside each other's objects. An `unknown` has neither.
   */
  readonly certainty: 'shown' | 'likely' | null;
  /** Rule of LEAKS.md it speaks for: L41, L43 to L48; null for unknown. */
  readonly ruleId: string | null;
  /** Places in `targets`. */
  readonly targets: readonly number[];
  /** Goroutines waiting for these targets. */
  readonly waiters: number;
  /** Those to blame: holders, members of the ring, children still running. At most MAX_LISTED_IDS. */
  readonly goroutineIds: readonly number[];
  readonly rest: RestKind | null;
  /** Sentences, with goroutine ids, functions and addresses. */
  readonly why: readonly string[];
}

export interface LockReport {
  /** Most waiters first. */
  readonly targets: readonly WaitTarget[];
  readonly targetCount: number;
  /** Named ones first, then by waiters. */
  readonly verdicts: readonly LockVerdict[];
  /** Goroutines in states of locks, WaitGroups and conditions, and at channels where their addresses are printed. */
  readonly waiting: number;
  /**
   * Of `waiting`, those whose text was not read because there are too many: they stand in targets without an address. None
   * where no text can be read: `notes` says why.
   */
  readonly unread: number;
  /** Sentences on what this form does not show. */
  readonly notes: readonly string[];
}
