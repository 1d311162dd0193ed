import type { Dump } from '../../../model/dump.ts';
import { ProblemLog } from '../../../model/problem.ts';
import type { Provenance } from '../../../model/provenance.ts';
import { FLAG, GoroutineRowBuilder } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { ChunkJoiner } from '../../chunk-joiner.ts';
import type { EndOfInput, FormatReader, ReadContext, ReadOutcome } from '../../format.ts';
import { takenAtFromLine } from '../../taken-at.ts';
import { ascii, isDigit, LF, LOWER_G, OPEN_BRACKET, SPACE, startsWith, toWindow, type Window } from './bytes.ts';
import { CASCADE_MARK, mayMatter, reasonFrom } from './envelope.ts';
import { HeaderTails, NO_TAIL } from './header-tails.ts';
import * as shape from './line-shapes.ts';
import { FOREIGN, NEED_MORE, StackReader } from './stack-reader.ts';

/** Bytes of an unreadable header that are looked at and kept. */
const HEADER_BYTES = 4096;
/** Bytes of a line outside goroutines that are looked at for a reason or a date. */
const ENVELOPE_BYTES = 300;

const SEVERAL_DUMPS =
  'Goroutine 1 stands in this file more than once: it holds several dumps, which are counted together. Put each into a file of its own.';
const GOROUTINE = ascii('goroutine ');
const TOO_LONG = 'This line is over 4 MB long and was passed over.';
/** `goroutine 5 [x]: did something`, `goroutine 5 [x] {a: b}: did something`: text follows the colon. */
const PROSE = /\]( \{.*\})?:\s*\S/;

/**
 * Reads tracebacks: `debug=2`, SIGQUIT, panic, with any text before, between and after. Works on bytes, in one pass,
 * over chunks cut anywhere; makes a string only of lines never met before. Cost: about a nanosecond a byte for
 * goroutines like earlier ones; memory: 50 bytes a goroutine and each distinct frame once.
 */
export class TracebackReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #symbols = new SymbolBuilder();
  readonly #rows = new GoroutineRowBuilder();
  readonly #problems = new ProblemLog();
  readonly #tails: HeaderTails;
  readonly #stack: StackReader;
  readonly #chunks: ChunkJoiner;
  #window: Window = toWindow(new Uint8Array(0));
  #final = false;
  /** Position of the window's first byte in the input. */
  #base = 0;
  #line = 1;

  // The goroutine being read.
  #inside = false;
  #inAncestors = false;
  #id = 0;
  #tail = 0;
  #flags = 0;
  #startOffset = 0;
  /** Offset after the last line that belongs to it. */
  #endOffset = 0;
  /** Bytes of foreign lines between its own, and of those after its last own line so far. */
  #foreignWithin = 0;
  #foreignAfter = 0;

  #read = 0;
  #understood = 0;
  #firstHeaderLine = 0;
  #cutInside = false;
  #cutHeader = false;
  #lastByte: number = LF;
  #reason: string | null = null;
  #dated: Uint8Array | null = null;
  /** Rows whose stack was unavailable, by id, while a crash cascade may print it later. */
  readonly #unavailable = new Map<number, number>();
  #inCascade = false;
  /** Blocks of goroutine 1, which every dump of a running program holds once. */
  #mainGoroutines = 0;

  constructor(context: ReadContext) {
    this.#chunks = new ChunkJoiner({
      consume: (bytes, final) => this.#consume(bytes, final),
      skipped: (bytes, start) => {
        this.#base += bytes;
        if (start !== null) this.#problems.add(this.#line, () => context.decodeText(start), TOO_LONG);
      },
      skippedLineEnd: () => {
        this.#line++;
      },
    });
    this.#context = context;
    this.#tails = new HeaderTails(this.#symbols, context.decodeText);
    this.#stack = new StackReader(this.#symbols, this.#tails.firstChild, context.decodeText);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#read += chunk.length;
    this.#lastByte = chunk[chunk.length - 1] ?? LF;
    this.#chunks.push(chunk);
  }

  finish(ended: EndOfInput): ReadOutcome {
    this.#chunks.finish();
    if (this.#inside) this.#endGoroutine();
    if (this.#rows.length === 0) return { dumps: [], nothing: this.#nothingFound() };
    return { dumps: [this.#dump(ended.cut)], nothing: null };
  }

  #nothingFound(): string {
    const seen =
      this.#reason === null
        ? ''
        : ` It says "${this.#reason.slice(0, 120)}", but no stacks follow: with GOTRACEBACK=none or a crash of another kind none are printed.`;
    const unread = this.#problems.count === 0 ? '' : ` ${this.#problems.count} goroutine headers could not be read.`;
    return `No goroutine header such as "goroutine 1 [running]:" stands at the start of a line.${seen}${unread}`;
  }

  #dump(cut: boolean): Dump {
    const caveats: string[] = [];
    if (cut || this.#cutInside)
      caveats.push(
        `The input ends inside goroutine ${this.#id}: its stack is not whole, and goroutines after it are missing.`,
      );
    else if (this.#cutHeader)
      caveats.push('The input ends inside a goroutine header: that goroutine and those after it are missing.');
    else if (isBufferSize(this.#read))
      caveats.push(
        `The input is exactly ${this.#read.toLocaleString('en')} bytes long, the size of a full buffer: goroutines are probably missing (debug=2 stops at 64 MiB).`,
      );
    else if (this.#lastByte !== LF) caveats.push('The input ends without a line break: the last goroutine may be cut.');
    if (this.#mainGoroutines > 1) caveats.push(SEVERAL_DUMPS);
    const truncated = cut || this.#cutInside || this.#cutHeader || isBufferSize(this.#read);
    return {
      format: 'traceback',
      profile: 'goroutine',
      provenance: this.#provenance(),
      goroutines: this.#rows.length,
      symbols: this.#symbols.finish(),
      rows: this.#rows.finish(),
      declared: null,
      truncated,
      problems: this.#problems.kept,
      problemCount: this.#problems.count,
      caveats,
      bytes: { read: this.#read, understood: this.#understood, ignored: this.#read - this.#understood },
    };
  }

  #provenance(): Provenance {
    const given = this.#context.provenance;
    const logged = this.#dated === null ? null : takenAtFromLine(this.#context.decodeText(this.#dated));
    const byLog = logged !== null && (given.takenAtFrom === null || given.takenAtFrom === 'file-time');
    return {
      ...given,
      takenAtMs: byLog ? logged : given.takenAtMs,
      takenAtFrom: byLog ? 'log-prefix' : given.takenAtFrom,
      reason: this.#reason,
      formatReason: `line ${this.#firstHeaderLine} is a goroutine header`,
    };
  }

  /** Reads what can be decided in these bytes; answers how many were consumed. */
  #consume(bytes: Uint8Array, final: boolean): number {
    this.#window = toWindow(bytes);
    this.#stack.window = this.#window;
    this.#stack.lastLf = bytes.lastIndexOf(LF);
    this.#final = final;
    this.#stack.final = final;
    let p = 0;
    while (p < bytes.length) {
      const next = this.#inside ? this.#insideLine(p) : this.#outsideLine(p);
      if (next === NEED_MORE) break;
      p = next;
    }
    this.#base += p;
    return p;
  }

  #insideLine(p: number): number {
    if (!this.#inAncestors) {
      const followed = this.#stack.follow(p);
      if (followed > p) return this.#belongs(followed);
    }
    const { bytes } = this.#window;
    if (bytes[p] === LF) return this.#blankLine(p + 1);
    const lf = shape.lineFeed(bytes, p);
    if (lf < 0 && !this.#final) return NEED_MORE;
    const next = lf < 0 ? bytes.length : lf + 1;
    const e = shape.withoutCr(bytes, p, lf < 0 ? bytes.length : lf);
    if (shape.skipIndent(bytes, p, e) === e) {
      this.#understood += next - p - 1;
      return this.#blankLine(next);
    }
    if (bytes[p] === LOWER_G && startsWith(bytes, p, e, GOROUTINE) && isDigit(bytes[p + GOROUTINE.length])) {
      return this.#header(p, e, next, lf < 0);
    }
    if (this.#inAncestors) {
      this.#line++;
      return this.#belongs(next);
    }
    if (shape.isAncestorHeader(bytes, p, e)) {
      this.#inAncestors = true;
      this.#flags |= FLAG.ancestors;
      this.#line++;
      return this.#belongs(next);
    }
    if (shape.isRuntimeStack(bytes, p, e)) {
      this.#endGoroutine();
      this.#line++;
      return next;
    }
    return this.#frame(p, e, next, lf < 0);
  }

  /** Blank lines part goroutines; `next` is the position after this one, of which its last byte is counted here. */
  #blankLine(next: number): number {
    this.#endGoroutine();
    this.#understood++;
    this.#line++;
    return next;
  }

  #frame(p: number, e: number, next: number, unfinishedLine: boolean): number {
    const line = this.#line;
    const after = this.#stack.readLine(p, e, next);
    if (after === NEED_MORE) return NEED_MORE;
    if (after === FOREIGN) {
      this.#foreign(p, e, next, unfinishedLine);
      return next;
    }
    if (this.#stack.missingFile) {
      if (this.#final && after === this.#window.bytes.length) this.#cutInside = true;
      else
        this.#problems.add(
          line,
          () => this.#text(p, e),
          'A file line should follow this frame; it was kept without one.',
        );
    }
    return this.#belongs(after);
  }

  /** A line inside a goroutine that is no part of its stack: output of others, runtime diagnostics, or damage. */
  #foreign(p: number, e: number, next: number, unfinishedLine: boolean): void {
    const { bytes } = this.#window;
    const indent = shape.skipIndent(bytes, p, e);
    if (unfinishedLine && !this.#stack.closed && (indent > p || shape.mayStartCall(bytes, p, e)))
      this.#cutInside = true;
    if (indent > p && shape.fileEnd(bytes, indent, e) !== shape.NOT_A_FILE) {
      this.#problems.add(
        this.#line,
        () => this.#text(p, e),
        'This file line follows no function line; the frame was left out.',
      );
    }
    this.#foreignAfter += next - p;
    this.#line++;
  }

  #belongs(next: number): number {
    this.#line += this.#stack.lines;
    this.#stack.lines = 0;
    this.#endOffset = this.#base + next;
    this.#foreignWithin += this.#foreignAfter;
    this.#foreignAfter = 0;
    return next;
  }

  #outsideLine(p: number): number {
    const { bytes } = this.#window;
    const lf = shape.lineFeed(bytes, p);
    if (lf < 0 && !this.#final) return NEED_MORE;
    const next = lf < 0 ? bytes.length : lf + 1;
    const e = shape.withoutCr(bytes, p, lf < 0 ? bytes.length : lf);
    if (bytes[p] === LOWER_G && startsWith(bytes, p, e, GOROUTINE) && isDigit(bytes[p + GOROUTINE.length])) {
      return this.#header(p, e, next, lf < 0);
    }
    if (mayMatter(bytes[p])) this.#envelopeLine(p, e);
    this.#line++;
    return next;
  }

  #envelopeLine(p: number, e: number): void {
    const { bytes } = this.#window;
    if (isDigit(bytes[p])) {
      if (this.#rows.length === 0) this.#dated = bytes.slice(p, Math.min(e, p + 64));
      return;
    }
    if (this.#reason !== null && bytes[p] !== 45) return;
    const text = this.#text(p, Math.min(e, p + ENVELOPE_BYTES));
    if (text === CASCADE_MARK) this.#inCascade = true;
    else if (this.#reason === null) this.#reason = reasonFrom(text);
  }

  /** `goroutine 12 gp=0xc000002fc0 m=nil [select, 3 minutes]:` at `p`; opens it, or passes over what only looks so. */
  #header(p: number, e: number, next: number, unfinishedLine: boolean): number {
    const { bytes } = this.#window;
    const idStart = p + GOROUTINE.length;
    let idEnd = idStart;
    while (isDigit(bytes[idEnd])) idEnd++;
    const tailStart = bracketAfter(bytes, idEnd, e);
    let tailEnd = e;
    while (tailEnd > tailStart && bytes[tailEnd - 1] === SPACE) tailEnd--;
    const tail = tailStart < 0 ? NO_TAIL : this.#tails.find(this.#window, tailStart, tailEnd);
    if (tail === NO_TAIL) return this.#badHeader(p, e, next, unfinishedLine, tailStart >= 0);
    if (this.#inside) this.#endGoroutine();
    if (this.#firstHeaderLine === 0) this.#firstHeaderLine = this.#line;
    this.#inside = true;
    this.#inAncestors = false;
    this.#id = shape.number(bytes, idStart, idEnd);
    this.#tail = tail;
    this.#flags = this.#tails.flags[tail] ?? 0;
    this.#startOffset = this.#base + p;
    this.#endOffset = this.#base + next;
    this.#foreignWithin = 0;
    this.#foreignAfter = 0;
    this.#stack.begin(tail);
    this.#line++;
    return next;
  }

  #badHeader(p: number, e: number, next: number, unfinishedLine: boolean, bracket: boolean): number {
    const line = this.#line;
    this.#line++;
    if (unfinishedLine) {
      if (this.#inside) this.#endGoroutine();
      this.#cutHeader = true;
      return next;
    }
    const text = bracket ? this.#text(p, Math.min(e, p + HEADER_BYTES)) : '';
    // "goroutine 5 [x]: did something" is a sentence of a log, not a header.
    if (!bracket || PROSE.test(text)) {
      if (this.#inside) this.#foreignAfter += next - p;
      return next;
    }
    if (this.#inside) this.#endGoroutine();
    this.#problems.add(line, text, 'This goroutine header cannot be read; the goroutine was left out.');
    return next;
  }

  #endGoroutine(): void {
    this.#inside = false;
    const tail = this.#tail;
    const stack = this.#stack.stack();
    const length = this.#endOffset - this.#startOffset;
    this.#understood += length - this.#foreignWithin;
    const flags = this.#flags | this.#stack.flags;
    const known = this.#inCascade ? this.#unavailable.get(this.#id) : undefined;
    if (known !== undefined && !this.#stack.unavailable) {
      // GOTRACEBACK=crash prints a goroutine that ran on another thread again, with its stack.
      this.#rows.replaceStack(known, stack, this.#stack.creatorId, this.#startOffset, length);
      this.#unavailable.delete(this.#id);
      return;
    }
    if (this.#id === 1) this.#mainGoroutines++;
    const row = this.#rows.add(
      this.#id,
      stack,
      this.#tails.state[tail] ?? 0,
      this.#tails.waitMinutes[tail] ?? -1,
      flags,
      this.#stack.creatorId,
      this.#tails.labels[tail] ?? -1,
      this.#tails.bubble[tail] ?? -1,
      this.#startOffset,
      length,
    );
    if (this.#stack.unavailable && this.#id !== 0) this.#unavailable.set(this.#id, row);
  }

  #text(start: number, end: number): string {
    return this.#context.decodeText(this.#window.bytes.subarray(start, end));
  }
}

/** Position of the `[` after the id, past ` gp=0x… m=… mp=0x…` (Go 1.22), or -1. */
function bracketAfter(bytes: Uint8Array, idEnd: number, end: number): number {
  let p = idEnd;
  while (bytes[p] === SPACE && p + 1 < end) {
    p++;
    if (bytes[p] === OPEN_BRACKET) return p;
    while (p < end && bytes[p] !== SPACE) p++;
  }
  return -1;
}

/** Sizes of buffers dumps are printed into: 16 KiB and its doublings. */
function isBufferSize(bytes: number): boolean {
  return bytes >= 16 * 1024 && Number.isInteger(Math.log2(bytes));
}
