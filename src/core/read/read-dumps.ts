import type { ReadOutcome } from './format.ts';
import { FORMS } from './formats/table.ts';
import type { ReadOptions } from './options.ts';
import { readSource } from './read-source.ts';
import type { ByteSource, Platform } from './source.ts';

/**
 * The door of this room: the dumps, counts and races in a source, or a message for people saying what it holds instead.
 * Removes containers, encodings and what a log put around each line, and decides each form by content. Answers
 * 'cancelled' soon after `isCancelled` says so. Never throws for what the bytes hold or for a file that cannot be read.
 */
export function readDumps(
  source: ByteSource,
  platform: Platform,
  options: ReadOptions = {},
): Promise<ReadOutcome | 'cancelled'> {
  return readSource(source, platform, FORMS, options);
}
