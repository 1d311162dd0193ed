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

/** A stretch of a text, in bytes. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
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
  const [bytes] = await readBackRanges(source, platform, place, [{ offset, length }]);
  return bytes ?? new Uint8Array(0);
}

/**
 * As `readBack` for many ranges in one pass; those must not overlap and be in order of offset. Memory: the bytes of all
 * ranges.
 */
export async function readBackRanges(
  source: ByteSource,
  platform: Platform,
  place: TextPlace,
  ranges: readonly TextRange[],
): Promise<Uint8Array[]> {
  const collector = new RangeCollector(ranges);
  await readAgain(source, platform, place, place.wrapper !== null, collector);
  return ranges.map((_, i) => collector.bytes(i));
}

/** What a text that is read again is read for. */
interface Taker {
  /** Called before the first chunk; again when reading starts over. */
  start(): void;
  take(chunk: Uint8Array): void;
  enough(): boolean;
}

class RangeCollector implements Taker {
  readonly #ranges: readonly TextRange[];
  #pieces: Uint8Array[][] = [];
  #filled: number[] = [];
  #at = 0;
  /** The first range that is not complete. */
  #next = 0;

  constructor(ranges: readonly TextRange[]) {
    this.#ranges = ranges;
  }

  start(): void {
    this.#pieces = this.#ranges.map(() => []);
    this.#filled = this.#ranges.map(() => 0);
    this.#at = 0;
    this.#next = 0;
  }

  take(chunk: Uint8Array): void {
    const end = this.#at + chunk.length;
    for (;;) {
      const range = this.#ranges[this.#next];
      if (range === undefined || range.offset >= end) break;
      const filled = this.#filled[this.#next] ?? 0;
      const from = range.offset + filled - this.#at;
      const piece = chunk.slice(from, from + range.length - filled);
      this.#pieces[this.#next]?.push(piece);
      this.#filled[this.#next] = filled + piece.length;
      if (filled + piece.length < range.length) break;
      this.#next++;
    }
    this.#at = end;
  }

  enough(): boolean {
    return this.#next >= this.#ranges.length;
  }

  bytes(range: number): Uint8Array {
    return joinBytes(this.#pieces[range] ?? [], this.#filled[range] ?? 0);
  }
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
  const start = (): void => {
    lines.length = 0;
    number = 1;
    open = [];
    openBytes = 0;
  };
  await readAgain(source, platform, { ...place, lane: null }, false, { start, take, enough: () => number > last });
  if (openBytes > 0) close();
  return { first, lines };
}

/** Reads the text of a place again until `enough`. */
async function readAgain(
  source: ByteSource,
  platform: Platform,
  place: TextPlace,
  unwrap: boolean,
  taker: Taker,
): Promise<void> {
  const result = await withLeaves(source, platform, {}, async (leaves) => {
    for await (const leaf of leaves.all) {
      if (leaf.entry !== place.entry) continue;
      taker.start();
      await readLane(leaf, platform, place.lane, unwrap, taker);
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
  taker: Taker,
): Promise<void> {
  const { head, all } = await openHead(leaf.chunks, platform);
  const taken = { push: (chunk: Uint8Array) => taker.take(chunk) };
  const left = { push: () => {} };
  const unwrapper = createUnwrapper(
    head,
    { open: (lane) => (lane.key === key ? taken : left) },
    { decodeText: platform.decodeText, unwrap, referenceMs: null },
  );
  for await (const chunk of all) {
    unwrapper.push(chunk);
    if (taker.enough()) return;
  }
  unwrapper.finish();
}
