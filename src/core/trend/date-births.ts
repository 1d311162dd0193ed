import { sortIds } from '../compare/ids.ts';
import { processDiffers } from '../compare/match-ids.ts';
import type { DumpIndex } from '../group/cells.ts';
import { groupCells, groupRows } from '../group/group-dump.ts';
import { commonBasis, type KeyBasis, OWN_BASIS } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { NO_MINUTES } from '../model/rows.ts';
import type { BirthBin, BirthSeries, Births } from './births.ts';
import type { Moment } from './moments.ts';

const MINUTE_MS = 60_000;
/** Bins of a chart, about. */
const BINS = 24;

const ID_CAVEATS = [
  'Only goroutines that are still there are counted; those that ended are not.',
  'Between two dumps the time is read off the ids, as if goroutines had been started at an even pace. Ids are handed out in batches of 16 to each processor, so neighbours may change places.',
];
const WAIT_CAVEATS = [
  'A wait begins when a goroutine blocks, which may be long after it was born.',
  'The runtime counts whole minutes from the first garbage collection that met the goroutine waiting, so the true start is at or before the bar.',
];

/**
 * Since when the goroutines of a group in `moments[at]` are there. By id: the first dump of the same process that holds a
 * goroutine bounds its birth; between two dumps its id places it. By wait: the printed minutes. Cost: one look at each
 * goroutine of the dumps up to this one.
 */
export function dateBirths(moments: readonly Moment[], at: number, level: Level, key: string): Births {
  const moment = moments[at];
  if (moment === undefined) return { ...NOTHING, byIdWhyNot: 'The dump is gone.', byWaitWhyNot: 'The dump is gone.' };
  const rows = rowsOfGroup(moments, moment.index, level, key);
  const byId = birthsById(moments, moment, rows);
  const byWait = birthsByWait(moment, rows);
  return {
    byId: typeof byId === 'string' ? null : byId,
    byIdWhyNot: typeof byId === 'string' ? byId : '',
    byWait: typeof byWait === 'string' ? null : byWait,
    byWaitWhyNot: typeof byWait === 'string' ? byWait : '',
    medianMs: medianOf(typeof byId === 'string' ? (typeof byWait === 'string' ? [] : byWait.bins) : byId.bins),
  };
}

const NOTHING: Births = { byId: null, byIdWhyNot: '', byWait: null, byWaitWhyNot: '', medianMs: null };

/** The key may have been made on what all dumps print. */
function rowsOfGroup(moments: readonly Moment[], index: DumpIndex, level: Level, key: string): Uint32Array {
  const shared = commonBasis(
    moments.map((moment) => moment.index),
    level,
  ).basis;
  const has = (basis: KeyBasis) => groupCells(index, level, key, basis).length > 0;
  return groupRows(index, level, key, has(OWN_BASIS) ? OWN_BASIS : shared);
}

/** Births by id, or why they cannot be told. */
function birthsById(moments: readonly Moment[], last: Moment, rows: Uint32Array): BirthSeries | string {
  const ids = last.index.dump.rows.goroutineId;
  if (ids === null) return 'This form of dump prints no goroutine ids.';
  const lastMs = last.takenAtMs;
  if (lastMs === null) return 'The dump tells no time, so ids cannot be dated.';
  const earlier = moments
    .filter((each) => each !== last && each.takenAtMs !== null && each.takenAtMs < lastMs)
    .filter((each) => each.index.dump.rows.goroutineId !== null && !processDiffers(each.index, last.index))
    .sort((a, b) => (a.takenAtMs ?? 0) - (b.takenAtMs ?? 0));
  if (earlier.length === 0) return 'An earlier dump of the same process, with ids and a time, would date them.';

  const stops = [...thinned(earlier), last].map((each) => ({ atMs: each.takenAtMs ?? 0, ids: sortIds(each.index).id }));
  const parts = Math.max(1, Math.floor(BINS / (stops.length - 1)));
  const first = stops[0];
  if (first === undefined) return 'No dump tells a time.';
  const counts = new Float64Array(1 + (stops.length - 1) * parts);
  for (const row of rows) {
    const id = ids[row] ?? 0;
    const stop = stops.findIndex((each) => holds(each.ids, id));
    if (stop <= 0) {
      counts[0] = (counts[0] ?? 0) + 1;
      continue;
    }
    const oldest = stops[stop - 1]?.ids.at(-1) ?? 0;
    const newest = stops[stop]?.ids.at(-1) ?? 0;
    const share = newest > oldest ? Math.min(1, Math.max(0, (id - oldest) / (newest - oldest))) : 0;
    const bin = 1 + (stop - 1) * parts + Math.min(parts - 1, Math.floor(share * parts));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bins: BirthBin[] = [{ fromMs: null, toMs: first.atMs, goroutines: counts[0] ?? 0 }];
  for (let stop = 1; stop < stops.length; stop++) {
    const fromMs = stops[stop - 1]?.atMs ?? 0;
    const width = ((stops[stop]?.atMs ?? 0) - fromMs) / parts;
    for (let part = 0; part < parts; part++) {
      bins.push({
        fromMs: Math.round(fromMs + width * part),
        toMs: Math.round(fromMs + width * (part + 1)),
        goroutines: counts[1 + (stop - 1) * parts + part] ?? 0,
      });
    }
  }
  return { bins, unplaced: 0, caveats: ID_CAVEATS };
}

/** At most BINS of them, the first and the last among them. */
function thinned(moments: readonly Moment[]): Moment[] {
  if (moments.length <= BINS) return [...moments];
  return Array.from({ length: BINS }, (_, i) => moments[Math.round((i * (moments.length - 1)) / (BINS - 1))]).flatMap(
    (moment) => moment ?? [],
  );
}

/** Whether ascending `ids` hold `id`. */
function holds(ids: Float64Array, id: number): boolean {
  let from = 0;
  let to = ids.length - 1;
  while (from <= to) {
    const middle = (from + to) >> 1;
    const found = ids[middle] ?? 0;
    if (found === id) return true;
    if (found < id) from = middle + 1;
    else to = middle - 1;
  }
  return false;
}

/** Starts of waits by printed minutes, or why they cannot be told. */
function birthsByWait(moment: Moment, rows: Uint32Array): BirthSeries | string {
  const minutes = moment.index.dump.rows.waitMinutes;
  if (minutes === null) return 'This form of dump prints no wait minutes.';
  const lastMs = moment.takenAtMs;
  if (lastMs === null) return 'The dump tells no time, so waits cannot be dated.';
  let most = 0;
  let unplaced = 0;
  for (const row of rows) {
    const wait = minutes[row] ?? NO_MINUTES;
    if (wait === NO_MINUTES) unplaced++;
    else most = Math.max(most, wait);
  }
  if (unplaced === rows.length)
    return 'No goroutine of the group prints wait minutes: each waits under a minute, or is not waiting.';
  // A wait of n minutes began n to n + 1 minutes ago.
  const width = Math.max(1, Math.ceil((most + 1) / BINS));
  const bins = Math.ceil((most + 1) / width);
  const counts = new Float64Array(bins);
  for (const row of rows) {
    const wait = minutes[row] ?? NO_MINUTES;
    if (wait === NO_MINUTES) continue;
    const bin = bins - 1 - Math.floor(wait / width);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    bins: Array.from(counts, (goroutines, bin) => ({
      fromMs: lastMs - (bins - bin) * width * MINUTE_MS,
      toMs: lastMs - (bins - 1 - bin) * width * MINUTE_MS,
      goroutines,
    })),
    unplaced,
    caveats:
      unplaced === 0
        ? WAIT_CAVEATS
        : [
            ...WAIT_CAVEATS,
            'Goroutines that print no minutes wait under a minute or were not met by a collection yet.',
          ],
  };
}

/** The end of the bin in which the middle goroutine stands. */
function medianOf(bins: readonly BirthBin[]): number | null {
  const all = bins.reduce((sum, { goroutines }) => sum + goroutines, 0);
  if (all === 0) return null;
  let below = 0;
  for (const { goroutines, toMs } of bins) {
    below += goroutines;
    if (below * 2 >= all) return toMs;
  }
  return null;
}
