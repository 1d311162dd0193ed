import { type RefObject, useLayoutEffect, useState } from 'react';

/** How much a table shows side by side: `full` one line per row, `medium` two lines, `small` the main columns. */
export type GridMode = 'full' | 'medium' | 'small';

/** Chosen by the width of the table's own box, so that opening a panel beside it counts. */
export function useGridMode(box: RefObject<HTMLElement | null>): GridMode {
  const [mode, setMode] = useState<GridMode>('medium');
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const width = element.clientWidth;
      // Without a layout (tests) the width is 0.
      setMode(width >= 1240 ? 'full' : width >= 540 || width === 0 ? 'medium' : 'small');
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return mode;
}

/** Pixels; two lines need more. Must match grid.css. */
export function rowHeightOf(mode: GridMode): number {
  return mode === 'full' ? 28 : 42;
}
