import type { ReadOutcome } from './format.ts';
import { FORMATS } from './formats/table.ts';
import { readSource } from './read-source.ts';
import type { ByteSource, Platform } from './source.ts';
import type { UnpackOptions } from './unpack.ts';

/**
 * The door of this room: the dumps in a source, or a message for people saying what it holds instead. Removes gzip (up to
 * twice) and a byte-order mark, decides the form by content and streams the bytes through that form's reader. Answers
 * 'cancelled' soon after `isCancelled` says so. Never throws for what the bytes hold or for a file that cannot be read.
 */
export function readDumps(
  source: ByteSource,
  platform: Platform,
  options: UnpackOptions = {},
): Promise<ReadOutcome | 'cancelled'> {
  return readSource(source, platform, FORMATS, options);
}
