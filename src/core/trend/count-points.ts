import type { CountLog } from '../model/count-log.ts';

/** A count series in a few numbers. Times are milliseconds since 1970 UTC, null where no point tells one. */
export interface CountSummary {
  readonly points: number;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** The numbers of a series; all counts are 0 when it has no point. */
export function summariseCounts({ counts, timesMs }: CountLog): CountSummary {
  const known = timesMs.filter((ms) => !Number.isNaN(ms));
  return {
    points: counts.length,
    first: counts[0] ?? 0,
    last: counts.at(-1) ?? 0,
    min: counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0),
    max: counts.reduce((most, count) => Math.max(most, count), counts[0] ?? 0),
    firstMs: known[0] ?? null,
    lastMs: known.at(-1) ?? null,
  };
}
