/** Largest dense table made for pairs: 16 MiB of numbers. */
const DENSE_LIMIT = 1 << 22;

/**
 * Numbers distinct pairs of indexes in order of appearance. Dense and fast while the two ranges are small; a Map beyond
 * that, so that a hostile dump (a million states on one stack) costs time and not memory by the product.
 */
export class PairTable {
  readonly first: number[] = [];
  readonly second: number[] = [];
  readonly #width: number;
  readonly #dense: Int32Array | null;
  readonly #sparse: Map<number, number> | null;

  /** Pairs lie in [0, height) × [0, width). */
  constructor(height: number, width: number) {
    this.#width = Math.max(width, 1);
    const dense = height * this.#width <= DENSE_LIMIT;
    this.#dense = dense ? new Int32Array(height * this.#width).fill(-1) : null;
    this.#sparse = dense ? null : new Map();
  }

  get size(): number {
    return this.first.length;
  }

  /** The number of the pair, new or known. */
  add(first: number, second: number): number {
    const at = first * this.#width + second;
    const known = this.#dense ? (this.#dense[at] ?? -1) : (this.#sparse?.get(at) ?? -1);
    if (known >= 0) return known;
    const index = this.first.push(first) - 1;
    this.second.push(second);
    if (this.#dense) this.#dense[at] = index;
    else this.#sparse?.set(at, index);
    return index;
  }
}
