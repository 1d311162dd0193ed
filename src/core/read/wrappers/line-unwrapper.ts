import { MAX_PROBLEM_TEXT } from '../../model/problem.ts';
import type { Wrapper } from '../../model/provenance.ts';
import { ASKED_LINES, LayerFinder, viewsOf } from './find-layers.ts';
import { Lanes } from './lanes.ts';
import { findWord, holdsHeader, type Layer, showsHeader } from './layer.ts';
import { LineView } from './line-view.ts';
import { countLines, decidedUpTo, lineEnd, linesBack, MAX_LINE_BYTES, windowBehind } from './line-window.ts';
import { PartJoiner } from './part-joiner.ts';
import { PendingBytes } from './pending-bytes.ts';
import type { LaneSink, Unwrapper } from './unwrapper.ts';

const [LF, CR] = [10, 13];
const NOTHING = new Uint8Array(0);
/** Sentences about goroutines after which no dump is looked for in other shapes, and layers one behind another at most. */
const MAX_TRIES = 2000;
const MAX_LAYERS = 12;

export interface LineOptions {
  /** UTF-8 → text. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** The file's own time, milliseconds since 1970 UTC, or null. */
  readonly referenceMs: number | null;
}

/**
 * Takes off what stands around the lines of a text. It begins with what most lines of the head show plainly; the first line
 * of a dump then settles what else there is, or that there is nothing: from there on every chunk passes untouched.
 */
export class LineUnwrapper implements Omit<Unwrapper, 'encoding'> {
  readonly passesThrough = false;
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #finder: LayerFinder;
  readonly #lanes: Lanes;
  readonly #parts = new PartJoiner();
  readonly #pending = new PendingBytes();
  #layers: readonly Layer[];
  /** The first line of a dump was met. */
  #settled = false;
  /** The dump stands bare in a log whose other lines have a wrapper. */
  #bare = false;
  /** Bytes at the front of the pending ones in which no dump begins. */
  #searched = 0;
  #tries = 0;
  /** The bytes being read; `#final` when no more follow. */
  #bytes: Uint8Array = NOTHING;
  #final = false;
  /** The line being read stands from `#start` to `#end` in them, the next one begins at `#next`. */
  #start = 0;
  #end = 0;
  #next = 0;
  /** 1-based number of the next line of the input, while lines are counted. */
  #line = 1;
  readonly #view = new LineView();
  #taken = 0;
  #example: { readonly line: string; readonly read: string } | null = null;
  #endsInBreak = true;

  /** `head`: the beginning of the text, which is pushed with the rest of it. */
  constructor(head: Uint8Array, sink: LaneSink, options: LineOptions) {
    this.#decode = options.decodeText;
    this.#finder = new LayerFinder({ decode: options.decodeText, referenceMs: options.referenceMs });
    this.#lanes = new Lanes(sink);
    this.#layers = this.#finder.ofMost(viewsOf(head, 0, head.length, ASKED_LINES, false));
  }

  get wrapper(): Wrapper | null {
    if (this.#example === null) return null;
    const kinds = this.#layers.map(({ name }) => name);
    return { kinds, example: this.#example.line, exampleRead: this.#example.read, lines: this.#taken };
  }

  /** The rest of the text stands as it was printed. */
  get #untouched(): boolean {
    return this.#settled && (this.#bare || this.#layers.length === 0);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#endsInBreak = chunk[chunk.length - 1] === LF;
    if (this.#untouched) {
      this.#lanes.plain.push(chunk);
      return;
    }
    // Without a line break nothing new can be decided, so a line of many megabytes is put together once.
    if (!chunk.includes(LF) && this.#pending.length + chunk.length <= MAX_LINE_BYTES) {
      this.#pending.add(chunk);
      return;
    }
    const bytes = this.#pending.take(chunk);
    const rest = bytes.subarray(this.#read(bytes, false));
    if (rest.length > MAX_LINE_BYTES) this.#giveUp(rest);
    else this.#pending.add(rest);
    this.#lanes.flush();
  }

  finish(): void {
    this.#read(this.#pending.take(NOTHING), true);
    const cut = !this.#parts.idle || (!this.#endsInBreak && !this.#view.decoded);
    this.#parts.finish(this.#view, (source, layer) => this.#inner(layer + 1, source));
    this.#lanes.finish(cut);
  }

  /** No log has such lines: it is given on as it stands, and so is all that follows where nothing was around lines before. */
  #giveUp(rest: Uint8Array): void {
    this.#lanes.plain.pass(rest, this.#line, 0);
    if (this.#layers.length === 0) this.#settled = true;
  }

  /** Reads the lines that can be decided about; the last may lack its break when `final`. Answers how many bytes those were. */
  #read(bytes: Uint8Array, final: boolean): number {
    this.#bytes = bytes;
    this.#final = final;
    const whole = final ? bytes.length : bytes.lastIndexOf(LF) + 1;
    const decided = final ? whole : decidedUpTo(bytes, whole);
    let p = 0;
    while (p < (this.#settled ? whole : decided)) {
      if (this.#untouched) {
        this.#lanes.plain.push(bytes.subarray(p));
        return bytes.length;
      }
      if (this.#layers.length > 0) {
        p = this.#unwrap(p);
        continue;
      }
      p = this.#seek(p, decided);
      // Nothing found: the last lines are kept.
      if (!this.#settled && this.#layers.length === 0) return p;
    }
    return p;
  }

  /**
   * Nothing stands around lines so far: gives them on as they are, up to `to` or to the first that shows something around a
   * line of a dump. The lines shortly before that one are of the dump, too ("SIGQUIT: quit"), so the last ones are kept until
   * more follow. Answers where it got to.
   */
  #seek(from: number, to: number): number {
    const bytes = this.#bytes;
    for (let at = from + this.#searched; !this.#settled; at = this.#end) {
      const word = findWord(bytes, at, to);
      if (word < 0) break;
      this.#openLine(bytes.lastIndexOf(LF, word) + 1);
      if (!holdsHeader(this.#view)) continue;
      const found = this.#finder.around(this.#view, this.#behind());
      if (found === null) {
        this.#settled = ++this.#tries > MAX_TRIES;
        continue;
      }
      // Parts of lines are joined before more is said of what is in them.
      const joining = found.findIndex((layer) => layer.joins === true);
      this.#layers = joining < 0 ? found : found.slice(0, joining + 1);
      this.#settled = joining < 0;
      const start = bytes.lastIndexOf(LF, word) + 1;
      const back = found.length === 0 ? start : linesBack(bytes, from, start);
      this.#pass(from, back);
      return back;
    }
    const kept = this.#final || this.#settled ? to : linesBack(bytes, from, to);
    this.#searched = to - kept;
    this.#pass(from, kept);
    return kept;
  }

  /** Makes the line that begins at `start` the current one. */
  #openLine(start: number): void {
    const bytes = this.#bytes;
    const lf = lineEnd(bytes, start);
    this.#start = start;
    this.#end = lf > start && bytes[lf - 1] === CR ? lf - 1 : lf;
    this.#next = Math.min(bytes.length, lf + 1);
    this.#view.open(bytes, start, this.#end);
  }

  /** The lines that may say what stands around the current one. */
  #behind(): LineView[] {
    const { to, lines } = windowBehind(this.#bytes, this.#next);
    return viewsOf(this.#bytes, this.#next, to, lines, this.#final && to === this.#bytes.length);
  }

  #pass(from: number, to: number): void {
    if (from === to) return;
    const lines = countLines(this.#bytes, from, to);
    this.#lanes.plain.pass(this.#bytes.subarray(from, to), this.#line, lines);
    this.#line += lines;
  }

  /** Takes the layers off the line at `start`; answers where the next begins. */
  #unwrap(start: number): number {
    this.#openLine(start);
    const view = this.#view;
    if (this.#layers[0]?.take(view) !== true) {
      if (!this.#settled && this.#rebase()) return start;
      this.#lanes.current.add(view, this.#line++);
      return this.#next;
    }
    this.#taken++;
    const source = this.#joined(0, this.#line++);
    if (source > 0) this.#inner(1, source);
    return this.#next;
  }

  /** A line without the log's wrapper may be the first of a dump in another: then that one is the log's. Or it stands bare. */
  #rebase(): boolean {
    const view = this.#view;
    if (findWord(view.bytes, view.start, view.end) < 0 || !holdsHeader(view)) return false;
    const found = this.#finder.around(view.copy(), this.#behind());
    if (found === null || found.length === 0) {
      this.#settled = found !== null || ++this.#tries > MAX_TRIES;
      this.#bare = found !== null && this.#lanes.unnamed;
      return false;
    }
    this.#layers = found;
    this.#settled = found.every((layer) => layer.joins !== true);
    return true;
  }

  /** Where the line in the view began in the input, once all its parts are there; else 0. */
  #joined(layer: number, source: number): number {
    const joins = this.#layers[layer]?.joins === true;
    return joins && (this.#view.partial || !this.#parts.idle) ? this.#parts.add(this.#view, layer, source) : source;
  }

  /** Takes off the layers from `layer` on and gives the payload on, once all its parts are there. */
  #inner(layer: number, source: number): void {
    const view = this.#view;
    let began = source;
    for (let i = layer; i < this.#layers.length; i++) {
      if (this.#layers[i]?.take(view) !== true) continue;
      began = this.#joined(i, began);
      if (began === 0) return;
    }
    const more = this.#more();
    for (const found of more ?? []) {
      found.take(view);
      if (view.partial) {
        this.#parts.add(view, this.#layers.indexOf(found), began);
        return;
      }
    }
    if (view.decoded && view.end > view.start && view.bytes[view.end - 1] === CR) view.end--;
    if (this.#example === null || more !== null) this.#exemplify();
    this.#lanes.of(view.process).add(view, began);
  }

  /** Looks for a dump behind what was taken off the current line, and for what else is around it; null where none begins. */
  #more(): readonly Layer[] | null {
    const view = this.#view;
    if (this.#tries > MAX_TRIES || findWord(view.bytes, view.start, view.end) < 0 || !holdsHeader(view)) return null;
    if (this.#settled && showsHeader(view)) return null;
    const line = view.copy();
    const found = this.#settled ? this.#finder.inside(line) : this.#finder.around(line, this.#behindUnwrapped());
    if (found === null || this.#layers.length + found.length > MAX_LAYERS) {
      this.#tries++;
      return null;
    }
    this.#settled = !line.partial;
    this.#layers = [...this.#layers, ...found];
    return found;
  }

  /** The lines behind the current one of the same process, as far as the log's layers can be taken off them. */
  #behindUnwrapped(): LineView[] {
    return this.#behind().filter((line) => {
      if (this.#layers[0]?.take(line) !== true) return false;
      for (const layer of this.#layers.slice(1)) layer.take(line);
      return line.process === this.#view.process;
    });
  }

  #exemplify(): void {
    const { bytes, start, end } = this.#view;
    this.#example = {
      line: this.#text(this.#bytes, this.#start, this.#end),
      read: this.#text(bytes, start, Math.min(end, lineEnd(bytes, start))),
    };
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    const text = this.#decode(bytes.subarray(start, Math.min(end, start + 4 * MAX_PROBLEM_TEXT)));
    return text.length > MAX_PROBLEM_TEXT ? `${text.slice(0, MAX_PROBLEM_TEXT)}…` : text;
  }
}
