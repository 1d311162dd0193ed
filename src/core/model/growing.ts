/**
 * Append-only columns of numbers. Storage doubles up to BLOCK entries and then grows by whole blocks, so the spare room
 * of a column with a million entries stays under one block and no growth copies more than a block.
 */
const BLOCK = 1 << 16;

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

abstract class Growing<A extends Column> {
  readonly #full: A[] = [];
  #open: A;
  #used = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#open = make(64);
  }

  get length(): number {
    return this.#full.length * BLOCK + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#open.length) this.#grow();
    this.#open[this.#used++] = value;
  }

  /** The entry pushed as number `index`, or 0 when there is none. */
  at(index: number): number {
    const block = Math.floor(index / BLOCK);
    const column = block < this.#full.length ? this.#full[block] : this.#open;
    return index < this.length ? (column?.[index % BLOCK] ?? 0) : 0;
  }

  /** One array of exactly the pushed entries, in a buffer of its own that can be transferred. Peak: one copy of this column. */
  finish(): A {
    if (this.#full.length === 0) {
      const small = this.#make(this.#used);
      small.set(this.#open.subarray(0, this.#used));
      return small;
    }
    const whole = this.#make(this.length);
    this.#full.forEach((block, i) => {
      whole.set(block, i * BLOCK);
    });
    whole.set(this.#open.subarray(0, this.#used), this.#full.length * BLOCK);
    this.#full.length = 0;
    this.#open = this.#make(0);
    this.#used = 0;
    return whole;
  }

  #grow(): void {
    if (this.#open.length < BLOCK) {
      const wider = this.#make(this.#open.length * 2);
      wider.set(this.#open);
      this.#open = wider;
      return;
    }
    this.#full.push(this.#open);
    this.#open = this.#make(BLOCK);
    this.#used = 0;
  }
}

export class GrowingUint8 extends Growing<Uint8Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint8Array(length));
  }
}

export class GrowingUint32 extends Growing<Uint32Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint32Array(length));
  }
}

export class GrowingInt32 extends Growing<Int32Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Int32Array(length));
  }
}

export class GrowingFloat64 extends Growing<Float64Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}
