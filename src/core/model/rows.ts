import { GrowingFloat64, GrowingInt32, GrowingUint8, GrowingUint32 } from './growing.ts';
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
  /** First byte of the row's text in the unpacked source; null when the form has no text (pprof). */
  readonly byteOffset: Float64Array | null;
  /** Bytes of that text, without the blank line after it. */
  readonly byteLength: Uint32Array | null;
}

/** Grows the rows of a form that prints every goroutine. */
export class GoroutineRowBuilder {
  readonly #id = new GrowingFloat64();
  readonly #stack = new GrowingUint32();
  readonly #state = new GrowingUint32();
  readonly #waitMinutes = new GrowingInt32();
  readonly #flags = new GrowingUint8();
  readonly #creatorId = new GrowingFloat64();
  readonly #labels = new GrowingInt32();
  readonly #bubble = new GrowingInt32();
  readonly #byteOffset = new GrowingFloat64();
  readonly #byteLength = new GrowingUint32();
  #anyLabels = false;
  #anyBubble = false;

  get length(): number {
    return this.#stack.length;
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
    this.#id.push(id);
    this.#stack.push(stack);
    this.#state.push(state);
    this.#waitMinutes.push(waitMinutes);
    this.#flags.push(flags);
    this.#creatorId.push(creatorId);
    this.#labels.push(labels);
    this.#bubble.push(bubble);
    this.#byteOffset.push(byteOffset);
    this.#byteLength.push(byteLength);
    this.#anyLabels ||= labels !== NONE;
    this.#anyBubble ||= bubble !== NONE;
    return this.#stack.length - 1;
  }

  /** Gives row `row` the stack and place of a later block of the same goroutine; its header stays. */
  replaceStack(row: number, stack: StackIndex, creatorId: number, byteOffset: number, byteLength: number): void {
    this.#stack.set(row, stack);
    if (creatorId !== NO_ID) this.#creatorId.set(row, creatorId);
    this.#byteOffset.set(row, byteOffset);
    this.#byteLength.set(row, byteLength);
  }

  finish(): Rows {
    return {
      length: this.length,
      weight: null,
      goroutineId: this.#id.finish(),
      state: this.#state.finish(),
      waitMinutes: this.#waitMinutes.finish(),
      flags: this.#flags.finish(),
      creatorId: this.#creatorId.finish(),
      labels: this.#anyLabels ? this.#labels.finish() : null,
      bubble: this.#anyBubble ? this.#bubble.finish() : null,
      byteOffset: this.#byteOffset.finish(),
      byteLength: this.#byteLength.finish(),
      stack: this.#stack.finish(),
    };
  }
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
