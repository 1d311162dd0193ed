import type { ReadContext } from '../format.ts';
import { ascii, LF } from '../formats/traceback/bytes.ts';
import { NO_PROVENANCE } from './no-provenance.ts';
import { TextReader, type TextSegment } from './text-reader.ts';
import type { WatchKind } from './watch.ts';

/** Bytes in which a place to cut is looked for; a goroutine of over a hundred frames has some twenty thousand. */
const LOOK_BYTES = 1024 * 1024;
const BOUNDARY = ascii('\n\ngoroutine ');

/** Others who read parts of a text at the same time. */
export interface Splitter {
  /** How many parts they and the caller make. */
  readonly parts: number;
  /** Smaller texts are not split. */
  readonly fromBytes: number;
  /** Bytes of the source. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
  /** Reads a part that begins with a goroutine header; null as `TextReader.finishSegment`. Rejects when it could not be read. */
  readonly segment: (part: TextPartRange) => Promise<TextSegment | null>;
}

export interface TextPartRange {
  readonly from: number;
  readonly to: number;
  readonly isLast: boolean;
}

/** A text of which others read the rest. */
export interface SplitText {
  /** The first part, up to here, is for the caller to read. */
  readonly ownBytes: number;
  /** The parts behind it in their order; null when one of them could not be read by itself. */
  readonly segments: Promise<readonly TextSegment[] | null>;
}

/**
 * Cuts a plain text of `size` bytes where goroutines begin, and gives all parts but the first to others. Null when no place
 * to cut is found.
 */
export async function splitText(size: number, splitter: Splitter): Promise<SplitText | null> {
  const cuts: number[] = [];
  for (let part = 1; part < splitter.parts; part++) {
    const cut = await findCut(Math.floor((size / splitter.parts) * part), size, splitter);
    if (cut !== null && cut > (cuts.at(-1) ?? 0)) cuts.push(cut);
  }
  const [ownBytes] = cuts;
  if (ownBytes === undefined) return null;
  const ranges = cuts.map((from, at) => ({ from, to: cuts[at + 1] ?? size, isLast: at === cuts.length - 1 }));
  const segments = Promise.all(ranges.map((range) => splitter.segment(range).catch(() => null)));
  return {
    ownBytes,
    segments: segments.then((all) => (all.some((one) => one === null) ? null : all.flatMap((one) => one ?? []))),
  };
}

/** The first byte of a header behind a blank line, from `near` on. */
async function findCut(near: number, size: number, { read }: Splitter): Promise<number | null> {
  const bytes = await read(near, Math.min(near + LOOK_BYTES, size));
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (BOUNDARY.every((byte, i) => bytes[at + i] === byte)) return near + at + 2;
  }
  return null;
}

/** Reads one part of a text. Cost: as reading it alone. */
export async function readSegment(
  chunks: AsyncIterable<Uint8Array>,
  part: TextPartRange,
  { decodeText, countKeys }: Pick<ReadContext, 'decodeText' | 'countKeys'>,
  watches: readonly WatchKind[],
): Promise<TextSegment | null> {
  const context: ReadContext = { decodeText, countKeys, origins: null, provenance: NO_PROVENANCE };
  const reader = new TextReader(context, watches, part.from);
  for await (const chunk of chunks) reader.push(chunk);
  return reader.finishSegment(part.isLast);
}
