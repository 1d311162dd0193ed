import { FLAG, NO_ID } from '../../../model/rows.ts';
import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import type { StackIndex } from '../../../model/symbols.ts';
import {
  CLOSE_PAREN,
  COLON,
  CR,
  CREATED_BY,
  DOT,
  equalText,
  hashFrame,
  LF,
  mayHoldEnd,
  NO_HASH,
  OPEN_PAREN,
  SPACE,
  startsWith,
  toWindow,
  type Window,
} from './bytes.ts';
import { ENTRY, type EntryRanges, EntryTable, FIELD, STRIDE } from './entry-table.ts';
import * as shape from './line-shapes.ts';
import { ROOT, StackTrie } from './stack-trie.ts';

/** Answer of a method that cannot decide before more input comes. Nothing was consumed. */
export const NEED_MORE = -1;
/** Answer of `readLine` for a line that is no part of a stack. */
export const FOREIGN = -2;
/** Recent children compared before the line is looked up by its hash: more cost dumps of ever other stacks what they save others. */
const MAX_GUESSES = 4;
/** Frames of one function that are compared: each line in it is a frame of its own. */
const MAX_LINES = 16;
/** Answer of the prediction for lines that are not the ones foretold. */
const OTHER = -1;

/**
 * Reads the frames of one goroutine after the other. The window is set by its owner; `begin` opens a goroutine, then
 * `follow` takes all lines that come as foretold and `readLine` the one that does not.
 *
 * A frame is foretold by the frame before it: dumps repeat a few stacks many times, so most lines are compared with
 * bytes met before, four at a time, and cost neither a search nor a string.
 */
export class StackReader {
  window: Window = toWindow(new Uint8Array(0));
  /** True when the window ends where the input ends. */
  final = false;
  /** Position of the last LF in the window, or -1. */
  lastLf = -1;
  /** Lines consumed since the owner last took them. */
  lines = 0;
  flags = 0;
  creatorId: number = NO_ID;
  /** True once `created by` was read: what follows belongs to no stack. */
  closed = false;
  /** True when the runtime could not print the stack, as the goroutine ran on another thread. */
  unavailable = false;
  /** True when the frame read last lacks its file line. */
  missingFile = false;
  #node = ROOT;
  #tail = 0;
  readonly #firstChild: number[];
  readonly #symbols: SymbolBuilder;
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #entries = new EntryTable();
  readonly #trie: StackTrie;

  /** `firstChild`: per header tail the node foretold as first frame; kept up to date here. */
  constructor(symbols: SymbolBuilder, firstChild: number[], decode: (bytes: Uint8Array) => string) {
    this.#symbols = symbols;
    this.#firstChild = firstChild;
    this.#decode = decode;
    this.#trie = new StackTrie(this.#entries, symbols);
  }

  /** About what the tables and the symbols of the distinct stacks take. */
  get bytes(): number {
    return this.#entries.bytes + this.#trie.bytes + this.#symbols.bytes;
  }

  begin(tail: number): void {
    this.#node = ROOT;
    this.#tail = tail;
    this.flags = 0;
    this.creatorId = NO_ID;
    this.closed = false;
    this.unavailable = false;
  }

  /** The stack read since `begin`. */
  stack(): StackIndex {
    return this.#trie.stackAt(this.#node);
  }

  /** Consumes frames at `p` as long as they come as foretold; answers where it stopped. */
  follow(p: number): number {
    const { bytes } = this.window;
    let at = p;
    while (!this.closed && bytes[at] !== LF) {
      const foretold = this.#node === ROOT ? this.#followFirst(at) : this.#followChild(at);
      const next = foretold === OTHER ? this.#followKnown(at) : foretold;
      if (next === OTHER) break;
      at = next;
    }
    return at;
  }

  /** The first frame: the one that followed this header tail last, else one met recently. */
  #followFirst(at: number): number {
    const child = this.#firstChild[this.#tail] ?? 0;
    if (child !== 0) {
      const next = this.#match(this.#trie.entry[child] ?? 0, at);
      if (next !== OTHER) {
        this.#node = child;
        return next;
      }
    }
    const next = this.#followChild(at);
    if (next !== OTHER) this.#firstChild[this.#tail] = this.#node;
    return next;
  }

  #followChild(at: number): number {
    const { lastChild, nextSibling, entry } = this.#trie;
    let child = lastChild[this.#node] ?? 0;
    const guesses = this.#trie.isWide(this.#node) ? 1 : MAX_GUESSES;
    for (let tries = 0; child !== 0 && tries < guesses; tries++) {
      const next = this.#match(entry[child] ?? 0, at);
      if (next !== OTHER) {
        if (tries > 0) this.#trie.moveToFront(this.#node, child);
        this.#node = child;
        return next;
      }
      child = nextSibling[child] ?? 0;
    }
    return OTHER;
  }

  /** A frame that was met before, but not below these. */
  #followKnown(at: number): number {
    const hash = hashFrame(this.window, at);
    if (hash === NO_HASH) return OTHER;
    let entry = this.#entries.firstOfFrame(hash);
    for (let tries = 0; entry >= 0 && tries < MAX_LINES; tries++) {
      const next = this.#match(entry, at);
      if (next !== OTHER) {
        this.#step(entry);
        return next;
      }
      entry = this.#entries.nextOfFrame(entry, hash);
    }
    return OTHER;
  }

  /** Position after the lines of `entry` when they stand at `p` in the window, else OTHER. Sets what may differ. */
  #match(entry: number, p: number): number {
    const fields = this.#entries.fields;
    const { bytes, view } = this.window;
    const arena = this.#entries.arena.view;
    const end = bytes.length;
    const at = entry * STRIDE;
    const prefixLength = fields[at + FIELD.prefixLength] ?? 0;
    if (prefixLength === 0 || p + prefixLength >= end) return OTHER;
    if (!equalText(view, p, arena, fields[at + FIELD.prefixStart] ?? 0, prefixLength)) return OTHER;
    const kind = fields[at + FIELD.kind];
    if (kind === ENTRY.odd) return OTHER;
    let q = p + prefixLength;
    let creatorId: number = NO_ID;
    if (kind === ENTRY.call) {
      // Arguments differ each time; `f(...)` is the inlined printing, another entry.
      if (bytes[q] === DOT || q >= this.lastLf) return OTHER;
      while (q + 4 <= this.lastLf && !mayHoldEnd(view.getInt32(q, true))) q += 4;
      let byte = bytes[q];
      while (byte !== LF && byte !== OPEN_PAREN) byte = bytes[++q];
      if (byte === OPEN_PAREN) return OTHER;
      if (bytes[q - 1] !== CLOSE_PAREN && !(bytes[q - 1] === CR && bytes[q - 2] === CLOSE_PAREN)) return OTHER;
      q++;
    } else if (kind === ENTRY.creator) {
      const lf = shape.lineFeed(this.window, q);
      if (lf < 0) return OTHER;
      creatorId = shape.creatorId(bytes, q, shape.withoutCr(bytes, q, lf));
      if (creatorId < 0) return OTHER;
      q = lf + 1;
    } else if (kind === ENTRY.elided || kind === ENTRY.unavailable) {
      this.#noted(kind);
      this.lines++;
      return q;
    }
    q = this.#matchRest(at, q, end);
    if (q === OTHER) return OTHER;
    this.lines += 2;
    if (kind === ENTRY.creator) {
      this.creatorId = creatorId;
      this.closed = true;
    }
    return q;
  }

  /** The file line of the entry whose fields start at `at`: mostly the same to the byte, else with another offset. */
  #matchRest(at: number, q: number, end: number): number {
    const fields = this.#entries.fields;
    const { bytes, view } = this.window;
    const arena = this.#entries.arena.view;
    const restStart = fields[at + FIELD.restStart] ?? 0;
    const full = fields[at + FIELD.restFull] ?? 0;
    // Its first printing had no file line: whether this one has is for the slow way to see.
    if (full === 0) return OTHER;
    if (q + full <= end && equalText(view, q, arena, restStart, full)) return q + full;
    const short = fields[at + FIELD.restLength] ?? 0;
    if (q + short >= end || !equalText(view, q, arena, restStart, short)) return OTHER;
    let p = q + short;
    let byte = bytes[p];
    if (byte !== SPACE && byte !== LF && byte !== CR) return OTHER;
    while (byte !== LF) {
      // A colon further right would make this another path: `/srv/a.go:12 b/c.go:7`.
      if (byte === COLON || ++p >= end) return OTHER;
      byte = bytes[p];
    }
    return p + 1;
  }

  /**
   * Reads the frame whose first line is `[p, e)` and whose second begins at `next`. Answers with the position after it,
   * NEED_MORE, or FOREIGN when the line is no part of a stack.
   */
  readLine(p: number, e: number, next: number): number {
    this.missingFile = false;
    if (this.closed) return FOREIGN;
    const { bytes } = this.window;
    const indent = shape.skipIndent(bytes, p, e);
    if (indent > p) {
      if (!shape.isUnavailable(bytes, indent, e)) return FOREIGN;
      return this.#note(ENTRY.unavailable, p, indent, e, next);
    }
    if (shape.isElided(bytes, p, e)) return this.#note(ENTRY.elided, p, p, e, next);
    if (shape.isUnavailable(bytes, p, e)) return this.#note(ENTRY.unavailable, p, p, e, next);
    if (startsWith(bytes, p, e, CREATED_BY)) {
      const name = p + CREATED_BY.length;
      return this.#pair(ENTRY.creator, p, name, shape.creatorNameEnd(bytes, name, e), e, next);
    }
    if (shape.isNonGo(bytes, p, e)) return this.#pair(ENTRY.odd, p, p, p + shape.NON_GO_LENGTH, e, next);
    const open = shape.argumentsStart(bytes, p, e);
    if (open < 0) return this.#pair(ENTRY.odd, p, p, e, e, next);
    return this.#pair(shape.isInlined(bytes, open, e) ? ENTRY.inlined : ENTRY.call, p, p, open, e, next);
  }

  /** A one-line entry. */
  #note(kind: number, p: number, name: number, e: number, next: number): number {
    this.#noted(kind);
    this.#take({
      kind,
      prefixStart: p,
      prefixEnd: next,
      nameStart: name,
      nameEnd: e,
      restStart: e,
      restEnd: e,
      fileStart: e,
      fileEnd: e,
    });
    this.lines++;
    return next;
  }

  #noted(kind: number): void {
    if (kind === ENTRY.elided) this.flags |= FLAG.elided;
    else this.unavailable = true;
  }

  /** A function line with its file line. A missing file line is told through `missingFile`. */
  #pair(kind: number, p: number, name: number, nameEnd: number, e: number, next: number): number {
    const { bytes } = this.window;
    const lf = shape.lineFeed(this.window, next);
    if (lf < 0 && !this.final) return NEED_MORE;
    const restLf = lf < 0 ? bytes.length : lf;
    const restEnd = lf < 0 ? bytes.length : lf + 1;
    const rest = shape.withoutCr(bytes, next, restLf);
    const file = shape.skipIndent(bytes, next, rest);
    let fileEnd = next < bytes.length ? shape.fileEnd(bytes, file, rest) : shape.NOT_A_FILE;
    // Without its indent a line is only a file line when it shows an offset (tabs lost in copy and paste).
    if (file === next && fileEnd === rest) fileEnd = shape.NOT_A_FILE;
    const missing = fileEnd === shape.NOT_A_FILE;
    if (kind === ENTRY.odd) {
      const anyName = nameEnd === e;
      // C frames print `pc=0x…` in place of an offset; any other line that is no call is foreign text.
      if (anyName && (missing || !endsInPc(bytes, fileEnd, rest))) return FOREIGN;
      if (!anyName && missing) fileEnd = shape.NOT_A_FILE;
    }
    this.missingFile = missing && kind !== ENTRY.odd;
    const whole = kind === ENTRY.call ? nameEnd + 1 : kind === ENTRY.inlined ? next : nameEnd;
    this.#take({
      kind,
      prefixStart: p,
      prefixEnd: kind === ENTRY.odd ? nameEnd : whole,
      nameStart: name,
      nameEnd,
      restStart: missing ? e : next,
      restEnd: missing ? e : restEnd,
      fileStart: missing ? e : file,
      fileEnd: missing ? e : fileEnd,
    });
    if (kind === ENTRY.creator) {
      const id = shape.creatorId(bytes, nameEnd, e);
      this.creatorId = id > 0 ? id : NO_ID;
      this.closed = true;
    }
    this.lines += missing ? 1 : 2;
    return missing ? next : restEnd;
  }

  /** Steps down to the entry with these parts, made when it is new. */
  #take(ranges: EntryRanges): void {
    const hash = EntryTable.hash(this.window, ranges);
    let entry = this.#entries.find(this.window, ranges, hash);
    if (entry < 0) entry = this.#entries.add(this.window, ranges, hash, this.#newFrame(ranges));
    this.#step(entry);
  }

  #step(entry: number): void {
    const child = this.#trie.child(this.#node, entry);
    if (this.#node === ROOT) this.#firstChild[this.#tail] = child;
    this.#node = child;
  }

  #newFrame(ranges: EntryRanges): number {
    const { bytes } = this.window;
    const name = this.#decode(bytes.subarray(ranges.nameStart, ranges.nameEnd));
    const kind = KINDS[ranges.kind] ?? 'go';
    if (ranges.fileStart === ranges.fileEnd) return this.#symbols.frame(name, '', 0, kind);
    const { line, colon } = shape.lineNumber(bytes, ranges.fileStart, ranges.fileEnd);
    const file = this.#decode(bytes.subarray(ranges.fileStart, colon));
    return this.#symbols.frame(name, file, line, kind);
  }
}

/** Per ENTRY kind: the frame's kind in the model. */
const KINDS = ['go', 'inlined', 'go', 'elided', 'unavailable', 'native'] as const;

/** Whether ` pc=0x…` (or `pc=0x…` alone) follows `file:line`, as C frames print it. */
function endsInPc(bytes: Uint8Array, fileEnd: number, end: number): boolean {
  const p = bytes[fileEnd] === SPACE ? fileEnd + 1 : fileEnd;
  return bytes[p] === 112 && bytes[p + 1] === 99 && p < end;
}
