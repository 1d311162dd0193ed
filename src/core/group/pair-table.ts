import { finishHash } from '../model/number-index.ts';

/** Largest dense table made for pairs, in numbers: half a megabyte, which is cleared in no time. */
const DENSE_LIMIT = 1 << 17;

/**
 * Numbers distinct pairs of indexes in order of appearance. Dense and fast while the two ranges are small; hashed beyond
 * that, so that a hostile dump (a million states on one stack) costs time and not memory by the product.
 */
export class PairTable {
  readonly first: number[] = [];
  readonly second: number[] = [];
  readonly #width: number;
  readonly #dense: Int32Array | null;
  /** Where it is not dense: the pair that was first with each `first`, its number + 1, or 0; most have no other. */
  readonly #heads: Int32Array;
  /** All further pairs. Open addressing: number of a pair + 1, or 0. */
  #slots = new Int32Array(0);
  #further = 0;

  /** Pairs lie in [0, height) × [0, width). */
  constructor(height: number, width: number) {
    this.#width = Math.max(width, 1);
    const dense = height * this.#width <= DENSE_LIMIT;
    this.#dense = dense ? new Int32Array(height * this.#width).fill(-1) : null;
    this.#heads = new Int32Array(dense ? 0 : height);
    if (!dense) this.#slots = new Int32Array(1024);
  }

  get size(): number {
    return this.first.length;
  }

  /** The number of the pair, new or known. */
  add(first: number, second: number): number {
    if (this.#dense === null) return this.#addSparse(first, second);
    const at = first * this.#width + second;
    const known = this.#dense[at] ?? -1;
    if (known >= 0) return known;
    const index = this.#push(first, second);
    this.#dense[at] = index;
    return index;
  }

  #push(first: number, second: number): number {
    this.second.push(second);
    return this.first.push(first) - 1;
  }

  #addSparse(first: number, second: number): number {
    const head = (this.#heads[first] ?? 0) - 1;
    if (head < 0) {
      const index = this.#push(first, second);
      this.#heads[first] = index + 1;
      return index;
    }
    return this.second[head] === second ? head : this.#addFurther(first, second);
  }

  #addFurther(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashPair(first, second) & mask;
    for (;;) {
      const known = (this.#slots[slot] ?? 0) - 1;
      if (known < 0) break;
      if (this.first[known] === first && this.second[known] === second) return known;
      slot = (slot + 1) & mask;
    }
    const index = this.#push(first, second);
    this.#slots[slot] = index + 1;
    if (++this.#further * 2 > this.#slots.length) this.#widen();
    return index;
  }

  #widen(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    const mask = this.#slots.length - 1;
    for (const number of before) {
      if (number === 0) continue;
      let slot = hashPair(this.first[number - 1] ?? 0, this.second[number - 1] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number;
    }
  }
}

/** Neighbouring pairs are the rule. */
function hashPair(first: number, second: number): number {
  return finishHash(Math.imul(first, 0x9e3779b1) ^ second);
}
