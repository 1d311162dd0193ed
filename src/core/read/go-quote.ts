import type { LabelSet } from '../model/symbols.ts';

/** What stands for a byte that is no valid UTF-8, as in every text decoded by the platform. */
const INVALID = '\uFFFD';

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * The text of a Go string literal with its double quotes, as `%q` and the runtime's traceback print it; null when it is
 * none. Not JSON: `\x1b`, `\a`, `\v` and `\U0001f600` occur. An escaped byte of 0x80 and above was invalid UTF-8 in the
 * program and becomes U+FFFD; an escape that Go does not know stays as written. One pass.
 */
export function unquoteGo(text: string): string | null {
  const read = readQuoted(text, 0);
  return read !== null && read.end === text.length ? read.value : null;
}

/** Reads the literal that opens at `at`; `end` is the place after its closing quote. */
function readQuoted(text: string, at: number): { value: string; end: number } | null {
  if (text[at] !== '"') return null;
  let value = '';
  let plain = at + 1;
  for (let i = plain; i < text.length; i++) {
    const c = text[i];
    if (c === '"') return { value: value + text.slice(plain, i), end: i + 1 };
    if (c !== '\\') continue;
    const escaped = readEscape(text, i + 1);
    value += text.slice(plain, i) + escaped.value;
    plain = i + 1 + escaped.length;
    i = plain - 1;
  }
  return null;
}

/** Reads the escape whose letter stands at `at`; `length` counts from there. */
function readEscape(text: string, at: number): { value: string; length: number } {
  const letter = text[at] ?? '';
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { value: simple, length: 1 };
  const digits = HEX_DIGITS.get(letter);
  const hex = digits === undefined ? '' : text.slice(at + 1, at + 1 + digits);
  if (digits === undefined || hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) return { value: '\\', length: 0 };
  const code = Number.parseInt(hex, 16);
  const invalid = (letter === 'x' && code >= 0x80) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return { value: invalid ? INVALID : String.fromCodePoint(code), length: 1 + digits };
}

/**
 * The labels in braces, sorted by key, or null when the text is no label set. All three forms Go has printed:
 *
 *     {"pool":"read", "tenant":"a\tb"}      count profile, since Go 1.15
 *     {"pool": "read", "tenant": "a b"}     traceback of Go 1.26
 *     {pool: read, tenant: "a b", zone: }   traceback of Go 1.27; an empty value prints as nothing
 */
export function parseLabelSet(text: string): LabelSet | null {
  const end = text.length - 1;
  if (text[0] !== '{' || text[end] !== '}') return null;
  const pairs: [string, string][] = [];
  let at = skipSpaces(text, 1);
  if (at >= end) return at === end ? [] : null;
  for (;;) {
    const key = readWord(text, at);
    if (key === null || text[key.end] !== ':') return null;
    const value = readWord(text, skipSpaces(text, key.end + 1));
    if (value === null) return null;
    pairs.push([key.value, value.value]);
    if (value.end === end) return pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    if (text[value.end] !== ',') return null;
    at = skipSpaces(text, value.end + 1);
  }
}

/** A quoted literal or a bare word (`[A-Za-z0-9./_]*` in Go 1.27), and the place of the mark after it. */
function readWord(text: string, at: number): { value: string; end: number } | null {
  const quoted = readQuoted(text, at);
  if (quoted !== null) return { value: quoted.value, end: skipSpaces(text, quoted.end) };
  let end = at;
  while (end < text.length && !':,}" '.includes(text[end] ?? '')) end++;
  return { value: text.slice(at, end), end: skipSpaces(text, end) };
}

function skipSpaces(text: string, at: number): number {
  let i = at;
  while (text[i] === ' ') i++;
  return i;
}
