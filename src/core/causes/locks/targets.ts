import type { DumpIndex } from '../../group/cells.ts';
import { formatNumberOf } from '../../words/numbers.ts';
import type { Claim, Claims } from './claims.ts';
import { framesWithoutArguments, type KnownGoroutine } from './known-goroutines.ts';
import type { LockKey, LockKeys, LockObject } from './lock-keys.ts';
import { type LockPlace, MAX_CANDIDATES, MAX_LISTED_IDS, type WaitKind, type WaitTarget } from './lock-report.ts';
import { readWaitsFor } from './waits-for.ts';
import { hex, mutexWord, placeWords } from './words.ts';

/** A target with what verdicts need beyond it. */
export interface KnownTarget {
  readonly target: WaitTarget;
  /** Null for goroutines that wait for something no frame shows. */
  readonly key: LockKey | null;
  readonly waiters: readonly KnownGoroutine[];
  readonly holder: Claim | null;
}

/** Goroutines of one target while they are collected. */
interface Open {
  readonly kind: WaitKind;
  readonly key: LockKey | null;
  readonly waiters: KnownGoroutine[];
  readonly ids: number[];
  readonly callers: Map<string, number>;
  count: number;
  unread: number;
  oldest: number | null;
}

/**
 * Every waiting goroutine in exactly one target. Those of no key share a target per kind. `all`: every goroutine that may
 * hold something was read, so that the only claim is the only one.
 */
export function makeTargets(
  index: DumpIndex,
  kinds: readonly (WaitKind | null)[],
  known: ReadonlyMap<number, KnownGoroutine>,
  keys: LockKeys,
  claims: Claims,
  all: boolean,
  canRead: boolean,
): KnownTarget[] {
  return [...collect(index, kinds, known, keys, canRead).values()]
    .map((open) => finish(open, keys, claims, all, canRead, index))
    .sort((a, b) => b.target.waiters.count - a.target.waiters.count || firstId(a) - firstId(b));
}

function collect(
  index: DumpIndex,
  kinds: readonly (WaitKind | null)[],
  known: ReadonlyMap<number, KnownGoroutine>,
  keys: LockKeys,
  canRead: boolean,
): Map<string, Open> {
  const { rows } = index.dump;
  const open = new Map<string, Open>();
  const callerOfCell: (string | undefined)[] = [];
  for (let row = 0; row < rows.length; row++) {
    const cell = index.rowCell[row] ?? 0;
    const kind = kinds[cell] ?? null;
    if (kind === null) continue;
    const goroutine = known.get(row);
    const key = goroutine === undefined ? null : (keys.keyOf.get(goroutine) ?? null);
    const exact = goroutine?.waitsFor?.kind ?? kind;
    const name = key ?? `kind ${exact}`;
    const target = open.get(name) ?? emptyTarget(exact, key);
    open.set(name, target);
    callerOfCell[cell] ??= callerOf(index, index.cells.stack[cell] ?? 0);
    const weight = rows.weight?.[row] ?? 1;
    target.count += weight;
    if (goroutine === undefined && canRead) target.unread += weight;
    const caller = callerOfCell[cell] ?? '';
    if (caller !== '') target.callers.set(caller, (target.callers.get(caller) ?? 0) + weight);
    const id = rows.goroutineId?.[row];
    if (id !== undefined) target.ids.push(id);
    const minutes = rows.waitMinutes?.[row] ?? -1;
    if (minutes >= 0) target.oldest = Math.max(target.oldest ?? 0, minutes);
    if (goroutine !== undefined) target.waiters.push(goroutine);
  }
  return open;
}

function emptyTarget(kind: WaitKind, key: LockKey | null): Open {
  return { kind, key, waiters: [], ids: [], callers: new Map(), count: 0, unread: 0, oldest: null };
}

/** Who called Lock or Wait, by the frames of the model; empty when there is nobody. */
function callerOf(index: DumpIndex, stack: number): string {
  const frames = framesWithoutArguments(index, stack);
  const waits = readWaitsFor(frames, 8);
  return waits === null ? '' : (frames[waits.caller]?.function ?? '');
}

function finish(
  open: Open,
  keys: LockKeys,
  claims: Claims,
  all: boolean,
  canRead: boolean,
  index: DumpIndex,
): KnownTarget {
  const { key, kind } = open;
  const isLock = kind === 'mutex' || kind === 'rwmutex';
  const holder = isLock && all ? holderOf(open, claims) : null;
  const address = key === null ? null : (keys.addresses.get(key) ?? null);
  const canBeInside = isLock || (kind === 'cond' && all);
  const places = key === null || !canBeInside || holder !== null ? [] : candidatesOf(key, claims);
  return {
    key,
    waiters: open.waiters,
    holder,
    target: {
      kind,
      address,
      object: key === null ? null : (keys.objects.get(key) ?? null),
      waiters: {
        count: open.count,
        unread: open.unread,
        ids: open.ids.sort((a, b) => a - b).slice(0, MAX_LISTED_IDS),
        callers: [...open.callers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
        oldestMinutes: open.oldest,
      },
      holder: holder === null ? null : { ...placeOf(holder.goroutine, holder.frame, whyHolds(holder)), inferred: true },
      candidates: places.slice(0, MAX_CANDIDATES),
      candidateCount: places.length,
      unknown: whyUnknown(index, open, address, holder !== null, places.length, all, canRead, keys),
    },
  };
}

/** The only goroutine past the lock, when it is in the way of those who wait. */
function holderOf(open: Open, claims: Claims): Claim | null {
  if (open.key === null || claims.own.has(open.key)) return null;
  const there = claims.byKey.get(open.key) ?? [];
  const [claim] = there;
  if (there.length !== 1 || claim === undefined || !claim.held) return null;
  // Readers do not keep readers out, unless a writer waits between them.
  const writerWaits = open.waiters.some(({ waitsFor }) => waitsFor?.mode === 'write');
  return claim.mode === 'read' && !writerWaits ? null : claim;
}

function candidatesOf(key: LockKey, claims: Claims): LockPlace[] {
  const places = new Map<number, LockPlace>();
  for (const { goroutine, frame, site } of claims.byKey.get(key) ?? []) {
    const why = `It is past line ${site.line} of ${site.function}, where others wait for this lock, and may have let go of it.`;
    places.set(goroutine.row, placeOf(goroutine, frame, why));
  }
  for (const { goroutine, frame } of claims.insiders.get(key) ?? []) {
    if (places.has(goroutine.row)) continue;
    places.set(
      goroutine.row,
      placeOf(goroutine, frame, 'It is in a method of the same object and does not wait for the lock.'),
    );
  }
  return [...places.values()].sort((a, b) => a.goroutineId - b.goroutineId);
}

export function placeOf(goroutine: KnownGoroutine, frame: number, why: string): LockPlace {
  const at = goroutine.frames[frame];
  return {
    goroutineId: goroutine.id,
    row: goroutine.row,
    function: at?.function ?? '',
    line: at?.line ?? 0,
    state: goroutine.state,
    why,
  };
}

function whyHolds({ goroutine, frame, site }: Claim): string {
  return `Inferred: it is at ${placeWords(goroutine, frame)}, past line ${site.line}, which takes this lock.`;
}

function whyUnknown(
  index: DumpIndex,
  open: Open,
  address: number | null,
  hasHolder: boolean,
  candidates: number,
  all: boolean,
  canRead: boolean,
  keys: LockKeys,
): string {
  if (index.dump.format !== 'traceback') return 'This form of dump prints no addresses.';
  if (!canRead) return 'The text of this dump cannot be read back.';
  if (open.key === null) return whyNoKey(open);
  if (open.kind === 'cond') return whoSignals(keys.waitersIn.get(open.key), candidates, all);
  if (hasHolder || (open.kind !== 'mutex' && open.kind !== 'rwmutex')) return '';
  if (!all) return 'More goroutines may hold it than were read.';
  if (candidates > 0)
    return 'Goroutines are inside the same object, but nothing shows that one of them holds the lock.';
  return address === null
    ? 'No frame shows the address of the lock, and no other goroutine is inside the same object.'
    : 'No other goroutine in this dump shows that it is past this lock: it may stand in a function that prints no receiver, or have ended without unlocking.';
}

function whyNoKey({ kind, count, unread }: Open): string {
  const hidden = `No frame shows the address of ${mutexWord(kind)}.`;
  if (unread === 0) return hidden;
  const cut = `of ${formatNumberOf(unread, 'goroutine')} was not read, as too many wait at once`;
  return unread === count ? `The text ${cut}.` : `The text ${cut}. Of the others: ${hidden}`;
}

/** Nobody holds a condition. That none is there who could signal is worth a word, but consumers at rest look the same. */
function whoSignals(object: LockObject | undefined, candidates: number, all: boolean): string {
  if (object === undefined || !all) return '';
  const where = `in a method of ${object.type} at ${hex(object.address)}`;
  return candidates > 0
    ? `Who else is ${where} may signal it.`
    : `No other goroutine is ${where}, so none shows that it will signal. Consumers that wait for work look the same.`;
}

function firstId({ target }: KnownTarget): number {
  return target.waiters.ids[0] ?? 0;
}
