/** The beginning of a stream, and the whole stream, which still starts with it. */
export interface Peeked {
  /** A copy of at least as many bytes as were asked for, unless the stream is shorter. */
  readonly first: Uint8Array;
  /** True when `first` is the whole stream. */
  readonly whole: boolean;
  /** To be read once. Ending it early ends the stream it came from. */
  readonly all: AsyncIterable<Uint8Array>;
}

const NO_BYTES = new Uint8Array(0);

/** Looks at the first `bytes` bytes of a stream. Copies the chunks that hold them; later ones pass through untouched. */
export async function peek(stream: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < bytes) {
    const next = await iterator.next();
    if (next.done === true) {
      whole = true;
      break;
    }
    pieces.push(next.value.slice());
    length += next.value.length;
  }
  // Each piece is a copy, so that one alone need not be copied again.
  const first = pieces.length === 1 ? (pieces[0] ?? NO_BYTES) : joinBytes(pieces, length);
  return { first, whole, all: resume(first, whole ? null : iterator) };
}

/** One array of all pieces; `length` is the sum of theirs. */
export function joinBytes(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

async function* resume(first: Uint8Array, iterator: AsyncIterator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    while (iterator !== null) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator?.return?.();
  }
}
