import type { Process } from './process.ts';

/** Bytes of a line that slow layers look at, as they stand before the payload. */
const LOOK_BYTES = 600;
const NO_BYTES = new Uint8Array(0);

/** A line of a log while its layers are taken off, from the outside in. */
export class LineView {
  bytes: Uint8Array = NO_BYTES;
  /** The payload so far: positions in `bytes`, without the line break. */
  start = 0;
  end = 0;
  /** As far as layers said; null when none did. */
  process: Process | null = null;
  /** As the outermost layer that tells one said, milliseconds since 1970 UTC; NaN when none did. */
  timeMs = Number.NaN;
  /** Lines of another stream of the same process may stand between two parts of a line. */
  stream = '';
  /** The line goes on in the next one of its process and stream. */
  partial = false;
  /** It goes on with the line before of its process. */
  continues = false;
  /** The payload was decoded: `bytes` hold nothing else, and it may hold line breaks. */
  decoded = false;
  #look = '';
  #lookFrom = -1;

  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.process = null;
    this.timeMs = Number.NaN;
    this.stream = '';
    this.partial = false;
    this.continues = false;
    this.decoded = false;
    this.#lookFrom = -1;
  }

  /** The payload's first bytes, one character each. */
  get look(): string {
    if (this.#lookFrom !== this.start) {
      this.#look = latin1(this.bytes, this.start, Math.min(this.end, this.start + LOOK_BYTES));
      this.#lookFrom = this.start;
    }
    return this.#look;
  }

  /** Takes `length` bytes off the payload. */
  drop(length: number): void {
    this.start = Math.min(this.end, this.start + length);
  }

  /** Puts another payload in place of this one. */
  replace(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.start = 0;
    this.end = bytes.length;
    this.decoded = true;
    this.#lookFrom = -1;
  }

  /** The time, unless an outer layer told one. */
  stamp(ms: number | null): void {
    if (ms !== null && Number.isNaN(this.timeMs)) this.timeMs = ms;
  }

  copy(): LineView {
    const view = new LineView();
    view.set(this);
    return view;
  }

  /** Makes this view the same as another. */
  set(other: LineView): void {
    this.open(other.bytes, other.start, other.end);
    this.process = other.process;
    this.timeMs = other.timeMs;
    this.stream = other.stream;
    this.partial = other.partial;
    this.continues = other.continues;
    this.decoded = other.decoded;
  }
}

/** Bytes as text, one character each. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8192)));
  }
  return text;
}
