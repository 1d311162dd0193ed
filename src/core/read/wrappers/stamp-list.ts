/** Latest places that are kept: more than lines fit into what a reader holds of a text at once. */
const MAX_PLACES = 1 << 18;
const FIRST_PLACES = 64;

/** The times of the latest lines of a text, by the places where the time changes. */
export class StampList {
  #lines = new Int32Array(FIRST_PLACES);
  #times = new Float64Array(FIRST_PLACES);
  #length = 0;
  #last = Number.NaN;

  /** Lines from `line` on are of this time; NaN where nothing tells. */
  note(line: number, ms: number): void {
    if (ms === this.#last || (Number.isNaN(ms) && Number.isNaN(this.#last))) return;
    this.#last = ms;
    if (this.#length === this.#lines.length) this.#makeRoom();
    this.#lines[this.#length] = line;
    this.#times[this.#length++] = ms;
  }

  #makeRoom(): void {
    if (this.#length >= MAX_PLACES) {
      const half = this.#length >> 1;
      this.#lines.copyWithin(0, half);
      this.#times.copyWithin(0, half);
      this.#length -= half;
      return;
    }
    const lines = new Int32Array(this.#length * 2);
    const times = new Float64Array(this.#length * 2);
    lines.set(this.#lines);
    times.set(this.#times);
    this.#lines = lines;
    this.#times = times;
  }

  /** Milliseconds since 1970 UTC; null where nothing told it, and for a line before the places that are kept. */
  at(line: number): number | null {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#lines[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    const ms = low === 0 ? Number.NaN : (this.#times[low - 1] ?? Number.NaN);
    return Number.isNaN(ms) ? null : ms;
  }
}
