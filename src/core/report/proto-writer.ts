import { strToU8 } from 'fflate';

const VARINT = 0;
const BYTES = 2;

/** Writes protobuf (protobuf.dev, Encoding). Numbers are int64: whole, up to 2^53, below zero in two's complement. */
export class ProtoWriter {
  readonly #parts: Uint8Array[] = [];
  #open: number[] = [];

  /** A number; 0 is the default and is left out. */
  number(field: number, value: number): void {
    if (value !== 0) this.bigNumber(field, BigInt(value));
  }

  bigNumber(field: number, value: bigint): void {
    this.#varint(BigInt((field << 3) | VARINT));
    this.#varint(value);
  }

  text(field: number, text: string): void {
    this.#bytes(field, strToU8(text));
  }

  message(field: number, write: (inner: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.#bytes(field, inner.finish());
  }

  packed(field: number, values: readonly number[]): void {
    const inner = new ProtoWriter();
    for (const value of values) inner.#varint(BigInt(value));
    if (values.length > 0) this.#bytes(field, inner.finish());
  }

  finish(): Uint8Array {
    this.#flush();
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #bytes(field: number, bytes: Uint8Array): void {
    this.#varint(BigInt((field << 3) | BYTES));
    this.#varint(BigInt(bytes.length));
    this.#flush();
    this.#parts.push(bytes);
  }

  #flush(): void {
    if (this.#open.length > 0) this.#parts.push(Uint8Array.from(this.#open));
    this.#open = [];
  }

  #varint(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.#open.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#open.push(Number(rest));
  }
}
