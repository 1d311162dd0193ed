import type { Dump } from '../../src/core/model/dump.ts';
import type { ReadOptions } from '../../src/core/read/options.ts';
import { readDumps } from '../../src/core/read/read-dumps.ts';
import { nodePlatform, type SourceOptions, sourceOf } from './platform.ts';

/** The dumps in some bytes or text, read through the door. Throws when there are none. */
export async function readAll(
  content: Uint8Array | string,
  options: SourceOptions = {},
  reading: ReadOptions = {},
): Promise<readonly Dump[]> {
  const outcome = await readDumps(sourceOf(content, options), nodePlatform, reading);
  if (outcome === 'cancelled') throw new Error('cancelled');
  if (outcome.nothing !== null) throw new Error(outcome.nothing);
  return outcome.dumps;
}

/** The only dump in some bytes or text. */
export async function readOne(content: Uint8Array | string, options: SourceOptions = {}): Promise<Dump> {
  const dumps = await readAll(content, options);
  if (dumps.length !== 1 || dumps[0] === undefined) throw new Error(`${dumps.length} dumps`);
  return dumps[0];
}

/** What is said of bytes or text that hold no dump. Throws when they hold one. */
export async function readNothing(content: Uint8Array | string, options: SourceOptions = {}): Promise<string> {
  const outcome = await readDumps(sourceOf(content, options), nodePlatform);
  if (outcome === 'cancelled' || outcome.nothing === null) throw new Error('there is a dump');
  return outcome.nothing;
}
