import { MAX_CARRY_BYTES } from '../../chunk-joiner.ts';
import type { ReadContext } from '../../format.ts';
import type { TextEnd, TextPart } from '../../text/text-part.ts';
import { parseCountHeader } from './lines.ts';
import { type Line, Section } from './section.ts';

const LF = 10;
/** Bytes decoded at once: what stands behind the end of a profile is decoded in vain. */
const BLOCK_BYTES = 256 * 1024;

/** Reads profiles that count (debug=1; debug=0 up to Go 1.7) out of a text, from their header to their end. */
export class CountReader {
  readonly #context: ReadContext;
  readonly #sections: Section[] = [];
  #inside = false;
  #loggedMs: number | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** In a profile: `read` is to be asked. */
  get inside(): boolean {
    return this.#inside;
  }

  /** Whether this line is the header of a profile. */
  static isHeader(text: string): boolean {
    return parseCountHeader(text) !== null;
  }

  /**
   * Reads whole lines of the profile from `p`, of which the first is its header when outside. `offset` and `line` are those
   * of `p` in the text; `loggedMs` is the time said before that header, or null. Answers how far it got and how many lines that were: fewer than there are when the profile ended.
   */
  read(
    bytes: Uint8Array,
    p: number,
    place: {
      readonly offset: number;
      readonly line: number;
      readonly final: boolean;
      readonly loggedMs: number | null;
    },
  ): { readonly next: number; readonly lines: number } {
    const { offset, line, final } = place;
    this.#loggedMs = place.loggedMs;
    const whole = final ? bytes.length : bytes.lastIndexOf(LF) + 1;
    let next = p;
    let lines = 0;
    while (next < whole) {
      const taken = this.#block(bytes, next, whole, offset + next - p, line + lines);
      next = taken.next;
      lines += taken.lines;
      if (!this.#inside) break;
    }
    return { next, lines };
  }

  /** Decodes many lines at once; where every byte is one character, places in bytes and text are the same. */
  #block(bytes: Uint8Array, p: number, whole: number, offset: number, line: number): { next: number; lines: number } {
    const wanted = Math.min(whole, p + BLOCK_BYTES);
    const lf = wanted === whole ? -1 : bytes.lastIndexOf(LF, wanted - 1);
    const longLine = lf < p ? bytes.indexOf(LF, p) + 1 : lf + 1;
    const end = wanted === whole || longLine === 0 ? whole : Math.min(longLine, whole);
    const block = bytes.subarray(p, end);
    const text = this.#context.decodeText(block);
    const aligned = text.length === block.length;
    let lines = 0;
    let from = 0;
    while (from < block.length) {
      const at = aligned ? text.indexOf('\n', from) : block.indexOf(LF, from);
      const next = at < 0 ? block.length : at + 1;
      const content = at < 0 ? block.length : at;
      const place = { number: line + lines, offset: offset + from, bytes: next - from };
      if (content - from > MAX_CARRY_BYTES) {
        // The joiner passes over such a line when chunks cut it; it must not matter whether they do.
        this.skip(block.subarray(from, from + 1024), place);
      } else {
        const raw = aligned ? text.slice(from, content) : this.#context.decodeText(block.subarray(from, content));
        const cr = raw.endsWith('\r') ? 1 : 0;
        const shown = cr === 0 ? raw : raw.slice(0, -1);
        if (!this.#line({ text: shown, ...place, contentBytes: content - from - cr })) break;
      }
      from = next;
      lines++;
    }
    return { next: p + from, lines };
  }

  /** False when the line is none of a profile, and the one before was the last. */
  #line(line: Line): boolean {
    const header = line.text.includes(' profile: total ') ? parseCountHeader(line.text) : null;
    if (header !== null) {
      const stampedMs = this.#context.origins?.timeMs(line.number) ?? null;
      this.#sections.push(new Section(header, line, { stampedMs, loggedMs: this.#loggedMs }));
      this.#loggedMs = null;
      this.#inside = true;
      return true;
    }
    this.#inside = this.#sections.at(-1)?.add(line) ?? false;
    return this.#inside;
  }

  /** A line that is too long to be held: it is one of the profile that cannot be read. */
  skip(start: Uint8Array, place: Pick<Line, 'number' | 'offset' | 'bytes'>): void {
    this.#sections.at(-1)?.skip({ text: this.#context.decodeText(start), ...place, contentBytes: place.bytes });
  }

  finish(end: TextEnd): TextPart[] {
    return this.#sections.map((section, i) =>
      section.finish(end, this.#inside && i === this.#sections.length - 1, this.#context),
    );
  }
}
