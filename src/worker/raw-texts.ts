import type { ReadTexts } from '../core/causes/locks/known-goroutines.ts';
import type { Dump } from '../core/model/dump.ts';
import { FLAG } from '../core/model/rows.ts';
import { readBackRanges, type TextRange } from '../core/read/read-back.ts';
import type { Platform } from '../core/read/source.ts';
import { blobSource } from './byte-source.ts';
import type { ReadInput } from './protocol.ts';
import { explained } from './raw-text.ts';

/** Bytes of one goroutine's text that are read: stacks end at 100 frames, endless recursion is elided by the runtime. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Neighbours in a plain file are read in one slice: up to this far apart, and of this size. */
const MAX_GAP = 16 * 1024;
const MAX_SLICE = 4 * 1024 * 1024;

interface RowRange extends TextRange {
  /** Place in the rows asked for. */
  readonly place: number;
}

/**
 * Reads the texts of many rows: slices of a plain file; any other is unpacked and unwrapped once, up to the last of them.
 * Null for a row whose text is missing or no longer there. Rejects with an ExplainedError when the file cannot be read.
 */
export function textReader(dump: Dump, input: ReadInput, platform: Platform): ReadTexts {
  return async (rows) => {
    const { byteOffset, byteLength } = dump.rows;
    const texts: (string | null)[] = rows.map(() => null);
    if (byteOffset === null || byteLength === null || rows.length === 0) return texts;
    const ranges = rows
      .map((row, place): RowRange => {
        const length = Math.min(byteLength[row] ?? 0, MAX_TEXT_BYTES);
        return { place, offset: byteOffset[row] ?? 0, length };
      })
      .filter(({ length }) => length > 0)
      .sort((a, b) => a.offset - b.offset);
    await explained(() =>
      isPlain(dump)
        ? slicesOf(ranges, input.file, (place, bytes) => {
            texts[place] = platform.decodeText(bytes);
          })
        : unpacked(ranges, dump, input, platform, (place, bytes) => {
            texts[place] = platform.decodeText(bytes);
          }),
    );
    return texts;
  };
}

/** The text of a goroutine whose creators' stacks stand in it; null for any other. */
export async function ancestorText(
  dump: Dump,
  input: ReadInput,
  platform: Platform,
  goroutineId: number,
): Promise<string | null> {
  const row = dump.rows.goroutineId?.indexOf(goroutineId) ?? -1;
  if (row < 0 || ((dump.rows.flags?.[row] ?? 0) & FLAG.ancestors) === 0) return null;
  const [text] = await textReader(dump, input, platform)([row]);
  return text ?? null;
}

type Give = (place: number, bytes: Uint8Array) => void;

function isPlain({ provenance: { containers, encoding, wrapper } }: Dump): boolean {
  return containers.length === 0 && encoding === null && wrapper === null;
}

async function slicesOf(ranges: readonly RowRange[], file: Blob, give: Give): Promise<void> {
  for (let from = 0; from < ranges.length; ) {
    const start = ranges[from]?.offset ?? 0;
    let end = start;
    let to = from;
    for (; to < ranges.length; to++) {
      const range = ranges[to];
      if (range === undefined) break;
      if (to > from && (range.offset - end > MAX_GAP || range.offset + range.length - start > MAX_SLICE)) break;
      end = Math.max(end, range.offset + range.length);
    }
    const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
    for (const { place, offset, length } of ranges.slice(from, to)) {
      if (offset + length - start <= bytes.length) give(place, bytes.subarray(offset - start, offset - start + length));
    }
    from = to;
  }
}

async function unpacked(
  ranges: readonly RowRange[],
  dump: Dump,
  input: ReadInput,
  platform: Platform,
  give: Give,
): Promise<void> {
  const source = blobSource(input.file, input);
  const all = await readBackRanges(source, platform, dump.provenance, ranges);
  ranges.forEach(({ place, length }, i) => {
    const bytes = all[i];
    if (bytes !== undefined && bytes.length === length) give(place, bytes);
  });
}
