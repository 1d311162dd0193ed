import type { Claims } from './claims.ts';
import type { KnownGoroutine } from './known-goroutines.ts';
import { addressKey, keyAtSite, type LockKey, type LockKeys } from './lock-keys.ts';
import type { KnownTarget } from './targets.ts';
import { sureAddress } from './waits-for.ts';

/** A goroutine that keeps a target and waits for the target of the next member. */
interface RingMember {
  /** Place in the targets. */
  readonly target: number;
  readonly goroutine: KnownGoroutine;
  /** The frame that ties it to the target. */
  readonly frame: number;
}

/** Goroutines of which each waits for what the next one keeps. */
export interface LockRing {
  readonly members: readonly RingMember[];
  /** True when every member is past the line where others wait; else they stand in each other's objects. */
  readonly shown: boolean;
}

/** Who keeps a lock, as far as a ring is concerned. */
interface Keeper {
  readonly goroutine: KnownGoroutine;
  readonly frame: number;
  /** How that is known. Two of a ring must agree in it when it is `order`: the same call with its arguments swapped. */
  readonly by: 'line' | 'object' | `order ${string}`;
}

/**
 * Rings of waits, each once. Of any length where lines show who holds what; of two where only the objects do, as then one
 * goroutine must be the only one inside each object.
 */
export function findRings(targets: readonly KnownTarget[], keys: LockKeys, claims: Claims): LockRing[] {
  const at = new Map<LockKey, number>();
  targets.forEach(({ key }, i) => {
    if (key !== null) at.set(key, i);
  });
  const swapped = swappedArguments(targets, keys, at);
  const keeperOf = (key: LockKey): Keeper | null => {
    if (claims.own.has(key)) return null;
    const past = claims.byKey.get(key) ?? [];
    const [claim] = past;
    if (claim !== undefined) {
      return past.length === 1 && claim.held ? { goroutine: claim.goroutine, frame: claim.frame, by: 'line' } : null;
    }
    const inside = claims.insiders.get(key) ?? [];
    const [one] = inside;
    if (one !== undefined) return inside.length === 1 ? { ...one, by: 'object' } : null;
    return swapped.get(key) ?? null;
  };

  const rings: LockRing[] = [];
  const done = new Set<LockKey>();
  for (const { key: start, target } of targets) {
    if (start === null || (target.kind !== 'mutex' && target.kind !== 'rwmutex')) continue;
    const path: { key: LockKey; keeper: Keeper }[] = [];
    let key: LockKey | undefined = start;
    while (key !== undefined && !done.has(key) && !path.some((step) => step.key === key)) {
      const keeper = keeperOf(key);
      if (keeper === null) break;
      path.push({ key, keeper });
      key = keys.keyOf.get(keeper.goroutine);
    }
    const from = path.findIndex((step) => step.key === key);
    const ring = from < 0 ? [] : path.slice(from);
    for (const step of path) done.add(step.key);
    if (ring.length < 2 || !agrees(ring.map(({ keeper }) => keeper))) continue;
    rings.push({
      members: ring.map(({ key: of, keeper }) => ({
        target: at.get(of) ?? 0,
        goroutine: keeper.goroutine,
        frame: keeper.frame,
      })),
      shown: ring.every(({ keeper }) => keeper.by === 'line'),
    });
  }
  return rings;
}

function agrees(keepers: readonly Keeper[]): boolean {
  const [a, b] = keepers;
  if (keepers.every(({ by }) => by === 'line')) return true;
  if (keepers.length !== 2 || a === undefined || b === undefined) return false;
  const ordered = a.by.startsWith('order') || b.by.startsWith('order');
  return !ordered || a.by === b.by;
}

/**
 * Two goroutines in one call of one function that takes several objects, `transfer(a, b)` and `transfer(b, a)`, each waiting
 * for its later argument: functions take their locks in the order of their arguments far more often than not.
 */
function swappedArguments(
  targets: readonly KnownTarget[],
  keys: LockKeys,
  at: ReadonlyMap<LockKey, number>,
): Map<LockKey, Keeper> {
  const keepers = new Map<LockKey, Keeper | null>();
  for (const { waiters, key: waited } of targets) {
    for (const goroutine of waiters) {
      const caller = goroutine.waitsFor?.caller ?? -1;
      const frame = goroutine.frames[caller];
      if (frame === undefined || waited === null) continue;
      for (const site of keys.sites) {
        if (site.function !== frame.function || site.line !== frame.line || site.offset === null) continue;
        if (keyAtSite(site, goroutine.frames, caller) !== waited) continue;
        for (let argument = 0; argument < site.argument; argument++) {
          const value = sureAddress(frame.args?.[argument]);
          const key = value === null ? null : addressKey(value + site.offset);
          if (key === null || key === waited || !at.has(key)) continue;
          const by: Keeper['by'] = `order ${site.function}:${site.line}:${argument}`;
          // Two that could keep it: neither is known to.
          keepers.set(key, keepers.has(key) ? null : { goroutine, frame: caller, by });
        }
      }
    }
  }
  return new Map([...keepers].flatMap(([key, keeper]) => (keeper === null ? [] : [[key, keeper] as const])));
}
