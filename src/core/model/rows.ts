import { GrowingFloat64, GrowingInt32, GrowingUint32 } from './growing.ts';
import type { SymbolMap } from './symbol-builder.ts';
import type { StackIndex } from './symbols.ts';

/** `flags` bits of a goroutine. */
export const FLAG = {
  /** `, locked to thread` */
  lockedToThread: 1,
  /** ` (leaked)`: proven by a leak-detecting collection (Go 1.26 experiment, 1.27). Sticky for the process. */
  leaked: 2,
  /** ` (scan)`: the collector was scanning its stack. */
  scan: 4,
  /** ` (durable)`: durably blocked inside a synctest bubble (Go 1.25). */
  durable: 8,
  /** `...N frames elided...` stands in its stack. */
  elided: 16,
  /** `[originating from goroutine N]:` follows its stack (GODEBUG=tracebackancestors). */
  ancestors: 32,
  /** `goroutine running on other thread; stack unavailable` stands in place of its stack. */
  unavailable: 64,
} as const;

/** Value of `waitMinutes` when none is printed: under a minute, not waiting, or unknown. Never 0. */
export const NO_MINUTES = -1;
/** Value of `labels` and `bubble` for a goroutine that has none. */
export const NONE = -1;
/** Value of `creatorId` when the form does not print it (before Go 1.21) or the creator is unknown. Ids start at 1. */
export const NO_ID = 0;

/**
 * One entry per goroutine in a traceback; one per record in the forms that only count. A column is null when the form
 * never says it. Ids and offsets are 64-bit in Go and doubles here: exact up to 2^53.
 */
export interface Rows {
  readonly length: number;
  /** Goroutines a row stands for; null when every row is one goroutine. Negative only in a difference profile. */
  readonly weight: Float64Array | null;
  readonly goroutineId: Float64Array | null;
  readonly stack: Uint32Array;
  /** Index into `symbols.states`; 0 is unknown. */
  readonly state: Uint32Array;
  /** `, 12 minutes`: a lower bound in whole minutes, or NO_MINUTES. */
  readonly waitMinutes: Int32Array | null;
  /** FLAG bits. */
  readonly flags: Uint8Array | null;
  /** ` in goroutine 7` of `created by`, or NO_ID. */
  readonly creatorId: Float64Array | null;
  /** Index into `symbols.labelSets`, or NONE; null when no goroutine of the dump carries labels. */
  readonly labels: Int32Array | null;
  /** `synctest bubble 2` (1.25) or `synctest group 5` (1.24), or NONE; null when there is none in the dump. */
  readonly bubble: Int32Array | null;
  /** First byte of the row's text in the text that `Provenance` places; null when the form has no text (pprof). */
  readonly byteOffset: Float64Array | null;
  /** Bytes of that text, without the blank line after it. */
  readonly byteLength: Uint32Array | null;
}

/** Rows of one block. The first block is small, as most dumps are; later ones bound the room that stands empty. */
const FIRST_BLOCK = 1 << 10;
const BLOCK = 1 << 16;

/** Of all columns that every row has a value in. */
const BYTES_PER_ROW = 49;

/** In place of a column that no row of a block has a value in: what is written to it is lost. */
const NO_COLUMN = new Int32Array(0);

/** The columns of up to `capacity` rows. */
function makeBlock(capacity: number) {
  return {
    capacity,
    goroutineId: new Float64Array(capacity),
    stack: new Uint32Array(capacity),
    state: new Uint32Array(capacity),
    waitMinutes: new Int32Array(capacity),
    flags: new Uint8Array(capacity),
    creatorId: new Float64Array(capacity),
    labels: NO_COLUMN,
    bubble: NO_COLUMN,
    byteOffset: new Float64Array(capacity),
    byteLength: new Uint32Array(capacity),
  };
}

/** Grows the rows of a form that prints every goroutine; all columns at once, as this is a step of every goroutine. */
export class GoroutineRowBuilder {
  readonly #blocks = [makeBlock(FIRST_BLOCK)];
  #open = this.#blocks[0] ?? makeBlock(0);
  #used = 0;
  #length = 0;
  #anyLabels = false;
  #anyBubble = false;

  get length(): number {
    return this.#length;
  }

  /** Positional, as this runs once per goroutine of a file that may hold millions. Answers with the row's index. */
  add(
    id: number,
    stack: StackIndex,
    state: number,
    waitMinutes: number,
    flags: number,
    creatorId: number,
    labels: number,
    bubble: number,
    byteOffset: number,
    byteLength: number,
  ): number {
    if (this.#used === this.#open.capacity) {
      this.#open = makeBlock(BLOCK);
      this.#blocks.push(this.#open);
      this.#used = 0;
    }
    const block = this.#open;
    const at = this.#used++;
    block.goroutineId[at] = id;
    block.stack[at] = stack;
    block.state[at] = state;
    block.waitMinutes[at] = waitMinutes;
    block.flags[at] = flags;
    block.creatorId[at] = creatorId;
    if (labels !== NONE) {
      this.#anyLabels = true;
      if (block.labels.length === 0) block.labels = new Int32Array(block.capacity).fill(NONE);
    }
    if (bubble !== NONE) {
      this.#anyBubble = true;
      if (block.bubble.length === 0) block.bubble = new Int32Array(block.capacity).fill(NONE);
    }
    block.labels[at] = labels;
    block.bubble[at] = bubble;
    block.byteOffset[at] = byteOffset;
    block.byteLength[at] = byteLength;
    return this.#length++;
  }

  /** Of all columns. */
  get bytes(): number {
    return this.#blocks.reduce((sum, block) => sum + block.capacity * BYTES_PER_ROW, 0);
  }

  /** How many rows so far have each stack, by stack. Cost: a look at each row. */
  countStacks(stacks: number): { readonly count: Uint32Array; readonly state: Uint32Array } {
    const count = new Uint32Array(stacks);
    const state = new Uint32Array(stacks);
    let left = this.#length;
    for (const block of this.#blocks) {
      const rows = Math.min(left, block.capacity);
      for (let row = 0; row < rows; row++) {
        const stack = block.stack[row] ?? 0;
        count[stack] = (count[stack] ?? 0) + 1;
        state[stack] = block.state[row] ?? 0;
      }
      left -= rows;
    }
    return { count, state };
  }

  /** Adds rows of the same form whose symbols stand elsewhere here. */
  append(rows: Rows, { stack, state, labels }: SymbolMap): void {
    for (let row = 0; row < rows.length; row++) {
      const set = rows.labels?.[row] ?? NONE;
      this.add(
        rows.goroutineId?.[row] ?? NO_ID,
        stack[rows.stack[row] ?? 0] ?? 0,
        state[rows.state[row] ?? 0] ?? 0,
        rows.waitMinutes?.[row] ?? NO_MINUTES,
        rows.flags?.[row] ?? 0,
        rows.creatorId?.[row] ?? NO_ID,
        set === NONE ? NONE : (labels[set] ?? NONE),
        rows.bubble?.[row] ?? NONE,
        rows.byteOffset?.[row] ?? 0,
        rows.byteLength?.[row] ?? 0,
      );
    }
  }

  /** Gives row `row` the stack and place of a later block of the same goroutine; its header stays. */
  replaceStack(row: number, stack: StackIndex, creatorId: number, byteOffset: number, byteLength: number): void {
    const block = this.#blocks[row < FIRST_BLOCK ? 0 : 1 + Math.floor((row - FIRST_BLOCK) / BLOCK)];
    if (block === undefined) return;
    const at = row < FIRST_BLOCK ? row : (row - FIRST_BLOCK) % BLOCK;
    block.stack[at] = stack;
    if (creatorId !== NO_ID) block.creatorId[at] = creatorId;
    block.byteOffset[at] = byteOffset;
    block.byteLength[at] = byteLength;
  }

  /** Sets FLAG bits of a row. */
  addFlags(row: number, flags: number): void {
    const block = this.#blocks[row < FIRST_BLOCK ? 0 : 1 + Math.floor((row - FIRST_BLOCK) / BLOCK)];
    const at = row < FIRST_BLOCK ? row : (row - FIRST_BLOCK) % BLOCK;
    if (block !== undefined) block.flags[at] = (block.flags[at] ?? 0) | flags;
  }

  /** Exact columns, each in a buffer of its own that can be transferred; to be called once. Peak: the blocks and one column more. */
  finish(): Rows {
    const length = this.#length;
    const blocks = this.#blocks;
    const join = <A extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
      whole: A,
      column: (block: ReturnType<typeof makeBlock>) => A,
    ): A => {
      let at = 0;
      for (const block of blocks) {
        const part = column(block);
        const until = Math.min(at + block.capacity, length);
        if (part.length === 0) whole.fill(NONE, at, until);
        else whole.set(part.subarray(0, until - at), at);
        if (part !== NO_COLUMN) free(part.buffer);
        at = until;
      }
      return whole;
    };
    return {
      length,
      weight: null,
      goroutineId: join(new Float64Array(length), (block) => block.goroutineId),
      stack: join(new Uint32Array(length), (block) => block.stack),
      state: join(new Uint32Array(length), (block) => block.state),
      waitMinutes: join(new Int32Array(length), (block) => block.waitMinutes),
      flags: join(new Uint8Array(length), (block) => block.flags),
      creatorId: join(new Float64Array(length), (block) => block.creatorId),
      labels: this.#anyLabels ? join(new Int32Array(length), (block) => block.labels) : null,
      bubble: this.#anyBubble ? join(new Int32Array(length), (block) => block.bubble) : null,
      byteOffset: join(new Float64Array(length), (block) => block.byteOffset),
      byteLength: join(new Uint32Array(length), (block) => block.byteLength),
    };
  }
}

/** Gives a buffer back to the system at once, where the engine can (ES2024), and not when garbage is collected next. */
function free(buffer: ArrayBufferLike): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}

/** Rows `from` up to `to` of a form that prints every goroutine, in buffers of their own. */
export function sliceRows(rows: Rows, from: number, to: number): Rows {
  return {
    length: to - from,
    weight: rows.weight?.slice(from, to) ?? null,
    goroutineId: rows.goroutineId?.slice(from, to) ?? null,
    stack: rows.stack.slice(from, to),
    state: rows.state.slice(from, to),
    waitMinutes: rows.waitMinutes?.slice(from, to) ?? null,
    flags: rows.flags?.slice(from, to) ?? null,
    creatorId: rows.creatorId?.slice(from, to) ?? null,
    labels: rows.labels?.slice(from, to) ?? null,
    bubble: rows.bubble?.slice(from, to) ?? null,
    byteOffset: rows.byteOffset?.slice(from, to) ?? null,
    byteLength: rows.byteLength?.slice(from, to) ?? null,
  };
}

/** Grows the rows of a form that only counts: one row per record, no ids, no states, no minutes. */
export class RecordRowBuilder {
  readonly #weight = new GrowingFloat64();
  readonly #stack = new GrowingUint32();
  readonly #labels = new GrowingInt32();
  readonly #byteOffset = new GrowingFloat64();
  readonly #byteLength = new GrowingUint32();
  #total = 0;
  #anyLabels = false;
  #anyText = false;

  /** Sum of the weights so far. */
  get total(): number {
    return this.#total;
  }

  /** `byteOffset` and `byteLength` of the record's text; leave both out in a form that has no text. */
  add(weight: number, stack: StackIndex, labels: number, byteOffset?: number, byteLength?: number): void {
    this.#weight.push(weight);
    this.#stack.push(stack);
    this.#labels.push(labels);
    this.#byteOffset.push(byteOffset ?? 0);
    this.#byteLength.push(byteLength ?? 0);
    this.#total += weight;
    this.#anyLabels ||= labels !== NONE;
    this.#anyText ||= byteOffset !== undefined;
  }

  finish(): Rows {
    const stack = this.#stack.finish();
    return {
      length: stack.length,
      weight: this.#weight.finish(),
      goroutineId: null,
      stack,
      state: new Uint32Array(stack.length),
      waitMinutes: null,
      flags: null,
      creatorId: null,
      labels: this.#anyLabels ? this.#labels.finish() : null,
      bubble: null,
      byteOffset: this.#anyText ? this.#byteOffset.finish() : null,
      byteLength: this.#anyText ? this.#byteLength.finish() : null,
    };
  }
}
