import { NONE } from '../../../model/rows.ts';
import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { Arena, equalBytes, hashBytes, twice, type Window } from './bytes.ts';
import { parseHeaderTail } from './header.ts';

/** Answer of `find` for text that is no header tail. */
export const NO_TAIL = -1;

/**
 * Every distinct header tail (`[IO wait, 12 minutes]:`) met so far, by its bytes. A dump of a million goroutines has a
 * few hundred of them, so each is turned into text and read once.
 */
export class HeaderTails {
  /** Per tail: index of its state in the dump's symbols. */
  readonly state: number[] = [];
  readonly waitMinutes: number[] = [];
  readonly flags: number[] = [];
  readonly bubble: number[] = [];
  /** Per tail: index of its label set in the dump's symbols, or NONE. */
  readonly labels: number[] = [];
  /** Per tail: the node of the frame that followed it last, or 0. What a goroutine waits for foretells its first frame. */
  readonly firstChild: number[] = [];
  readonly #arena = new Arena();
  /** Per tail: its hash, and where its bytes stand in the arena. */
  #hash = new Int32Array(128);
  #start = new Int32Array(128);
  #length = new Int32Array(128);
  #slots = new Int32Array(256);
  readonly #symbols: SymbolBuilder;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(symbols: SymbolBuilder, decode: (bytes: Uint8Array) => string) {
    this.#symbols = symbols;
    this.#decode = decode;
  }

  /** The tail in the range, read now if it is new, or NO_TAIL when it is none. */
  find(window: Window, start: number, end: number): number {
    const hash = hashBytes(window.view, start, end, 0);
    const length = end - start;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const tail = (this.#slots[slot] ?? 0) - 1;
      if (this.#hash[tail] !== hash || this.#length[tail] !== length) continue;
      if (equalBytes(window.view, start, this.#arena.view, this.#start[tail] ?? 0, length)) return tail;
    }
    return this.#add(window, start, end, hash, slot);
  }

  #add(window: Window, start: number, end: number, hash: number, slot: number): number {
    const parsed = parseHeaderTail(this.#decode(window.bytes.subarray(start, end)));
    if (parsed === null) return NO_TAIL;
    const tail = this.state.push(this.#symbols.state(parsed.state)) - 1;
    this.waitMinutes.push(parsed.waitMinutes);
    this.flags.push(parsed.flags);
    this.bubble.push(parsed.bubble);
    this.labels.push(parsed.labels === null || parsed.labels.length === 0 ? NONE : this.#symbols.labels(parsed.labels));
    this.firstChild.push(0);
    this.#start[tail] = this.#arena.add(window.bytes, start, end);
    this.#length[tail] = end - start;
    this.#hash[tail] = hash;
    this.#slots[slot] = tail + 1;
    if (this.state.length * 2 === this.#slots.length) this.#widen();
    return tail;
  }

  /** Twice the room, as half of the slots are taken: there are as many tails as the columns hold. */
  #widen(): void {
    this.#hash = twice(this.#hash);
    this.#start = twice(this.#start);
    this.#length = twice(this.#length);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let tail = 0; tail < this.state.length; tail++) {
      let slot = (this.#hash[tail] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = tail + 1;
    }
  }
}
