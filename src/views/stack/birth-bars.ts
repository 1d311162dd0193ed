import type { BirthBin, BirthSeries, Births } from '../../core/trend/births.ts';
import { formatClock, formatClockMinutes, formatDay, formatNumberOf } from '../../ui/format.ts';

const MINUTE_MS = 60_000;
/** Two dumps can be of the same second; a bar must not grow without end. */
const LEAST_MS = 1000;
/** Widths closer than this are the same to the eye. */
const SAME_WIDTH = 0.02;

/** A bar of the chart; places and height from 0 to 1. */
export interface BirthBar {
  readonly bin: BirthBin & { readonly fromMs: number };
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** A series as it is drawn. */
export interface BirthBars {
  readonly bars: readonly BirthBar[];
  /** What the height of a bar says: of bins as wide as each other their goroutines, else those of a minute. */
  readonly unit: 'goroutines' | 'goroutines per minute';
  /** The highest bar in that unit. */
  readonly top: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Those that were there before anything tells when. */
  readonly earlier: BirthBin | null;
}

/** Bars by time. Null when no goroutine has a beginning that is known on both sides. */
export function birthBars({ bins }: Pick<BirthSeries, 'bins'>): BirthBars | null {
  const bounded = bins.flatMap((bin) => (bin.fromMs === null ? [] : { ...bin, fromMs: bin.fromMs }));
  const first = bounded[0];
  const last = bounded.at(-1);
  if (first === undefined || last === undefined || bounded.every(({ goroutines }) => goroutines === 0)) return null;
  const widths = bounded.map(({ fromMs, toMs }) => Math.max(LEAST_MS, toMs - fromMs));
  const equal = Math.max(...widths) - Math.min(...widths) <= SAME_WIDTH * Math.max(...widths);
  const values = bounded.map(({ goroutines }, at) =>
    equal ? goroutines : (goroutines * MINUTE_MS) / (widths[at] ?? LEAST_MS),
  );
  const top = Math.max(...values);
  const span = Math.max(LEAST_MS, last.toMs - first.fromMs);
  return {
    bars: bounded.map((bin, at) => ({
      bin,
      from: (bin.fromMs - first.fromMs) / span,
      to: (bin.toMs - first.fromMs) / span,
      height: (values[at] ?? 0) / top,
    })),
    unit: equal ? 'goroutines' : 'goroutines per minute',
    top,
    fromMs: first.fromMs,
    toMs: last.toMs,
    earlier: earlierBin(bins),
  };
}

/** The bin without a beginning, when anything is in it. */
export function earlierBin(bins: readonly BirthBin[]): BirthBin | null {
  return bins.find(({ fromMs, goroutines }) => fromMs === null && goroutines > 0) ?? null;
}

/** "1,204 goroutines were there by 02:27:03." Empty when there are none. */
export function earlierWords(bins: readonly BirthBin[], ofWait: boolean): string {
  const earlier = earlierBin(bins);
  if (earlier === null) return '';
  const verb = ofWait ? 'began to wait' : earlier.goroutines === 1 ? 'was there' : 'were there';
  return `${formatNumberOf(earlier.goroutines, 'goroutine')} ${verb} by ${formatClock(earlier.toMs)}, since when is not known.`;
}

/** "Half of them were there by 02:39."; with the day when it is another than that of the dump. Empty when nothing dates them. */
export function medianWords({ medianMs }: Pick<Births, 'medianMs'>, takenAtMs: number | null): string {
  if (medianMs === null) return '';
  const sameDay = takenAtMs !== null && formatDay(takenAtMs) === formatDay(medianMs);
  return `Half of them were there by ${sameDay ? '' : `${formatDay(medianMs)} `}${formatClockMinutes(medianMs)}.`;
}

/** Evidence that there is, and which of it to show. */
export type BirthEvidence = 'id' | 'wait';

/** What can be shown, ids first: they date the birth itself. */
export function evidenceOf({ byId, byWait }: Births): readonly BirthEvidence[] {
  return [...(byId === null ? [] : (['id'] as const)), ...(byWait === null ? [] : (['wait'] as const))];
}
