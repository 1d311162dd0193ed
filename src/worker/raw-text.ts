import type { Dump } from '../core/model/dump.ts';
import { readRange } from '../core/read/read-range.ts';
import type { Platform } from '../core/read/source.ts';
import { blobSource } from './byte-source.ts';
import { ExplainedError } from './failure-words.ts';
import { MAX_RAW_TEXT_BYTES, type RawText, type ReadInput } from './protocol.ts';

/**
 * Reads the text of a row back from the file it came from: a slice of a plain file; a packed one is unpacked again up to
 * there. Throws an ExplainedError when the form has no text or the file can no longer be read.
 */
export async function readRawText(dump: Dump, input: ReadInput, platform: Platform, row: number): Promise<RawText> {
  const { byteOffset, byteLength } = dump.rows;
  const offset = byteOffset?.[row];
  const length = byteLength?.[row];
  if (offset === undefined || length === undefined) {
    throw new ExplainedError('This form of dump holds no text that could be shown.');
  }
  const wanted = Math.min(length, MAX_RAW_TEXT_BYTES);
  const bytes = await readBack(dump, input, platform, offset, wanted);
  if (bytes.length < wanted) throw new ExplainedError(changed('it is shorter than when it was read'));
  return { text: platform.decodeText(bytes), offset, cut: length > wanted };
}

async function readBack(dump: Dump, input: ReadInput, platform: Platform, offset: number, length: number) {
  try {
    if (dump.provenance.containers.length === 0) {
      return new Uint8Array(await input.file.slice(offset, offset + length).arrayBuffer());
    }
    return await readRange(blobSource(input.file, input), platform, offset, length);
  } catch (error) {
    throw new ExplainedError(changed(error instanceof Error ? error.message : String(error)));
  }
}

function changed(why: string): string {
  return `The file can no longer be read (${why}). It may have been changed, moved or removed since: open it again.`;
}
