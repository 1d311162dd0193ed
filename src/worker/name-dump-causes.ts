import { nameCauses } from '../core/causes/name-causes.ts';
import { ownRisingKeys } from '../core/causes/rising.ts';
import type { Cause, Rule } from '../core/causes/rule.ts';
import { ALL_RULES } from '../core/causes/rules/all-rules.ts';
import type { DumpIndex } from '../core/group/cells.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { commonBasis, type KeyBasis, partitionCells } from '../core/group/keys.ts';
import type { CausesReply } from './protocol.ts';

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
export function nameDumpCauses({ index, table, rising, bases, dumps, ownRules, proofs }: AskedDump): CausesReply {
  const causes = nameCauses(index, table, {
    rules: [...ownRules, ...ALL_RULES],
    own: ownRules.length,
    rising: ownRisingKeys(index, table.level, rising, bases),
    dumps,
  });
  return { ...causes, proven: provenByProfiles(index, table, proofs) };
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
 * Per row the goroutines that a leak profile holds of it, never more than the row has: a profile may be taken later. A
 * profile prints less than a full dump (no state), so both are matched on what both print. Null without a profile.
 */
function provenByProfiles(
  index: DumpIndex,
  table: GroupTable,
  proofs: readonly DumpIndex[],
): Float64Array<ArrayBuffer> | null {
  const others = proofs.filter((proof) => proof !== index);
  if (others.length === 0) return null;
  const proven = new Float64Array(table.length);
  const own = partitionCells(index, table.level);
  const rowOfKey = new Map(table.key.map((key, row) => [key, row]));
  for (const proof of others) {
    const { basis } = commonBasis([index, proof], table.level);
    const ofProof = partitionCells(proof, table.level, basis);
    const held = new Map<string, number>();
    ofProof.groupOf.forEach((group, cell) => {
      const key = ofProof.key[group] ?? '';
      held.set(key, (held.get(key) ?? 0) + Math.max(0, proof.cells.count[cell] ?? 0));
    });
    const shared = partitionCells(index, table.level, basis);
    const ofThis = new Float64Array(table.length);
    shared.groupOf.forEach((group, cell) => {
      const left = held.get(shared.key[group] ?? '') ?? 0;
      const row = rowOfKey.get(own.key[own.groupOf[cell] ?? 0] ?? '');
      if (left <= 0 || row === undefined) return;
      const taken = Math.min(left, Math.max(0, index.cells.count[cell] ?? 0));
      held.set(shared.key[group] ?? '', left - taken);
      ofThis[row] = (ofThis[row] ?? 0) + taken;
    });
    ofThis.forEach((count, row) => {
      proven[row] = Math.max(proven[row] ?? 0, count);
    });
  }
  return proven;
}
