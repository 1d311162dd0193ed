import type { DumpIndex } from '../group/cells.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { nameGroups } from '../group/names.ts';
import { groupHistories } from './histories.ts';
import type { Moment } from './moments.ts';
import type { ProcessDumps } from './processes.ts';
import { type HeldGoroutines, heldByProofs, isCountedLeakProfile, leakedOfCells } from './proven-leaks.ts';
import { countedGoroutines, linked, sentence } from './sentences.ts';
import type { JudgedDump } from './tell-process.ts';
import { type Proof, unplacedSentence } from './tell-proof.ts';
import type { Sentence } from './verdict.ts';

/** Goroutines that the last leak profile of the process holds; null when it holds none or there is none. */
export function provenLeaks(process: ProcessDumps, members: readonly Moment[], level: Level): Sentence | null {
  const at = members.findLastIndex(({ index }) => isCountedLeakProfile(index.dump));
  const dump = members[at]?.index.dump;
  if (dump === undefined || dump.goroutines <= 0) return null;
  const place = process.dumps[at] ?? 0;
  const largest = groupHistories(
    members.slice(at, at + 1).map(({ index }) => index),
    level,
  ).sort((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0))[0];
  const name = largest === undefined ? '' : (nameGroups(level, [largest.subject], [largest.key])[0] ?? '');
  return sentence(
    'The leak profile ',
    linked(members[at]?.name ?? '', { kind: 'dump', dump: place }),
    ' holds ',
    countedGoroutines(dump.goroutines, { kind: 'dump', dump: place }),
    ' that are proven leaked',
    largest === undefined ? '' : ', most of them at ',
    largest === undefined ? '' : linked(name, { kind: 'group', dump: place, level, key: largest.key }),
    '.',
  );
}

/** What proves leaks in the last judged dump beside its own marks: what is leaked once is so in every later dump. */
export function proofsOf(process: ProcessDumps, members: readonly Moment[], judged: readonly JudgedDump[]): Proof[] {
  const last = judged.at(-1)?.member ?? -1;
  return members.flatMap((moment, member) => {
    if (member === last) return [];
    const isProof = isCountedLeakProfile(moment.index.dump) || (member < last && leakedOfCells(moment.index) !== null);
    return isProof ? [{ moment, place: process.dumps[member] ?? 0 }] : [];
  });
}

/** The goroutines of the last dump that proofs hold, by the groups that the dumps have together. */
export function heldInLast(
  indexes: readonly DumpIndex[],
  level: Level,
  proofs: readonly Proof[],
): HeldGoroutines | null {
  const last = indexes.at(-1);
  if (last === undefined || proofs.length === 0) return null;
  const groups = partitionCells(last, level, commonBasis(indexes, level).basis);
  return heldByProofs(
    last,
    groups,
    level,
    proofs.map(({ moment }) => moment.index),
  );
}

/** What of the last leak profile could be shown in no group of the last dump. */
export function unplacedOf(
  proofs: readonly Proof[],
  held: HeldGoroutines | null,
  last: JudgedDump | undefined,
): Sentence[] {
  const at = proofs.findLastIndex(({ moment }) => isCountedLeakProfile(moment.index.dump));
  const [proof, unplaced] = [proofs[at], held?.unplaced[at]];
  // A dump that marks its leaked goroutines itself tells more.
  if (proof === undefined || unplaced === undefined || last === undefined) return [];
  if (leakedOfCells(last.moment.index) !== null) return [];
  const told = unplacedSentence(proof, unplaced, { name: last.moment.name, place: last.place });
  return told === null ? [] : [told];
}
