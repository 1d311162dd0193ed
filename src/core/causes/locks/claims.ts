import { restKind } from '../../group/rest-place.ts';
import type { KnownGoroutine } from './known-goroutines.ts';
import { keyAtSite, type LockKey, type LockKeys, type LockSite, objectOf } from './lock-keys.ts';
import type { LockMode } from './waits-for.ts';

/** A goroutine past the place where others wait for a lock, in the same function with the same lock. */
export interface Claim {
  readonly goroutine: KnownGoroutine;
  /** Place of the frame in its stack. */
  readonly frame: number;
  readonly site: LockSite;
  readonly mode: LockMode;
  /** False where it may as well have let go again: see `isHeld`. */
  readonly held: boolean;
}

export interface Claims {
  readonly byKey: ReadonlyMap<LockKey, readonly Claim[]>;
  /** Claims on what the goroutine itself waits for. */
  readonly own: ReadonlyMap<LockKey, readonly Claim[]>;
  /** Goroutines in a method of the object of a lock which do not wait for it, with the place of that frame. */
  readonly insiders: ReadonlyMap<LockKey, readonly { readonly goroutine: KnownGoroutine; readonly frame: number }[]>;
}

/** Functions of Go's library that keep their lock until they return (sync/once.go, io/pipe.go, log/log.go). */
const KEEPS_LOCK =
  /^(?:sync\.\(\*Once\)\.doSlow|io\.\(\*pipe\)\.(?:write|Write)|log\.\(\*Logger\)\.(?:output|Output))$/;
/** A write that waits for the network, a pipe or a disk. */
const WRITES =
  /^(?:internal\/poll|net|os)\.\(\*(?:FD|conn|netFD|File)\)\.(?:[Ww]rite\w*|Pwrite|Fsync|Sync)$|^syscall\.(?:[Ww]rite|Pwrite|Fsync)$/;

/**
 * Looks through all stacks for holders. A frame counts when its argument is sure and its line is past the place where
 * somebody waits for the same lock in the same function.
 */
export function findClaims(goroutines: readonly KnownGoroutine[], keys: LockKeys): Claims {
  const sitesOf = new Map<string, LockSite[]>();
  for (const site of keys.sites) sitesOf.set(site.function, [...(sitesOf.get(site.function) ?? []), site]);
  const keyOfObject = new Map<string, LockKey[]>();
  for (const [key, { type, address }] of [...keys.objects, ...keys.waitersIn]) {
    const name = `${address} ${type}`;
    keyOfObject.set(name, [...(keyOfObject.get(name) ?? []), key]);
  }
  const oldest = oldestWaits(keys);

  const found: { key: LockKey; claim: Claim }[] = [];
  const insiders = new Map<LockKey, { goroutine: KnownGoroutine; frame: number }[]>();
  for (const goroutine of goroutines) {
    const waitKey = keys.keyOf.get(goroutine);
    const claimed = new Set<LockKey>();
    const inside = new Set<LockKey>();
    const caller = goroutine.waitsFor?.caller ?? -1;
    for (let at = Math.max(0, caller); at < goroutine.frames.length; at++) {
      const frame = goroutine.frames[at];
      if (frame === undefined) break;
      for (const site of sitesOf.get(frame.function) ?? []) {
        if (frame.line <= site.line) continue;
        const key = keyAtSite(site, goroutine.frames, at);
        // A function that locks, lets go and locks again waits at its second line for what it no longer holds.
        if (key === null || claimed.has(key) || (at === caller && key === waitKey)) continue;
        claimed.add(key);
        const held = isHeld(goroutine, at, oldest.get(key) ?? null);
        found.push({ key, claim: { goroutine, frame: at, site, mode: site.mode, held } });
      }
      const object = at === caller ? null : objectOf(frame);
      for (const key of object === null ? [] : (keyOfObject.get(`${object.address} ${object.type}`) ?? [])) {
        if (key === waitKey || inside.has(key)) continue;
        inside.add(key);
        insiders.set(key, [...(insiders.get(key) ?? []), { goroutine, frame: at }]);
      }
    }
  }

  const shared = sharedPlaces(found);
  const byKey = new Map<LockKey, Claim[]>();
  const own = new Map<LockKey, Claim[]>();
  for (const { key, claim } of found) {
    if (shared.has(placeOf(claim))) continue;
    const into = keys.keyOf.get(claim.goroutine) === key ? own : byKey;
    into.set(key, [...(into.get(key) ?? []), claim]);
  }
  return { byKey, own, insiders };
}

/**
 * Places where two goroutines stand past the same exclusive lock: both cannot hold it, so the function has let go of it
 * there, and nobody at that place holds anything by it.
 */
function sharedPlaces(found: readonly { key: LockKey; claim: Claim }[]): Set<string> {
  const seen = new Map<string, KnownGoroutine>();
  const shared = new Set<string>();
  for (const { key, claim } of found) {
    if (claim.mode === 'read') continue;
    const place = placeOf(claim);
    const other = seen.get(`${key} ${place}`);
    if (other !== undefined && other !== claim.goroutine) shared.add(place);
    seen.set(`${key} ${place}`, claim.goroutine);
  }
  return shared;
}

function placeOf({ goroutine, frame, site }: Claim): string {
  return `${site.function}:${goroutine.frames[frame]?.line ?? 0}`;
}

function oldestWaits(keys: LockKeys): Map<LockKey, number> {
  const oldest = new Map<LockKey, number>();
  for (const [goroutine, key] of keys.keyOf) {
    if (goroutine.minutes !== null) oldest.set(key, Math.max(oldest.get(key) ?? 0, goroutine.minutes));
  }
  return oldest;
}

/**
 * Whether a goroutine past the lock may be said to hold it. Nobody lets go of a lock in order to wait for another lock, a
 * send, a disk or a WaitGroup more than before; but receives, selects and sleeps are where healthy goroutines rest after
 * they let go (`subscribe`: lock, add, unlock, receive for ever). There it counts only when it began together with the wait
 * of the others, or in functions known to keep their lock.
 */
function isHeld(goroutine: KnownGoroutine, frame: number, oldestMinutes: number | null): boolean {
  const functions = goroutine.frames.map((each) => each.function);
  // Go 1.19 and before print one word for all of these, so the frames are asked.
  if (goroutine.waitsFor !== null && goroutine.waitsFor.kind !== 'cond' && goroutine.waitsFor.kind !== 'channel') {
    return true;
  }
  if (restKind(goroutine.state, functions) !== 'rest') return true;
  if (KEEPS_LOCK.test(functions[frame] ?? '')) return true;
  if (functions.slice(0, frame).some((name) => WRITES.test(name))) return true;
  if (goroutine.minutes === null || oldestMinutes === null) return false;
  const later = goroutine.minutes - oldestMinutes;
  return later >= 0 && later <= Math.max(1, oldestMinutes / 10);
}
