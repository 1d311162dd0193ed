import { Decompress } from 'fzstd';
import type { Ending } from './leaf.ts';

const SLICE_BYTES = 16 * 1024;

/** Unpacks zstd and gives what can be unpacked before the stream breaks; `onEnd` hears how it ended. Never throws. */
export async function* unzstd(
  packed: AsyncIterable<Uint8Array>,
  onEnd: (ending: Ending) => void,
): AsyncGenerator<Uint8Array> {
  const unpacked: Uint8Array[] = [];
  let whole = false;
  const stream = new Decompress((piece, final) => {
    if (piece.length > 0) unpacked.push(piece);
    whole ||= final === true;
  });
  const push = (slice: Uint8Array, final: boolean): boolean => {
    try {
      stream.push(slice, final);
      return true;
    } catch {
      return false;
    }
  };
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      // A copy: the unpacker keeps what is not complete yet.
      const works = push(chunk.slice(from, from + SLICE_BYTES), false);
      yield* unpacked.splice(0);
      if (!works) {
        onEnd('cut');
        return;
      }
    }
  }
  const works = push(new Uint8Array(0), true);
  yield* unpacked.splice(0);
  onEnd(works && whole ? 'whole' : 'cut');
}
