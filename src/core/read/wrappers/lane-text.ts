import { GrowingInt32 } from '../../model/growing.ts';
import type { LineOrigins } from '../format.ts';
import { stampMs } from './stamps.ts';
import type { LaneSink } from './unwrapper.ts';

/** Bytes gathered before they are given on. */
const FLUSH_BYTES = 256 * 1024;
/** Latest lines of which the time is kept. */
const KEPT_STAMPS = 1 << 17;
/** Places where the number of a line and of its source part ways that are kept; behind them numbers are estimates. */
const MAX_BREAKS = 2_000_000;
const LF = 10;

/** The lines of one process, gathered into chunks, with where each came from. */
export class LaneText implements LineOrigins {
  readonly #reader: { readonly push: (chunk: Uint8Array) => void };
  readonly #referenceMs: number | null;
  #out = new Uint8Array(FLUSH_BYTES);
  #length = 0;
  /** 1-based number of the line that comes next. */
  #line = 1;
  /** Lines from which on the source is another number of lines ahead, and the source of each. */
  readonly #breakLine = new GrowingInt32();
  readonly #breakSource = new GrowingInt32();
  #nextSource = -1;
  /** Times of lines, the first of them line `#stampsFrom`. */
  #stamps: (string | number | null)[] = [];
  #stampsFrom = 1;
  #lastTime: string | number | null = null;
  /** Between two parts of one line. */
  #open = false;

  constructor(sink: LaneSink, key: string | null, instance: string | null, referenceMs: number | null) {
    this.#referenceMs = referenceMs;
    this.#reader = sink.open({ key, instance, origins: this });
  }

  /** Adds a payload of the input's line `source`; it may hold several lines. `partial`: the next payload goes on in its last line. */
  add(bytes: Uint8Array, source: number, time: string | number | null, partial: boolean): void {
    const needed = bytes.length + 1;
    if (this.#length + needed > this.#out.length) this.flush();
    if (needed > this.#out.length) this.#out = new Uint8Array(needed);
    this.#out.set(bytes, this.#length);
    this.#length += bytes.length;
    if (!this.#open) this.#begin(source, time);
    for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
      this.#line++;
      this.#begin(source, time);
    }
    this.#open = partial;
    if (partial) return;
    this.#out[this.#length++] = LF;
    this.#line++;
  }

  /** Gives whole lines on as they stand in the input, of which the first is line `source`. */
  pass(bytes: Uint8Array, source: number, lines: number): void {
    this.flush();
    this.#begin(source, null);
    this.#reader.push(bytes);
    this.#line += lines;
    this.#nextSource = source + lines;
    this.#stampsFrom = this.#line;
    this.#stamps = [];
  }

  /** As `pass`, for text that stands as it is to its end: lines are no longer counted. */
  push(bytes: Uint8Array): void {
    this.flush();
    this.#reader.push(bytes);
  }

  /** Notes where the line that begins here came from. */
  #begin(source: number, time: string | number | null): void {
    if (source !== this.#nextSource && this.#breakLine.length < MAX_BREAKS) {
      this.#breakLine.push(this.#line);
      this.#breakSource.push(source);
    }
    this.#nextSource = source + 1;
    if (this.#stamps.length >= 2 * KEPT_STAMPS) {
      this.#stampsFrom += this.#stamps.length - KEPT_STAMPS;
      this.#stamps = this.#stamps.slice(-KEPT_STAMPS);
    }
    // A line without a time goes on with what the one before said.
    if (time !== null) this.#lastTime = time;
    this.#stamps[this.#line - this.#stampsFrom] = this.#lastTime;
  }

  flush(): void {
    if (this.#length === 0) return;
    this.#reader.push(this.#out.subarray(0, this.#length));
    this.#length = 0;
  }

  sourceLine(line: number): number {
    let low = 0;
    let high = this.#breakLine.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#breakLine.at(middle) <= line) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return line;
    return this.#breakSource.at(low - 1) + line - this.#breakLine.at(low - 1);
  }

  timeMs(line: number): number | null {
    return stampMs(this.#stamps[line - this.#stampsFrom] ?? null, this.#referenceMs);
  }
}
