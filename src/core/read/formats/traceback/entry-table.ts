import type { FrameIndex } from '../../../model/symbols.ts';
import { Arena, equalBytes, hashBytes, hashFrame, NO_HASH, twice, type Window } from './bytes.ts';

/**
 * How the lines of an entry look, which decides what may differ between two printings of it.
 * `call`: `f(args)` + file line, any args. `inlined`: `f(...)` + file line. `creator`: `created by f[ in goroutine N]` +
 * file line. `elided`, `unavailable`: one line that never differs ("...23 frames elided..."). `odd`: a frame whose
 * printing holds addresses (C code); known by its name, never predicted.
 */
export const ENTRY = { call: 0, inlined: 1, creator: 2, elided: 3, unavailable: 4, odd: 5 } as const;

/** Place of an entry's fields in `fields`, `index * STRIDE` further on. */
export const FIELD = {
  kind: 0,
  /** The first line up to where it may differ: `f(` of a call, the whole line of the others. Arena position, bytes (0: never foretold). */
  prefixStart: 1,
  prefixLength: 2,
  /** The file line with its indent. Arena position; bytes up to the line number; bytes with offset and line end. */
  restStart: 3,
  restLength: 4,
  restFull: 5,
  nameStart: 6,
  nameLength: 7,
  fileStart: 8,
  fileLength: 9,
  /** The frame in the dump's symbols. */
  frame: 10,
} as const;
export const STRIDE = 11;

/** Where the parts of a frame stand in the input. Positions in the window; ends are exclusive. */
export interface EntryRanges {
  readonly kind: number;
  readonly prefixStart: number;
  readonly prefixEnd: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** The file line from its indent to its line end; equal when there is none. */
  readonly restStart: number;
  readonly restEnd: number;
  /** `file:line`; equal when there is none. */
  readonly fileStart: number;
  readonly fileEnd: number;
}

/**
 * Every distinct frame line pair met so far, by its bytes: a line seen before is found without making a string of it.
 * Identity is kind, function name and `file:line`; the bytes of the first printing are kept to be compared at once.
 */
export class EntryTable {
  readonly arena = new Arena();
  fields = new Int32Array(STRIDE * 256);
  #hashes = new Int32Array(256);
  #length = 0;
  /** Open addressing: entry + 1, or 0. */
  #slots = new Int32Array(1024);
  /** Per entry: the `hashFrame` of its first line, or NO_HASH; and the next entry of its bucket + 1, or 0. */
  #frameHashes = new Int32Array(256);
  #nextInBucket = new Int32Array(256);
  /** By the low bits of that hash: the entry met last + 1, or 0. */
  #buckets = new Int32Array(256);

  static hash(window: Window, ranges: EntryRanges): number {
    const seed = hashBytes(window.view, ranges.nameStart, ranges.nameEnd, ranges.kind);
    return hashBytes(window.view, ranges.fileStart, ranges.fileEnd, seed);
  }

  /** The entry with these parts, or -1. */
  find(window: Window, ranges: EntryRanges, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      if (this.#hashes[entry] === hash && this.#same(window, ranges, entry * STRIDE)) return entry;
    }
  }

  /** An entry whose first line has this `hashFrame`, -1 when there is none; `nextOfFrame` goes on from there. */
  firstOfFrame(hash: number): number {
    return this.#ofFrame((this.#buckets[hash & (this.#buckets.length - 1)] ?? 0) - 1, hash);
  }

  nextOfFrame(entry: number, hash: number): number {
    return this.#ofFrame((this.#nextInBucket[entry] ?? 0) - 1, hash);
  }

  #ofFrame(from: number, hash: number): number {
    let entry = from;
    while (entry >= 0 && this.#frameHashes[entry] !== hash) entry = (this.#nextInBucket[entry] ?? 0) - 1;
    return entry;
  }

  /** Adds what `find` did not find. `frame` is its index in the dump's symbols. */
  add(window: Window, ranges: EntryRanges, hash: number, frame: FrameIndex): number {
    const entry = this.#length++;
    if (this.#length * STRIDE > this.fields.length) this.#widen();
    const prefixStart = this.arena.add(window.bytes, ranges.prefixStart, ranges.prefixEnd);
    const restStart = this.arena.add(window.bytes, ranges.restStart, ranges.restEnd);
    const fileStart = restStart + (ranges.fileStart - ranges.restStart);
    const fileLength = ranges.fileEnd - ranges.fileStart;
    this.fields.set(
      [
        ranges.kind,
        prefixStart,
        // Text is compared eight bytes at a time in a way that NUL bytes would fool: such lines are never foretold.
        holdsNul(window, ranges) ? 0 : ranges.prefixEnd - ranges.prefixStart,
        restStart,
        ranges.fileEnd - ranges.restStart,
        ranges.restEnd - ranges.restStart,
        prefixStart + (ranges.nameStart - ranges.prefixStart),
        ranges.nameEnd - ranges.nameStart,
        fileStart,
        fileLength,
        frame,
      ],
      entry * STRIDE,
    );
    this.#hashes[entry] = hash;
    this.#frameHashes[entry] = hashFrame(window, ranges.prefixStart);
    this.#fillBucket(entry);
    if (this.#length * 2 > this.#slots.length) this.#rehash();
    else this.#place(entry, hash);
    return entry;
  }

  /** Of all columns and of the text that is compared. */
  get bytes(): number {
    return this.fields.byteLength + 4 * this.#hashes.byteLength + this.#slots.byteLength + this.arena.bytes.byteLength;
  }

  field(entry: number, field: number): number {
    return this.fields[entry * STRIDE + field] ?? 0;
  }

  #same(window: Window, ranges: EntryRanges, at: number): boolean {
    const fields = this.fields;
    const nameLength = ranges.nameEnd - ranges.nameStart;
    const fileLength = ranges.fileEnd - ranges.fileStart;
    return (
      fields[at + FIELD.kind] === ranges.kind &&
      fields[at + FIELD.nameLength] === nameLength &&
      fields[at + FIELD.fileLength] === fileLength &&
      equalBytes(window.view, ranges.nameStart, this.arena.view, fields[at + FIELD.nameStart] ?? 0, nameLength) &&
      equalBytes(window.view, ranges.fileStart, this.arena.view, fields[at + FIELD.fileStart] ?? 0, fileLength)
    );
  }

  #widen(): void {
    this.fields = twice(this.fields);
    this.#hashes = twice(this.#hashes);
    this.#frameHashes = twice(this.#frameHashes);
    this.#nextInBucket = new Int32Array(this.#nextInBucket.length * 2);
    this.#buckets = new Int32Array(this.#buckets.length * 2);
    for (let entry = 0; entry < this.#length - 1; entry++) this.#fillBucket(entry);
  }

  #fillBucket(entry: number): void {
    const hash = this.#frameHashes[entry] ?? NO_HASH;
    if (hash === NO_HASH) return;
    const bucket = hash & (this.#buckets.length - 1);
    this.#nextInBucket[entry] = this.#buckets[bucket] ?? 0;
    this.#buckets[bucket] = entry + 1;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#length; entry++) this.#place(entry, this.#hashes[entry] ?? 0);
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }
}

function holdsNul({ bytes }: Window, ranges: EntryRanges): boolean {
  return (
    bytes.subarray(ranges.prefixStart, ranges.prefixEnd).includes(0) ||
    bytes.subarray(ranges.restStart, ranges.restEnd).includes(0)
  );
}
