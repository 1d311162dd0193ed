/** Pixels of a dump's column. */
export const DUMP = 78;
const SPARK = 96;
const DELTA = 84;
const NAME = { least: 150, usual: 220, most: 420 };

/** Widths of the columns before the dumps. */
export interface MatrixWidths {
  readonly name: number;
  /** 0 where there is no room for lines. */
  readonly spark: number;
  readonly delta: number;
  /** How much of these stays in sight while the dumps scroll: the name, with line and change where there is room. */
  readonly stays: number;
}

/** Widths for a box: names take what is left. */
export function widthsFor(box: number, dumps: number): MatrixWidths {
  // Without a layout (tests) the width is 0.
  if (box > 0 && box < 540) return { name: NAME.least, spark: 0, delta: DELTA, stays: NAME.least };
  const left = box - SPARK - DELTA - dumps * DUMP - 2;
  const name = Math.min(NAME.most, Math.max(NAME.usual, left));
  return { name, spark: SPARK, delta: DELTA, stays: name + SPARK + DELTA };
}

/** Place of a cell that stays in sight while the dumps scroll; none for those that do not. */
export function stayAt(widths: MatrixWidths, column: 'spark' | 'delta'): { readonly left?: number } {
  if (widths.stays === widths.name) return {};
  return { left: column === 'spark' ? widths.name : widths.name + widths.spark };
}
