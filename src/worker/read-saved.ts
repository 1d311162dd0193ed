import type { Dump } from '../core/model/dump.ts';
import { decodeInvestigation, isSavedInvestigation, SAVED_HEAD } from '../investigation/saved/decode.ts';
import { SAVED_LIMITS } from '../investigation/saved/limits.ts';
import type { DumpSummary, ReadReply } from './protocol.ts';

/**
 * What a file holds as a saved investigation; null when it is none. Known by content whatever its name. Cost: a look at the
 * first bytes; all of a file that is one.
 */
export async function readSaved(
  file: Blob,
  deposit: (dumps: readonly Dump[]) => Promise<readonly DumpSummary[]>,
): Promise<ReadReply | null> {
  const head = await bytesOf(file.slice(0, SAVED_HEAD));
  if (head === null || !isSavedInvestigation(head)) return null;
  if (file.size > SAVED_LIMITS.characters) return refused(`It is larger than ${SAVED_LIMITS.characters / 2 ** 20} MB.`);
  const bytes = await bytesOf(file);
  // A file that cannot be read is told of by the reader of dumps.
  if (bytes === null) return null;
  const decoded = decodeInvestigation(bytes);
  if (decoded.kind === 'wrong') return refused(decoded.why);
  const { dumps, counts, races, notes, rules, marks, view } = decoded.investigation;
  return {
    kind: 'read',
    dumps: await deposit(dumps.map(({ dump }) => dump)),
    countLogs: counts.map(({ log }) => log),
    races: races.map(({ report }) => report),
    notes: [],
    saved: {
      dumps: dumps.map(({ dump: _, ...given }) => given),
      countNames: counts.map(({ name }) => name),
      raceNames: races.map(({ name }) => name),
      notes,
      rules,
      marks,
      view,
    },
  };
}

async function bytesOf(file: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

function refused(why: string): ReadReply {
  return { kind: 'rejected', why: `This is a saved investigation that cannot be opened. ${why}`, isOwnFile: true };
}
