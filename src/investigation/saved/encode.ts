import { gzipSync, strToU8 } from 'fflate';
import { RULE_FILE_SCHEMA, RULE_FILE_VERSION } from '../../core/triage/rule-file.ts';
import { formatCount } from '../../core/words/numbers.ts';
import type { Investigation } from '../investigation.ts';
import { toViewDocument } from '../read-view.ts';
import { toCountsDocument } from './beside-document.ts';
import { toDumpDocument } from './dump-document.ts';
import { SAVED_LIMITS } from './limits.ts';

export const INVESTIGATION_SCHEMA = 'standstill/investigation';
/** Of the files that are saved; older ones can be read. */
export const INVESTIGATION_VERSION = 1;

/**
 * The saved file: JSON, gzip. Equal investigations give equal bytes. Throws TooMuch when it is larger than can be opened again. Cost: some 100 ns for each goroutine.
 */
export function encodeInvestigation(investigation: Investigation): Uint8Array<ArrayBuffer> {
  const { dumps, counts, races, notes, rules, marks, view } = investigation;
  const rows = dumps.reduce((sum, { dump }) => sum + dump.rows.length, 0);
  const frames = dumps.reduce((sum, { dump }) => sum + dump.symbols.stackFrames.length, 0);
  refuseAbove(dumps.length, SAVED_LIMITS.dumps, 'dumps');
  refuseAbove(rows, SAVED_LIMITS.rows, 'goroutines');
  refuseAbove(frames, SAVED_LIMITS.frames, 'frames');
  const text = JSON.stringify({
    schema: `${INVESTIGATION_SCHEMA}@${INVESTIGATION_VERSION}`,
    view: toViewDocument(view),
    team: { schema: `${RULE_FILE_SCHEMA}@${RULE_FILE_VERSION}`, rules, marks },
    dumps: dumps.map(({ dump, ...rest }) => ({ ...rest, dump: toDumpDocument(dump) })),
    counts: counts.map(toCountsDocument),
    races,
    notes,
  });
  refuseAbove(text.length, SAVED_LIMITS.characters, 'characters');
  const packed = gzipSync(strToU8(text), { mtime: 0 });
  refuseAbove(packed.length, SAVED_LIMITS.packedBytes, 'bytes');
  return packed.slice();
}

/** More than a saved investigation may hold; the message is for people. */
export class TooMuch extends Error {}

function refuseAbove(count: number, limit: number, what: string): void {
  if (count > limit) {
    throw new TooMuch(
      `This is too much for a saved investigation: ${formatCount(count)} ${what}, of at most ${formatCount(limit)}. Leave dumps out.`,
    );
  }
}
