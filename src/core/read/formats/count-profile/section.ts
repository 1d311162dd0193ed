import type { Dump } from '../../../model/dump.ts';
import { ProblemLog } from '../../../model/problem.ts';
import type { Provenance } from '../../../model/provenance.ts';
import { NONE, RecordRowBuilder } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { parseLabelSet } from '../../go-quote.ts';
import { type CountHeader, type FrameLine, parseFrameLine, parseRecordLine } from './lines.ts';
import { internStack, MAX_RECORD_FRAMES, reachesOutermost } from './record.ts';

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

/** Distinct `#` lines remembered, so that a frame in thousands of records is parsed once. */
const MAX_KNOWN_LINES = 50_000;
const LABELS = '# labels: ';

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
  readonly #symbols = new SymbolBuilder();
  readonly #rows = new RecordRowBuilder();
  readonly #problems = new ProblemLog();
  readonly #known = new Map<string, FrameLine | null>();
  readonly #caveats: string[] = [];
  #open: OpenRecord | null = null;
  /** `record`: reading. `lost`: in a record whose first line is broken. `after`: in other text up to the next header. */
  #state: 'record' | 'lost' | 'after' = 'record';
  #lostRecords = 0;
  #anyNamed = false;
  #records = 0;
  #read: number;
  #understood: number;

  /** `before`: bytes of surrounding text ahead of the header. */
  constructor(header: CountHeader, line: Line, before: number) {
    this.#header = header;
    this.#headerLine = line;
    this.#read = before + line.bytes;
    this.#understood = line.bytes;
  }

  add(line: Line): void {
    this.#read += line.bytes;
    if (this.#state === 'after') return;
    const text = line.text.trim();
    if (text === '') {
      this.#close();
      this.#state = 'record';
      return;
    }
    const understood = text.startsWith('#') ? this.#detail(line, text) : this.#other(line, text);
    if (understood) this.#understood += line.bytes;
  }

  /** Part of a line that is too long to be held; `isStart` once a line, with the beginning of its text. */
  skip(line: Line, isStart: boolean): void {
    this.#read += line.bytes;
    if (this.#state === 'after' || !isStart) return;
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
    } else if (/^goroutine \d+ .*\[/.test(text)) {
      this.#state = 'after';
      const from = `From line ${line.number} on the file holds goroutine stacks in another form (debug=2)`;
      this.#caveats.push(`${from}; they are not read here. Save them as a file of their own.`);
      this.#problems.add(line.number, text, 'Goroutine stacks of another form begin here; they were left out.');
    } else {
      this.#state = 'lost';
      if (/^\S{1,20} @/.test(text)) this.#lostRecords++;
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
    const stack = internStack(this.#symbols, open.frames, open.addresses);
    this.#rows.add(open.count, stack, open.labels, open.line.offset, open.end - open.line.offset);
  }

  /** `cut`: bytes are known to be missing after this section. `isLast`: nothing follows it in the input. */
  finish(cut: boolean, isLast: boolean, provenance: Provenance): Dump {
    const open = this.#open;
    const cutInside = open !== null && this.#isCut(open);
    this.#close();
    const counted = this.#rows.total;
    const missing = counted < this.#header.total && this.#lostRecords === 0;
    if (cutInside && isLast) this.#caveats.push('The input ends inside the last record: its stack may not be whole.');
    if (counted !== this.#header.total) this.#noteTotal(counted);
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
      truncated: isLast && (cut || cutInside || missing),
      problems: this.#problems.kept,
      problemCount: this.#problems.count,
      caveats: this.#caveats,
      bytes: { read: this.#read, understood: this.#understood, ignored: this.#read - this.#understood },
    };
  }

  /** A record that no blank line closes is whole when its outermost frame is there. */
  #isCut(open: OpenRecord): boolean {
    if (open.frames.length === 0) return open.endsInProblem || (this.#anyNamed && open.addresses.includes(' '));
    return open.endsInProblem || !reachesOutermost(open.frames, open.addresses);
  }

  #noteTotal(counted: number): void {
    const total = this.#header.total;
    const more = counted < total ? 'Records are missing or damaged.' : 'Records may stand in it twice.';
    this.#caveats.push(`The profile declares ${total} goroutines, its records add up to ${counted}. ${more}`);
    this.#problems.add(
      this.#headerLine.number,
      this.#headerLine.text,
      `The records that could be read add up to ${counted}.`,
    );
  }
}
