import { ChunkJoiner, MAX_CARRY_BYTES } from '../../chunk-joiner.ts';
import type { EndOfInput, Format, FormatReader, Head, ReadContext, ReadOutcome } from '../../format.ts';
import { lineAt, quoteForPeople } from '../../head.ts';
import { parseCountHeader } from './lines.ts';
import { type Line, Section } from './section.ts';

const LF = 10;

/** Text with one record per distinct stack (debug=1, since Go 1.0; debug=0 up to Go 1.7). */
export const countProfileFormat: Format = {
  id: 'count-profile',
  detect,
  createReader: (context) => new CountProfileReader(context),
};

const HEADER = /^[ \t]*(?:goroutine|goroutineleak) profile: total \d+[ \t\r]*$/m;
const GOROUTINE = /^[ \t]*goroutine \d+ [^\n]*\]/m;

/** A header line anywhere in the head, unless goroutine stacks come before it: those are the traceback reader's. */
function detect(head: Head): string | null {
  const header = HEADER.exec(head.text);
  if (header === null) return null;
  const goroutine = GOROUTINE.exec(head.text);
  if (goroutine !== null && goroutine.index < header.index) return null;
  return `line ${lineAt(head.text, header.index)} says ${quoteForPeople(header[0].trim())}`;
}

/** Splits the input into lines and lines into sections; several profiles in one file are several dumps. */
class CountProfileReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #chunks: ChunkJoiner;
  readonly #sections: Section[] = [];
  #lineNumber = 1;
  #offset = 0;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#chunks = new ChunkJoiner({
      consume: (bytes, final) => this.#consume(bytes, final),
      skipped: (bytes, start) => this.#skipped(bytes, start),
      skippedLineEnd: () => {
        this.#lineNumber++;
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  finish(ended: EndOfInput): ReadOutcome {
    this.#chunks.finish();
    if (this.#sections.length === 0)
      return { dumps: [], nothing: 'No line such as "goroutine profile: total 42" was found.' };
    const last = this.#sections.length - 1;
    const { provenance } = this.#context;
    return {
      dumps: this.#sections.map((section, i) => section.finish(ended.cut, i === last, provenance)),
      nothing: null,
    };
  }

  /** Reads whole lines. Decodes them all at once; where every byte is one character, offsets in both are the same. */
  #consume(bytes: Uint8Array, final: boolean): number {
    const end = final ? bytes.length : bytes.lastIndexOf(LF) + 1;
    if (end === 0) return 0;
    const block = bytes.subarray(0, end);
    const text = this.#context.decodeText(block);
    const aligned = text.length === end;
    for (let from = 0; from < end; ) {
      const lf = aligned ? text.indexOf('\n', from) : block.indexOf(LF, from);
      const next = lf < 0 ? end : lf + 1;
      const content = lf < 0 ? end : lf;
      // The joiner passes over such a line when chunks cut it; it must not matter whether they do.
      if (content - from > MAX_CARRY_BYTES) {
        this.#skipped(next - from, block.subarray(from, from + 1024));
        this.#lineNumber++;
      } else {
        const line = aligned ? text.slice(from, content) : this.#context.decodeText(block.subarray(from, content));
        this.#line(line, next - from, content - from);
      }
      from = next;
    }
    return end;
  }

  #line(raw: string, bytes: number, rawBytes: number): void {
    const cr = raw.endsWith('\r') ? 1 : 0;
    const text = cr === 0 ? raw : raw.slice(0, -1);
    const line: Line = { text, number: this.#lineNumber++, offset: this.#offset, bytes, contentBytes: rawBytes - cr };
    const before = this.#sections.length === 0 ? this.#offset : 0;
    this.#offset += bytes;
    const header = text.includes(' profile: total ') ? parseCountHeader(text) : null;
    if (header !== null) this.#sections.push(new Section(header, line, before));
    else this.#sections.at(-1)?.add(line);
  }

  /** Part of a line that is too long to be held: it counts as bytes, and as a line that cannot be read. */
  #skipped(bytes: number, start: Uint8Array | null): void {
    const text = start === null ? '' : this.#context.decodeText(start);
    const line: Line = { text, number: this.#lineNumber, offset: this.#offset, bytes, contentBytes: bytes };
    this.#offset += bytes;
    this.#sections.at(-1)?.skip(line, start !== null);
  }
}
