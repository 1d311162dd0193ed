import type { TextEncoding, Wrapper } from '../../model/provenance.ts';
import type { Head } from '../format.ts';
import { CrlfText, showsCrlf } from './crlf-text.ts';
import { detectEncoding, Transcoder } from './encoding.ts';
import { LineUnwrapper } from './line-unwrapper.ts';
import { showsPlainDump } from './plain-dump.ts';
import type { LaneSink, Unwrapper } from './unwrapper.ts';

export interface UnwrapOptions {
  /** UTF-8 → text. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** False: only the encoding is undone. */
  readonly unwrap: boolean;
  /** The file's own time, milliseconds since 1970 UTC: tells the year of times that have none. Null when it has none. */
  readonly referenceMs: number | null;
}

type Lines = Omit<Unwrapper, 'encoding'>;

/** Starts on a text whose beginning is `head`; all of it, the head included, is then pushed. */
export function createUnwrapper(head: Head, sink: LaneSink, options: UnwrapOptions): Unwrapper {
  const encoding = detectEncoding(head.bytes);
  const start = encoding === null ? head.bytes : new Transcoder(encoding).push(head.bytes);
  const lines = options.unwrap ? unwrapLines(start, head.whole, sink, options) : plainText(sink);
  return new EncodedText(encoding, lines);
}

function unwrapLines(head: Uint8Array, whole: boolean, sink: LaneSink, options: UnwrapOptions): Lines {
  if (showsCrlf(head)) {
    return new CrlfText(head, options.decodeText, (bare) => unwrapLines(bare, whole, sink, options));
  }
  return showsPlainDump(head, whole, options) ? plainText(sink) : new LineUnwrapper(head, sink, options);
}

/** One lane of what is pushed. */
function plainText(sink: LaneSink): Lines {
  const reader = sink.open({ key: null, instance: null, origins: null });
  return { push: (chunk) => reader.push(chunk), finish: () => {}, passesThrough: true, wrapper: null };
}

/** Turns what is pushed into UTF-8 first. */
class EncodedText implements Unwrapper {
  readonly encoding: TextEncoding | null;
  readonly #transcoder: Transcoder | null;
  readonly #lines: Lines;

  constructor(encoding: TextEncoding | null, lines: Lines) {
    this.encoding = encoding;
    this.#transcoder = encoding === null ? null : new Transcoder(encoding);
    this.#lines = lines;
  }

  push(chunk: Uint8Array): void {
    const text = this.#transcoder === null ? chunk : this.#transcoder.push(chunk);
    if (text.length > 0) this.#lines.push(text);
  }

  finish(): void {
    const left = this.#transcoder?.finish();
    if (left !== undefined && left.length > 0) this.#lines.push(left);
    this.#lines.finish();
  }

  get passesThrough(): boolean {
    return this.#transcoder === null && this.#lines.passesThrough;
  }

  get wrapper(): Wrapper | null {
    return this.#lines.wrapper;
  }
}
