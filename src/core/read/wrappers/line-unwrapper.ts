import { MAX_PROBLEM_TEXT } from '../../model/problem.ts';
import type { Wrapper } from '../../model/provenance.ts';
import { NOWHERE, WordSearch } from '../text/word-search.ts';
import { CrRemover } from './cr-remover.ts';
import { LayerFinder } from './find-layers.ts';
import { Lanes } from './lanes.ts';
import { holdsHeader, type Layer, showsHeader } from './layer.ts';
import { LineView } from './line-view.ts';
import { endsInCr, literalLayer } from './shape-layers.ts';
import type { LaneSink, Unwrapper } from './unwrapper.ts';

const LF = 10;
const CR = 13;
/** Bytes of one line that are held: a whole dump may stand in one. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Words of which one stands in the first line of whatever this page reads. */
const WORDS = ['goroutine', 'data race'];
const CRLF = 'CRLF line ends';

interface Options {
  readonly decodeText: (bytes: Uint8Array) => string;
  readonly referenceMs: number | null;
}

/**
 * Takes off what stands around the lines of a text. It begins with what most lines of the head show plainly; the first line
 * of a dump then settles what else there is, or that there is nothing: from there on every chunk passes untouched.
 */
export class LineUnwrapper implements Omit<Unwrapper, 'encoding'> {
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #finder: LayerFinder;
  readonly #words = new WordSearch(WORDS);
  readonly #lanes: Lanes;
  #layers: readonly Layer[];
  /** The first line of a dump was met, so the layers are all there are. */
  #settled = false;
  #crs: CrRemover | null = null;
  /** Pieces of a line that was cut by the chunks. */
  #carry: Uint8Array[] = [];
  #carryBytes = 0;
  /** 1-based line of the input that comes next, while lines are counted. */
  #line = 1;
  readonly #view = new LineView();
  #taken = 0;
  #example: { readonly line: string; readonly read: string } | null = null;

  /** `head`: the beginning of the text, which is pushed with the rest of it. */
  constructor(head: Uint8Array, sink: LaneSink, options: Options) {
    this.#decode = options.decodeText;
    this.#finder = new LayerFinder(options.decodeText);
    this.#lanes = new Lanes(sink, options.referenceMs);
    this.#layers = this.#finder.ofMost(viewsOf(head));
  }

  get wrapper(): Wrapper | null {
    if (this.#example === null) return null;
    const kinds = this.#crs === null ? this.#layers.map(({ name }) => name) : [CRLF];
    const lines = this.#crs?.removed ?? this.#taken;
    return { kinds, example: this.#example.line, exampleRead: this.#example.read, lines };
  }

  get #untouched(): boolean {
    return this.#settled && this.#layers.length === 0;
  }

  push(chunk: Uint8Array): void {
    if (this.#untouched) {
      (this.#crs ?? this.#lanes.plain).push(chunk);
      return;
    }
    const last = chunk.lastIndexOf(LF);
    if (last < 0) {
      this.#keep(chunk);
      return;
    }
    this.#readLines(this.#withCarry(chunk.subarray(0, last + 1)), false);
    this.#lanes.flush();
    const rest = chunk.subarray(last + 1);
    if (rest.length === 0) return;
    if (this.#untouched) (this.#crs ?? this.#lanes.plain).push(rest);
    else this.#keep(rest);
  }

  finish(): void {
    if (this.#carryBytes > 0) this.#readLines(this.#withCarry(new Uint8Array(0)), true);
    this.#crs?.finish();
    this.#lanes.finish();
  }

  #keep(piece: Uint8Array): void {
    this.#carry.push(piece.slice());
    this.#carryBytes += piece.length;
    // No line of a log is longer: it is given on in pieces, as it stands.
    if (this.#carryBytes > MAX_LINE_BYTES) this.#lanes.plain.push(this.#withCarry(new Uint8Array(0)));
  }

  #withCarry(chunk: Uint8Array): Uint8Array {
    if (this.#carryBytes === 0) return chunk;
    const whole = new Uint8Array(this.#carryBytes + chunk.length);
    let at = 0;
    for (const piece of this.#carry) {
      whole.set(piece, at);
      at += piece.length;
    }
    whole.set(chunk, at);
    this.#carry = [];
    this.#carryBytes = 0;
    return whole;
  }

  /** Reads whole lines; the last may lack its line break at the end of the input. */
  #readLines(bytes: Uint8Array, final: boolean): void {
    for (let p = 0; p < bytes.length; ) {
      if (this.#layers.length === 0) p = this.#seek(bytes, p, final);
      else p = this.#unwrap(bytes, p);
    }
  }

  /**
   * Nothing stands around lines so far: gives them on as they are, up to the first that shows something around a line of a
   * dump, or to the end. The lines shortly before that one are of the dump, too ("SIGQUIT: quit"), so the last ones are kept
   * until more follow. Answers where it got to.
   */
  #seek(bytes: Uint8Array, from: number, final: boolean): number {
    for (let at = from; !this.#settled; ) {
      const word = this.#words.find(bytes, at, bytes.length);
      if (word === NOWHERE) break;
      const start = bytes.lastIndexOf(LF, word) + 1;
      const end = lineEnd(bytes, word);
      this.#view.open(bytes, start, end);
      const found = this.#around(end + 1);
      if (found !== null) {
        this.#settled = true;
        this.#layers = found;
        if (found.length > 0 || endsInCr(this.#view)) {
          const back = linesBack(bytes, from, start);
          this.#pass(bytes, from, back);
          if (found.length === 0) this.#removeCrs(bytes, back, start, end);
          return found.length > 0 ? back : bytes.length;
        }
      }
      at = end;
    }
    const kept = final || this.#settled ? bytes.length : linesBack(bytes, from, bytes.length);
    this.#pass(bytes, from, kept);
    if (kept < bytes.length) this.#keep(bytes.subarray(kept));
    return bytes.length;
  }

  /** What is around the line in the view: nothing, layers, or null when it is no line of a dump. `next`: where the next begins. */
  #around(next: number): readonly Layer[] | null {
    const line = this.#view.copy();
    if (!holdsHeader(line)) return null;
    const found = this.#finder.around(line);
    if (found !== null) return found;
    const literal = literalLayer(this.#view, next);
    return literal === null ? null : [literal];
  }

  #pass(bytes: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    let lines = 0;
    if (!this.#untouched || this.#layers.length > 0) {
      for (let lf = bytes.indexOf(LF, from); lf >= 0 && lf < to; lf = bytes.indexOf(LF, lf + 1)) lines++;
    }
    this.#lanes.plain.pass(bytes.subarray(from, to), this.#line, lines);
    this.#line += lines;
  }

  #removeCrs(bytes: Uint8Array, from: number, start: number, end: number): void {
    this.#crs = new CrRemover(this.#lanes.plain);
    const line = this.#text(bytes, start, end - 1);
    this.#example = { line: `${line}␍␊`, read: line };
    this.#crs.push(bytes.subarray(from));
  }

  /** Takes the layers off the line at `start`; answers where the next begins. */
  #unwrap(bytes: Uint8Array, start: number): number {
    const view = this.#view;
    const end = lineEnd(bytes, start);
    view.open(bytes, start, end);
    const source = this.#line++;
    const [first, ...others] = this.#layers;
    if (first === undefined || !first.take(view)) {
      const bare = end > start && bytes[end - 1] === CR ? end - 1 : end;
      this.#lanes.current.add(bytes.subarray(start, bare), source, null, false);
      return end + 1;
    }
    for (const layer of others) layer.take(view);
    const settles = !this.#settled && this.#look(view);
    if (endsInCr(view)) view.end--;
    this.#taken++;
    if (this.#example === null || settles) this.#exemplify(bytes, start, end);
    this.#lanes.of(view).add(view.bytes.subarray(view.start, view.end), source, view.time, view.partial);
    return end + 1;
  }

  /** Looks for the first line of a dump behind what was taken off so far, and for what else is around it. */
  #look(view: LineView): boolean {
    if (this.#words.find(view.bytes, view.start, view.end) === NOWHERE) return false;
    const line = view.copy();
    if (!showsHeader(line)) {
      const more = holdsHeader(line) ? this.#finder.around(line) : null;
      if (more === null) return false;
      this.#layers = [...this.#layers, ...more];
      for (const layer of more) layer.take(view);
    }
    this.#settled = true;
    return true;
  }

  #exemplify(bytes: Uint8Array, start: number, end: number): void {
    const { bytes: shown, start: from, end: to } = this.#view;
    this.#example = {
      line: this.#text(bytes, start, end),
      read: this.#text(shown, from, Math.min(to, lineEnd(shown, from))),
    };
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    const text = this.#decode(bytes.subarray(start, Math.min(end, start + 4 * MAX_PROBLEM_TEXT)));
    return text.length > MAX_PROBLEM_TEXT ? `${text.slice(0, MAX_PROBLEM_TEXT)}…` : text;
  }
}

/** Lines before the first header that may belong to a dump: "SIGQUIT: quit", "PC=…", a blank line. */
const LINES_BACK = 24;
const BYTES_BACK = 16 * 1024;

/** Where the line begins that is LINES_BACK lines before `at`, but no further back than `from`. `at` is where a line begins. */
function linesBack(bytes: Uint8Array, from: number, at: number): number {
  let back = at;
  for (let lines = 0; lines < LINES_BACK && back > from; lines++) {
    const start = back >= 2 ? bytes.lastIndexOf(LF, back - 2) + 1 : 0;
    if (start < from || at - start > BYTES_BACK) break;
    back = start;
  }
  return back;
}

/** Where the line's break stands, or the end of the bytes. */
function lineEnd(bytes: Uint8Array, from: number): number {
  const lf = bytes.indexOf(LF, from);
  return lf < 0 ? bytes.length : lf;
}

/** The first lines of a text. */
function viewsOf(head: Uint8Array): LineView[] {
  const views: LineView[] = [];
  for (let p = 0; p < head.length && views.length < 60; ) {
    const lf = head.indexOf(LF, p);
    if (lf < 0) break;
    const view = new LineView();
    view.open(head, p, lf > p && head[lf - 1] === CR ? lf - 1 : lf);
    views.push(view);
    p = lf + 1;
  }
  return views;
}
