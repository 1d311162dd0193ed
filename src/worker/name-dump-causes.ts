import type { CauseTable } from '../core/causes/causes.ts';
import { nameCauses } from '../core/causes/name-causes.ts';
import { ownRisingKeys } from '../core/causes/rising.ts';
import type { Cause, Rule } from '../core/causes/rule.ts';
import { withShipped } from '../core/causes/rules/all-rules.ts';
import type { DumpIndex } from '../core/group/cells.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import type { KeyBasis } from '../core/group/keys.ts';
import { provenBeside } from '../core/trend/proven-leaks.ts';

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
    rules: withShipped(ownRules),
    own: ownRules.length,
    rising: ownRisingKeys(index, table.level, rising, bases),
    dumps,
    proven: provenBeside(index, table.level, proofs),
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

/** Texts of rules, in the order of the ids. */
export function rulesById(ids: readonly string[], ownRules: readonly Rule[]): Rule[] {
  const byId = new Map(withShipped(ownRules).map((rule) => [rule.id, rule]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
