import type { LineOrigins } from '../format.ts';
import { type BreakBudget, LineMap } from './line-map.ts';
import { StampList } from './stamp-list.ts';
import type { LaneSink } from './unwrapper.ts';

/** Bytes gathered before they are given on; lanes of a few lines take less. */
const FLUSH_BYTES = 256 * 1024;
const FIRST_BYTES = 1024;
/** Shorter payloads are copied byte by byte: the call of `set` costs more. */
const SHORT_BYTES = 48;
const LF = 10;

/** One payload of a line of the input. */
export interface Payload {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** It may hold line breaks. */
  readonly decoded: boolean;
  /** It goes on with the last line. */
  readonly continues: boolean;
  /** Milliseconds since 1970 UTC, or NaN. */
  readonly timeMs: number;
}

/** The lines of one process, gathered into chunks, with where each came from. */
export class LaneText implements LineOrigins {
  readonly #reader: { readonly push: (chunk: Uint8Array) => void };
  readonly #map: LineMap;
  readonly #stamps = new StampList();
  #out = new Uint8Array(FIRST_BYTES);
  #length = 0;
  /** 1-based number of the line that begins next. */
  #line = 1;
  /** The break of the last line is still to be given on: the next may go on with it, and the input may end without one. */
  #owed = false;

  constructor(sink: LaneSink, key: string | null, instance: string | null, budget: BreakBudget) {
    this.#map = new LineMap(budget);
    this.#reader = sink.open({ key, instance, origins: this });
  }

  /** Adds what came from line `source` of the input. */
  add(payload: Payload, source: number): void {
    const { bytes, start, end } = payload;
    this.#makeRoom(end - start + 1);
    const breaks = payload.decoded ? lineBreaks(bytes, start, end) : 0;
    if (!payload.continues || !this.#owed) this.#begin(source, payload.timeMs, breaks > 0);
    this.#copy(bytes, start, end);
    this.#line += breaks;
    this.#owed = true;
  }

  /** `same`: the lines that follow in the payload are of the same line of the input. */
  #begin(source: number, timeMs: number, same: boolean): void {
    if (this.#owed) this.#out[this.#length++] = LF;
    this.#map.note(this.#line, source, same);
    // A line without a time goes on with what the one before said.
    if (!Number.isNaN(timeMs)) this.#stamps.note(this.#line, timeMs);
    this.#line++;
  }

  #copy(bytes: Uint8Array, start: number, end: number): void {
    const out = this.#out;
    let length = this.#length;
    if (end - start > SHORT_BYTES) {
      out.set(bytes.subarray(start, end), length);
      length += end - start;
    } else {
      for (let i = start; i < end; i++) out[length++] = bytes[i] ?? 0;
    }
    this.#length = length;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#out.length) return;
    if (this.#out.length >= FLUSH_BYTES) this.flush();
    if (this.#length + bytes <= this.#out.length) return;
    const wider = new Uint8Array(Math.max(this.#length + bytes, Math.min(FLUSH_BYTES, this.#out.length * 4)));
    wider.set(this.#out.subarray(0, this.#length));
    this.#out = wider;
  }

  /** Gives whole lines on as they stand in the input, of which the first is line `source`; the last may lack its break at the end. */
  pass(bytes: Uint8Array, source: number, lines: number): void {
    this.#settleBreak();
    this.#map.note(this.#line, source, false);
    // What stands in the lines themselves tells their time.
    this.#stamps.note(this.#line, Number.NaN);
    this.#reader.push(bytes);
    this.#line += lines;
  }

  /** As `pass`, for text that stands as it is to its end: lines are no longer counted. */
  push(bytes: Uint8Array): void {
    if (this.#owed) this.#settleBreak();
    this.#reader.push(bytes);
  }

  #settleBreak(): void {
    if (this.#owed) {
      this.#makeRoom(1);
      this.#out[this.#length++] = LF;
      this.#owed = false;
    }
    this.flush();
  }

  /** The end of the text. `broken`: the input ends within the last line. */
  finish(broken: boolean): void {
    if (broken) this.flush();
    else this.#settleBreak();
  }

  /** Gives on what was gathered. */
  flush(): void {
    if (this.#length === 0) return;
    const given = this.#out.subarray(0, this.#length);
    // A payload of many megabytes is not held on to.
    if (this.#out.length > FLUSH_BYTES) this.#out = new Uint8Array(FLUSH_BYTES);
    this.#length = 0;
    this.#reader.push(given);
  }

  sourceLine(line: number): number {
    return this.#map.sourceOf(line);
  }

  timeMs(line: number): number | null {
    return this.#stamps.at(line);
  }
}

function lineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let lf = bytes.indexOf(LF, start); lf >= 0 && lf < end; lf = bytes.indexOf(LF, lf + 1)) count++;
  return count;
}
