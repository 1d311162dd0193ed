import { NO_MINUTES, NONE } from '../../../model/rows.ts';
import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { Arena, ascii, COMMA, equalBytes, hashBytes, isDigit, SPACE, startsWith, twice, type Window } from './bytes.ts';
import { type HeaderTail, parseHeaderTail } from './header.ts';

/** Answer of `find` for text that is no header tail. */
export const NO_TAIL = -1;
const MINUTES = ascii(' minutes');
/** Of a number of minutes that is taken out of its tail. */
const MOST_DIGITS = 9;

/**
 * Every distinct header tail (`[IO wait, 12 minutes]:`) met so far, by its bytes without the digits of its minutes: a dump
 * of a million goroutines has a few dozen of them and, with their minutes, many thousands. Each is turned into text and
 * read once.
 */
export class HeaderTails {
  /** Of the tail found last; NO_MINUTES when it says none. */
  waitMinutes: number = NO_MINUTES;
  /** Per tail: index of its state in the dump's symbols. */
  readonly state: number[] = [];
  readonly flags: number[] = [];
  readonly bubble: number[] = [];
  /** Per tail: index of its label set in the dump's symbols, or NONE. */
  readonly labels: number[] = [];
  /** Per tail: the node of the frame that followed it last, or 0. What a goroutine waits for foretells its first frame. */
  readonly firstChild: number[] = [];
  /** Per tail: its minutes, as far as its digits were not left out. */
  readonly #minutes: number[] = [];
  readonly #arena = new Arena();
  /** Per tail: its hash, and where its bytes stand in the arena. */
  #hash = new Int32Array(128);
  #start = new Int32Array(128);
  #length = new Int32Array(128);
  /** Per tail: its bytes before the digits that were left out; all of them when none were. */
  #head = new Int32Array(128);
  #slots = new Int32Array(256);
  readonly #symbols: SymbolBuilder;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(symbols: SymbolBuilder, decode: (bytes: Uint8Array) => string) {
    this.#symbols = symbols;
    this.#decode = decode;
  }

  /** The tail in the range, read now if it is new, or NO_TAIL when it is none. Sets `waitMinutes`. */
  find(window: Window, start: number, end: number): number {
    const { bytes } = window;
    const digits = minutesStart(bytes, start, end);
    if (digits < 0) return this.#findWhole(window, start, end);
    let digitsEnd = digits;
    let minutes = 0;
    for (; isDigit(bytes[digitsEnd]); digitsEnd++) minutes = minutes * 10 + ((bytes[digitsEnd] ?? 0) - 48);
    const known = this.#lookUp(window, start, digits, digitsEnd, end);
    const tail = known === NO_TAIL ? this.#addWithMinutes(window, start, digits, digitsEnd, end, minutes) : known;
    if (tail === NO_TAIL) return this.#findWhole(window, start, end);
    this.waitMinutes = minutes;
    return tail;
  }

  #findWhole(window: Window, start: number, end: number): number {
    const known = this.#lookUp(window, start, end, end, end);
    const tail = known === NO_TAIL ? this.#addWhole(window, start, end) : known;
    this.waitMinutes = this.#minutes[tail] ?? NO_MINUTES;
    return tail;
  }

  /** The known tail made of `[start, cut)` and `[cutEnd, end)`, or NO_TAIL. */
  #lookUp(window: Window, start: number, cut: number, cutEnd: number, end: number): number {
    const { view } = window;
    const arena = this.#arena.view;
    const hash = hashParts(window, start, cut, cutEnd, end);
    const head = cut - start;
    const length = head + end - cutEnd;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const tail = (this.#slots[slot] ?? 0) - 1;
      if (this.#hash[tail] !== hash || this.#length[tail] !== length || this.#head[tail] !== head) continue;
      const at = this.#start[tail] ?? 0;
      if (!equalBytes(view, start, arena, at, head)) continue;
      if (equalBytes(view, cutEnd, arena, at + head, length - head)) return tail;
    }
    return NO_TAIL;
  }

  /** Adds a tail without its digits; NO_TAIL when they are not what says how long it waits. */
  #addWithMinutes(
    window: Window,
    start: number,
    digits: number,
    digitsEnd: number,
    end: number,
    minutes: number,
  ): number {
    const text = this.#decode(window.bytes.subarray(start, end));
    const parsed = parseHeaderTail(text);
    // Read again with other digits: a second field of minutes would say the same both times.
    const other = parseHeaderTail(text.slice(0, digits - start) + (minutes + 1) + text.slice(digitsEnd - start));
    if (parsed?.waitMinutes !== minutes || other?.waitMinutes !== minutes + 1) return NO_TAIL;
    return this.#add(parsed, window, start, digits, digitsEnd, end);
  }

  #addWhole(window: Window, start: number, end: number): number {
    const parsed = parseHeaderTail(this.#decode(window.bytes.subarray(start, end)));
    return parsed === null ? NO_TAIL : this.#add(parsed, window, start, end, end, end);
  }

  #add(parsed: HeaderTail, window: Window, start: number, cut: number, cutEnd: number, end: number): number {
    const tail = this.state.push(this.#symbols.state(parsed.state)) - 1;
    this.#minutes.push(parsed.waitMinutes);
    this.flags.push(parsed.flags);
    this.bubble.push(parsed.bubble);
    this.labels.push(parsed.labels === null || parsed.labels.length === 0 ? NONE : this.#symbols.labels(parsed.labels));
    this.firstChild.push(0);
    this.#start[tail] = this.#arena.add(window.bytes, start, cut);
    this.#arena.add(window.bytes, cutEnd, end);
    this.#head[tail] = cut - start;
    this.#length[tail] = cut - start + end - cutEnd;
    this.#hash[tail] = hashParts(window, start, cut, cutEnd, end);
    this.#place(tail);
    if (this.state.length * 2 === this.#slots.length) this.#widen();
    return tail;
  }

  #place(tail: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hash[tail] ?? 0) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = tail + 1;
  }

  /** Twice the room, as half of the slots are taken: there are as many tails as the columns hold. */
  #widen(): void {
    this.#hash = twice(this.#hash);
    this.#start = twice(this.#start);
    this.#length = twice(this.#length);
    this.#head = twice(this.#head);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let tail = 0; tail < this.state.length; tail++) this.#place(tail);
  }
}

function hashParts({ view }: Window, start: number, cut: number, cutEnd: number, end: number): number {
  return hashBytes(view, cutEnd, end, hashBytes(view, start, cut, 0));
}

/** Where the digits of `, 12 minutes` begin when it is the first field behind the state, else -1. */
function minutesStart(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && bytes[p] !== COMMA) p++;
  const digits = p + 2;
  let digitsEnd = digits;
  while (isDigit(bytes[digitsEnd]) && digitsEnd < digits + MOST_DIGITS) digitsEnd++;
  return digitsEnd > digits && bytes[p + 1] === SPACE && startsWith(bytes, digitsEnd, end, MINUTES) ? digits : -1;
}
