import { pointerReceiver, type TextFrame } from './goroutine-text.ts';
import type { KnownGoroutine } from './known-goroutines.ts';
import { type LockMode, sureAddress } from './waits-for.ts';

/** A struct that a frame shows as its receiver. */
export interface LockObject {
  /** `main.(*Cache)`. */
  readonly type: string;
  readonly address: number;
}

/** Names a thing that is waited for within one dump: by its address, or by the object it is in. */
export type LockKey = string;

/** Where a lock may lie in the struct of a receiver. A larger distance is taken for another piece of memory. */
const MAX_OFFSET = 1024;

/** A place in code that takes a lock, seen because somebody waits there. */
export interface LockSite {
  readonly function: string;
  readonly line: number;
  readonly mode: LockMode;
  /** Argument that leads to the lock, or STATIC. */
  readonly argument: number;
  /** From the argument to the lock; null when only the object is known. For STATIC the address itself. */
  readonly offset: number | null;
  /** The receiver's type, where the offset is not known. */
  readonly type: string;
}

/** `argument` of a site whose lock is a variable of the package: every goroutine there takes the same one. */
export const STATIC = -1;

export interface LockKeys {
  /** Per known goroutine that waits: its key; null when neither address nor object is shown. */
  readonly keyOf: ReadonlyMap<KnownGoroutine, LockKey>;
  /** Objects seen around a key. */
  readonly objects: ReadonlyMap<LockKey, LockObject>;
  readonly addresses: ReadonlyMap<LockKey, number>;
  /** Per condition the object in whose method all its waiters called Wait: who signals it mostly is in a method of that one. */
  readonly waitersIn: ReadonlyMap<LockKey, LockObject>;
  readonly sites: readonly LockSite[];
}

export function addressKey(address: number): LockKey {
  return `a:${address}`;
}

function objectKey(kind: string, { type, address }: LockObject): LockKey {
  return `o:${kind}:${address}:${type}`;
}

/**
 * The receiver of a method that has lost it (`main.(*Rates).Get(0xbebc200?)`), when the calls of the same type on both sides of
 * it, or where `oneSide` will do the one that called it, show one and the same. Null else.
 */
export function receiverBetween(frames: readonly TextFrame[], at: number, oneSide: boolean): LockObject | null {
  const type = pointerReceiver(frames[at]?.function ?? '');
  if (type === null) return null;
  const outer = objectOf(frames[at + 1]);
  const inner = objectOf(frames[at - 1]);
  if (outer === null || outer.type !== type) return null;
  return oneSide || (inner?.type === type && inner.address === outer.address) ? outer : null;
}

/** The receiver of a frame, when it is a method with a pointer receiver and the word is sure. */
export function objectOf(frame: TextFrame | undefined): LockObject | null {
  if (frame === undefined) return null;
  const type = pointerReceiver(frame.function);
  const address = sureAddress(frame.args?.[0]);
  return type === null || address === null ? null : { type, address };
}

/** The key that a site would lock in this frame; null when the frame's argument is not sure. */
export function keyAtSite(site: LockSite, frames: readonly TextFrame[], at: number): LockKey | null {
  if (site.argument === STATIC) return addressKey(site.offset ?? 0);
  const value =
    sureAddress(frames[at]?.args?.[site.argument]) ??
    (site.argument === 0 ? (receiverBetween(frames, at, false)?.address ?? null) : null);
  if (value === null) return null;
  return site.offset === null
    ? objectKey('rwmutex', { type: site.type, address: value })
    : addressKey(value + site.offset);
}

/**
 * Gives every waiting goroutine its key, and collects the places in code that take locks. A read-write lock often shows
 * no address; when other goroutines show where in the struct the only one lies, that completes it.
 */
export function keyLocks(waiting: readonly KnownGoroutine[]): LockKeys {
  const offsets = readWriteOffsets(waiting);
  const keyOf = new Map<KnownGoroutine, LockKey>();
  const objects = new Map<LockKey, LockObject>();
  const addresses = new Map<LockKey, number>();
  const callsAt = new Map<string, LockCall[]>();
  const waitersIn = new Map<LockKey, LockObject | null>();

  for (const goroutine of waiting) {
    const { waitsFor, frames } = goroutine;
    if (waitsFor === null) continue;
    const frame = frames[waitsFor.caller];
    const shown = objectOf(frame);
    const known = shown === null ? undefined : offsets.get(shown.type);
    const learned =
      waitsFor.kind === 'rwmutex' && shown !== null && known?.size === 1 ? shown.address + first(known) : null;
    const address = waitsFor.address ?? learned;
    const object = shown ?? callerAround(frames, waitsFor.caller, waitsFor.address);
    const isLock = waitsFor.kind === 'mutex' || waitsFor.kind === 'rwmutex';
    if (address === null) {
      if (object === null || (known?.size ?? 0) > 1) continue;
      const key = objectKey(waitsFor.kind, object);
      keyOf.set(goroutine, key);
      objects.set(key, object);
    } else {
      keyOf.set(goroutine, addressKey(address));
      addresses.set(addressKey(address), address);
    }
    const key = keyOf.get(goroutine);
    if (waitsFor.kind === 'cond' && key !== undefined) {
      const other = waitersIn.get(key);
      const agrees = other === undefined || (other?.type === shown?.type && other?.address === shown?.address);
      waitersIn.set(key, agrees ? shown : null);
    }
    if (!isLock || frame === undefined || frame.line === 0) continue;
    const place = `${frame.function}\n${frame.line}\n${waitsFor.mode}`;
    const calls = callsAt.get(place) ?? [];
    callsAt.set(place, calls);
    calls.push({ frame, mode: waitsFor.mode, address, object });
  }

  const wide = waiting.some(({ waitsFor }) => (waitsFor?.address ?? 0) >= 2 ** 32);
  const sites: LockSite[] = [];
  for (const calls of callsAt.values()) {
    const site = siteOf(calls, wide);
    if (site === null) continue;
    sites.push(site);
    if (site.argument !== 0) continue;
    for (const { address, object } of calls) {
      const key = address === null ? null : addressKey(address);
      if (key !== null && object !== null && !objects.has(key)) objects.set(key, object);
    }
  }
  const agreed = new Map([...waitersIn].flatMap(([key, object]) => (object === null ? [] : [[key, object] as const])));
  return { keyOf, objects, addresses, waitersIn: agreed, sites: firstLines(sites) };
}

/** The object of who called the caller, when the lock lies in it: then that is the caller's lost receiver as well. */
function callerAround(frames: readonly TextFrame[], caller: number, address: number | null): LockObject | null {
  const object = address === null ? null : receiverBetween(frames, caller, true);
  return object !== null && address !== null && within(object.address, address) ? object : null;
}

/** Somebody waits in a call of Lock at a place in code. */
interface LockCall {
  readonly frame: TextFrame;
  readonly mode: LockMode;
  readonly address: number | null;
  readonly object: LockObject | null;
}

/** Per type the distances at which read-write locks with a known address lie. */
function readWriteOffsets(waiting: readonly KnownGoroutine[]): Map<string, Set<number>> {
  const offsets = new Map<string, Set<number>>();
  for (const { waitsFor, frames } of waiting) {
    if (waitsFor === null || waitsFor.kind !== 'rwmutex' || waitsFor.address === null) continue;
    const object = objectOf(frames[waitsFor.caller]);
    if (object === null || !within(object.address, waitsFor.address)) continue;
    const known = offsets.get(object.type) ?? new Set();
    offsets.set(object.type, known.add(waitsFor.address - object.address));
  }
  return offsets;
}

/**
 * Where the lock of a place in code lies: behind the one argument from which it is equally far in every call seen there. Null
 * when no argument, or more than one, leads to it: memory of neighbours may be near by chance.
 */
function siteOf(calls: readonly LockCall[], wide: boolean): LockSite | null {
  const one = calls[0];
  if (one === undefined) return null;
  const { frame, mode, address, object } = one;
  const site = { function: frame.function, line: frame.line, mode, type: '' };
  if (address === null) {
    const same = object !== null && calls.every((call) => call.address === null && call.object?.type === object.type);
    return same ? { ...site, argument: 0, offset: null, type: object.type } : null;
  }
  // Data of the program lies below 4 GiB where it is not relocated, and no 64-bit heap does.
  if (wide && address < 2 ** 32) {
    const same = calls.every((call) => call.address === address);
    return same ? { ...site, argument: STATIC, offset: address } : null;
  }
  const fitting: { argument: number; offset: number }[] = [];
  frame.args?.forEach((_, argument) => {
    const argumentOf = (call: LockCall) =>
      sureAddress(call.frame.args?.[argument]) ?? (argument === 0 ? (call.object?.address ?? null) : null);
    const sample = calls.find((call) => argumentOf(call) !== null);
    const value = sample === undefined ? null : argumentOf(sample);
    if (sample === undefined || sample.address === null || value === null || !within(value, sample.address)) return;
    const offset = sample.address - value;
    const agreed = calls.every((call) => {
      const other = argumentOf(call);
      return other === null ? call.frame.args?.[argument]?.sure === false : call.address === other + offset;
    });
    if (agreed) fitting.push({ argument, offset });
  });
  const exact = fitting.filter(({ offset }) => offset === 0);
  const chosen = fitting.length === 1 ? fitting[0] : exact.length === 1 ? exact[0] : undefined;
  return chosen === undefined ? null : { ...site, ...chosen };
}

/** Of sites of one function that take the same lock, the one of the smallest line. */
function firstLines(sites: readonly LockSite[]): LockSite[] {
  const firsts = new Map<string, LockSite>();
  for (const site of sites) {
    const key = `${site.function}\n${site.mode}\n${site.argument}\n${site.offset}\n${site.type}`;
    const known = firsts.get(key);
    if (known === undefined || site.line < known.line) firsts.set(key, site);
  }
  return [...firsts.values()];
}

export function within(start: number, address: number): boolean {
  return address >= start && address - start < MAX_OFFSET;
}

function first(numbers: ReadonlySet<number>): number {
  for (const number of numbers) return number;
  return 0;
}
