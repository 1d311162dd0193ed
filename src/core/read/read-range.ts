import type { ByteSource, Platform } from './source.ts';
import { withUnpacked } from './unpack.ts';

/**
 * The bytes at `offset` of the unpacked source, as `Rows.byteOffset` counts them; fewer than `length` when it ends
 * before. Reads and unpacks from the start, and stops after the range. Throws when the source can no longer be read.
 */
export async function readRange(
  source: ByteSource,
  platform: Platform,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const result = await withUnpacked(source, platform, {}, async (unpacked) => {
    const range = new Uint8Array(length);
    let filled = 0;
    let at = unpacked.markBytes;
    for await (const chunk of unpacked.chunks) {
      const from = Math.max(0, offset - at);
      if (from < chunk.length) {
        const piece = chunk.subarray(from, from + length - filled);
        range.set(piece, filled);
        filled += piece.length;
      }
      at += chunk.length;
      if (filled === length) break;
    }
    return range.subarray(0, filled);
  });
  if (result.kind === 'done') return result.value;
  throw new Error(result.kind === 'unreadable' ? result.why : 'reading was cancelled');
}
