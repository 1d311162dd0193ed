import { cellsByGroup, nameSubjects, summariseGroups } from '../group/group-dump.ts';
import { commonBasis, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { NameSubject } from '../group/name-parts.ts';
import { nameGroups } from '../group/names.ts';
import { formatCount } from '../words/numbers.ts';
import { medianOf } from './median.ts';
import type { Moment } from './moments.ts';
import { counted, linked, sentence } from './sentences.ts';
import type { Fleet, FleetGroup, Sentence } from './verdict.ts';

/** Groups of a fleet that are listed. */
const MAX_FLEET_GROUPS = 100;
/**
 * An instance is odd when its count is so many times the usual distance from the median (Iglewicz and Hoaglin 1993 take
 * 3.5), and away from it by half of the median, and by so many goroutines. Below four instances nothing is usual.
 */
const ODD_DISTANCES = 3.5;
const ODD_SHARE = 0.5;
const ODD_FEW = 20;
const FEWEST = 4;
/** The median distance of normal values from their median, in standard deviations. */
const NORMAL_MAD = 0.6745;

/** An instance's latest process: its place among the processes, and its last dump in what is judged. */
export interface FleetMember {
  readonly process: number;
  readonly name: string;
  readonly dump: number;
}

/** Groups over instances, and what stands apart. */
export interface FleetView {
  readonly fleet: Fleet;
  /** By place among the processes: why it stands apart. */
  readonly odd: ReadonlyMap<number, Sentence>;
}

/**
 * The last dumps of two or more instances against each other. Equal instances give no odd one, whatever their order. Cost:
 * cells of the last dumps.
 */
export function viewFleet(members: readonly FleetMember[], moments: readonly Moment[], level: Level): FleetView {
  const indexes = members.flatMap(({ dump }) => moments[dump]?.index ?? []);
  const { basis } = commonBasis(indexes, level);
  const groups = new Map<string, { subject: NameSubject; counts: number[] }>();
  indexes.forEach((index, at) => {
    const partition = partitionCells(index, level, basis);
    const facts = summariseGroups(index, cellsByGroup(partition));
    const subjects = nameSubjects(index, level, partition, facts);
    partition.key.forEach((key, group) => {
      const subject = subjects[group];
      if (subject === undefined) return;
      const known = groups.get(key) ?? { subject, counts: new Array<number>(indexes.length).fill(0) };
      known.counts[at] = facts.count[group] ?? 0;
      groups.set(key, known);
    });
  });
  const ranked = [...groups]
    .map(([key, { subject, counts }]) => ({ key, subject, counts, rms: rootMeanSquare(counts) }))
    .sort((a, b) => b.rms - a.rms || (a.key < b.key ? -1 : 1));
  const shown = ranked.slice(0, MAX_FLEET_GROUPS);
  const names = nameGroups(
    level,
    shown.map(({ subject }) => subject),
    shown.map(({ key }) => key),
  );
  const fleetGroups: FleetGroup[] = shown.map(({ key, counts, rms }, at) => ({
    key,
    name: names[at] ?? '',
    rms,
    counts,
  }));
  const odd = new Map<number, Sentence>();
  const totals = indexes.map(({ dump }) => dump.goroutines);
  members.forEach((member, at) => {
    const why = oddTotal(member, at, totals) ?? oddGroup(member, at, fleetGroups, level);
    if (why !== null) odd.set(member.process, why);
  });
  return { fleet: { processes: members.map(({ process }) => process), groups: fleetGroups }, odd };
}

function rootMeanSquare(counts: readonly number[]): number {
  return Math.sqrt(counts.reduce((sum, count) => sum + count * count, 0) / Math.max(1, counts.length));
}

/** Whether a value stands apart from the others of its list. */
export function isOdd(value: number, values: readonly number[]): boolean {
  if (values.length < FEWEST) return false;
  const middle = medianOf(values);
  const away = Math.abs(value - middle);
  if (away < Math.max(ODD_FEW, ODD_SHARE * middle)) return false;
  const usual = medianOf(values.map((each) => Math.abs(each - middle)));
  return usual === 0 || (NORMAL_MAD * away) / usual > ODD_DISTANCES;
}

function oddTotal({ dump, name }: FleetMember, at: number, totals: readonly number[]): Sentence | null {
  const total = totals[at] ?? 0;
  if (!isOdd(total, totals)) return null;
  return sentence(
    linked(name, { kind: 'dump', dump }),
    ' has ',
    counted(total, { kind: 'dump', dump }),
    ` goroutines, while the instances have ${formatCount(medianOf(totals))} in the middle.`,
  );
}

/** The first group in which the instance stands above the others. */
function oddGroup(
  { dump, name }: FleetMember,
  at: number,
  groups: readonly FleetGroup[],
  level: Level,
): Sentence | null {
  const group = groups.find(({ counts }) => (counts[at] ?? 0) > medianOf(counts) && isOdd(counts[at] ?? 0, counts));
  if (group === undefined) return null;
  return sentence(
    linked(name, { kind: 'dump', dump }),
    ' has ',
    counted(group.counts[at] ?? 0, { kind: 'group', dump, level, key: group.key }),
    ` goroutines at ${group.name}, while the instances have ${formatCount(medianOf(group.counts))} in the middle.`,
  );
}
