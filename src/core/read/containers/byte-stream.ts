import { joinBytes } from '../peek.ts';

/** Reads a stream of chunks by counts of bytes. */
export class ByteStream {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes there are, at most `most`; empty at the end. Valid until the next call. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#chunk.length === 0 && !this.#ended) {
      const next = await this.#iterator.next();
      if (next.done === true) this.#ended = true;
      else this.#chunk = next.value;
    }
    const piece = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(piece.length);
    return piece;
  }

  /** A copy of the next `length` bytes; fewer at the end. */
  async exactly(length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let left = length;
    while (left > 0) {
      const piece = await this.some(left);
      if (piece.length === 0) break;
      pieces.push(piece.slice());
      left -= piece.length;
    }
    return joinBytes(pieces, length - left);
  }

  /** Passes over bytes; answers whether there were so many. */
  async skip(length: number): Promise<boolean> {
    for (let left = length; left > 0; ) {
      const piece = await this.some(left);
      if (piece.length === 0) return false;
      left -= piece.length;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
