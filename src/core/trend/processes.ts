import { processDiffers } from '../compare/match-ids.ts';
import type { Moment } from './moments.ts';

/** Dumps of one process, from start to restart. */
export interface ProcessDumps {
  /** Pod, node or server; null when no dump names one. */
  readonly instance: string | null;
  readonly name: string;
  /** Places in the moments, in time order. */
  readonly dumps: readonly number[];
}

/** "2-load" before "10-after", whatever the language of the machine. */
const natural = new Intl.Collator('en', { numeric: true });

/** Places of moments in time order, those without a time last and in natural order of names: the order of loading is nothing. */
export function inTimeOrder(moments: readonly Moment[]): number[] {
  return moments
    .map((_, at) => at)
    .sort((left, right) => {
      const [a, b] = [moments[left], moments[right]];
      if (!a || !b) return 0;
      return (a.takenAtMs ?? Infinity) - (b.takenAtMs ?? Infinity) || natural.compare(a.name, b.name) || left - right;
    });
}

/**
 * Parts dumps by instance, and those of an instance where it restarted. Dumps that name no instance belong to the only
 * one that is named; among several instances, or where ids show several processes, they are told apart by their ids. A
 * dump without ids joins the process before it. Cost: ids of each dump against those of the one before.
 */
export function splitProcesses(moments: readonly Moment[]): ProcessDumps[] {
  const named = new Set(moments.flatMap(({ index }) => index.dump.provenance.instance ?? []));
  const only = named.size === 1 ? ([...named][0] ?? null) : null;
  const byInstance = new Map<string | null, number[]>();
  for (const at of inTimeOrder(moments)) {
    const instance = moments[at]?.index.dump.provenance.instance ?? only;
    const known = byInstance.get(instance);
    if (known === undefined) byInstance.set(instance, [at]);
    else known.push(at);
  }
  return [...byInstance]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : natural.compare(a, b)))
    .flatMap(([instance, dumps]) => splitRuns(moments, instance, dumps));
}

/** Runs of one instance; of dumps that name none, runs of several processes may overlap in time. */
function splitRuns(moments: readonly Moment[], instance: string | null, dumps: readonly number[]): ProcessDumps[] {
  const runs: number[][] = [];
  let latest: number[] | undefined;
  for (const at of dumps) {
    const index = moments[at]?.index;
    if (index === undefined) continue;
    const fits = (run: readonly number[]): boolean => {
      const lastWithIds = run.findLast((place) => moments[place]?.index.dump.rows.goroutineId !== null);
      const last = lastWithIds === undefined ? undefined : moments[lastWithIds]?.index;
      return index.dump.rows.goroutineId === null || last === undefined || !processDiffers(last, index);
    };
    // A named instance that restarted does not come back as the process before.
    const candidates = instance === null ? [...runs].reverse() : latest === undefined ? [] : [latest];
    let run = index.dump.rows.goroutineId === null ? latest : candidates.find(fits);
    if (run === undefined) {
      run = [];
      runs.push(run);
    }
    run.push(at);
    latest = run;
  }
  return runs.map((run, place) => ({
    instance,
    name: nameOf(instance, place, runs.length, moments[run[0] ?? 0]?.name ?? ''),
    dumps: run,
  }));
}

function nameOf(instance: string | null, place: number, runs: number, firstDump: string): string {
  if (instance === null) return runs === 1 ? 'the process' : `the process of ${firstDump}`;
  return place === 0 ? instance : runs === 2 ? `${instance} after its restart` : `${instance} after restart ${place}`;
}
