/** Code of "not found". */
export const NOWHERE = -1;

/**
 * Finds the first of a few words in bytes, in any case, in steps of nearly a word's length (Horspool's algorithm over the
 * shortest word). So most bytes of a log are never looked at.
 */
export class WordSearch {
  readonly #words: readonly Uint8Array[];
  readonly #step: number;
  /** By byte at the end of the window: how far the next window may be moved. */
  readonly #shift: Uint8Array;

  /** `words` in plain ASCII, at least one letter each; none finds nothing. */
  constructor(words: readonly string[]) {
    this.#words = words.map((word) => Uint8Array.from(word.toLowerCase(), (c) => c.charCodeAt(0)));
    this.#step = Math.min(255, ...this.#words.map((word) => word.length));
    this.#shift = new Uint8Array(256).fill(this.#step);
    for (const word of this.#words) {
      for (let i = 0; i < this.#step; i++) {
        const byte = word[i] ?? 0;
        const distance = this.#step - 1 - i;
        for (const cased of [byte, upper(byte)]) {
          this.#shift[cased] = Math.min(this.#shift[cased] ?? 0, distance);
        }
      }
    }
  }

  /** Position of the first word that begins at `from` or later and ends before `end`, or NOWHERE. */
  find(bytes: Uint8Array, from: number, end: number): number {
    if (this.#words.length === 0) return NOWHERE;
    const shift = this.#shift;
    const step = this.#step;
    for (let last = from + step - 1; last < end; ) {
      const distance = shift[bytes[last] ?? 0] ?? step;
      if (distance > 0) {
        last += distance;
        continue;
      }
      const start = last - step + 1;
      for (const word of this.#words) if (stands(word, bytes, start, end)) return start;
      last++;
    }
    return NOWHERE;
  }
}

function upper(byte: number): number {
  return byte >= 97 && byte <= 122 ? byte - 32 : byte;
}

function stands(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (start + word.length > end) return false;
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[start + i] ?? 0;
    const lower = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (lower !== word[i]) return false;
  }
  return true;
}
