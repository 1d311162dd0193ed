/** How much a table shows side by side: `full` one line per row, `medium` two lines, `small` the main columns. */
export type GridMode = 'full' | 'medium' | 'small';

/** By the width of the table's own box in pixels, so that opening a panel beside it counts. */
export function gridModeOf(width: number): GridMode {
  return width >= 1240 ? 'full' : width >= 540 ? 'medium' : 'small';
}

/** Pixels; two lines need more. Must match grid.css. */
export function rowHeightOf(mode: GridMode): number {
  return mode === 'full' ? 28 : 42;
}
