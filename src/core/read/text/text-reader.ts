import type { Dump } from '../../model/dump.ts';
import { ChunkJoiner } from '../chunk-joiner.ts';
import type { EndOfInput, FormatReader, ReadContext, ReadOutcome } from '../format.ts';
import { CountReader } from '../formats/count-profile/count-reader.ts';
import { ascii, LF, startsWith, toWindow } from '../formats/traceback/bytes.ts';
import { isHeader } from '../formats/traceback/header-lines.ts';
import * as shape from '../formats/traceback/line-shapes.ts';
import { TracebackReader } from '../formats/traceback/reader.ts';
import type { TracebackSegment } from '../formats/traceback/segment.ts';
import { NEED_MORE } from '../formats/traceback/stack-reader.ts';
import { inputLine } from './provenance.ts';
import { lookSoFar, type SoFar } from './so-far.ts';
import type { TextEnd, TextPart } from './text-part.ts';
import type { WatchKind } from './watch.ts';
import { Watches } from './watches.ts';
import { NOWHERE, WordSearch } from './word-search.ts';

const COUNT_HEADERS = [ascii('goroutine profile: total '), ascii('goroutineleak profile: total ')];
/** Bytes of a header line of a profile, and of a line given to the watches. */
const HEADER_BYTES = 200;
const WATCHED_BYTES = 64 * 1024;

/** What stood in a part of a text, read by itself. Can be sent to another thread. */
export interface TextSegment {
  readonly traceback: TracebackSegment;
  readonly bytes: number;
  readonly lastByte: number;
}

/**
 * Reads any text for dumps: tracebacks, profiles that count, and what the watches know, in any order, with anything
 * between. Lines inside goroutines and profiles go straight to their readers; the others are looked at once.
 */
export class TextReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #traceback: TracebackReader;
  readonly #counts: CountReader;
  readonly #watches: Watches;
  readonly #search: WordSearch;
  readonly #chunks: ChunkJoiner;
  #window = toWindow(new Uint8Array(0));
  #bytes: Uint8Array = this.#window.bytes;
  #final = false;
  /** Position of the first of `#bytes` in the text. */
  #base: number;
  /** Position where it began to read. */
  readonly #from: number;
  /** Where in `#bytes` a word of the watches stands next; -1 before it was looked for. */
  #wordAt = NOWHERE;
  #lastByte: number = LF;

  /** `base`: where in the text the first pushed byte stands, for a reader of a segment. */
  constructor(context: ReadContext, watches: readonly WatchKind[], base = 0) {
    this.#context = context;
    this.#base = base;
    this.#from = base;
    this.#traceback = new TracebackReader(context, (p, e, next) => this.#offer(p, e, next));
    this.#counts = new CountReader(context);
    this.#watches = new Watches(watches, context);
    this.#search = new WordSearch([...this.#watches.words, 'goroutine']);
    this.#chunks = new ChunkJoiner({
      consume: (bytes, final) => this.#consume(bytes, final),
      skipped: (bytes, start) => this.#skipped(bytes, start),
      skippedLineEnd: () => {
        this.#traceback.line++;
      },
    });
  }

  /** A look at the goroutines read so far; null before the first. */
  soFar(): SoFar | null {
    const { rows, symbols } = this.#traceback.kept;
    return lookSoFar(rows, symbols);
  }

  /** About the bytes of memory that what was read takes. */
  get keptBytes(): number {
    return this.#traceback.kept.bytes;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#lastByte = chunk[chunk.length - 1] ?? LF;
    this.#chunks.push(chunk);
  }

  /**
   * What was read as a part of a larger text, from `base` on, in place of `finish`; null when something stood in it that is
   * more than goroutines of one dump.
   */
  finishSegment(isLast: boolean): TextSegment | null {
    this.#chunks.finish();
    if (this.#counts.inside || this.#watches.open) return null;
    const traceback = this.#traceback.finishSegment(isLast);
    return traceback === null ? null : { traceback, bytes: this.#base - this.#from, lastByte: this.#lastByte };
  }

  /** Goes on behind segments that others read of the text right behind what was pushed; see `TracebackReader.join`. */
  join(segments: readonly TextSegment[]): boolean {
    const last = segments.at(-1);
    if (last === undefined || !this.#chunks.isEven || this.#counts.inside || this.#watches.open) return false;
    if (!this.#traceback.join(segments.map(({ traceback }) => traceback))) return false;
    for (const { bytes } of segments) this.#base += bytes;
    this.#lastByte = last.lastByte;
    return true;
  }

  finish(ended: EndOfInput): ReadOutcome {
    this.#chunks.finish();
    const end: TextEnd = { cut: ended.cut, read: this.#base, endsInLineBreak: this.#lastByte === LF };
    const parts = [...this.#traceback.finish(end), ...this.#counts.finish(end)].sort((a, b) => a.offset - b.offset);
    const watched = this.#watches.finish();
    const dumps = [...parts.map((part, i) => this.#build(part, parts[i - 1], parts[i + 1])), ...watched.dumps];
    const { countLogs, races } = watched;
    const isFound = dumps.length + countLogs.length + races.length > 0;
    return { dumps, countLogs, races, notes: [], nothing: isFound ? null : this.#traceback.nothingFound };
  }

  /** Every byte belongs to one dump: those before the first to the first, those between two to the one before. */
  #build(part: TextPart, before: TextPart | undefined, next: TextPart | undefined): Dump {
    const from = before === undefined ? 0 : part.offset;
    const dump = part.build((next?.offset ?? this.#base) - from, next === undefined);
    if (this.#context.origins === null) return dump;
    return { ...dump, problems: dump.problems.map((at) => ({ ...at, line: inputLine(this.#context, at.line) })) };
  }

  /** Reads what can be decided in these bytes; answers how many were consumed. */
  #consume(bytes: Uint8Array, final: boolean): number {
    this.#bytes = bytes;
    this.#final = final;
    this.#wordAt = -1;
    const traceback = this.#traceback;
    this.#window = toWindow(bytes);
    traceback.open(this.#window, this.#base, final);
    let p = 0;
    while (p < bytes.length) {
      const next = traceback.inside ? traceback.readLine(p) : this.#counts.inside ? this.#profile(p) : this.#between(p);
      if (next === NEED_MORE) break;
      p = next;
    }
    this.#base += p;
    return p;
  }

  /** A line outside goroutines and profiles. */
  #between(p: number): number {
    const bytes = this.#bytes;
    const lf = shape.lineFeed(this.#window, p);
    if (lf < 0 && !this.#final) return NEED_MORE;
    const next = lf < 0 ? bytes.length : lf + 1;
    const e = shape.withoutCr(bytes, p, lf < 0 ? bytes.length : lf);
    if (isHeader(this.#window, p, e)) return this.#traceback.header(p, e, next, lf < 0);
    if (this.#hasWord(p, e) && this.#isCountHeader(p, e)) return this.#profile(p);
    this.#traceback.between(p, e);
    this.#offer(p, e, next);
    this.#traceback.line++;
    return next;
  }

  /** Gives a line to the watches, when one of them may want it. */
  #offer(p: number, e: number, next: number): void {
    if (!this.#watches.open && !this.#hasWord(p, e)) return;
    this.#watches.offer({
      text: this.#context.decodeText(this.#bytes.subarray(p, Math.min(e, p + WATCHED_BYTES))),
      number: this.#traceback.line,
      offset: this.#base + p,
      bytes: next - p,
    });
  }

  /** Whether a word of the watches stands in the line. The window is searched once, from word to word. */
  #hasWord(p: number, e: number): boolean {
    if (this.#wordAt < p) {
      const found = this.#search.find(this.#bytes, p, this.#bytes.length);
      this.#wordAt = found === NOWHERE ? this.#bytes.length : found;
    }
    return this.#wordAt < e;
  }

  #isCountHeader(p: number, e: number): boolean {
    const start = shape.skipIndent(this.#bytes, p, e);
    if (!COUNT_HEADERS.some((header) => startsWith(this.#bytes, start, e, header))) return false;
    return CountReader.isHeader(
      this.#context.decodeText(this.#bytes.subarray(start, Math.min(e, start + HEADER_BYTES))),
    );
  }

  #profile(p: number): number {
    const { next, lines } = this.#counts.read(this.#bytes, p, {
      offset: this.#base + p,
      line: this.#traceback.line,
      final: this.#final,
      loggedMs: this.#traceback.loggedMs,
    });
    if (lines === 0 && this.#counts.inside) return NEED_MORE;
    if (lines > 0) this.#traceback.introducedOther();
    this.#traceback.line += lines;
    return next;
  }

  #skipped(bytes: number, start: Uint8Array | null): void {
    if (start !== null) {
      if (this.#counts.inside) this.#counts.skip(start, { number: this.#traceback.line, offset: this.#base, bytes });
      else this.#traceback.skippedLine(start);
    }
    this.#base += bytes;
  }
}
