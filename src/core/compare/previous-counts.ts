import type { DumpIndex } from '../group/cells.ts';
import type { GroupTable } from '../group/group-table.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';

/**
 * Per row of `table` (of `index`, on its own basis) the goroutines of the same group in `previous`, 0 where it has none.
 * Null when the two forms print different things, so that rows cannot be matched one to one: compare the dumps instead.
 */
export function previousCounts(
  table: GroupTable,
  index: DumpIndex,
  previous: DumpIndex,
): Float64Array<ArrayBuffer> | null {
  if (commonBasis([index, previous], table.level).caveats.length > 0) return null;
  if (index.dump.format !== previous.dump.format) return null;
  const partition = partitionCells(previous, table.level);
  const counts = new Float64Array(partition.length);
  partition.groupOf.forEach((group, cell) => {
    counts[group] = (counts[group] ?? 0) + (previous.cells.count[cell] ?? 0);
  });
  const byKey = new Map(partition.key.map((key, group) => [key, counts[group] ?? 0]));
  return Float64Array.from(table.key, (key) => byKey.get(key) ?? 0);
}
