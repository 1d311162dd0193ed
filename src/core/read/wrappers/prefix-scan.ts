import type { Clock } from './clock.ts';
import { digit } from './clock.ts';
import type { LineView } from './line-view.ts';

const [TAB, SPACE, ESC, OPEN, SEMICOLON, LETTER_M] = [9, 32, 27, 91, 59, 109];

/** A table of the bytes that end a word: blanks, control characters and these. */
export function endingAt(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, SPACE + 1);
  for (const c of characters) table[c.charCodeAt(0)] = 1;
  return table;
}

/**
 * Reads a prefix from the front of a line, byte by byte. A method that finds what it is asked for moves on behind it and
 * answers true. The byte behind a line is no part of any prefix, so positions need no check against its end.
 */
export class PrefixScan {
  readonly clock: Clock;
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** The bytes that name the process; none when equal. */
  from = 0;
  to = 0;
  timed = false;
  stream = '';
  partial = false;
  continues = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  open(view: LineView): void {
    this.bytes = view.bytes;
    this.at = view.start;
    this.end = view.end;
    this.from = 0;
    this.to = 0;
    this.timed = false;
    this.stream = '';
    this.partial = false;
    this.continues = false;
  }

  is(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  /** Plain ASCII. */
  text(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false;
    this.at += word.length;
    return true;
  }

  /** The one space that ends a prefix; the end of a line serves as well, since editors trim blanks there. */
  gap(): boolean {
    if (this.at >= this.end) return this.at === this.end;
    return this.is(SPACE);
  }

  spaces(): boolean {
    const from = this.at;
    while (this.bytes[this.at] === SPACE) this.at++;
    return this.at > from;
  }

  digits(most: number): boolean {
    const from = this.at;
    while (this.at < from + most && digit(this.bytes, this.at) >= 0) this.at++;
    return this.at > from && digit(this.bytes, this.at) < 0;
  }

  /** At least one byte that is not marked in `stops`, at most `most` of them. */
  word(most: number, stops: Uint8Array): boolean {
    const { bytes, at: from } = this;
    const last = Math.min(this.end, from + most + 1);
    let at = from;
    while (at < last && stops[bytes[at] ?? 0] === 0) at++;
    if (at === from || at - from > most) return false;
    this.at = at;
    return true;
  }

  /** Up to a TAB, blanks included. */
  column(most: number): boolean {
    const tab = this.bytes.indexOf(TAB, this.at);
    if (tab <= this.at || tab > this.at + most || tab >= this.end) return false;
    this.at = tab + 1;
    return true;
  }

  /** `ESC [ 31 m`, any number of them. Always true. */
  colours(): boolean {
    while (this.bytes[this.at] === ESC && this.bytes[this.at + 1] === OPEN) {
      let p = this.at + 2;
      while (p < this.at + 24 && (digit(this.bytes, p) >= 0 || this.bytes[p] === SEMICOLON)) p++;
      if (this.bytes[p] !== LETTER_M) break;
      this.at = p + 1;
    }
    return true;
  }

  /** One of the clock's times. */
  time(read: 'iso' | 'dated' | 'full' | 'short' | 'klog' | 'unix'): boolean {
    const after = this.clock[read](this.bytes, this.at);
    if (after < 0 || after > this.end) return false;
    this.at = after;
    this.timed = true;
    return true;
  }
}
