import type { FateColumns, IdComparison } from './comparison.ts';
import { BORN, type IdMatch, LEFT, STUCK } from './match-ids.ts';

/** Goroutines by fate. `survived + left` and `survived + born` are the goroutines of the two dumps, whatever they hold. */
export function countFates({ ofA, ofB }: IdMatch): IdComparison {
  let left = 0;
  let sameStack = 0;
  let born = 0;
  for (const fate of ofA) {
    if (fate === LEFT) left++;
    else if (fate === STUCK) sameStack++;
  }
  for (const fate of ofB) if (fate === BORN) born++;
  return { survived: ofA.length - left, sameStack, left, born };
}

/** Goroutines of one dump by fate and group; a row's group is `groupOf[rowCell[row]]`. */
export function fatesByGroup(
  ofRow: Uint8Array,
  rowCell: Uint32Array,
  groupOf: Uint32Array,
  groups: number,
): { stuck: Float64Array; moved: Float64Array; alone: Float64Array } {
  const stuck = new Float64Array(groups);
  const moved = new Float64Array(groups);
  const alone = new Float64Array(groups);
  for (let row = 0; row < ofRow.length; row++) {
    const group = groupOf[rowCell[row] ?? 0] ?? 0;
    const fate = ofRow[row];
    const column = fate === STUCK ? stuck : fate === LEFT || fate === BORN ? alone : moved;
    column[group] = (column[group] ?? 0) + 1;
  }
  return { stuck, moved, alone };
}

/** The fate columns of groups given by their place in A and in B, -1 where a dump has none of the group. */
export function fateColumns(
  before: ReturnType<typeof fatesByGroup>,
  after: ReturnType<typeof fatesByGroup>,
  places: readonly { readonly inA: number; readonly inB: number }[],
): FateColumns {
  const inA = (column: Float64Array) => Float64Array.from(places, (place) => column[place.inA] ?? 0);
  const inB = (column: Float64Array) => Float64Array.from(places, (place) => column[place.inB] ?? 0);
  return {
    // A goroutine is stuck within one group, so both sides count the same.
    stuck: inB(after.stuck),
    movedIn: inB(after.moved),
    movedOut: inA(before.moved),
    born: inB(after.alone),
    left: inA(before.alone),
  };
}
