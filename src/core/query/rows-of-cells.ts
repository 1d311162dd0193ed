import type { DumpIndex } from '../group/cells.ts';
import type { GroupTable } from '../group/group-table.ts';
import { partitionCells } from '../group/keys.ts';

/** Per cell of the dump its row in the table. */
export function rowsOfCells(index: DumpIndex, table: GroupTable): Uint32Array {
  const rowOfKey = new Map(table.key.map((key, row) => [key, row]));
  const { groupOf, key } = partitionCells(index, table.level);
  const rowOfGroup = Uint32Array.from(key, (each) => rowOfKey.get(each) ?? 0);
  return groupOf.map((group) => rowOfGroup[group] ?? 0);
}
