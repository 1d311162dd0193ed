import { medianOf } from './median.ts';

/** What a count did. `fresh`: it is up only since the last point, so that nobody knows yet whether it stays. */
export interface Shape {
  readonly kind: 'growing' | 'raised' | 'fresh' | 'spike' | 'shrinking' | 'steady';
  /** Before it rose, at its highest, at the end. */
  readonly base: number;
  readonly peak: number;
  readonly last: number;
}

/** A difference of fewer goroutines says nothing, and of less than this share of what was there neither. */
const FEW = 5;
const SMALL_SHARE = 0.1;
/** What is left of a rise when it counts as recovered. */
const RECOVERED = 0.25;
/** Growth goes on when its pace at the end is at least this share of its pace before. */
const GOES_ON = 0.25;
/** From so many steps on, one may be noise. */
const MANY_STEPS = 6;
/** Falls may take back this share of the rises of a count that grows. */
const MAY_FALL = 0.25;

/** Whether `difference` goroutines more (or fewer) than `base` mean something. `few`: so many always do not. */
export function isMuch(difference: number, base: number, few = FEW): boolean {
  return Math.abs(difference) >= Math.max(few, SMALL_SHARE * Math.abs(base));
}

/**
 * The shape of at least two counts in time order. Times decide only how fast it rose, so null (unknown) counts as evenly
 * spaced; scaling the counts or shifting the times changes nothing, as long as differences stay above a few goroutines.
 * `base` replaces the first count where another one is known to be from before the load.
 */
export function shapeOf(
  counts: readonly number[],
  timesMs: readonly (number | null)[],
  options: { readonly base?: number | undefined; readonly few?: number } = {},
): Shape {
  const { few = FEW } = options;
  const base = options.base ?? counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  const peak = counts.reduce((most, count) => Math.max(most, count), base);
  const shape = (kind: Shape['kind']): Shape => ({ kind, base, peak, last });
  if (!isMuch(peak - base, base, few))
    return shape(isMuch(base - last, base, few) && last < base ? 'shrinking' : 'steady');
  if (last - base <= RECOVERED * (peak - base) || !isMuch(last - base, base, few)) return shape('spike');
  const before = counts.at(-2) ?? 0;
  if (counts.length < 3 || !isMuch(before - base, base, few) || before <= base) return shape('fresh');
  return shape(goesOn(counts, timesMs, base, few) ? 'growing' : 'raised');
}

/** Whether the last part of a rise is about as steep as the part before, and the way was mostly up. */
function goesOn(counts: readonly number[], timesMs: readonly (number | null)[], base: number, few: number): boolean {
  const end = counts.length - 1;
  // Of a few counts the last step must rise; of many, whose steps are noisy, the last third.
  const turn = end < MANY_STEPS ? end - 1 : Math.floor((end * 2) / 3);
  const time = (at: number): number => timesMs[at] ?? Number.NaN;
  const spans = [time(turn) - time(0), time(end) - time(turn)];
  const timed = spans.every((span) => span > 0);
  const [early = 1, late = 1] = timed ? spans : [turn, end - turn];
  const last = counts[end] ?? 0;
  const middle = counts[turn] ?? 0;
  // So few more that it may be chance: a step counts when it is seen beside what is there.
  if (last - middle < Math.max(few / 2, SMALL_SHARE * 0.2 * middle)) return false;
  if ((last - middle) / late < (GOES_ON * (middle - base)) / early) return false;
  let rises = 0;
  let falls = 0;
  for (let at = 1; at < counts.length; at++) {
    const step = (counts[at] ?? 0) - (counts[at - 1] ?? 0);
    if (step > 0) rises += step;
    else falls -= step;
  }
  return falls <= MAY_FALL * rises;
}

/** At most `most` points, each the median of a run of neighbours: what a noisy log says without its noise. */
export function withoutNoise(
  counts: ArrayLike<number>,
  timesMs: ArrayLike<number>,
  most: number,
): { counts: number[]; timesMs: number[] } {
  const length = counts.length;
  const runs = Math.min(most, length);
  const medians = (all: ArrayLike<number>): number[] =>
    Array.from({ length: runs }, (_, run) =>
      medianOf(Array.from(all).slice(Math.floor((run * length) / runs), Math.floor(((run + 1) * length) / runs))),
    );
  return { counts: medians(counts), timesMs: medians(timesMs) };
}
