import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FlameTree, FlameWeight } from '../../core/flame/flame-tree.ts';
import { layoutFlame } from '../../core/flame/layout.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { DARK, type FlameColor, LIGHT } from './colors.ts';
import { FlameCard } from './FlameCard.tsx';
import { boxAt, labelOf, paintFlame, ROW_HEIGHT } from './paint.ts';

/** CSS pixels that a box must have to be drawn by itself. */
const LEAST_PIXELS = 1;

/** The boxes; moved in by keys and by the pointer. */
export function FlameCanvas({
  tree,
  weight,
  zoom,
  onZoom,
  color,
  found,
}: {
  tree: FlameTree;
  weight: FlameWeight;
  zoom: number;
  onZoom: (node: number) => void;
  color: FlameColor;
  found: ReadonlySet<number>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useBoxSize(box)?.width ?? 0;
  const [focused, setFocused] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const isDark = useIsDark(box);
  const cardId = useId();
  const layout = useMemo(() => layoutFlame(tree, zoom, width === 0 ? 1 : LEAST_PIXELS / width), [tree, zoom, width]);
  const told = hovered ?? focused ?? zoom;

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    element.width = Math.round(width * ratio);
    element.height = Math.round(layout.rows * ROW_HEIGHT * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const font = `12px ${getComputedStyle(element).fontFamily}`;
    const palette = isDark ? DARK : LIGHT;
    paintFlame(context, { tree, layout, width, color, palette, font, focused, isFound: (node) => found.has(node) });
  }, [tree, layout, width, color, isDark, focused, found]);

  const zoomTo = (node: number) => {
    onZoom(node);
    setFocused(node);
    setHovered(null);
  };
  const press = (event: KeyboardEvent) => {
    const at = focused ?? zoom;
    const next = nextBox(tree, layout.boxes, at, event.key);
    if (event.key === 'Enter' || event.key === ' ') zoomTo(at);
    else if (event.key === 'Escape' || event.key === 'Backspace') {
      if (zoom === 0) return;
      zoomTo(tree.parent[zoom] ?? 0);
    } else if (event.key === 'Home') zoomTo(0);
    else if (next !== null) {
      setFocused(next);
      setHovered(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <FlameCard id={cardId} tree={tree} node={told} weight={weight} />
      <div className="flame-box" ref={box}>
        <div
          className="flame-scene"
          role="application"
          aria-roledescription="flame graph"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved in by keys; a table of the same numbers stands beside it.
          tabIndex={0}
          aria-label={`Stacks as boxes, ${layout.boxes.length} drawn. Arrow keys move, Enter zooms, Escape zooms out. “As table” shows the same as a table.`}
          aria-describedby={cardId}
          onKeyDown={press}
          onFocus={() => setFocused(focused ?? zoom)}
          onBlur={() => setFocused(null)}
          style={{ height: layout.rows * ROW_HEIGHT }}
        >
          <canvas
            ref={canvas}
            style={{ width, height: layout.rows * ROW_HEIGHT }}
            onPointerMove={({ nativeEvent: { offsetX, offsetY } }) =>
              setHovered(boxAt(layout, width, offsetX, offsetY))
            }
            onPointerLeave={() => setHovered(null)}
            onClick={({ nativeEvent: { offsetX, offsetY } }) => {
              const node = boxAt(layout, width, offsetX, offsetY);
              if (node !== null) zoomTo(node);
            }}
          />
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {focused === null ? '' : labelOf(tree, focused)}
      </p>
    </>
  );
}

/** The box that an arrow key leads to: up to the parent, down to the first child, aside to a sibling; null when none is drawn there. */
function nextBox(tree: FlameTree, boxes: readonly { readonly node: number }[], at: number, key: string): number | null {
  const isDrawn = (node: number): boolean => boxes.some((box) => box.node === node);
  const wanted = (): number => {
    switch (key) {
      case 'ArrowUp':
      case 'k':
        return tree.parent[at] ?? -1;
      case 'ArrowDown':
      case 'j':
        return (tree.childCount[at] ?? 0) > 0 ? (tree.firstChild[at] ?? -1) : -1;
      case 'ArrowLeft':
      case 'h':
        return at > 0 && tree.parent[at - 1] === tree.parent[at] ? at - 1 : -1;
      case 'ArrowRight':
      case 'l':
        return tree.parent[at + 1] === tree.parent[at] ? at + 1 : -1;
      default:
        return -1;
    }
  };
  const node = wanted();
  return node >= 0 && isDrawn(node) ? node : null;
}

/** Whether the theme on show is dark, by the system or by the switch. */
function useIsDark(element: React.RefObject<HTMLElement | null>): boolean {
  const [isDark, setIsDark] = useState(false);
  useEffect(() => {
    const look = () => {
      const target = element.current;
      if (target === null) return;
      const [red = '255'] = /\d+/.exec(getComputedStyle(target).backgroundColor) ?? [];
      setIsDark(Number(red) < 128);
    };
    look();
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', look);
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributes: true });
    return () => {
      scheme.removeEventListener('change', look);
      observer.disconnect();
    };
  }, [element]);
  return isDark;
}
