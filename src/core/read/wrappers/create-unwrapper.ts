import type { TextEncoding, Wrapper } from '../../model/provenance.ts';
import type { Head } from '../format.ts';
import { detectEncoding, Transcoder } from './encoding.ts';
import { LineUnwrapper } from './line-unwrapper.ts';
import type { LaneSink, Unwrapper } from './unwrapper.ts';

export interface UnwrapOptions {
  /** UTF-8 → text. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** False: only the encoding is undone. */
  readonly unwrap: boolean;
  /** The file's own time, milliseconds since 1970 UTC: tells the year of times that have none. Null when it has none. */
  readonly referenceMs: number | null;
}

/** Starts on a text whose beginning is `head`; all of it, the head included, is then pushed. */
export function createUnwrapper(head: Head, sink: LaneSink, options: UnwrapOptions): Unwrapper {
  const encoding = detectEncoding(head.bytes);
  const start = encoding === null ? head.bytes : new Transcoder(encoding).push(head.bytes);
  const lines = options.unwrap ? new LineUnwrapper(start, sink, options) : plainText(sink);
  return encoding === null ? withEncoding(lines) : new TranscodedText(encoding, lines);
}

/** One lane of what is pushed. */
function plainText(sink: LaneSink): Omit<Unwrapper, 'encoding'> {
  const reader = sink.open({ key: null, instance: null, origins: null });
  return { push: (chunk) => reader.push(chunk), finish: () => {}, wrapper: null };
}

function withEncoding(lines: Omit<Unwrapper, 'encoding'>): Unwrapper {
  return {
    push: (chunk) => lines.push(chunk),
    finish: () => lines.finish(),
    get wrapper() {
      return lines.wrapper;
    },
    encoding: null,
  };
}

/** Turns what is pushed into UTF-8 first. */
class TranscodedText implements Unwrapper {
  readonly encoding: TextEncoding;
  readonly #transcoder: Transcoder;
  readonly #lines: Omit<Unwrapper, 'encoding'>;

  constructor(encoding: TextEncoding, lines: Omit<Unwrapper, 'encoding'>) {
    this.encoding = encoding;
    this.#transcoder = new Transcoder(encoding);
    this.#lines = lines;
  }

  push(chunk: Uint8Array): void {
    const text = this.#transcoder.push(chunk);
    if (text.length > 0) this.#lines.push(text);
  }

  finish(): void {
    const left = this.#transcoder.finish();
    if (left.length > 0) this.#lines.push(left);
    this.#lines.finish();
  }

  get wrapper(): Wrapper | null {
    return this.#lines.wrapper;
  }
}
