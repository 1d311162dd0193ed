import type { CauseTable } from '../core/causes/causes.ts';
import { nameCauses } from '../core/causes/name-causes.ts';
import { ownRisingKeys } from '../core/causes/rising.ts';
import type { Cause, Rule } from '../core/causes/rule.ts';
import { ALL_RULES } from '../core/causes/rules/all-rules.ts';
import type { DumpIndex } from '../core/group/cells.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { commonBasis, type KeyBasis, partitionCells } from '../core/group/keys.ts';
import type { Level } from '../core/group/levels.ts';

/** A dump whose causes are asked for. */
export interface AskedDump {
  readonly index: DumpIndex;
  readonly table: GroupTable;
  /** Keys of the verdict's rising groups, and the bases they may have been made on. */
  readonly rising: readonly string[];
  readonly bases: readonly KeyBasis[];
  readonly dumps: number;
  readonly ownRules: readonly Rule[];
  /** Leak profiles of the same process. */
  readonly proofs: readonly DumpIndex[];
}

/** Causes of a dump's groups. Cost: see `nameCauses`; for each leak profile one pass over both dumps' cells. */
export function nameDumpCauses({ index, table, rising, bases, dumps, ownRules, proofs }: AskedDump): CauseTable {
  return nameCauses(index, table, {
    rules: [...ownRules, ...ALL_RULES],
    own: ownRules.length,
    rising: ownRisingKeys(index, table.level, rising, bases),
    dumps,
    proven: heldByProfiles(index, table.level, proofs),
  });
}

/** The cause of each of a verdict's groups, whose keys may have been made on what several forms print. */
export function causesOfKeys(asked: AskedDump, keys: readonly string[]): (Cause | null)[] {
  const { index, table, bases } = asked;
  const { causes } = nameDumpCauses(asked);
  const rowOfKey = new Map(table.key.map((key, row) => [key, row]));
  return keys.map((key) => {
    const own = rowOfKey.get(key);
    if (own !== undefined) return causes[own] ?? null;
    let largest = -1;
    for (const each of ownRisingKeys(index, table.level, [key], bases)) {
      const row = rowOfKey.get(each) ?? -1;
      if (row >= 0 && (largest < 0 || (table.count[row] ?? 0) > (table.count[largest] ?? 0))) largest = row;
    }
    return causes[largest] ?? null;
  });
}

/** Texts of rules, in the order of the ids; own rules of a team hide shipped ones of the same id. */
export function rulesById(ids: readonly string[], ownRules: readonly Rule[]): Rule[] {
  const byId = new Map([...ALL_RULES, ...ownRules].map((rule) => [rule.id, rule]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * Per cell the goroutines that leak profiles hold of it; null without a profile. A profile prints less than a full dump
 * (no state, often no creator), so both are matched on what both print. Where that makes one of several groups and the
 * profile does not hold all of them, nobody can tell whose they are: none is called proven.
 */
function heldByProfiles(index: DumpIndex, level: Level, proofs: readonly DumpIndex[]): Float64Array | null {
  const others = proofs.filter((proof) => proof !== index);
  if (others.length === 0) return null;
  const proven = new Float64Array(index.cells.length);
  const own = partitionCells(index, level);
  for (const proof of others) {
    const { basis } = commonBasis([index, proof], level);
    const held = countsByKey(proof, partitionCells(proof, level, basis));
    const shared = partitionCells(index, level, basis);
    const here = countsByKey(index, shared);
    const ownGroups = new Map<string, Set<number>>();
    shared.groupOf.forEach((group, cell) => {
      const key = shared.key[group] ?? '';
      ownGroups.set(key, (ownGroups.get(key) ?? new Set()).add(own.groupOf[cell] ?? 0));
    });
    shared.groupOf.forEach((group, cell) => {
      const key = shared.key[group] ?? '';
      const left = held.get(key) ?? 0;
      if (left <= 0 || (left < (here.get(key) ?? 0) && (ownGroups.get(key)?.size ?? 0) > 1)) return;
      const taken = Math.min(left, Math.max(0, index.cells.count[cell] ?? 0));
      held.set(key, left - taken);
      here.set(key, (here.get(key) ?? 0) - taken);
      proven[cell] = Math.max(proven[cell] ?? 0, taken);
    });
  }
  return proven;
}

/** Goroutines by key; those that a difference profile takes away do not count. */
function countsByKey({ cells }: DumpIndex, { groupOf, key }: ReturnType<typeof partitionCells>): Map<string, number> {
  const counts = new Map<string, number>();
  groupOf.forEach((group, cell) => {
    const name = key[group] ?? '';
    counts.set(name, (counts.get(name) ?? 0) + Math.max(0, cells.count[cell] ?? 0));
  });
  return counts;
}
