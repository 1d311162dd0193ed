import type { DumpIndex } from '../core/group/cells.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { partitionCells } from '../core/group/keys.ts';
import { textAt } from '../core/group/text-column.ts';
import { NO_MINUTES } from '../core/model/rows.ts';
import { UNKNOWN_STATE } from '../core/model/symbols.ts';
import type { GoroutinePlace } from './protocol.ts';

/**
 * Where the goroutines with these ids stand, in order of id. Ids that the dump does not hold are left out; of an id that it
 * holds twice the first row counts. Cost: one look at each row, and the groups of the level.
 */
export function placeGoroutines(index: DumpIndex, table: GroupTable, ids: readonly number[]): GoroutinePlace[] {
  const { rows, symbols } = index.dump;
  const { goroutineId } = rows;
  if (goroutineId === null || ids.length === 0) return [];
  const rowOf = new Map<number, number>();
  const wanted = new Set(ids);
  for (let row = 0; row < goroutineId.length; row++) {
    const id = goroutineId[row] ?? 0;
    if (wanted.has(id) && !rowOf.has(id)) rowOf.set(id, row);
  }
  const { groupOf, key } = partitionCells(index, table.level);
  const rowOfKey = new Map(table.key.map((each, at) => [each, at]));
  return [...rowOf]
    .sort(([a], [b]) => a - b)
    .map(([id, row]) => {
      const minutes = rows.waitMinutes?.[row] ?? NO_MINUTES;
      const groupKey = key[groupOf[index.rowCell[row] ?? 0] ?? 0] ?? '';
      return {
        id,
        row,
        state: symbols.states[rows.state[row] ?? 0] ?? UNKNOWN_STATE,
        waitMinutes: minutes === NO_MINUTES ? null : minutes,
        groupKey,
        groupName: textAt(table.name, rowOfKey.get(groupKey) ?? -1),
      };
    });
}
