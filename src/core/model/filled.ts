/** Columns of numbers that `filled` fills. */
type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/**
 * `column` with a value at each place. `from` of typed arrays does the same by way of an iterator and a list, which leaves
 * dozens of bytes of garbage for each value.
 */
export function filled<C extends Column>(column: C, valueAt: (at: number) => number): C {
  for (let at = 0; at < column.length; at++) column[at] = valueAt(at);
  return column;
}
