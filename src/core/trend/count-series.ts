import { cellsByGroup, nameSubjects, summariseGroups } from '../group/group-dump.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { NameSubject } from '../group/name-parts.ts';
import { nameGroups } from '../group/names.ts';
import { fitCurrentGrowth } from './growth-fit.ts';
import { type Moment, measurableTimes } from './moments.ts';
import { splitProcesses } from './processes.ts';
import type { SeriesTable } from './series.ts';

/** A group of any of the dumps. */
interface Candidate {
  readonly key: string;
  readonly counts: number[];
  subject: NameSubject;
}

/**
 * Counts over dumps, in the order given: the total, and at most `limit` groups, by `weight`. Dumps of several forms are matched on what all of them print. Cost: cells of all dumps.
 */
export function countSeries(moments: readonly Moment[], level: Level, limit: number): SeriesTable {
  const indexes = moments.map(({ index }) => index);
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
    .map((candidate) => ({ candidate, weight: weight(candidate.counts) }))
    .sort((left, right) => right.weight - left.weight || (left.candidate.key < right.candidate.key ? -1 : 1));
  const chosen = ranked.slice(0, Math.max(limit, 0)).map(({ candidate }) => candidate);
  const names = nameGroups(
    level,
    chosen.map(({ subject }) => subject),
    chosen.map(({ key }) => key),
  );
  const total = indexes.map((index) => index.dump.goroutines);
  // Counts of several processes make no line.
  const isOne = splitProcesses(moments).length === 1;
  const timesMs = measurableTimes(moments).map((ms) => ms ?? Number.NaN);
  const growthOf = (counts: readonly number[]) => (isOne ? fitCurrentGrowth(timesMs, counts) : null);
  return {
    level,
    total,
    fit: growthOf(total),
    series: chosen.map(({ key, counts }, i) => ({ key, name: names[i] ?? '', counts, fit: growthOf(counts) })),
    otherGroups: ranked.length - chosen.length,
  };
}

/**
 * How much a group deserves a line: how far it moved over the dumps, three times over where it stayed up, and a quarter of
 * its size. So what grew comes before a burst of twice its size, and a large group that never moves before small change.
 */
function weight(counts: readonly number[]): number {
  let least = counts[0] ?? 0;
  let most = least;
  for (const count of counts) {
    least = Math.min(least, count);
    most = Math.max(most, count);
  }
  const growth = Math.max(0, (counts.at(-1) ?? 0) - (counts[0] ?? 0));
  return most - least + 2 * growth + most / 4;
}
