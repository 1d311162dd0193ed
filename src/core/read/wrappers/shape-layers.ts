import { HEADER, type Layer, type LayerKind } from './layer.ts';
import { type LineView, latin1 } from './line-view.ts';

const ESC = 0x1b;
const CR = 13;
const LF = 10;
const SPACE = 32;

/** Terminal codes anywhere in a line: `ESC [ … letter`, and links `ESC ] … BEL`. */
const ansi: LayerKind = {
  sure: false,
  find: (view) => (view.look.includes('\x1b[') ? { name: 'ANSI colours', take: takeAnsi } : null),
};

function takeAnsi(view: LineView): boolean {
  const { bytes, start, end } = view;
  const first = bytes.subarray(start, end).indexOf(ESC);
  if (first < 0) return true;
  const out = bytes.slice(start, end);
  let length = first;
  for (let p = first; p < out.length; ) {
    const after = out[p] === ESC ? afterCode(out, p) : p;
    if (after > p) p = after;
    else out[length++] = out[p++] ?? 0;
  }
  view.replace(out.subarray(0, length));
  return true;
}

/** Position after the terminal code at `p`, or `p` when there is none. */
function afterCode(bytes: Uint8Array, p: number): number {
  const kind = bytes[p + 1];
  const last = Math.min(bytes.length, p + 200);
  if (kind === 0x5b) {
    for (let i = p + 2; i < last; i++) if ((bytes[i] ?? 0) >= 0x40) return i + 1;
  } else if (kind === 0x5d) {
    for (let i = p + 2; i < last; i++) if (bytes[i] === 7) return i + 1;
  }
  return p;
}

/** The same spaces and tabs before each line; blank lines may lack them. */
const indent: LayerKind = {
  sure: false,
  find: (view) => {
    const spaces = /^[ \t]{1,200}(?=goroutine |==================|WARNING)/.exec(view.look)?.[0];
    return spaces === undefined ? null : { name: 'indentation', take: (line) => takeLiteral(line, spaces) };
  },
};

/** `> ` of a quoted message, as often as the first line of the dump has it. */
const quote: LayerKind = {
  sure: false,
  find: (view) => {
    const marks = /^(?:> ?){1,20}/.exec(view.look)?.[0];
    return marks === undefined ? null : { name: 'quotation marks (>)', take: (line) => takeLiteral(line, marks) };
  },
};

/** Takes a fixed text off; of a line that is blank behind it, as editors trim lines, what there is of it. */
function takeLiteral(view: LineView, text: string): boolean {
  const { look } = view;
  if (look.startsWith(text)) {
    view.drop(text.length);
    return true;
  }
  const trimmed = look.trimEnd();
  if (trimmed.length < text.length && text.startsWith(trimmed) && view.end - view.start <= text.length) {
    view.drop(view.end - view.start);
    return true;
  }
  return false;
}

/** No-break spaces, as a web page or a chat makes of spaces: C2 A0 in UTF-8. */
const noBreak: LayerKind = {
  sure: false,
  find: (view) => {
    if (!/^(?:\xc2\xa0|[ \t])*goroutine(?:\xc2\xa0| )\d/.test(view.look) || !view.look.includes('\xc2\xa0'))
      return null;
    return { name: 'no-break spaces', take: takeNoBreak };
  },
};

function takeNoBreak(view: LineView): boolean {
  const bytes = view.bytes.slice(view.start, view.end);
  let length = 0;
  for (let p = 0; p < bytes.length; p++) {
    if (bytes[p] === 0xc2 && bytes[p + 1] === 0xa0) {
      bytes[length++] = SPACE;
      p++;
    } else {
      bytes[length++] = bytes[p] ?? 0;
    }
  }
  view.replace(bytes.subarray(0, length));
  return true;
}

/** Shapes that whole lines have. */
export const SHAPE_KINDS: readonly LayerKind[] = [quote, indent, noBreak, ansi];

/** The text of a CRLF file: its lines end in CR. Layers may stand before it. */
export function endsInCr(view: LineView): boolean {
  return view.end > view.start && view.bytes[view.end - 1] === CR;
}

/**
 * A prefix no row of the tables knows, before the first line of a dump. Taken for one only if lines after it (from `next`)
 * have the same.
 */
export function literalLayer(view: LineView, next: number): Layer | null {
  const at = HEADER.exec(view.look)?.index ?? 0;
  if (at === 0) return null;
  const prefix = view.look.slice(0, at);
  if (linesWith(view.bytes, next, prefix) < LITERAL_LINES) return null;
  return { name: `the text “${prefix.trim()}”`, take: (line) => takeLiteral(line, prefix) };
}

/** Lines looked at, and how many of them must begin alike. */
const LITERAL_LOOK = 12;
const LITERAL_LINES = 3;

function linesWith(bytes: Uint8Array, from: number, prefix: string): number {
  let count = 0;
  let p = from;
  for (let lines = 0; lines < LITERAL_LOOK && p < bytes.length; lines++) {
    if (latin1(bytes, p, Math.min(bytes.length, p + prefix.length)) === prefix) count++;
    const lf = bytes.indexOf(LF, p);
    if (lf < 0) break;
    p = lf + 1;
  }
  return count;
}
