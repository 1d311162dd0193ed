/** No entry of this hash, or none further. */
export const NOWHERE = -1;

/**
 * Finds numbers (rows of somebody's columns) again by a 32-bit hash of what they stand for: no key is made of it, and the
 * owner compares. Open addressing, at most half full: 16 to 32 bytes a number.
 */
export class NumberIndex {
  /** By slot: the number + 1, or 0; and its hash. */
  #numbers: Int32Array;
  #hashes: Int32Array;
  #size = 0;
  /** Slot of the answer given last. */
  #at = 0;

  /** `expected`: numbers to make room for at once. */
  constructor(expected = 100) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(expected, 1) * 2));
    this.#numbers = new Int32Array(slots);
    this.#hashes = new Int32Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#numbers.byteLength + this.#hashes.byteLength;
  }

  /** The number added first of those with `hash`, or NOWHERE; `next` goes on from there. */
  first(hash: number): number {
    this.#at = hash & (this.#numbers.length - 1);
    return this.#seek(hash);
  }

  /** The next one of those, in the order in which they were added; only after `first` with the same hash and no `add` since. */
  next(hash: number): number {
    this.#at = (this.#at + 1) & (this.#numbers.length - 1);
    return this.#seek(hash);
  }

  add(hash: number, number: number): void {
    if (++this.#size * 2 > this.#numbers.length) this.#widen();
    this.#place(hash, number + 1);
  }

  #seek(hash: number): number {
    const mask = this.#numbers.length - 1;
    for (let at = this.#at; ; at = (at + 1) & mask) {
      const number = this.#numbers[at] ?? 0;
      if (number !== 0 && this.#hashes[at] !== hash) continue;
      this.#at = at;
      return number - 1;
    }
  }

  #place(hash: number, number: number): void {
    const mask = this.#numbers.length - 1;
    let at = hash & mask;
    while (this.#numbers[at] !== 0) at = (at + 1) & mask;
    this.#numbers[at] = number;
    this.#hashes[at] = hash;
  }

  /** Twice the room. Begun at an empty slot, so that numbers of one hash keep their order across the end of the table. */
  #widen(): void {
    const [numbers, hashes] = [this.#numbers, this.#hashes];
    this.#numbers = new Int32Array(numbers.length * 2);
    this.#hashes = new Int32Array(numbers.length * 2);
    const empty = numbers.indexOf(0);
    for (let i = 1; i <= numbers.length; i++) {
      const at = (empty + i) & (numbers.length - 1);
      const number = numbers[at] ?? 0;
      if (number !== 0) this.#place(hashes[at] ?? 0, number);
    }
  }
}

/** One step of a hash over 32-bit numbers (the mixing of MurmurHash3). */
export function mixHash(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const mixed = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** Spreads the last step over all bits, as tables look at the lowest ones. */
export function finishHash(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
