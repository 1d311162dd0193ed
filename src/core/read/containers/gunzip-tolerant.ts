import { FlateErrorCode, Gunzip } from 'fflate';
import type { Ending } from './leaf.ts';

/** Bytes handed to the unpacker at once: it recurses once per gzip member, so a slice must not hold too many of them. */
const SLICE_BYTES = 16 * 1024;
/** Checksum and length at the end of a gzip member, plus a few bytes that may be left over after it. */
const TAIL_BYTES = 12;

/**
 * Unpacks gzip in one or several members and gives what can be unpacked before the stream breaks; `onEnd` hears how it
 * ended. Never throws for what the bytes hold. Several times slower than the platform's stream, so used only after that
 * one gave up. fflate checks no checksums; the length at the end of the last member is compared here.
 */
export async function* gunzipTolerant(
  packed: AsyncIterable<Uint8Array>,
  onEnd: (ending: Ending) => void,
): AsyncGenerator<Uint8Array> {
  const unpacked: Uint8Array[] = [];
  let memberBytes = 0;
  let anyBytes = false;
  let tail: Uint8Array = new Uint8Array(0);
  const gunzip = new Gunzip((piece) => {
    memberBytes += piece.length;
    if (piece.length > 0) unpacked.push(piece);
  });
  gunzip.onmember = () => {
    memberBytes = 0;
  };
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      // A copy: the unpacker may hold on to the bytes of a header that is not complete yet.
      const slice = chunk.slice(from, from + SLICE_BYTES);
      const broke = push(gunzip, slice);
      for (const piece of unpacked) {
        anyBytes = true;
        yield piece;
      }
      unpacked.length = 0;
      if (broke !== null) {
        onEnd(broke === FlateErrorCode.InvalidHeader && anyBytes ? 'trailing' : 'cut');
        return;
      }
      tail = lastBytes(tail, slice);
    }
  }
  onEnd(endsWithLength(tail, memberBytes) ? 'whole' : 'cut');
}

/** Answers null, or fflate's error code, or -1 for any other failure. */
function push(gunzip: Gunzip, bytes: Uint8Array): number | null {
  try {
    gunzip.push(bytes, false);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : -1;
  }
}

function lastBytes(tail: Uint8Array, slice: Uint8Array): Uint8Array {
  if (slice.length >= TAIL_BYTES) return slice.subarray(-TAIL_BYTES);
  const joined = new Uint8Array(tail.length + slice.length);
  joined.set(tail);
  joined.set(slice, tail.length);
  return joined.slice(-TAIL_BYTES);
}

/**
 * Whether the member's length (little endian, modulo 2^32) stands at the end, up to three stray bytes aside (RFC 1952,
 * ISIZE). An empty member, as bgzip writes at the end, also has the checksum 0.
 */
function endsWithLength(tail: Uint8Array, length: number): boolean {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 4; at >= Math.max(4, tail.length - 7); at--) {
    if (view.getUint32(at, true) !== length % 2 ** 32) continue;
    if (length > 0 || view.getUint32(at - 4, true) === 0) return true;
  }
  return false;
}
