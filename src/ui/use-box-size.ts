import { type RefObject, startTransition, useEffect, useState } from 'react';

/** Whole pixels within an element's padding and scroll bars. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Size of an element, and again when that changes; null until the browser has laid it out. Never asks for a size itself,
 * as that lays out the whole page at once.
 */
export function useBoxSize(box: RefObject<HTMLElement | null>): BoxSize | null {
  const [size, setSize] = useState<BoxSize | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    return observeSize(element, (next) =>
      startTransition(() =>
        setSize((before) => (before?.width === next.width && before.height === next.height ? before : next)),
      ),
    );
  }, [box]);
  return size;
}

/** Tells the size of an element after its next layout, and again when it changes. Gives what ends that. */
export function observeSize(element: Element, tell: (size: BoxSize) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    tell({ width: Math.round(width), height: Math.round(height) });
  });
  observer.observe(element);
  return () => observer.disconnect();
}
