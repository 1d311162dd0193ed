import type { TextEncoding } from '../../model/provenance.ts';

const REPLACEMENT = 0xfffd;
/** Pairs of bytes that must look like UTF-16 where no mark says so. */
const BARE_PAIRS = 32;
/** Share of them that must be ASCII: a path may hold other letters. */
const NUL_SHARE = 0.75;

/** The encoding of a text by its first bytes: a byte-order mark, or NUL in every second byte. Null for plain UTF-8. */
export function detectEncoding(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8-bom';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return bareUtf16(head);
}

/** Mostly ASCII in UTF-16 without a mark: one byte of nearly every pair is NUL and the other never. */
function bareUtf16(head: Uint8Array): TextEncoding | null {
  const pairs = Math.min(BARE_PAIRS, head.length >> 1);
  if (pairs < 8) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const enough = pairs * NUL_SHARE;
  if (odd >= enough && even === 0) return 'utf-16le';
  return even >= enough && odd === 0 ? 'utf-16be' : null;
}

/** Turns an encoding into UTF-8 without its mark, chunk by chunk, cut anywhere. Half a character is U+FFFD. */
export class Transcoder {
  readonly #encoding: TextEncoding;
  #atStart = true;
  /** Bytes of a UTF-8 mark still to come. */
  #markLeft = 3;
  /** A byte of a pair that was cut, or -1. */
  #odd = -1;
  /** The first half of a character of four bytes, or 0. */
  #high = 0;

  constructor(encoding: TextEncoding) {
    this.#encoding = encoding;
  }

  push(chunk: Uint8Array): Uint8Array {
    if (this.#encoding !== 'utf-8-bom') return this.#utf16(chunk);
    const dropped = Math.min(this.#markLeft, chunk.length);
    this.#markLeft -= dropped;
    return chunk.subarray(dropped);
  }

  #utf16(chunk: Uint8Array): Uint8Array {
    // Three bytes for two, and what was carried over.
    const out = new Uint8Array(Math.ceil(chunk.length * 1.5) + 8);
    const little = this.#encoding === 'utf-16le';
    let length = 0;
    let i = 0;
    for (;;) {
      let first = this.#odd;
      if (first < 0) {
        if (i >= chunk.length) break;
        first = chunk[i++] ?? 0;
      }
      if (i >= chunk.length) {
        this.#odd = first;
        break;
      }
      this.#odd = -1;
      const second = chunk[i++] ?? 0;
      length = this.#unit(little ? first | (second << 8) : (first << 8) | second, out, length);
    }
    return out.subarray(0, length);
  }

  #unit(unit: number, out: Uint8Array, at: number): number {
    if (this.#atStart) {
      this.#atStart = false;
      if (unit === 0xfeff) return at;
    }
    let length = at;
    const low = unit >= 0xdc00 && unit <= 0xdfff;
    if (this.#high !== 0) {
      const high = this.#high;
      this.#high = 0;
      if (low) return writeUtf8(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), out, length);
      length = writeUtf8(REPLACEMENT, out, length);
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.#high = unit;
      return length;
    }
    return writeUtf8(low ? REPLACEMENT : unit, out, length);
  }

  /** What is left at the end: half a character. */
  finish(): Uint8Array {
    if (this.#odd < 0 && this.#high === 0) return new Uint8Array(0);
    const out = new Uint8Array(3);
    return out.subarray(0, writeUtf8(REPLACEMENT, out, 0));
  }
}

/** Writes a character as UTF-8 at `at`; answers the position after it. */
export function writeUtf8(code: number, out: Uint8Array, at: number): number {
  let p = at;
  if (code < 0x80) {
    out[p++] = code;
  } else if (code < 0x800) {
    out[p++] = 0xc0 | (code >> 6);
    out[p++] = 0x80 | (code & 63);
  } else if (code < 0x10000) {
    out[p++] = 0xe0 | (code >> 12);
    out[p++] = 0x80 | ((code >> 6) & 63);
    out[p++] = 0x80 | (code & 63);
  } else {
    out[p++] = 0xf0 | (code >> 18);
    out[p++] = 0x80 | ((code >> 12) & 63);
    out[p++] = 0x80 | ((code >> 6) & 63);
    out[p++] = 0x80 | (code & 63);
  }
  return p;
}

/** The text as UTF-8; half a surrogate pair is U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  // Most text is ASCII: room for more is only made once it is not.
  let out = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      out[length++] = unit;
      continue;
    }
    const needed = length + 3 * (text.length - i);
    if (out.length < needed) {
      const wider = new Uint8Array(Math.max(needed, out.length));
      wider.set(out.subarray(0, length));
      out = wider;
    }
    const code = text.codePointAt(i) ?? REPLACEMENT;
    if (code > 0xffff) i++;
    length = writeUtf8(code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code, out, length);
  }
  return out.subarray(0, length);
}
