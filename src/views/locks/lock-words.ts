import type { LockVerdict, LockVerdictKind, WaitKind, WaitTarget } from '../../core/causes/locks/lock-report.ts';
import { formatCount } from '../../ui/format.ts';

/** What is waited for, as a word of a table. */
export const WAIT_WORDS: Readonly<Record<WaitKind, string>> = {
  mutex: 'Mutex',
  rwmutex: 'Read-write lock',
  waitgroup: 'WaitGroup',
  cond: 'Condition',
  channel: 'Channel',
  unknown: 'Unknown semaphore',
};

/** The same inside a sentence. */
export const WAIT_PHRASES: Readonly<Record<WaitKind, string>> = {
  mutex: 'the mutex',
  rwmutex: 'the read-write lock',
  waitgroup: 'the WaitGroup',
  cond: 'the condition',
  channel: 'the channel',
  unknown: 'a semaphore',
};

/** Headings of what the addresses say. */
export const VERDICT_WORDS: Readonly<Record<LockVerdictKind, string>> = {
  'pile-up': 'Pile-up behind one holder',
  'double-lock': 'Double lock: it waits for itself',
  'ab-ba': 'Locks in opposite order: each waits for the other',
  'read-write-read': 'RLock – Lock – RLock: a reader comes in again behind a writer',
  'channel-under-lock': 'Channel operation under a lock',
  'logging-lock': 'Logging under the lock of a logger',
  'wait-group-children': 'WaitGroup: the children still there',
  unknown: 'Unknown',
};

/** How sure a verdict is, and what that means. */
export function certaintyWords({
  kind,
  certainty,
}: LockVerdict): { readonly word: string; readonly hint: string } | null {
  if (certainty === 'shown') {
    return {
      word: 'shown by addresses',
      hint: 'Address and line agree: it is past the place where others wait for the same lock. No dump says outright who holds a lock.',
    };
  }
  if (certainty === 'likely') {
    return { word: 'likely', hint: 'They stand inside each other’s objects; no line shows that they took the locks.' };
  }
  return kind === 'wait-group-children'
    ? { word: 'where to look', hint: 'Children may do other work, and others may do the work of the group: no proof.' }
    : null;
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

/** `0xc000012345`, or what the dump does not print, or what was not read of it. */
export function addressWords({ address, waiters }: Pick<WaitTarget, 'address' | 'waiters'>): string {
  if (address !== null) return hex(address);
  if (waiters.unread === 0) return 'address not printed';
  return waiters.unread === waiters.count
    ? 'addresses not read: too many wait'
    : `addresses of ${formatCount(waiters.unread)} not read: too many wait`;
}

/** The lock by address, else by the struct around it. */
export function lockName(target: WaitTarget | undefined): string {
  if (target === undefined) return 'a lock without an address';
  if (target.address !== null) return hex(target.address);
  return target.object === null ? 'a lock without an address' : `a lock in ${objectWords(target.object)}`;
}

/** `main.Cache at 0xc000010000`. */
export function objectWords({ type, address }: NonNullable<WaitTarget['object']>): string {
  return `${type} at ${hex(address)}`;
}

/** A piece of a sentence: text, or a goroutine named in it. */
export type Piece = string | { readonly text: string; readonly id: number };

/** Takes the goroutines out of a sentence so that they can be opened. */
export function goroutinesIn(sentence: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of sentence.matchAll(/\b[Gg]oroutine (\d+)\b/g)) {
    if (match.index > from) pieces.push(sentence.slice(from, match.index));
    pieces.push({ text: match[0], id: Number(match[1]) });
    from = match.index + match[0].length;
  }
  if (from < sentence.length) pieces.push(sentence.slice(from));
  return pieces;
}

/** One row of who holds what and who wants what. */
export interface HoldRow {
  readonly goroutineId: number;
  readonly holds: string;
  readonly wants: string;
}

/**
 * Who holds what in a ring of locks, where each member waits for the lock of the next; and in a double lock, which is a
 * ring of one. Empty for other verdicts.
 */
export function holdRows({ kind, targets, goroutineIds }: LockVerdict, all: readonly WaitTarget[]): readonly HoldRow[] {
  if (kind !== 'ab-ba' && kind !== 'double-lock') return [];
  return targets.flatMap((target, at) => {
    const goroutineId = goroutineIds[at];
    const next = targets[(at + 1) % targets.length];
    if (goroutineId === undefined || next === undefined) return [];
    return [{ goroutineId, holds: lockName(all[target]), wants: lockName(all[next]) }];
  });
}
