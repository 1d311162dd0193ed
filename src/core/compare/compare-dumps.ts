import type { DumpIndex } from '../group/cells.ts';
import { cellsByGroup, type GroupFacts, nameSubjects, summariseGroups } from '../group/group-dump.ts';
import { commonBasis, type KeyBasis, type Partition, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { NameSubject } from '../group/name-parts.ts';
import { nameGroups } from '../group/names.ts';
import { countFates, fateColumns, fatesByGroup } from './compare-ids.ts';
import { CHANGE_KINDS, type ChangeKind, type ChangeTable, type Comparison } from './comparison.ts';
import { type IdMatch, matchIds } from './match-ids.ts';

/** One dump's groups on the basis both share. */
interface Side {
  readonly index: DumpIndex;
  readonly partition: Partition;
  readonly facts: GroupFacts;
  readonly byKey: ReadonlyMap<string, number>;
}

/**
 * Dump `a` (earlier) against dump `b` (later). What only one form prints is left out of the match and said in `caveats`.
 * `compareDumps(b, a)` mirrors it: before and after, added and gone, grew and shrank, left and born change places. Cost:
 * cells of both, plus one look at each goroutine id.
 */
export function compareDumps(a: DumpIndex, b: DumpIndex, level: Level): Comparison {
  const { basis, caveats } = commonBasis([a, b], level);
  const before = makeSide(a, level, basis);
  const after = makeSide(b, level, basis);
  const { match, whyNot } = matchIds(a, b);
  return {
    level,
    goroutinesBefore: a.dump.goroutines,
    goroutinesAfter: b.dump.goroutines,
    changes: makeChanges(level, before, after, match),
    ids: match === null ? null : countFates(match),
    idsWhyNot: whyNot,
    caveats: [...caveats, ...incompleteness(a, b)],
  };
}

/** What the dumps themselves say about how far their counts can be trusted. */
function incompleteness(a: DumpIndex, b: DumpIndex): string[] {
  const sentences: string[] = [];
  if (a.dump.truncated) sentences.push('The earlier dump is cut short: its counts are lower bounds.');
  if (b.dump.truncated) sentences.push('The later dump is cut short: its counts are lower bounds.');
  if (a.dump.profile !== b.dump.profile) {
    sentences.push('One dump is a leak profile: in its counted forms it holds only goroutines that are proven leaked.');
  }
  return sentences;
}

function makeSide(index: DumpIndex, level: Level, basis: KeyBasis): Side {
  const partition = partitionCells(index, level, basis);
  return {
    index,
    partition,
    facts: summariseGroups(index, cellsByGroup(partition)),
    byKey: new Map(partition.key.map((key, group) => [key, group])),
  };
}

/** A group of the union: its place on either side, -1 where it has none. */
interface Change {
  readonly key: string;
  readonly inA: number;
  readonly inB: number;
  readonly before: number;
  readonly after: number;
}

function makeChanges(level: Level, a: Side, b: Side, match: IdMatch | null): ChangeTable {
  const changes: Change[] = a.partition.key.map((key, inA) => change(key, inA, b.byKey.get(key) ?? -1, a, b));
  b.partition.key.forEach((key, inB) => {
    if (!a.byKey.has(key)) changes.push(change(key, -1, inB, a, b));
  });

  const subjectsA = nameSubjects(a.index, level, a.partition, a.facts);
  const subjectsB = nameSubjects(b.index, level, b.partition, b.facts);
  // The later dump speaks for a group, unless only the earlier one prints states.
  const aSpeaks = a.index.printsState && !b.index.printsState;
  const subjects = changes.map(({ inA, inB }): NameSubject => {
    const subject = (aSpeaks ? subjectsA[inA] : undefined) ?? subjectsB[inB] ?? subjectsA[inA];
    if (!subject) throw new Error('A change belongs to neither dump.');
    return subject;
  });
  const names = nameGroups(
    level,
    subjects,
    changes.map(({ key }) => key),
  );
  const createdBy = changes.map(({ inA, inB }) => b.facts.createdBy[inB] || a.facts.createdBy[inA] || '');

  const order = Uint32Array.from({ length: changes.length }, (_, i) => i).sort((left, right) => {
    const l = changes[left];
    const r = changes[right];
    if (!l || !r) return 0;
    const byGrowth = r.after - r.before - (l.after - l.before);
    if (byGrowth !== 0) return byGrowth;
    const bySize = Math.max(r.before, r.after) - Math.max(l.before, l.after);
    if (bySize !== 0) return bySize;
    const leftName = names[left] ?? '';
    const rightName = names[right] ?? '';
    return leftName < rightName ? -1 : leftName > rightName ? 1 : 0;
  });
  return {
    level,
    length: order.length,
    key: Array.from(order, (i) => changes[i]?.key ?? ''),
    name: Array.from(order, (i) => names[i] ?? ''),
    before: Float64Array.from(order, (i) => changes[i]?.before ?? 0),
    after: Float64Array.from(order, (i) => changes[i]?.after ?? 0),
    kind: Uint8Array.from(order, (i) => CHANGE_KINDS.indexOf(kindOf(changes[i]))),
    state: Array.from(order, (i) => subjects[i]?.state ?? ''),
    inferredState: Array.from(order, (i) => subjects[i]?.inferred ?? ''),
    createdBy: Array.from(order, (i) => createdBy[i] ?? ''),
    fates:
      match === null
        ? null
        : fateColumns(
            fatesByGroup(match.ofA, a.index.rowCell, a.partition.groupOf, a.partition.length),
            fatesByGroup(match.ofB, b.index.rowCell, b.partition.groupOf, b.partition.length),
            Array.from(order, (i) => changes[i] ?? { inA: -1, inB: -1 }),
          ),
  };
}

function change(key: string, inA: number, inB: number, a: Side, b: Side): Change {
  return { key, inA, inB, before: a.facts.count[inA] ?? 0, after: b.facts.count[inB] ?? 0 };
}

/** By presence first, then by count: a group whose count is 0 in a difference profile is still there. */
function kindOf(change: Change | undefined): ChangeKind {
  if (!change) return 'same';
  if (change.inA < 0) return 'added';
  if (change.inB < 0) return 'gone';
  if (change.after > change.before) return 'grew';
  return change.after < change.before ? 'shrank' : 'same';
}
