import { elementScroll, type Rect, type Virtualizer } from '@tanstack/react-virtual';
import { observeSize } from '../../ui/use-box-size.ts';

/*
 * What TanStack Virtual measures of its scrolling element, without laying out the page at once: its own functions read
 * sizes while React puts the rows on the page, which makes one long task of rendering and layout.
 */

/** Tells the element's size after each layout that changes it; `initialRect` holds until then. */
export function observeRect<T extends Element>(
  { scrollElement }: Virtualizer<HTMLDivElement, T>,
  tell: (rect: Rect) => void,
): (() => void) | undefined {
  return scrollElement === null ? undefined : observeSize(scrollElement, tell);
}

/** Elements that were scrolled once; another one stands at its top. */
const scrolled = new WeakSet<Element>();

/** Scrolls, but not a new element to its top, where it is. */
export function scrollTo<T extends Element>(
  offset: number,
  options: { adjustments?: number; behavior?: ScrollBehavior },
  instance: Virtualizer<HTMLDivElement, T>,
): void {
  const { scrollElement } = instance;
  if (scrollElement === null || (offset === 0 && !scrolled.has(scrollElement))) return;
  scrolled.add(scrollElement);
  elementScroll(offset, options, instance);
}
