import { LayerFinder, viewsOf } from './find-layers.ts';
import { findWord, holdsHeader } from './layer.ts';
import type { LineOptions } from './line-unwrapper.ts';
import { LineView } from './line-view.ts';
import { lineEnd, windowBehind } from './line-window.ts';

const LF = 10;

/** Whether the first dump in a head stands there as it was printed, with enough lines behind it to be sure. */
export function showsPlainDump(head: Uint8Array, whole: boolean, options: LineOptions): boolean {
  let finder: LayerFinder | null = null;
  const view = new LineView();
  for (let word = findWord(head, 0, head.length); word >= 0; word = findWord(head, view.end, head.length)) {
    const start = head.lastIndexOf(LF, word) + 1;
    const end = lineEnd(head, word);
    view.open(head, start, end);
    if (!holdsHeader(view)) continue;
    const { to, lines } = windowBehind(head, end + 1);
    const behind = viewsOf(head, end + 1, to, lines, whole);
    if (!whole && behind.length < lines && to === head.length) return false;
    finder ??= new LayerFinder({ decode: options.decodeText, referenceMs: options.referenceMs });
    const found = finder.around(view.copy(), behind);
    if (found !== null) return found.length === 0;
  }
  return false;
}
