import { writeUtf8 } from './encoding.ts';

const [QUOTE, BACKSLASH] = [34, 92];
/** What stands behind the backslash, and its byte: strconv.Quote's letters, and JSON's. */
const SIMPLE = new Map<number, number>(
  Object.entries({ n: 10, t: 9, r: 13, '"': 34, '\\': 92, "'": 39, '/': 47, a: 7, b: 8, f: 12, v: 11 }).map(
    ([letter, byte]) => [letter.charCodeAt(0), byte],
  ),
);
/** Letters in front of hexadecimal digits, and how many follow. */
const NUMBERED = new Map([
  [120, 2],
  [117, 4],
  [85, 8],
]);
const [LETTER_X, LETTER_U] = [120, 117];

/** Bytes with escapes undone. */
export interface Unescaped {
  readonly bytes: Uint8Array;
  /** Position behind the closing quotation mark, or the end where there was none: the line was cut. */
  readonly next: number;
  readonly closed: boolean;
}

/**
 * Undoes the escapes of Go (`%q`) and JSON from `start` on: up to the closing quotation mark when `quoted`, else to `end`.
 * An escape that neither knows stays as written.
 */
export function unescapeBytes(bytes: Uint8Array, start: number, end: number, quoted: boolean): Unescaped {
  const out = new Uint8Array(end - start);
  let length = 0;
  let p = start;
  while (p < end) {
    const byte = bytes[p] ?? 0;
    if (byte === QUOTE && quoted) return { bytes: out.subarray(0, length), next: p + 1, closed: true };
    if (byte !== BACKSLASH) {
      out[length++] = byte;
      p++;
      continue;
    }
    const letter = bytes[p + 1] ?? 0;
    const simple = p + 1 < end ? SIMPLE.get(letter) : undefined;
    if (simple !== undefined) {
      out[length++] = simple;
      p += 2;
      continue;
    }
    const digits = NUMBERED.get(letter) ?? 0;
    let code = digits > 0 ? hex(bytes, p + 2, digits, end) : -1;
    if (code < 0 || code > 0x10ffff) {
      out[length++] = byte;
      p++;
      continue;
    }
    p += 2 + digits;
    if (letter === LETTER_X) {
      out[length++] = code;
      continue;
    }
    // JSON writes a character of four bytes as two halves.
    if (letter === LETTER_U && code >= 0xd800 && code < 0xdc00 && bytes[p] === BACKSLASH && bytes[p + 1] === LETTER_U) {
      const low = hex(bytes, p + 2, 4, end);
      if (low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        p += 6;
      }
    }
    // Shorter than its escape, so the place suffices.
    length = writeUtf8(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code, out, length);
  }
  return { bytes: out.subarray(0, length), next: end, closed: false };
}

/** The number that `count` hexadecimal digits make, or -1. */
function hex(bytes: Uint8Array, at: number, count: number, end: number): number {
  if (at + count > end) return -1;
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const byte = bytes[i] ?? 0;
    const lower = byte | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
