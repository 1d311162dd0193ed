import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import {
  CALLS,
  type Call,
  type Fleet,
  type FleetGroup,
  type Sentence,
  type Verdict,
} from '../../core/trend/verdict.ts';

/** A process in the table. */
export interface InstanceRow {
  /** Place in `Verdict.processes`. */
  readonly process: number;
  readonly name: string;
  /** Places of its dumps in what was judged, in time order. */
  readonly dumps: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly change: number;
  readonly call: Call;
  readonly fit: GrowthFit | null;
  readonly odd: Sentence | null;
}

export const INSTANCE_COLUMNS = ['odd', 'name', 'dumps', 'last', 'change', 'call', 'slope'] as const;
export type InstanceColumn = (typeof INSTANCE_COLUMNS)[number];

export interface InstanceSort {
  readonly column: InstanceColumn;
  readonly descending: boolean;
}

/** The processes as rows. */
export function instanceRows({ processes }: Pick<Verdict, 'processes'>): readonly InstanceRow[] {
  return processes.map(({ name, dumps, totals, call, fit, odd }, process) => {
    const first = totals[0] ?? 0;
    const last = totals.at(-1) ?? 0;
    return { process, name, dumps, first, last, change: last - first, call, fit, odd };
  });
}

const natural = new Intl.Collator('en', { numeric: true });

/** Rows in order; equal ones with the largest change first, then by name. What has no slope comes last either way. */
export function sortInstances(
  rows: readonly InstanceRow[],
  { column, descending }: InstanceSort,
): readonly InstanceRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      unknownLast(a, b, column) ||
      sign * compare(a, b, column) ||
      b.change - a.change ||
      natural.compare(a.name, b.name) ||
      a.process - b.process,
  );
}

function unknownLast(a: InstanceRow, b: InstanceRow, column: InstanceColumn): number {
  return column === 'slope' ? Number(a.fit === null) - Number(b.fit === null) : 0;
}

/** Ascending: healthy before alarming, few before many. */
function compare(a: InstanceRow, b: InstanceRow, column: InstanceColumn): number {
  switch (column) {
    case 'odd':
      return Number(a.odd !== null) - Number(b.odd !== null) || alarm(a) - alarm(b);
    case 'name':
      return natural.compare(a.name, b.name);
    case 'dumps':
      return a.dumps.length - b.dumps.length;
    case 'last':
      return a.last - b.last;
    case 'change':
      return a.change - b.change;
    case 'call':
      return alarm(a) - alarm(b);
    case 'slope':
      return (a.fit?.slopePerHour ?? 0) - (b.fit?.slopePerHour ?? 0);
  }
}

/** CALLS stand most alarming first. */
function alarm({ call }: InstanceRow): number {
  return -CALLS.indexOf(call);
}

/** A group over the instances, with what its counts say. */
export interface FleetRow {
  readonly key: string;
  readonly name: string;
  readonly rms: number;
  /** Per entry of `Fleet.processes`. */
  readonly counts: readonly number[];
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** The instance that has most: a place in `Fleet.processes`; the first of equal ones. */
  readonly largest: number;
  /** Instances that have as many. */
  readonly largestTimes: number;
}

/** The groups of a fleet, in its order: largest root mean square first. */
export function fleetRows({ groups }: Pick<Fleet, 'groups'>): readonly FleetRow[] {
  return groups.map(fleetRow);
}

function fleetRow({ key, name, rms, counts }: FleetGroup): FleetRow {
  const sorted = [...counts].sort((a, b) => a - b);
  const most = sorted.at(-1) ?? 0;
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return {
    key,
    name,
    rms,
    counts,
    least: sorted[0] ?? 0,
    median,
    most,
    largest: counts.indexOf(most),
    largestTimes: counts.filter((count) => count === most).length,
  };
}
