import type { Dump } from '../../../model/dump.ts';
import { ProblemLog } from '../../../model/problem.ts';
import { FLAG, GoroutineRowBuilder, NO_ID, NO_MINUTES, NONE } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { type FrameIndex, NO_FRAME } from '../../../model/symbols.ts';
import type { ReadContext } from '../../format.ts';
import { inputLine, provenanceOf } from '../../text/provenance.ts';
import type { OutsideLine } from '../../text/watch.ts';
import * as lines from './lines.ts';
import { caveatsOf, lowerBoundsOf, type SeenInList } from './remarks.ts';

/** Frames of one goroutine that are kept; `-t` takes any depth. */
const MAX_FRAMES = 10_000;

interface OpenGoroutine {
  readonly line: lines.GoroutineLine | null;
  readonly offset: number;
  end: number;
  readonly frames: FrameIndex[];
  /** Function of a frame whose file line has not come yet. */
  pending: string | null;
  labels: number;
  flags: number;
}

/** What stood directly before a list: its command, or its total as Delve printed it up to 1.1. */
export interface ListHead {
  readonly line: OutsideLine;
  readonly declared: number | null;
  /** Words after `goroutines`; null when the command is not known. */
  readonly command: readonly string[] | null;
}

/** Collects one list of goroutines: one dump. */
export class DelveList {
  readonly #context: ReadContext;
  readonly #symbols = new SymbolBuilder();
  readonly #rows = new GoroutineRowBuilder();
  readonly #problems = new ProblemLog();
  readonly #ids = new Set<number>();
  readonly #first: OutsideLine;
  readonly #loggedMs: number | null;
  readonly #command: readonly string[] | null;
  #open: OpenGoroutine | null = null;
  #understood = 0;
  #end: number;
  /** Number of the last line that was its own or stood below a frame. */
  lastLine: number;
  #declared: number | null;
  /** Sum of the totals of groups. */
  #groupTotal = 0;
  #groups = 0;
  #closed = false;
  readonly #seen: SeenInList = {
    shows: new Set(),
    elided: 0,
    unreadable: 0,
    left: 0,
    manyLabels: 0,
    groupsLeft: false,
    anyStack: false,
  };

  constructor(context: ReadContext, first: OutsideLine, head: ListHead | null) {
    this.#context = context;
    this.#first = head?.line ?? first;
    this.#loggedMs = context.origins?.timeMs(first.number) ?? null;
    this.#command = head?.command ?? null;
    this.#declared = head?.declared ?? null;
    this.#end = this.#first.offset;
    this.lastLine = this.#first.number;
    if (head !== null) this.#own(head.line);
  }

  get hasTotal(): boolean {
    return this.#declared !== null;
  }

  /** True when the goroutine stands in it already: another list begins. */
  holds(goroutine: lines.GoroutineLineResult): boolean {
    return typeof goroutine === 'object' && this.#ids.has(goroutine.id);
  }

  goroutine(line: OutsideLine, text: string, parsed: Exclude<lines.GoroutineLineResult, 'no'>): void {
    this.#endGoroutine();
    if (parsed === 'broken') {
      this.#seen.left++;
      this.#problem(line, text, 'This line of the list cannot be read; the goroutine was left out.');
      return;
    }
    this.#own(line);
    const readable = parsed === 'unreadable' ? null : parsed;
    if (readable === null) this.#seen.unreadable++;
    else {
      this.#ids.add(readable.id);
      this.#seen.shows.add(readable.shows);
    }
    this.#open = {
      line: readable,
      offset: line.offset,
      end: line.offset + line.bytes,
      frames: [],
      pending: null,
      labels: NONE,
      flags: readable === null ? FLAG.unavailable : 0,
    };
  }

  /** A line after a goroutine's first; false when it is no line of a list. */
  detail(line: OutsideLine, text: string): boolean {
    const groupTotal = lines.parseGroupTotal(text);
    if (groupTotal !== null) {
      this.#endGoroutine();
      this.#groups++;
      this.#groupTotal += groupTotal;
      this.#own(line);
      return true;
    }
    if (this.#groups > 0 && text.trim() === 'Too many groups') {
      this.#seen.groupsLeft = true;
      this.#own(line);
      return true;
    }
    const open = this.#open;
    if (open === null) return false;
    if (this.#stackLine(open, line, text)) {
      open.end = line.offset + line.bytes;
      return true;
    }
    // Arguments, variables and deferred calls of `-exec stack -full` stand indented below a frame, blank lines between.
    if (open.frames.length === 0 || !/^[ \t]|^$/.test(text)) return false;
    this.lastLine = line.number;
    return true;
  }

  #stackLine(open: OpenGoroutine, line: OutsideLine, text: string): boolean {
    const name = lines.parseFrameFunction(text);
    if (name !== null) {
      this.#endFrame(open);
      open.pending = name;
    } else if (open.pending !== null) {
      const at = lines.parseAt(text);
      if (at === null) return this.#note(open, line, text);
      this.#frame(open, this.#symbols.frame(open.pending, at.file, at.line, 'go'));
      open.pending = null;
    } else {
      return this.#note(open, line, text);
    }
    this.#own(line);
    return true;
  }

  /** Labels, the end of a stack that was cut, or a frame that could not be read. */
  #note(open: OpenGoroutine, line: OutsideLine, text: string): boolean {
    const labels = lines.parseLabels(text);
    if (labels !== 'no') {
      if (labels === 'broken') {
        this.#problem(line, text, 'Expected labels such as "key":"value"; the goroutine is counted without labels.');
        return true;
      }
      open.labels = labels.labels.length === 0 ? NONE : this.#symbols.labels(labels.labels);
      if (labels.more) this.#seen.manyLabels++;
    } else if (text.trim() === '(truncated)') {
      this.#endFrame(open);
      this.#frame(open, this.#symbols.frame('(truncated)', '', 0, 'elided'));
      if ((open.flags & FLAG.elided) === 0) this.#seen.elided++;
      open.flags |= FLAG.elided;
    } else if (/^[ \t]{0,60}error: /.test(text)) {
      this.#problem(line, text, 'Delve could not read the stack further.');
      return true;
    } else return false;
    this.#own(line);
    return true;
  }

  /** The total after the list. */
  total(line: OutsideLine, total: number): void {
    this.#endGoroutine();
    this.#declared = total;
    this.#own(line);
  }

  /** The prompt came: nothing of the list is missing. */
  close(): void {
    this.#closed = true;
  }

  #own(line: OutsideLine): void {
    this.#understood += line.bytes;
    this.#end = line.offset + line.bytes;
    this.lastLine = line.number;
  }

  #problem(line: OutsideLine, text: string, why: string): void {
    this.#problems.add(inputLine(this.#context, line.number), text, why);
    this.#end = line.offset + line.bytes;
    this.lastLine = line.number;
  }

  #frame(open: OpenGoroutine, frame: FrameIndex): void {
    this.#seen.anyStack = true;
    if (open.frames.length < MAX_FRAMES) open.frames.push(frame);
    else if ((open.flags & FLAG.elided) === 0) {
      open.flags |= FLAG.elided;
      this.#seen.elided++;
    }
  }

  /** A frame whose file line never came is kept without one. */
  #endFrame(open: OpenGoroutine): void {
    if (open.pending !== null) this.#frame(open, this.#symbols.frame(open.pending, '', 0, 'go'));
    open.pending = null;
  }

  #endGoroutine(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#endFrame(open);
    const { line, frames } = open;
    let creator: FrameIndex | typeof NO_FRAME = NO_FRAME;
    if (line !== null) {
      const location = this.#symbols.frame(line.function, line.file, line.line, 'go');
      if (line.shows === 'Go') creator = hasCreator(line) ? location : NO_FRAME;
      else if (frames.length === 0) frames.push(location);
    }
    this.#rows.add(
      line?.id ?? NO_ID,
      this.#symbols.stack(frames, creator),
      line?.reason == null ? 0 : this.#symbols.state(line.reason),
      NO_MINUTES,
      open.flags,
      NO_ID,
      open.labels,
      NONE,
      open.offset,
      open.end - open.offset,
    );
  }

  /** Null when no goroutine of it could be read. */
  finish(): Dump | null {
    const cutInside = this.#open !== null && this.#open.pending !== null;
    this.#endGoroutine();
    const goroutines = this.#rows.length;
    if (goroutines === 0) return null;
    const declared = this.#groups > 0 ? this.#groupTotal : this.#declared;
    const unended = declared === null && !this.#closed;
    const missing = this.#groups === 0 && declared !== null && declared > goroutines + this.#seen.left;
    const ends = { goroutines, declared, groups: this.#groups, cutInside, unended };
    const read = this.#end - this.#first.offset;
    const line = inputLine(this.#context, this.#first.number);
    return {
      format: 'delve',
      profile: 'goroutine',
      provenance: provenanceOf(
        this.#context,
        { stampedMs: this.#loggedMs, loggedMs: null },
        {
          reason: null,
          formatReason: `line ${line} begins a list of goroutines of the debugger Delve`,
        },
      ),
      symbols: this.#symbols.finish(),
      // Delve says neither minutes nor creators' ids; the flag of locked threads is not in it either.
      rows: { ...this.#rows.finish(), waitMinutes: null, creatorId: null },
      goroutines,
      declared,
      truncated: cutInside || unended || missing,
      problems: this.#problems.kept,
      problemCount: this.#problems.count,
      lowerBounds: lowerBoundsOf(this.#seen, ends),
      runningTests: [],
      caveats: caveatsOf(this.#seen, this.#command),
      bytes: { read, understood: this.#understood, ignored: read - this.#understood },
    };
  }
}

/** Goroutines the runtime makes before any go statement runs have a place in its start-up code instead. */
function hasCreator(line: lines.GoroutineLine): boolean {
  return line.function !== '???' && line.function !== 'runtime.newproc' && !line.function.startsWith('runtime.rt0_go');
}
