import type { TextPlace } from '../model/provenance.ts';
import type { Leaf } from './containers/leaf.ts';
import { withLeaves } from './containers/with-leaves.ts';
import { openHead } from './open-text.ts';
import { joinBytes } from './peek.ts';
import type { ByteSource, Platform } from './source.ts';
import { createUnwrapper } from './wrappers/create-unwrapper.ts';

const LF = 10;
/** Bytes of a line that are kept to be shown. */
const MAX_LINE_BYTES = 64 * 1024;

/** Lines of the unpacked input as they stand in it. */
export interface SourceLines {
  /** 1-based number of the first. */
  readonly first: number;
  readonly lines: readonly string[];
}

/**
 * The bytes at `offset` of a text, as `Rows.byteOffset` counts them; fewer than `length` when it ends before. Reads, unpacks
 * and unwraps from the start, and stops after the range. Throws when the source can no longer be read.
 */
export async function readBack(
  source: ByteSource,
  platform: Platform,
  place: TextPlace,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let filled = 0;
  let at = 0;
  const take = (chunk: Uint8Array): void => {
    const from = Math.max(0, offset + filled - at);
    if (from < chunk.length && filled < length) {
      const piece = chunk.slice(from, from + length - filled);
      pieces.push(piece);
      filled += piece.length;
    }
    at += chunk.length;
  };
  await readAgain(source, platform, place, place.wrapper !== null, take, () => filled === length);
  return joinBytes(pieces, filled);
}

/** Line `line` (1-based) of the unpacked input and up to `around` lines before and after it. Throws as `readBack` does. */
export async function readSourceLines(
  source: ByteSource,
  platform: Platform,
  place: TextPlace,
  line: number,
  around: number,
): Promise<SourceLines> {
  const first = Math.max(1, line - around);
  const last = line + around;
  const lines: string[] = [];
  let number = 1;
  let open: Uint8Array[] = [];
  let openBytes = 0;
  const keep = (piece: Uint8Array): void => {
    if (number < first || openBytes >= MAX_LINE_BYTES) return;
    open.push(piece.slice(0, MAX_LINE_BYTES - openBytes));
    openBytes += Math.min(piece.length, MAX_LINE_BYTES - openBytes);
  };
  const close = (): void => {
    if (number >= first && number <= last)
      lines.push(platform.decodeText(joinBytes(open, openBytes)).replace(/\r$/, ''));
    open = [];
    openBytes = 0;
    number++;
  };
  const take = (chunk: Uint8Array): void => {
    for (let from = 0; from < chunk.length && number <= last; ) {
      const lf = chunk.indexOf(LF, from);
      keep(chunk.subarray(from, lf < 0 ? chunk.length : lf));
      if (lf < 0) return;
      close();
      from = lf + 1;
    }
  };
  await readAgain(source, platform, { ...place, lane: null }, false, take, () => number > last);
  if (openBytes > 0) close();
  return { first, lines };
}

/** Reads the text of a place again until `enough`. */
async function readAgain(
  source: ByteSource,
  platform: Platform,
  place: TextPlace,
  unwrap: boolean,
  take: (chunk: Uint8Array) => void,
  enough: () => boolean,
): Promise<void> {
  const result = await withLeaves(source, platform, {}, async (leaves) => {
    for await (const leaf of leaves.all) {
      if (leaf.entry !== place.entry) continue;
      await readLane(leaf, platform, place.lane, unwrap, take, enough);
      return;
    }
  });
  if (result.kind !== 'done') throw new Error(result.kind === 'unreadable' ? result.why : 'reading was cancelled');
}

async function readLane(
  leaf: Leaf,
  platform: Platform,
  key: string | null,
  unwrap: boolean,
  take: (chunk: Uint8Array) => void,
  enough: () => boolean,
): Promise<void> {
  const { head, all } = await openHead(leaf.chunks, platform);
  const taken = { push: take };
  const left = { push: () => {} };
  const unwrapper = createUnwrapper(
    head,
    { open: (lane) => (lane.key === key ? taken : left) },
    { decodeText: platform.decodeText, unwrap, referenceMs: null },
  );
  for await (const chunk of all) {
    unwrapper.push(chunk);
    if (enough()) return;
  }
  unwrapper.finish();
}
