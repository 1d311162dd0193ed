/** Ways protobuf writes a value (protobuf encoding guide). Groups (3, 4) were never used by pprof and count as damage. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A varint holds 64 bits in at most ten bytes. */
const MAX_VARINT_BYTES = 10;

/** A 64-bit id as a Map key: the number itself below 2^32, otherwise text, so that no two ids fall together. */
export type WireId = number | string;

/**
 * Walks the fields of one protobuf message in place. Call `next` until it answers false; then `broken` tells whether the
 * message ended early or holds something that is no field, and `at` where.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  /** Offset of the next field. */
  at: number;
  readonly #end: number;
  broken = false;
  field = 0;
  wire = 0;
  /** The value's bytes, for WIRE.bytes: [start, end). */
  start = 0;
  end = 0;
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.#end = end;
  }

  next(): boolean {
    if (this.broken || this.at >= this.#end) return false;
    const fieldStart = this.at;
    this.broken = !this.#field();
    if (this.broken) this.at = fieldStart;
    return !this.broken;
  }

  /** The varint as a signed 64-bit integer; exact up to 2^53. */
  get signed(): number {
    return (this.#high | 0) * 2 ** 32 + this.#low;
  }

  get id(): WireId {
    return this.#high === 0 ? this.#low : `${this.#high}:${this.#low}`;
  }

  /** Calls `use` for each number of a repeated field, packed or not. Answers false when the packed bytes are damaged. */
  eachNumber(use: (signed: number, id: WireId) => void): boolean {
    if (this.wire === WIRE.varint) {
      use(this.signed, this.id);
      return true;
    }
    if (this.wire !== WIRE.bytes) return false;
    const packed = new WireReader(this.bytes, this.start, this.end);
    while (packed.at < this.end) {
      if (!packed.#varint()) return false;
      use(packed.signed, packed.id);
    }
    return true;
  }

  #field(): boolean {
    if (!this.#varint() || this.#high !== 0) return false;
    this.field = this.#low >>> 3;
    this.wire = this.#low & 7;
    if (this.field === 0) return false;
    if (this.wire === WIRE.varint) return this.#varint();
    if (this.wire === WIRE.bytes) {
      if (!this.#varint() || this.#high !== 0) return false;
      this.start = this.at;
      return this.#advance(this.#low);
    }
    if (this.wire === WIRE.fixed64) return this.#advance(8);
    return this.wire === WIRE.fixed32 && this.#advance(4);
  }

  #advance(length: number): boolean {
    this.end = this.at + length;
    this.at = this.end;
    return this.end <= this.#end;
  }

  #varint(): boolean {
    let low = 0;
    let high = 0;
    for (let i = 0; i < MAX_VARINT_BYTES && this.at < this.#end; i++) {
      const byte = this.bytes[this.at++] ?? 0;
      const bits = byte & 0x7f;
      if (i < 4) low |= bits << (7 * i);
      else if (i === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * i - 32);
      if (byte < 0x80) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return true;
      }
    }
    return false;
  }
}
