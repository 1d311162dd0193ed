import { joinBytes } from '../peek.ts';

/** Bytes of chunks that wait for more, joined only when they are read. */
export class PendingBytes {
  #pieces: Uint8Array[] = [];
  length = 0;

  /** Keeps a copy. */
  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece.slice());
    this.length += piece.length;
  }

  /** What waited, with the chunk behind it; the chunk itself when nothing did. */
  take(chunk: Uint8Array): Uint8Array {
    if (this.length === 0) return chunk;
    const whole = joinBytes([...this.#pieces, chunk], this.length + chunk.length);
    this.#pieces = [];
    this.length = 0;
    return whole;
  }
}
