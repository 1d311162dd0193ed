import type { DumpIndex } from '../group/cells.ts';
import { cellsByGroup, nameSubjects, summariseGroups } from '../group/group-dump.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { NameSubject } from '../group/name-parts.ts';
import { nameGroups } from '../group/names.ts';
import type { SeriesTable } from './series.ts';

/** A group of any of the dumps. */
interface Candidate {
  readonly key: string;
  readonly counts: number[];
  subject: NameSubject;
}

/**
 * Counts over dumps, in the order given: the total, and at most `limit` groups, by growth from first to last dump, then
 * by largest count. Dumps of several forms are matched on what all of them print. Cost: cells of all dumps.
 */
export function countSeries(indexes: readonly DumpIndex[], level: Level, limit: number): SeriesTable {
  const { basis } = commonBasis(indexes, level);
  const candidates = new Map<string, Candidate>();
  indexes.forEach((index, at) => {
    const partition = partitionCells(index, level, basis);
    const facts = summariseGroups(index, cellsByGroup(partition));
    const subjects = nameSubjects(index, level, partition, facts);
    partition.key.forEach((key, group) => {
      const subject = subjects[group];
      if (!subject) return;
      let candidate = candidates.get(key);
      if (!candidate) {
        candidate = { key, counts: new Array<number>(indexes.length).fill(0), subject };
        candidates.set(key, candidate);
      }
      candidate.counts[at] = facts.count[group] ?? 0;
      // The last dump that prints a state names the group.
      if (index.printsState || !candidate.subject.index.printsState) candidate.subject = subject;
    });
  });

  const ranked = [...candidates.values()]
    .map((candidate) => ({
      candidate,
      growth: (candidate.counts.at(-1) ?? 0) - (candidate.counts[0] ?? 0),
      largest: candidate.counts.reduce((most, count) => Math.max(most, count), 0),
    }))
    .sort(
      (left, right) =>
        right.growth - left.growth ||
        right.largest - left.largest ||
        (left.candidate.key < right.candidate.key ? -1 : 1),
    );
  const chosen = ranked.slice(0, Math.max(limit, 0)).map(({ candidate }) => candidate);
  const names = nameGroups(
    level,
    chosen.map(({ subject }) => subject),
    chosen.map(({ key }) => key),
  );
  return {
    level,
    total: indexes.map((index) => index.dump.goroutines),
    series: chosen.map(({ key, counts }, i) => ({ key, name: names[i] ?? '', counts })),
    otherGroups: ranked.length - chosen.length,
  };
}
