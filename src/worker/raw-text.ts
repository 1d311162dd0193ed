import type { Dump } from '../core/model/dump.ts';
import { readBack, readSourceLines } from '../core/read/read-back.ts';
import type { Platform } from '../core/read/source.ts';
import { blobSource } from './byte-source.ts';
import { ExplainedError } from './failure-words.ts';
import { MAX_RAW_LINE, MAX_RAW_TEXT_BYTES, type RawLines, type RawText, type ReadInput } from './protocol.ts';

/**
 * Reads the text of a row back from the file it came from: a slice of a plain file; any other is unpacked and unwrapped
 * again up to there. Throws an ExplainedError when the form has no text or the file can no longer be read.
 */
export async function readRawText(dump: Dump, input: ReadInput, platform: Platform, row: number): Promise<RawText> {
  const { byteOffset, byteLength } = dump.rows;
  const offset = byteOffset?.[row];
  const length = byteLength?.[row];
  if (offset === undefined || length === undefined) {
    throw new ExplainedError('This form of dump holds no text that could be shown.');
  }
  const wanted = Math.min(length, MAX_RAW_TEXT_BYTES);
  const bytes = await explained(() => textOf(dump, input, platform, offset, wanted));
  if (bytes.length < wanted) throw new ExplainedError(changed('it is shorter than when it was read'));
  return { text: platform.decodeText(bytes), offset, cut: length > wanted };
}

/** The line of the file and those around it, as they stand. Throws an ExplainedError when the file can no longer be read. */
export async function readRawLines(
  dump: Dump,
  input: ReadInput,
  platform: Platform,
  line: number,
  around: number,
): Promise<RawLines> {
  const source = blobSource(input.file, input);
  const { first, lines } = await explained(() => readSourceLines(source, platform, dump.provenance, line, around));
  return { first, lines: lines.map((text) => (text.length > MAX_RAW_LINE ? `${text.slice(0, MAX_RAW_LINE)}…` : text)) };
}

async function textOf(dump: Dump, input: ReadInput, platform: Platform, offset: number, length: number) {
  const { containers, encoding, wrapper } = dump.provenance;
  if (containers.length === 0 && encoding === null && wrapper === null) {
    return new Uint8Array(await input.file.slice(offset, offset + length).arrayBuffer());
  }
  return readBack(blobSource(input.file, input), platform, dump.provenance, offset, length);
}

export async function explained<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ExplainedError(changed(error instanceof Error ? error.message : String(error)));
  }
}

function changed(why: string): string {
  return `The file can no longer be read (${why}). It may have been changed, moved or removed since: open it again.`;
}
