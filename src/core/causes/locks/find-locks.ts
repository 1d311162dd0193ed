import type { DumpIndex } from '../../group/cells.ts';
import { formatCount } from '../../words/numbers.ts';
import { findClaims } from './claims.ts';
import { pointerReceiver } from './goroutine-text.ts';
import {
  framesWithoutArguments,
  type KnownGoroutine,
  knowGoroutines,
  type ReadTexts,
  rowsOfCells,
} from './known-goroutines.ts';
import { keyLocks, type LockKeys } from './lock-keys.ts';
import { type LockReport, MAX_READ_CANDIDATES, MAX_READ_WAITERS, MAX_TARGETS, type WaitKind } from './lock-report.ts';
import { makeTargets } from './targets.ts';
import { judgeLocks } from './verdicts.ts';
import { waitKindsOfCells } from './waiting-rows.ts';
import { readWaitsFor } from './waits-for.ts';

/**
 * Who waits for which lock, who likely holds it, and what that makes of it. The model keeps no arguments, so the text of
 * those that wait is read back first, then of those whose stacks pass where the waiters lock. Cost: one pass over the rows,
 * one over the distinct stacks, and at most MAX_READ_WAITERS + MAX_READ_CANDIDATES texts.
 */
export async function findLocks(index: DumpIndex, readTexts: ReadTexts): Promise<LockReport> {
  const kinds = waitKindsOfCells(index);
  const isWaiting = (cell: number) => (kinds[cell] ?? null) !== null;
  const waiting = countCells(index, isWaiting);
  const known = new Map<number, KnownGoroutine>();
  const hasText = index.dump.format === 'traceback' && index.dump.rows.byteOffset !== null;

  if (hasText) {
    const rows = rowsOfCells(index, isWaiting, MAX_READ_WAITERS);
    for (const one of await knowGoroutines(index, rows, kinds, readTexts)) known.set(one.row, one);
  }
  const canRead = hasText && (waiting === 0 || known.size > 0);
  const unread = canRead ? waiting - known.size : 0;
  const keys = keyLocks([...known.values()]);

  const mayHold = passingCells(index, kinds, keys);
  const toRead = rowsOfCells(index, (cell) => mayHold[cell] === 1, MAX_READ_CANDIDATES + known.size).filter(
    (row) => !known.has(row),
  );
  const rows = toRead.slice(0, MAX_READ_CANDIDATES);
  const others = canRead ? await knowGoroutines(index, rows, kinds, readTexts) : [];
  const read = others.length + countKnown(index, known, mayHold);
  const all = read >= countCells(index, (cell) => mayHold[cell] === 1);

  const claims = findClaims([...known.values(), ...others], keys);
  const targets = makeTargets(index, kinds, known, keys, claims, all, canRead);
  const shown = targets.slice(0, MAX_TARGETS);
  return {
    targets: shown.map(({ target }) => target),
    targetCount: targets.length,
    verdicts: canRead ? judgeLocks(index, shown, keys, claims, all) : [],
    waiting,
    unread,
    notes: notesOf(index, waiting, unread, all, canRead),
  };
}

/**
 * Cells in which somebody may hold one of these locks: a frame is past a place where others wait, or, outside the call that
 * waits, in a method of a type whose lock is waited for.
 */
function passingCells(index: DumpIndex, kinds: readonly (WaitKind | null)[], keys: LockKeys): Uint8Array {
  const lines = new Map<string, number>();
  for (const { function: name, line } of keys.sites) lines.set(name, Math.min(line, lines.get(name) ?? line));
  const types = new Set([...keys.objects.values(), ...keys.waitersIn.values()].map(({ type }) => type));
  const passing = new Uint8Array(index.cells.length);
  if (lines.size === 0 && types.size === 0) return passing;
  const ofType = new Map<string, boolean>();
  for (let cell = 0; cell < index.cells.length; cell++) {
    const frames = framesWithoutArguments(index, index.cells.stack[cell] ?? 0);
    const waits = (kinds[cell] ?? null) === null ? null : readWaitsFor(frames, 8);
    const caller = waits?.caller ?? -1;
    for (let at = Math.max(0, caller); at < frames.length; at++) {
      const { function: name, line } = frames[at] ?? { function: '', line: 0 };
      let typed = at !== caller && ofType.get(name);
      if (typed === undefined) {
        typed = types.has(pointerReceiver(name) ?? '');
        ofType.set(name, typed);
      }
      if (!typed && line <= (lines.get(name) ?? Number.POSITIVE_INFINITY)) continue;
      passing[cell] = 1;
      break;
    }
  }
  return passing;
}

function countCells(index: DumpIndex, passes: (cell: number) => boolean): number {
  let count = 0;
  for (let cell = 0; cell < index.cells.length; cell++) if (passes(cell)) count += index.cells.count[cell] ?? 0;
  return count;
}

function countKnown(index: DumpIndex, known: ReadonlyMap<number, KnownGoroutine>, cells: Uint8Array): number {
  let count = 0;
  for (const row of known.keys()) if (cells[index.rowCell[row] ?? 0] === 1) count++;
  return count;
}

function notesOf(index: DumpIndex, waiting: number, unread: number, all: boolean, canRead: boolean): string[] {
  if (waiting === 0) return [];
  if (!canRead) {
    const [why, next] =
      index.dump.format === 'traceback'
        ? ['The text of this dump cannot be read back', 'Open the file it came from.']
        : ['This form of dump prints no arguments', 'Take a dump with debug=2.'];
    return [`${why}, so nothing shows which lock a goroutine waits for. ${next}`];
  }
  return [
    ...(unread > 0
      ? [
          `${formatCount(waiting)} goroutines wait, and the text of ${formatCount(waiting - unread)} of them was read, some of every stack. The other ${formatCount(unread)} stand without an address below: they may wait for the same locks.`,
        ]
      : []),
    ...(all ? [] : ['More goroutines may hold these locks than were read, so no holder is named.']),
  ];
}
