/** Bytes of a line that layers look at, as they stand before the payload. */
const LOOK_BYTES = 600;

/** A line of a log while its layers are taken off, from the outside in. */
export class LineView {
  bytes: Uint8Array = new Uint8Array(0);
  /** The payload so far: positions in `bytes`, without the line break. */
  start = 0;
  end = 0;
  /** Which process the line is of, as far as layers said; empty when none did. */
  key = '';
  /** What people call that process. */
  instance = '';
  /** As the outermost layer that tells one printed it, or milliseconds since 1970 UTC. */
  time: string | number | null = null;
  /** The line goes on in the next one of its process. */
  partial = false;
  #text: string | null = null;
  #textFrom = -1;

  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.key = '';
    this.instance = '';
    this.time = null;
    this.partial = false;
    this.#text = null;
  }

  /** The payload's first bytes, one character each. */
  get look(): string {
    if (this.#text === null || this.#textFrom !== this.start) {
      this.#text = latin1(this.bytes, this.start, Math.min(this.end, this.start + LOOK_BYTES));
      this.#textFrom = this.start;
    }
    return this.#text;
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
    this.#text = null;
  }

  copy(): LineView {
    const view = new LineView();
    view.open(this.bytes, this.start, this.end);
    view.key = this.key;
    view.instance = this.instance;
    view.time = this.time;
    view.partial = this.partial;
    return view;
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
