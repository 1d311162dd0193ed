import { findWord, HEADER, holdsHeader, type Layer, type LayerContext, type LayerKind } from './layer.ts';
import { LineView, latin1 } from './line-view.ts';
import { stampMs } from './stamps.ts';
import { unescapeBytes } from './unescape.ts';

const [LF, QUOTE, BACKSLASH] = [10, 34, 92];
/** Bytes before a value that are looked at for its key, and of a line for its time. */
const KEY_BYTES = 80;
const TIME_BYTES = 400;

/**
 * A dump in a quoted value of one line, its line breaks as `\n`: logrus and slog text, logfmt, klog with keys
 * (`msg="goroutine 1 [running]:\nmain.main()…"`), or a whole line of escaped text without quotes.
 */
export function quotedKinds(context: LayerContext): readonly LayerKind[] {
  const taker = (name: string, read: (view: LineView) => Uint8Array | null): Layer => ({
    name,
    searches: true,
    take: (view) => {
      const before = latin1(view.bytes, view.start, Math.min(view.end, view.start + TIME_BYTES));
      const value = read(view);
      if (value === null) return false;
      view.stamp(stampMs(timeIn(before), context.referenceMs));
      view.replace(value[value.length - 1] === LF ? value.subarray(0, -1) : value);
      return true;
    },
  });
  const escaped = taker('escaped text', readBare);
  return [
    {
      searches: true,
      find: (view) => {
        const mark = markBefore(view);
        if (mark < 0 || readQuoted(view) === null) return null;
        const key = /[\w.@-]{1,64}(?==$)/.exec(latin1(view.bytes, Math.max(view.start, mark - KEY_BYTES), mark))?.[0];
        return taker(key === undefined ? 'a quoted, escaped text' : `escaped text in ${key}=`, readQuoted);
      },
    },
    { searches: true, find: (view) => (readBare(view) === null ? null : escaped) },
  ];
}

/** The quotation mark that opens the value in which the first line of a dump stands, or -1. */
function markBefore(view: LineView): number {
  const at = findWord(view.bytes, view.start, view.end);
  if (at < 0) return -1;
  for (
    let mark = view.bytes.lastIndexOf(QUOTE, at);
    mark >= view.start;
    mark = view.bytes.lastIndexOf(QUOTE, mark - 1)
  ) {
    if (mark === 0 || view.bytes[mark - 1] !== BACKSLASH) return mark;
  }
  return -1;
}

/** The value, when it holds the beginning of a dump and more behind it. Ordinary lines of the same log have the same keys. */
function readQuoted(view: LineView): Uint8Array | null {
  const mark = markBefore(view);
  if (mark < 0) return null;
  const { bytes } = unescapeBytes(view.bytes, mark + 1, view.end, true);
  const inner = new LineView();
  inner.open(bytes, 0, bytes.length);
  return holdsHeader(inner) && (bytes.includes(LF) || bytes.includes(BACKSLASH)) ? bytes : null;
}

/** From the dump's first line on, when a line break is written as `\n` behind it. */
function readBare(view: LineView): Uint8Array | null {
  const at = findWord(view.bytes, view.start, view.end);
  if (at < 0) return null;
  const start = latin1(view.bytes, at, Math.min(view.end, at + 600));
  const found = HEADER.exec(start);
  if (found?.index !== 0 || !/^[^\n"]{0,590}?(?:\]|\}|total \d{1,10}|RACE)[^\n"]{0,3}\\n/.test(start)) return null;
  return unescapeBytes(view.bytes, at, view.end, false).bytes;
}

/** `time=…` or `ts=…` of the line, or a time it begins with. */
function timeIn(text: string): string | null {
  const named = /(?:^|\s)(?:time|ts|timestamp)="?([^"\s]{8,40}(?: \d\d:\d\d:\d\d[^"\s]{0,12})?)/.exec(text)?.[1];
  return named ?? (/^[\d[]/.test(text) ? text.slice(0, 40).replace(/^\[/, '') : null);
}
