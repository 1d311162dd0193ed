import {
  type EndOfInput,
  type Format,
  type FormatReader,
  type Head,
  nothingIn,
  type ReadContext,
  type ReadOutcome,
} from '../../format.ts';
import { joinBytes } from '../../peek.ts';
import { refuseLargeProfile } from '../../refusals.ts';
import { looksLikeProfile } from './profile.ts';
import { readProfile } from './to-dump.ts';

/** Largest profile that is read, unpacked. A Go profile of a million distinct stacks is about 100 MiB. */
export const MAX_PROFILE_BYTES = 256 * 2 ** 20;

/** Protobuf of one record per distinct stack (debug=0 since Go 1.8, `go tool pprof`). gzip around it is removed before. */
export const pprofFormat: Format = {
  id: 'pprof',
  detect: (head: Head) =>
    looksLikeProfile(head.bytes) ? 'the bytes are a pprof profile (protobuf messages of profile.proto)' : null,
  createReader: (context) => new PprofReader(context),
};

/** Holds the whole input: names stand at its end, the samples that use them before. */
class PprofReader implements FormatReader {
  readonly #context: ReadContext;
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length > MAX_PROFILE_BYTES) this.#chunks = [];
    else this.#chunks.push(chunk.slice());
  }

  finish(ended: EndOfInput): ReadOutcome {
    if (this.#length > MAX_PROFILE_BYTES) return nothingIn(refuseLargeProfile(MAX_PROFILE_BYTES));
    const bytes = joinBytes(this.#chunks, this.#length);
    this.#chunks = [];
    return readProfile(bytes, ended.cut, this.#context);
  }
}
