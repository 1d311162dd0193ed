import { MAX_PROBLEM_TEXT } from '../../model/problem.ts';
import type { Wrapper } from '../../model/provenance.ts';
import { CrRemover } from './cr-remover.ts';
import { ASKED_LINES } from './find-layers.ts';
import { findWord } from './layer.ts';
import { lineEnd } from './line-window.ts';
import type { Unwrapper } from './unwrapper.ts';

const [LF, CR] = [10, 13];
/** Share of the first lines that must end in CR LF. */
const SHARE = 0.8;

/** Whether the lines of a text end in CR LF. */
export function showsCrlf(head: Uint8Array): boolean {
  let lines = 0;
  let crs = 0;
  for (let lf = head.indexOf(LF); lf >= 0 && lines < ASKED_LINES; lf = head.indexOf(LF, lf + 1)) {
    lines++;
    if (head[lf - 1] === CR) crs++;
  }
  return lines > 0 && crs >= lines * SHARE;
}

type Lines = Omit<Unwrapper, 'encoding'>;

/** A text whose lines end in CR LF: it is read as if they ended in LF, with what else stands around them taken off. */
export class CrlfText implements Lines {
  readonly passesThrough = false;
  readonly #lines: Lines;
  readonly #crs: CrRemover;
  readonly #example: string;

  /** `inner`: reads the text without CRs, of which it is given the head. */
  constructor(head: Uint8Array, decode: (bytes: Uint8Array) => string, inner: (head: Uint8Array) => Lines) {
    const bare: Uint8Array[] = [];
    new CrRemover({ push: (chunk) => void bare.push(chunk) }).push(head);
    this.#lines = inner(bare[0] ?? new Uint8Array(0));
    this.#crs = new CrRemover(this.#lines);
    const start = head.lastIndexOf(LF, Math.max(0, findWord(head, 0, head.length))) + 1;
    const line = decode(head.subarray(start, Math.min(lineEnd(head, start), start + 4 * MAX_PROBLEM_TEXT)));
    this.#example = line.replace(/\r$/, '').slice(0, MAX_PROBLEM_TEXT);
  }

  push(chunk: Uint8Array): void {
    this.#crs.push(chunk);
  }

  finish(): void {
    this.#crs.finish();
    this.#lines.finish();
  }

  get wrapper(): Wrapper | null {
    const around = this.#lines.wrapper;
    const kinds = [...(around?.kinds ?? []), 'CRLF line ends'];
    if (around !== null) return { ...around, kinds };
    return { kinds, example: `${this.#example}␍␊`, exampleRead: this.#example, lines: this.#crs.removed };
  }
}
