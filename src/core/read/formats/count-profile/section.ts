import type { Dump } from '../../../model/dump.ts';
import { ProblemLog } from '../../../model/problem.ts';
import type { Provenance } from '../../../model/provenance.ts';
import { NONE, RecordRowBuilder } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import type { ReadContext } from '../../format.ts';
import { parseLabelSet } from '../../go-quote.ts';
import { quoteForPeople } from '../../head.ts';
import { inputLine, provenanceOf } from '../../text/provenance.ts';
import type { TextEnd, TextPart } from '../../text/text-part.ts';
import { type CountHeader, type FrameLine, parseFrameLine, parseRecordLine } from './lines.ts';
import { internStack, type KnownFrames, MAX_RECORD_FRAMES, reachesOutermost } from './record.ts';

/** A line of the input. Offsets count from the first byte of the input. */
export interface Line {
  /** Without its line break. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  readonly offset: number;
  /** Bytes with the line break. */
  readonly bytes: number;
  /** Bytes without it. */
  readonly contentBytes: number;
}

/** When a profile was taken, as the text says: on its first line, and before it. */
type Times = Parameters<typeof provenanceOf>[1];

/** Distinct `#` lines remembered, so that a frame in thousands of records is parsed once. */
const MAX_KNOWN_LINES = 50_000;
const LABELS = '# labels: ';
/** `40 @ 0x43d3f6`, and what is left of one when its count is damaged. */
const RECORD = /^\S{1,20} @/;
/** What begins another form of dump. */
const OTHER_FORM = /^(?:goroutine \d+ .*\[|panic: |fatal error: |SIG[A-Z]+: )/;

interface OpenRecord {
  readonly count: number;
  readonly addresses: string;
  readonly line: Line;
  readonly frames: FrameLine[];
  labels: number;
  /** End of its last line, without the line break. */
  end: number;
  /** Its last line could not be read. */
  endsInProblem: boolean;
  tooDeep: boolean;
}

/** Reads one profile, from its header line to the next header or the end: one dump. */
export class Section {
  readonly #header: CountHeader;
  readonly #headerLine: Line;
  readonly #times: Times;
  readonly #symbols = new SymbolBuilder();
  readonly #rows = new RecordRowBuilder();
  readonly #problems = new ProblemLog();
  readonly #known = new Map<string, FrameLine | null>();
  readonly #knownFrames: KnownFrames = { go: new WeakMap(), inlined: new WeakMap(), native: new WeakMap() };
  readonly #caveats: string[] = [];
  #open: OpenRecord | null = null;
  /** `record`: reading. `lost`: in a record whose first line is broken. `after`: in other text up to the next header. */
  #state: 'record' | 'lost' | 'after' = 'record';
  #lostRecords = 0;
  #anyNamed = false;
  #records = 0;
  #understood: number;

  constructor(header: CountHeader, line: Line, times: Times) {
    this.#times = times;
    this.#header = header;
    this.#headerLine = line;
    this.#understood = line.bytes;
  }

  /** Takes the next line. False when it is none of the profile, which ended before it. */
  add(line: Line): boolean {
    const text = line.text.trim();
    if (text === '') {
      this.#close();
      if (this.#state !== 'after') this.#state = 'record';
      return true;
    }
    if (this.#ends(text)) {
      this.#close();
      return false;
    }
    if (this.#state === 'after') return true;
    const understood = text.startsWith('#') ? this.#detail(line, text) : this.#other(line, text);
    if (understood) this.#understood += line.bytes;
    return true;
  }

  /** Stacks of goroutines, the message of a crash, or any other text once all records are there, end a profile. */
  #ends(text: string): boolean {
    if (OTHER_FORM.test(text)) return true;
    if (text.startsWith('#') || text.startsWith('---') || RECORD.test(text) || this.#state === 'after') return false;
    return this.#rows.total + (this.#open?.count ?? 0) >= this.#header.total;
  }

  /** A line that is too long to be held; its text is its beginning. */
  skip(line: Line): void {
    if (this.#state === 'after') return;
    this.#problems.add(line.number, line.text, 'The line is too long to be one of a profile; it was left out.');
    if (line.text.trimStart().startsWith('#')) return;
    this.#close();
    this.#state = 'lost';
    this.#lostRecords++;
  }

  /** `text` does not begin with `#`. */
  #other(line: Line, text: string): boolean {
    this.#close();
    const record = parseRecordLine(text);
    if (record !== null) {
      const end = line.offset + line.contentBytes;
      this.#open = { ...record, line, frames: [], labels: NONE, end, endsInProblem: false, tooDeep: false };
      this.#state = 'record';
      return true;
    }
    if (text.startsWith('---')) {
      // Sections of the legacy pprof format that say nothing about goroutines.
      this.#state = 'after';
    } else {
      this.#state = 'lost';
      if (RECORD.test(text)) this.#lostRecords++;
      this.#problems.add(
        line.number,
        text,
        'Expected a record such as "40 @ 0x43d3f6"; the lines up to the next record were left out.',
      );
    }
    return false;
  }

  /** A line that begins with `#`: labels or a frame of the open record. */
  #detail(line: Line, text: string): boolean {
    const open = this.#open;
    if (open === null) {
      if (this.#state !== 'lost') {
        this.#state = 'lost';
        this.#problems.add(
          line.number,
          text,
          'This line belongs to a record whose first line is missing; it was left out.',
        );
      }
      return false;
    }
    open.end = line.offset + line.contentBytes;
    open.endsInProblem = false;
    if (text.startsWith(LABELS)) {
      const labels = parseLabelSet(text.slice(LABELS.length));
      if (labels !== null) {
        open.labels = labels.length === 0 ? NONE : this.#symbols.labels(labels);
        return true;
      }
      this.#problems.add(
        line.number,
        text,
        'Expected labels such as {"key":"value"}; the record is counted without labels.',
      );
    } else {
      if (open.frames.length >= MAX_RECORD_FRAMES) return this.#tooDeep(open, line, text);
      const frame = this.#frame(text);
      if (frame !== null) {
        open.frames.push(frame);
        return true;
      }
      this.#problems.add(line.number, text, 'Expected an address, a function and file:line; the frame was left out.');
    }
    open.endsInProblem = true;
    return false;
  }

  #tooDeep(open: OpenRecord, line: Line, text: string): boolean {
    if (!open.tooDeep)
      this.#problems.add(line.number, text, `Frames beyond ${MAX_RECORD_FRAMES} of one record were left out.`);
    open.tooDeep = true;
    return false;
  }

  #frame(text: string): FrameLine | null {
    let frame = this.#known.get(text);
    if (frame === undefined) {
      frame = parseFrameLine(text);
      if (this.#known.size < MAX_KNOWN_LINES) this.#known.set(text, frame);
    }
    return frame;
  }

  #close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#records++;
    this.#anyNamed ||= open.frames.some((frame) => frame.named);
    const stack = internStack(this.#symbols, open.frames, open.addresses, this.#knownFrames);
    this.#rows.add(open.count, stack, open.labels, open.line.offset, open.end - open.line.offset);
  }

  /** `open`: the text ended before the profile did. */
  finish(end: TextEnd, open: boolean, context: ReadContext): TextPart {
    const { offset, number, text } = this.#headerLine;
    const formatReason = `line ${inputLine(context, number)} says ${quoteForPeople(text.trim())}`;
    const provenance = provenanceOf(context, this.#times, { reason: null, formatReason });
    return { offset, build: (read, last) => this.#build(end.cut && last, open && last, read, provenance) };
  }

  #build(cut: boolean, isLast: boolean, read: number, provenance: Provenance): Dump {
    const open = this.#open;
    const cutInside = open !== null && this.#isCut(open);
    this.#close();
    const counted = this.#rows.total;
    const missing = counted < this.#header.total && this.#lostRecords === 0;
    const lowerBounds: string[] = [];
    if (cutInside && isLast) lowerBounds.push('The input ends inside the last record: its stack may not be whole.');
    else if (cut) lowerBounds.push('The input breaks off: records after the last one shown are missing.');
    if (counted !== this.#header.total) this.#noteTotal(counted, lowerBounds);
    if (this.#records > 0 && !this.#anyNamed) {
      this.#caveats.push(
        'The profile names no functions (debug=0 of Go 1.7 and older, or a stripped program): frames are addresses.',
      );
    }
    return {
      format: 'count-profile',
      profile: this.#header.profile,
      provenance,
      symbols: this.#symbols.finish(),
      rows: this.#rows.finish(),
      goroutines: counted,
      declared: this.#header.total,
      truncated: cut || (isLast && cutInside) || missing,
      problems: this.#problems.kept,
      problemCount: this.#problems.count,
      lowerBounds,
      runningTests: [],
      caveats: this.#caveats,
      bytes: { read, understood: this.#understood, ignored: read - this.#understood },
    };
  }

  /** A record that no blank line closes is whole when its outermost frame is there. */
  #isCut(open: OpenRecord): boolean {
    if (open.frames.length === 0) return open.endsInProblem || (this.#anyNamed && open.addresses.includes(' '));
    return open.endsInProblem || !reachesOutermost(open.frames, open.addresses);
  }

  #noteTotal(counted: number, lowerBounds: string[]): void {
    const total = this.#header.total;
    const more = counted < total ? 'Records are missing or damaged.' : 'Records may stand in it twice.';
    (counted < total ? lowerBounds : this.#caveats).push(
      `The profile declares ${total} goroutines, its records add up to ${counted}. ${more}`,
    );
    this.#problems.add(
      this.#headerLine.number,
      this.#headerLine.text,
      `The records that could be read add up to ${counted}.`,
    );
  }
}
