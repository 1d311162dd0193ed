/** Bytes kept from one chunk to the next at most. A line longer than this is no line of a dump and is passed over. */
export const MAX_CARRY_BYTES = 4 * 1024 * 1024;
/** First piece of a chunk that is joined to what the chunk before left over; grows when that is not enough. */
const FIRST_JOIN_BYTES = 4096;
const LF = 10;

/** Who reads the bytes. */
export interface LineConsumer {
  /** Reads as many whole lines as it can decide about and answers how many bytes that were; all of them when `final`. */
  consume: (bytes: Uint8Array, final: boolean) => number;
  /** `bytes` bytes of an overlong line were passed over; `start` holds its beginning, once a line. */
  skipped: (bytes: number, start: Uint8Array | null) => void;
  /** The line end of an overlong line was passed over. */
  skippedLineEnd: () => void;
}

/**
 * Lets a consumer of lines read chunks that are cut anywhere. A chunk is read in place; only the few bytes around a cut
 * are copied.
 */
export class ChunkJoiner {
  readonly #consumer: LineConsumer;
  #carry = new Uint8Array(0);
  #skipping = false;

  constructor(consumer: LineConsumer) {
    this.#consumer = consumer;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.#skipping) from = this.#skip(chunk);
    else if (this.#carry.length > 0) from = this.#joinCarry(chunk);
    if (from >= chunk.length) return;
    const rest = chunk.subarray(from);
    this.#keep(rest.subarray(this.#consumer.consume(rest, false)));
  }

  /** Nothing is kept for the next chunk: the last one ended where a line did. */
  get isEven(): boolean {
    return this.#carry.length === 0 && !this.#skipping;
  }

  finish(): void {
    this.#consumer.consume(this.#carry, true);
    this.#carry = new Uint8Array(0);
  }

  /** Joins what was left over with ever larger pieces of the chunk; answers how much of the chunk is consumed. */
  #joinCarry(chunk: Uint8Array): number {
    let taken = 0;
    for (let take = FIRST_JOIN_BYTES; ; take *= 4) {
      const until = Math.min(chunk.length, taken + take);
      const left = this.#carry.length;
      const joined = new Uint8Array(left + until - taken);
      joined.set(this.#carry);
      joined.set(chunk.subarray(taken, until), left);
      const consumed = this.#consumer.consume(joined, false);
      if (consumed >= left) {
        this.#carry = new Uint8Array(0);
        return taken + consumed - left;
      }
      this.#keep(joined.subarray(consumed));
      taken = until;
      if (taken === chunk.length) return taken;
      if (this.#skipping) return taken + this.#skip(chunk.subarray(taken));
    }
  }

  #keep(rest: Uint8Array): void {
    if (rest.length <= MAX_CARRY_BYTES) {
      this.#carry = rest.slice();
      return;
    }
    this.#carry = new Uint8Array(0);
    this.#skipping = true;
    this.#consumer.skipped(rest.length, rest.subarray(0, 1024));
  }

  /** Passes over bytes up to the next line end; answers how many. */
  #skip(chunk: Uint8Array): number {
    const lf = chunk.indexOf(LF);
    const passed = lf < 0 ? chunk.length : lf + 1;
    this.#consumer.skipped(passed, null);
    if (lf >= 0) {
      this.#skipping = false;
      this.#consumer.skippedLineEnd();
    }
    return passed;
  }
}
