import type { DumpIndex } from '../group/cells.ts';
import { commonBasis, type Partition, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { Dump } from '../model/dump.ts';
import { FLAG } from '../model/rows.ts';

/** Leak profiles in their counted forms hold nothing but leaked goroutines, so their counts stand against no other dump's. */
export function isCountedLeakProfile(dump: Dump): boolean {
  return dump.profile === 'goroutineleak' && dump.rows.flags === null;
}

/** Per cell the goroutines proven leaked; null when there is none. Cost: one look at each row where the form has flags. */
export function leakedOfCells(index: DumpIndex): Float64Array | null {
  const { rows } = index.dump;
  if (rows.flags === null) return isCountedLeakProfile(index.dump) ? index.cells.count : null;
  let leaked: Float64Array | null = null;
  for (let row = 0; row < rows.length; row++) {
    if (((rows.flags[row] ?? 0) & FLAG.leaked) === 0) continue;
    leaked ??= new Float64Array(index.cells.length);
    const cell = index.rowCell[row] ?? 0;
    leaked[cell] = (leaked[cell] ?? 0) + (rows.weight?.[row] ?? 1);
  }
  return leaked;
}

/** What proofs beside a dump say of its goroutines. */
export interface HeldGoroutines {
  /** Per cell of the dump, how many are proven leaked. */
  readonly held: Float64Array;
  /** Per cell the place of the proof that holds most of it, or -1. */
  readonly by: Int32Array;
  /** Per proof its leaked goroutines that may be of several groups of the dump, and those of no group of it. */
  readonly unplaced: readonly { readonly alike: number; readonly absent: number }[];
}

/**
 * Lays proofs (leak profiles, or dumps with `(leaked)` states, of the same process) over a dump; `own` are the groups that
 * are called leaked. A profile prints less than a full dump (no state, often no creator), so both are matched on what
 * both print, by functions or closer. Where that makes one of several groups and the profile does not hold all of them,
 * nobody can tell whose they are: none is called proven. Cost: for each proof one pass over both dumps' cells.
 */
export function heldByProofs(
  index: DumpIndex,
  own: Pick<Partition, 'groupOf'>,
  level: Level,
  proofs: readonly DumpIndex[],
): HeldGoroutines {
  const held = new Float64Array(index.cells.length);
  const by = new Int32Array(index.cells.length).fill(-1);
  const matchedAt: Level = level === 'exact' ? 'exact' : 'functions';
  const unplaced = proofs.map((proof, place) => {
    const leaked = leakedOfCells(proof);
    if (leaked === null) return { alike: 0, absent: 0 };
    const { basis } = commonBasis([index, proof], matchedAt);
    const left = countsByKey(leaked, partitionCells(proof, matchedAt, basis));
    const shared = partitionCells(index, matchedAt, basis);
    const here = countsByKey(index.cells.count, shared);
    const ownGroups = new Map<string, Set<number>>();
    shared.groupOf.forEach((group, cell) => {
      const key = shared.key[group] ?? '';
      ownGroups.set(key, (ownGroups.get(key) ?? new Set()).add(own.groupOf[cell] ?? 0));
    });
    const alike = new Set<string>();
    shared.groupOf.forEach((group, cell) => {
      const key = shared.key[group] ?? '';
      const more = left.get(key) ?? 0;
      if (more <= 0) return;
      if (more < (here.get(key) ?? 0) && (ownGroups.get(key)?.size ?? 0) > 1) {
        alike.add(key);
        return;
      }
      const taken = Math.min(more, Math.max(0, index.cells.count[cell] ?? 0));
      left.set(key, more - taken);
      here.set(key, (here.get(key) ?? 0) - taken);
      if (taken <= (held[cell] ?? 0)) return;
      held[cell] = taken;
      by[cell] = place;
    });
    const sums = { alike: 0, absent: 0 };
    for (const [key, count] of left) sums[alike.has(key) ? 'alike' : 'absent'] += count;
    return sums;
  });
  return { held, by, unplaced };
}

/** Per cell of a dump the goroutines that leak profiles of its process hold; null without another one. */
export function provenBeside(index: DumpIndex, level: Level, profiles: readonly DumpIndex[]): Float64Array | null {
  const others = profiles.filter((profile) => profile !== index);
  return others.length === 0 ? null : heldByProofs(index, partitionCells(index, level), level, others).held;
}

/** Goroutines by key; those that a difference profile takes away do not count. */
function countsByKey(counts: Float64Array, { groupOf, key }: Partition): Map<string, number> {
  const byKey = new Map<string, number>();
  groupOf.forEach((group, cell) => {
    const name = key[group] ?? '';
    byKey.set(name, (byKey.get(name) ?? 0) + Math.max(0, counts[cell] ?? 0));
  });
  return byKey;
}

/** Per cell what either says, the larger number where both speak. */
export function provenCells(marked: Float64Array | null, beside: Float64Array | null): Float64Array | null {
  if (marked === null || beside === null) return marked ?? beside;
  return marked.map((count, cell) => Math.max(count, beside[cell] ?? 0));
}
