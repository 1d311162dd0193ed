import type { FlameTree } from '../../core/flame/flame-tree.ts';
import type { FlameLayout } from '../../core/flame/layout.ts';
import { type FlameColor, type FlamePalette, fillOf } from './colors.ts';

export const ROW_HEIGHT = 20;
/** Boxes narrower than this, in CSS pixels, have no text. */
const TEXT_WIDTH = 26;
const PADDING = 4;

/** All that is needed to draw a tree. */
export interface Painted {
  readonly tree: FlameTree;
  readonly layout: FlameLayout;
  readonly width: number;
  readonly color: FlameColor;
  readonly palette: FlamePalette;
  readonly font: string;
  readonly focused: number | null;
  /** Nodes that the search of the view marks. */
  readonly isFound: (node: number) => boolean;
}

/** Draws boxes and strips. Cost: the boxes that are drawn. */
export function paintFlame(context: CanvasRenderingContext2D, painted: Painted): void {
  const { tree, layout, width, color, palette, font, focused, isFound } = painted;
  context.clearRect(0, 0, width, layout.rows * ROW_HEIGHT);
  context.font = font;
  context.textBaseline = 'middle';
  context.fillStyle = palette.strip;
  for (const { x, width: part, depth } of layout.strips) {
    context.fillRect(x * width, depth * ROW_HEIGHT + 6, Math.max(1, part * width - 1), ROW_HEIGHT - 13);
  }
  for (const { node, x, width: part, depth } of layout.boxes) {
    const left = x * width;
    const wide = Math.max(0.5, part * width - 1);
    const top = depth * ROW_HEIGHT;
    context.fillStyle = isFound(node) ? palette.found : fillOf(tree, node, color, palette);
    context.fillRect(left, top, wide, ROW_HEIGHT - 1);
    if (wide < TEXT_WIDTH) continue;
    context.fillStyle = palette.text;
    context.fillText(fitted(context, labelOf(tree, node), wide - 2 * PADDING), left + PADDING, top + ROW_HEIGHT / 2);
  }
  if (focused === null) return;
  const box = layout.boxes.find(({ node }) => node === focused);
  if (box === undefined) return;
  context.strokeStyle = palette.focus;
  context.lineWidth = 2;
  context.strokeRect(box.x * width + 1, box.depth * ROW_HEIGHT + 1, Math.max(2, box.width * width - 3), ROW_HEIGHT - 3);
}

/** What a box is called. */
export function labelOf(tree: FlameTree, node: number): string {
  return node === 0 ? 'all goroutines' : (tree.functions[tree.label[node] ?? 0]?.shown ?? '');
}

/** As much of a text as fits, its end rather than its beginning where not all does: the ends of functions differ. */
function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`…${text.slice(text.length - middle)}`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `…${text.slice(text.length - low)}`;
}

/** The box at a point in CSS pixels, or null. */
export function boxAt(layout: FlameLayout, width: number, x: number, y: number): number | null {
  const depth = Math.floor(y / ROW_HEIGHT);
  const at = x / width;
  const box = layout.boxes.find((one) => one.depth === depth && at >= one.x && at < one.x + one.width);
  return box?.node ?? null;
}
