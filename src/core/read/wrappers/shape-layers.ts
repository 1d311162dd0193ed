import type { Layer, LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';

const [ESC, BEL, SPACE, OPEN, CLOSE] = [0x1b, 7, 32, 0x5b, 0x5d];

/** A kind that lines behind the first of a dump may show where that one does not. */
export interface BodyKind {
  readonly layer: Layer;
  readonly shows: (view: LineView) => boolean;
}

/** Terminal codes anywhere in a line: `ESC [ … letter`, and links `ESC ] … BEL`. */
export const ANSI: BodyKind = {
  layer: { name: 'ANSI colours', take: takeAnsi },
  shows: (view) => view.look.includes('\x1b['),
};

function takeAnsi(view: LineView): boolean {
  const { bytes, start, end } = view;
  let first = start;
  while (first < end && bytes[first] !== ESC) first++;
  if (first === end) return true;
  const out = bytes.slice(start, end);
  let length = first - start;
  for (let p = length; p < out.length; ) {
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
  if (kind === OPEN) {
    for (let i = p + 2; i < last; i++) if ((bytes[i] ?? 0) >= 0x40) return i + 1;
  } else if (kind === CLOSE) {
    for (let i = p + 2; i < last; i++) {
      if (bytes[i] === BEL) return i + 1;
      if (bytes[i] === ESC && bytes[i + 1] === 0x5c) return i + 2;
    }
  }
  return p;
}

/** No-break spaces, as a web page or a chat makes of spaces: C2 A0 in UTF-8. */
export const NO_BREAK: BodyKind = {
  layer: { name: 'no-break spaces', take: takeNoBreak },
  shows: (view) => view.look.includes('\xc2\xa0'),
};

function takeNoBreak(view: LineView): boolean {
  const { start, end } = view;
  const bytes = view.bytes.slice(start, end);
  let length = 0;
  for (let p = 0; p < bytes.length; p++) {
    if (bytes[p] === 0xc2 && bytes[p + 1] === 0xa0) {
      bytes[length++] = SPACE;
      p++;
    } else {
      bytes[length++] = bytes[p] ?? 0;
    }
  }
  if (length < bytes.length) view.replace(bytes.subarray(0, length));
  return true;
}

/** Takes a fixed text (latin1) off; of a line that is blank behind it, as editors trim lines, what there is of it. */
export function literal(name: string, text: string): Layer {
  const known = Uint8Array.from(text, (c) => c.charCodeAt(0));
  let trimmed = known.length;
  while (trimmed > 0 && (known[trimmed - 1] === SPACE || known[trimmed - 1] === 9)) trimmed--;
  return {
    name,
    take: (view) => {
      const { bytes, start, end } = view;
      const most = Math.min(known.length, end - start);
      let same = 0;
      while (same < most && bytes[start + same] === known[same]) same++;
      const all = same === known.length || (same === end - start && same >= trimmed);
      if (all) view.start += same;
      return all;
    },
  };
}

/** The same spaces and tabs before each line; blank lines may lack them. */
const indent: LayerKind = {
  find: (view) => {
    const spaces = /^[ \t]{1,200}(?=goroutine|==================|WARNING)/.exec(view.look)?.[0];
    return spaces === undefined ? null : literal('indentation', spaces);
  },
};

/** `> ` of a quoted message, as often as the first line of the dump has it. */
const quote: LayerKind = {
  find: (view) => {
    const marks = /^(?:> ?){1,20}/.exec(view.look)?.[0];
    return marks === undefined ? null : literal('quotation marks (>)', marks);
  },
};

function bodyKind({ layer, shows }: BodyKind): LayerKind {
  return { find: (view) => (shows(view) ? layer : null) };
}

/** `  12  `, `12: `, `12 | ` or `12<TAB>`: cat -n, grep -n, editors. */
const LINE_NUMBER = /^ {0,10}\d{1,9}(?:\t|: ?| ?\| ?| {1,2})/;

const lineNumbers: LayerKind = {
  doubtful: true,
  find: (view) => {
    const found = LINE_NUMBER.exec(view.look)?.[0];
    if (found === undefined) return null;
    // The mark behind the number, with its blank, is the same in each line.
    const mark = found.replace(/^ *\d+/, '');
    const pattern = new RegExp(
      `^ {0,10}\\d{1,9}(?:${mark.replace('|', '\\|')}|${mark.trimEnd().replace('|', '\\|')}$)`,
    );
    return {
      name: 'line numbers',
      take: (line) => {
        const prefix = pattern.exec(line.look)?.[0];
        if (prefix === undefined) return false;
        line.drop(prefix.length);
        return true;
      },
    };
  },
};

/** Shapes that whole lines have. */
export const SHAPE_KINDS: readonly LayerKind[] = [lineNumbers, quote, indent, bodyKind(NO_BREAK), bodyKind(ANSI)];
