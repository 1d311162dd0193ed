import { ProblemLog } from '../../../model/problem.ts';
import { FLAG, GoroutineRowBuilder, NO_MINUTES } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import type { ReadContext } from '../../format.ts';
import { type TextEnd, type TextPart, TOO_LONG } from '../../text/text-part.ts';
import { isDigit, LF, SPACE, toWindow, type Window } from './bytes.ts';
import { type DumpStart, DumpStarts } from './dump-starts.ts';
import { BAD_HEADER, tracebackDumps } from './dumps.ts';
import { beginsOther, bracketAfter, ID_AT, isHeader, nothingFound, PROSE } from './header-lines.ts';
import { HeaderTails, NO_TAIL } from './header-tails.ts';
import { Introduction } from './introduction.ts';
import * as shape from './line-shapes.ts';
import { isOneDump, type TracebackSegment } from './segment.ts';
import { FOREIGN, NEED_MORE, StackReader } from './stack-reader.ts';

/** Bytes of an unreadable header that are looked at and kept. */
const HEADER_BYTES = 4096;
/** Bytes of a line outside goroutines that are looked at for a reason or a date. */
const ENVELOPE_BYTES = 300;

/**
 * Reads tracebacks: `debug=2`, SIGQUIT, panic; one dump or several. The text reader gives it every header line and every
 * line inside a goroutine, and tells it of the lines between. Works on bytes, in one pass; makes a string only of lines
 * never met before. Cost: about a nanosecond a byte for goroutines like earlier ones; memory: 66 bytes a goroutine and
 * each distinct frame once.
 */
export class TracebackReader {
  readonly #context: ReadContext;
  readonly #symbols = new SymbolBuilder();
  readonly #rows = new GoroutineRowBuilder();
  readonly #problems = new ProblemLog();
  readonly #tails: HeaderTails;
  readonly #stack: StackReader;
  readonly #running: number;
  #dumps = new DumpStarts(
    (stack, limit) => this.#symbols.innermostFunctions(stack, limit),
    (row) => this.#here(row),
  );
  readonly #introduction: Introduction;
  readonly #tellForeign: (p: number, e: number, next: number) => void;
  #window: Window = toWindow(new Uint8Array(0));
  #final = false;
  /** Position of the window's first byte in the text. */
  #base = 0;
  /** 1-based line of the next byte; whoever reads lines counts them on. */
  line = 1;

  // The goroutine being read.
  #inside = false;
  #inAncestors = false;
  #id = 0;
  #tail = 0;
  #waitMinutes: number = NO_MINUTES;
  #flags = 0;
  #headerLine = 0;
  #problemsBefore = 0;
  #startOffset = 0;
  /** Offset after the last line that belongs to it. */
  #endOffset = 0;
  /** Bytes of foreign lines between its own, and of those after its last own line so far. */
  #foreignWithin = 0;
  #foreignAfter = 0;

  #understood = 0;
  #cutInside = false;
  #cutHeader = false;
  /** The last segment that was joined on ended inside a goroutine. */
  #openInSegment = false;
  /** Anything but goroutines and blank lines stood in the text. */
  #mixed = false;
  /** Rows whose stack was unavailable, by id, while a crash cascade may print it later. */
  readonly #unavailable = new Map<number, number>();

  /** `foreign` is told of each line (from, end, position after it) inside a goroutine that is none of it. */
  constructor(context: ReadContext, foreign: (p: number, e: number, next: number) => void) {
    this.#context = context;
    this.#tellForeign = foreign;
    this.#introduction = new Introduction(context);
    this.#tails = new HeaderTails(this.#symbols, context.decodeText);
    this.#stack = new StackReader(this.#symbols, this.#tails.firstChild, context.decodeText);
    this.#running = this.#symbols.state('running');
  }

  /** Between the header of a goroutine and its end: `readLine` is to be asked. */
  get inside(): boolean {
    return this.#inside;
  }

  /** Sets the bytes that positions count in; `base` is the place of the first in the text. */
  open(window: Window, base: number, final: boolean): void {
    this.#window = window;
    this.#base = base;
    this.#stack.window = window;
    this.#stack.lastLf = window.bytes.lastIndexOf(LF);
    this.#final = final;
    this.#stack.final = final;
  }

  /** A line outside goroutines that may introduce a dump or date it, from `p` to `e`. Does not count the line. */
  between(p: number, e: number): void {
    if (e > p) this.#mixed = true;
    this.#introduction.line(this.#window.bytes.subarray(p, Math.min(e, p + ENVELOPE_BYTES)), {
      offset: this.#base + p,
      line: this.line,
      understood: this.#understood,
      problems: this.#problems.count,
      inDump: this.#dumps.starts.length > 0,
    });
  }

  /** The time said by the lines since the last goroutine, milliseconds since 1970 UTC, or null. */
  get loggedMs(): number | null {
    return this.#introduction.loggedMs;
  }

  /** A dump of another form begins: what was said before it was said of that one. */
  introducedOther(): void {
    this.#introduction.part();
  }

  /** A line over 4 MB whose text begins so was passed over. */
  skippedLine(start: Uint8Array): void {
    this.#mixed = true;
    this.#problems.add(this.line, () => this.#context.decodeText(start), TOO_LONG);
  }

  /** What is held so far of all dumps; a goroutine counts once it has ended. */
  get kept(): { readonly rows: GoroutineRowBuilder; readonly symbols: SymbolBuilder; readonly bytes: number } {
    return { rows: this.#rows, symbols: this.#symbols, bytes: this.#rows.bytes + this.#stack.bytes };
  }

  /** What was read, one part a dump. `cut`: the input is known to break off; `read`: bytes of the whole text. */
  finish(end: TextEnd): TextPart[] {
    const open = this.#inside || this.#openInSegment;
    if (this.#inside) this.#endGoroutine();
    this.#flagUnavailable();
    if (this.#rows.length === 0) return [];
    return tracebackDumps(
      {
        context: this.#context,
        symbols: this.#symbols.finish(),
        rows: this.#rows.finish(),
        starts: this.#dumps.starts,
        understood: this.#understood,
        problems: this.#problems,
        cutInside: this.#cutInside || (open && end.cut) ? this.#id : null,
        cutHeader: this.#cutHeader,
        openAtEnd: open,
        beheaded: this.#introduction.beheaded,
      },
      end,
    );
  }

  /**
   * What was read as a part of a larger text that begins with a header, in place of `finish`; null when more than goroutines
   * of one dump stood in it, or when it ends inside one and more text follows.
   */
  finishSegment(isLast: boolean): TracebackSegment | null {
    const openAtEnd = this.#inside;
    if (this.#inside) this.#endGoroutine();
    if (openAtEnd && !isLast) return null;
    if (this.#mixed || this.#problems.count > 0 || this.#dumps.starts.length !== 1) return null;
    this.#flagUnavailable();
    return {
      symbols: this.#symbols.finish(),
      rows: this.#rows.finish(),
      understood: this.#understood,
      lines: this.line - 1,
      lastId: this.#id,
      openAtEnd,
      cutInside: this.#cutInside,
    };
  }

  /**
   * Goes on with segments that others read of the text right behind what was read here, as if it had read them itself. False,
   * and nothing changed, when it would read them otherwise: when another dump begins in them.
   */
  join(segments: readonly TracebackSegment[]): boolean {
    if (this.#inside || this.#introduction.opens || this.#introduction.inCascade) return false;
    const starts = isOneDump(this.#dumps, this.#rows.length, segments);
    if (starts === null) return false;
    this.#dumps = starts;
    for (const segment of segments) {
      this.#rows.append(segment.rows, this.#symbols.absorb(segment.symbols));
      this.#understood += segment.understood;
      this.line += segment.lines;
      this.#id = segment.lastId;
      this.#openInSegment = segment.openAtEnd;
      this.#cutInside = segment.cutInside;
    }
    this.#introduction.used();
    return true;
  }

  /** See `nothingFound`. */
  get nothingFound(): string {
    return nothingFound(this.#introduction.reason, this.#problems.count);
  }

  /** The line at `p` inside a goroutine; answers the position after it, or NEED_MORE. */
  readLine(p: number): number {
    if (!this.#inAncestors) {
      const followed = this.#stack.follow(p);
      if (followed > p) return this.#belongs(followed);
    }
    const { bytes } = this.#window;
    if (bytes[p] === LF) return this.#blankLine(p, p + 1);
    const lf = shape.lineFeed(this.#window, p);
    if (lf < 0 && !this.#final) return NEED_MORE;
    const next = lf < 0 ? bytes.length : lf + 1;
    const e = shape.withoutCr(bytes, p, lf < 0 ? bytes.length : lf);
    if (shape.skipIndent(bytes, p, e) === e) return this.#blankLine(p, next);
    if (isHeader(this.#window, p, e)) return this.header(p, e, next, lf < 0);
    if (this.#inAncestors) {
      this.line++;
      return this.#belongs(next);
    }
    if (shape.isAncestorHeader(bytes, p, e)) {
      this.#inAncestors = true;
      this.#flags |= FLAG.ancestors;
      this.line++;
      return this.#belongs(next);
    }
    if (shape.isRuntimeStack(bytes, p, e)) {
      this.#endGoroutine();
      this.line++;
      return next;
    }
    return this.#frame(p, e, next, lf < 0);
  }

  /** Blank lines part goroutines. */
  #blankLine(p: number, next: number): number {
    this.#endGoroutine();
    this.#understood += next - p;
    this.line++;
    return next;
  }

  #frame(p: number, e: number, next: number, unfinishedLine: boolean): number {
    const line = this.line;
    const after = this.#stack.readLine(p, e, next);
    if (after === NEED_MORE) return NEED_MORE;
    if (after === FOREIGN) {
      if (beginsOther(this.#window.bytes, p, e)) {
        this.#endGoroutine();
        return p;
      }
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
    this.#mixed = true;
    const { bytes } = this.#window;
    const indent = shape.skipIndent(bytes, p, e);
    if (unfinishedLine && !this.#stack.closed && (indent > p || shape.mayStartCall(bytes, p, e)))
      this.#cutInside = true;
    if (indent > p && shape.fileEnd(bytes, indent, e) !== shape.NOT_A_FILE) {
      this.#problems.add(
        this.line,
        () => this.#text(p, e),
        'This file line follows no function line; the frame was left out.',
      );
    }
    this.#foreignAfter += next - p;
    this.#tellForeign(p, e, next);
    this.line++;
  }

  #belongs(next: number): number {
    this.line += this.#stack.lines;
    this.#stack.lines = 0;
    this.#endOffset = this.#base + next;
    this.#foreignWithin += this.#foreignAfter;
    this.#foreignAfter = 0;
    return next;
  }

  /** `goroutine 12 gp=0xc000002fc0 m=nil [select, 3 minutes]:` at `p`; opens it, or passes over what only looks so. */
  header(p: number, e: number, next: number, unfinishedLine: boolean): number {
    const { bytes } = this.#window;
    const idStart = p + ID_AT;
    let idEnd = idStart;
    while (isDigit(bytes[idEnd])) idEnd++;
    const tailStart = bracketAfter(bytes, idEnd, e);
    let tailEnd = e;
    while (tailEnd > tailStart && bytes[tailEnd - 1] === SPACE) tailEnd--;
    const tail = tailStart < 0 ? NO_TAIL : this.#tails.find(this.#window, tailStart, tailEnd);
    if (tail === NO_TAIL) return this.#badHeader(p, e, next, unfinishedLine, tailStart >= 0);
    if (this.#inside) this.#endGoroutine();
    this.#headerLine = this.line;
    this.#problemsBefore = this.#problems.count;
    this.#inside = true;
    this.#inAncestors = false;
    this.#id = shape.number(bytes, idStart, idEnd);
    this.#tail = tail;
    this.#waitMinutes = this.#tails.waitMinutes;
    this.#flags = this.#tails.flags[tail] ?? 0;
    this.#startOffset = this.#base + p;
    this.#endOffset = this.#base + next;
    this.#foreignWithin = 0;
    this.#foreignAfter = 0;
    this.#stack.begin(tail);
    this.line++;
    return next;
  }

  #badHeader(p: number, e: number, next: number, unfinishedLine: boolean, bracket: boolean): number {
    const line = this.line;
    this.line++;
    this.#mixed = true;
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
    this.#problems.add(line, text, BAD_HEADER);
    return next;
  }

  #endGoroutine(): void {
    this.#inside = false;
    const tail = this.#tail;
    const stack = this.#stack.stack();
    const length = this.#endOffset - this.#startOffset;
    const flags = this.#flags | this.#stack.flags;
    const cascade = this.#introduction.inCascade;
    const known = cascade ? this.#unavailable.get(this.#id) : undefined;
    if (known !== undefined && !this.#stack.unavailable) {
      // GOTRACEBACK=crash prints a goroutine that ran on another thread again, with its stack.
      this.#rows.replaceStack(known, stack, this.#stack.creatorId, this.#startOffset, length);
      this.#unavailable.delete(this.#id);
      this.#understood += length - this.#foreignWithin;
      this.#introduction.used();
      return;
    }
    const state = this.#tails.state[tail] ?? 0;
    const row = this.#rows.add(
      this.#id,
      stack,
      state,
      this.#waitMinutes,
      flags,
      this.#stack.creatorId,
      this.#tails.labels[tail] ?? -1,
      this.#tails.bubble[tail] ?? -1,
      this.#startOffset,
      length,
    );
    const introduced = this.#introduction.opens && !cascade;
    const began = this.#dumps.place(row, this.#id, state === this.#running, stack, introduced, cascade);
    if (began) this.#flagUnavailable();
    this.#understood += length - this.#foreignWithin;
    this.#introduction.used();
    if (this.#stack.unavailable && this.#id !== 0) this.#unavailable.set(this.#id, row);
  }

  /** No later block of the same dump can bring these stacks any more. */
  #flagUnavailable(): void {
    for (const row of this.#unavailable.values()) this.#rows.addFlags(row, FLAG.unavailable);
    this.#unavailable.clear();
  }

  /** What is known where this goroutine begins, before it is counted. */
  #here(row: number): DumpStart {
    const line = this.#headerLine;
    const at = { offset: this.#startOffset, line, understood: this.#understood, problems: this.#problemsBefore };
    return this.#introduction.start(row, at, this.#context.origins?.timeMs(line) ?? null);
  }

  #text(start: number, end: number): string {
    return this.#context.decodeText(this.#window.bytes.subarray(start, end));
  }
}
