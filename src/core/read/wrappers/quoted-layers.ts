import { encodeUtf8 } from './encoding.ts';
import { HEADER, type LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';

const MAX_ANCHOR = 80;

/**
 * A dump in a quoted value of one line, its line breaks as `\n`: logrus and slog text, logfmt, klog with keys
 * (`msg="goroutine 1 [running]:\nmain.main()…"`), or a whole line of escaped text without quotes.
 */
export function quotedKinds(decode: (bytes: Uint8Array) => string): readonly LayerKind[] {
  const textOf = (view: LineView): string => decode(view.bytes.subarray(view.start, view.end));
  const quoted: LayerKind = {
    sure: false,
    find: (view) => {
      const anchor = anchorOf(textOf(view));
      if (anchor === null) return null;
      return {
        name: anchor === '"' ? 'a quoted, escaped text' : `escaped text in ${anchor.slice(0, -2)}=`,
        take: (line) => {
          const text = textOf(line);
          const at = text.indexOf(anchor);
          if (at < 0) return false;
          const value = undoEscapes(text, at + anchor.length, true);
          // Ordinary lines of the same log have the same key.
          if (value === null || !HEADER.test(value)) return false;
          line.time ??= timeBefore(text.slice(0, at));
          line.replace(encodeUtf8(value.endsWith('\n') ? value.slice(0, -1) : value));
          return true;
        },
      };
    },
  };
  const bare: LayerKind = {
    sure: false,
    find: (view) => {
      const escaped = /goroutine \d+ \[[^\n]{0,300}?\]:\\n|profile: total \d+\\n/;
      if (!escaped.test(view.look)) return null;
      return {
        name: 'escaped text',
        take: (line) => {
          const text = textOf(line);
          const start = HEADER.exec(text)?.index ?? -1;
          if (start < 0 || !text.includes('\\n')) return false;
          const value = undoEscapes(text, start, false);
          if (value === null) return false;
          line.replace(encodeUtf8(value.endsWith('\n') ? value.slice(0, -1) : value));
          return true;
        },
      };
    },
  };
  return [quoted, bare];
}

/** What opens the quoted value in which a dump stands: `msg="`, or a quotation mark alone; null where it is in none. */
function anchorOf(text: string): string | null {
  const at = HEADER.exec(text)?.index ?? -1;
  if (at < 0) return null;
  const mark = text.lastIndexOf('"', at);
  if (mark < 0 || text[mark - 1] === '\\') return null;
  const value = undoEscapes(text, mark + 1, true);
  if (value === null || !value.includes('\n')) return null;
  const key = /[\w.@-]{1,64}[=:]$/.exec(text.slice(Math.max(0, mark - MAX_ANCHOR), mark))?.[0] ?? '';
  return `${key}"`;
}

/** `time=…` or `ts=…` of the line, or a time it begins with. */
function timeBefore(text: string): string | null {
  return (
    /(?:^|\s)(?:time|ts|timestamp)="?([^"\s]{8,40})/.exec(text)?.[1] ?? (/^\d/.test(text) ? text.slice(0, 40) : null)
  );
}

/**
 * The text from `start` with Go's escapes undone (strconv.Quote): up to the closing quotation mark, or to the end when it
 * is not quoted. Null when the mark is missing. A mark that is cut off with the line's end gives what there is.
 */
function undoEscapes(text: string, start: number, quoted: boolean): string | null {
  const parts: string[] = [];
  let from = start;
  for (let p = start; p < text.length; p++) {
    const c = text.charCodeAt(p);
    if (c === 34 && quoted) {
      parts.push(text.slice(from, p));
      return parts.join('');
    }
    if (c !== 92) continue;
    parts.push(text.slice(from, p));
    const { value, length } = escapeAt(text, p);
    parts.push(value);
    p += length - 1;
    from = p + 1;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  "'": "'",
  '/': '/',
};
const NUMBERED: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function escapeAt(text: string, p: number): { readonly value: string; readonly length: number } {
  const letter = text[p + 1] ?? '';
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, length: 2 };
  const digits = NUMBERED[letter] ?? 0;
  const hex = text.slice(p + 2, p + 2 + digits);
  const code = digits > 0 && /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1;
  if (code >= 0 && code <= 0x10ffff) return { value: String.fromCodePoint(code), length: 2 + digits };
  return { value: '\\', length: 1 };
}
