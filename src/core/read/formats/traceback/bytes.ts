import { mixHash } from '../../../model/number-index.ts';

/** ASCII codes the reader looks for. */
export const LF = 10;
export const CR = 13;
export const TAB = 9;
export const SPACE = 32;
export const QUOTE = 34;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const COLON = 58;
export const MINUS = 45;
export const OPEN_BRACKET = 91;

/** A window of bytes with the DataView that compares them four at a time. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function toWindow(bytes: Uint8Array): Window {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Bytes of ASCII text. */
export function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** What the line of a goroutine's creator begins with. */
export const CREATED_BY = ascii('created by ');
/** Its first four bytes as `getInt32` reads them. */
const CREA = toWindow(CREATED_BY).view.getInt32(0, true);

/**
 * Whether `length` bytes at `i` of `a` equal those at `j` of `b`. The caller has checked that both ranges exist. Eight
 * bytes a step, compared as doubles: bytes that spell NaN count as different (no ASCII does, and a false "no" only costs
 * time), and zero equals minus zero, so the range in `b` must hold no NUL byte.
 */
export function equalText(a: DataView, i: number, b: DataView, j: number, length: number): boolean {
  if (length < 8) return equalBytes(a, i, b, j, length);
  const last = length - 8;
  // The end first: paths and package names begin alike and end differently. It overlaps the last full step.
  if (a.getFloat64(i + last, true) !== b.getFloat64(j + last, true)) return false;
  for (let k = 0; k < last; k += 8) if (a.getFloat64(i + k, true) !== b.getFloat64(j + k, true)) return false;
  return true;
}

/** Whether `length` bytes at `i` of `a` equal those at `j` of `b`, whatever they are. Both ranges must exist. */
export function equalBytes(a: DataView, i: number, b: DataView, j: number, length: number): boolean {
  if (length < 4) {
    for (let k = 0; k < length; k++) if (a.getUint8(i + k) !== b.getUint8(j + k)) return false;
    return true;
  }
  const last = length - 4;
  if (a.getInt32(i + last, true) !== b.getInt32(j + last, true)) return false;
  for (let k = 0; k < last; k += 4) if (a.getInt32(i + k, true) !== b.getInt32(j + k, true)) return false;
  return true;
}

/** Whether `word` stands at `p`, before `end`. */
export function startsWith(bytes: Uint8Array, p: number, end: number, word: Uint8Array): boolean {
  if (p + word.length > end) return false;
  for (let k = 0; k < word.length; k++) if (bytes[p + k] !== word[k]) return false;
  return true;
}

/** 32-bit hash of a range, seeded so that ranges can be chained. Four bytes a step (the mixing of MurmurHash3). */
export function hashBytes(view: DataView, start: number, end: number, seed: number): number {
  let hash = seed ^ (end - start);
  let i = start;
  for (; i + 4 <= end; i += 4) hash = mixHash(hash, view.getInt32(i, true));
  let rest = 0;
  for (; i < end; i++) rest = (rest << 8) | view.getUint8(i);
  hash = mixHash(hash, rest);
  hash ^= hash >>> 15;
  return hash | 0;
}

/** Answer of `hashFrame` for a line that may be no frame, or whose hash cannot be told. */
export const NO_HASH = 0;
/** Bytes of a name that are looked at. */
const LONGEST_NAME = 512;

/**
 * Hash of a frame's first line as far as it can be told from the left and never differs: a call's up to the parenthesis that
 * opens its arguments, the first one that does not begin a receiver, `(*T)`; a creator's up to the first space in or behind its
 * name. Only a hint to which frame this may be. NO_HASH when the line is neither.
 */
export function hashFrame(window: Window, start: number): number {
  const { bytes, view } = window;
  const until = Math.min(start + LONGEST_NAME, bytes.length - 4);
  if (start < until && view.getInt32(start, true) === CREA && startsWith(bytes, start, until, CREATED_BY)) {
    return hashCreator(window, start, until);
  }
  let hash = 0;
  for (let p = start; p < until; p += 4) {
    const word = view.getInt32(p, true);
    if (mayHoldEnd(word)) {
      let end = p;
      for (; end < p + 4; end++) {
        const byte = bytes[end];
        if (byte === LF) return NO_HASH;
        if (byte === OPEN_PAREN && bytes[end + 1] !== STAR) break;
      }
      if (end < p + 4) {
        for (let i = p; i < end; i++) hash = mixHash(hash, bytes[i] ?? 0);
        return (hash ^ (hash >>> 15)) | 1;
      }
    }
    hash = mixHash(hash, word);
  }
  return NO_HASH;
}

function hashCreator({ bytes, view }: Window, start: number, until: number): number {
  let end = start + CREATED_BY.length;
  while (end < until && bytes[end] !== SPACE && bytes[end] !== CR && bytes[end] !== LF) end++;
  return end < until ? hashBytes(view, start, end, 0) | 1 : NO_HASH;
}

/**
 * Whether one of the four bytes of a word may be LF or an opening parenthesis. Without two of their bits both are the same,
 * and one search for a zero byte finds them (Hacker's Delight 6-1); so are backspace and `*`, which then are no end.
 */
export function mayHoldEnd(word: number): boolean {
  const rest = (word & 0xdddddddd) ^ 0x08080808;
  return ((rest - 0x01010101) & ~rest & 0x80808080) !== 0;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** The same numbers in twice the room. */
export function twice(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(column.length * 2);
  wider.set(column);
  return wider;
}

/** Growing store of bytes that are compared with the input again and again. */
export class Arena {
  bytes = new Uint8Array(1 << 14);
  view = new DataView(this.bytes.buffer);
  #used = 0;

  /** Copies a range of `from`; answers where it now stands. */
  add(from: Uint8Array, start: number, end: number): number {
    const at = this.#used;
    const length = end - start;
    if (at + length > this.bytes.length) {
      const wider = new Uint8Array(Math.max(this.bytes.length * 2, at + length));
      wider.set(this.bytes.subarray(0, at));
      this.bytes = wider;
      this.view = new DataView(wider.buffer);
    }
    this.bytes.set(from.subarray(start, end), at);
    this.#used = at + length;
    return at;
  }
}
