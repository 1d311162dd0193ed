/** Goroutine ids, by open addressing over doubles: 16 bytes an id. */
export class IdSet {
  /** Ids + 1, or 0 in a free slot. */
  #slots = new Float64Array(1024);
  #size = 0;

  /** Adds the id; answers whether it was new. */
  add(id: number): boolean {
    const slot = this.#find(id);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = id + 1;
    this.#size++;
    if (this.#size * 2 > this.#slots.length) this.#widen();
    return true;
  }

  has(id: number): boolean {
    return this.#slots[this.#find(id)] !== 0;
  }

  get size(): number {
    return this.#size;
  }

  /** Becomes a copy of another set. */
  become(other: IdSet): void {
    this.#slots = other.#slots.slice();
    this.#size = other.#size;
  }

  clear(): void {
    this.#slots = new Float64Array(1024);
    this.#size = 0;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #find(id: number): number {
    const mask = this.#slots.length - 1;
    // Ids come nearly in order, so multiplying spreads them; the second half counts for ids over 2^32.
    let slot = (Math.imul(id | 0, 0x9e3779b1) ^ Math.floor(id / 0x100000000)) & mask;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== id + 1) slot = (slot + 1) & mask;
    return slot;
  }

  #widen(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2);
    for (const value of old) if (value !== 0) this.#slots[this.#find(value - 1)] = value;
  }
}
