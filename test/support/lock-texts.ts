import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { findLocks } from '../../src/core/causes/locks/find-locks.ts';
import type { ReadTexts } from '../../src/core/causes/locks/known-goroutines.ts';
import type { LockReport } from '../../src/core/causes/locks/lock-report.ts';
import { indexDump } from '../../src/core/group/cells.ts';
import type { Dump } from '../../src/core/model/dump.ts';
import { readOne } from './read-one.ts';

/** Reads texts of a dump out of the plain text it came from. */
export function textsOf(dump: Dump, text: string): ReadTexts {
  const bytes = new TextEncoder().encode(text);
  return async (rows) =>
    rows.map((row) => {
      const from = dump.rows.byteOffset?.[row] ?? 0;
      return new TextDecoder().decode(bytes.subarray(from, from + (dump.rows.byteLength?.[row] ?? 0)));
    });
}

/** What is said of the locks in a traceback. */
export async function locksOf(text: string): Promise<LockReport> {
  const dump = await readOne(text);
  return findLocks(indexDump(dump), textsOf(dump, text));
}

/** The text of a file, unpacked where it is packed. */
export function textOfFile(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder().decode(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}
