import type { Dump } from '../core/model/dump.ts';
import type { Rows } from '../core/model/rows.ts';

/** The dump without the places of its raw texts, which stay in the file it was read from. */
export function withoutText(dump: Dump): Dump {
  return { ...dump, rows: { ...dump.rows, byteOffset: null, byteLength: null } };
}

/**
 * The dump with goroutines that differ in nothing but their ids as one row with their number: same stack, state, minutes,
 * flags, labels and bubble. Ids are lost, so that goroutines cannot be followed from dump to dump. Every count stays. Cost:
 * one step for each row.
 */
export function condense(dump: Dump): Dump {
  const { rows } = dump;
  const places = new Map<string, number>();
  const first: number[] = [];
  const weights: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const key = [rows.stack, rows.state, rows.waitMinutes, rows.flags, rows.labels, rows.bubble]
      .map((column) => column?.[row] ?? '')
      .join(' ');
    const place = places.get(key) ?? first.length;
    if (place === first.length) {
      places.set(key, place);
      first.push(row);
      weights.push(0);
    }
    weights[place] = (weights[place] ?? 0) + (rows.weight?.[row] ?? 1);
  }
  const condensed: Rows = {
    length: first.length,
    weight: Float64Array.from(weights),
    goroutineId: null,
    stack: Uint32Array.from(first, (row) => rows.stack[row] ?? 0),
    state: Uint32Array.from(first, (row) => rows.state[row] ?? 0),
    waitMinutes: rows.waitMinutes === null ? null : Int32Array.from(first, (row) => rows.waitMinutes?.[row] ?? 0),
    flags: rows.flags === null ? null : Uint8Array.from(first, (row) => rows.flags?.[row] ?? 0),
    creatorId: null,
    labels: rows.labels === null ? null : Int32Array.from(first, (row) => rows.labels?.[row] ?? 0),
    bubble: rows.bubble === null ? null : Int32Array.from(first, (row) => rows.bubble?.[row] ?? 0),
    byteOffset: null,
    byteLength: null,
  };
  return { ...dump, rows: condensed };
}
