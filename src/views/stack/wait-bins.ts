/** Goroutines that printed from `from` to `to` minutes, both included. */
export interface WaitBin {
  readonly from: number;
  readonly to: number;
  readonly goroutines: number;
}

/** Rows the histogram has at most. */
export const MAX_BINS = 15;

/** Widths people read easily, in minutes: up to an hour, a day, a week; beyond that whole weeks. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080];

/**
 * Gathers printed minutes (ascending) into at most MAX_BINS ranges of one width that begin at multiples of it. Empty
 * ranges between are kept, so a gap looks like a gap. One pass over the distinct minutes.
 */
export function binWaits(waits: readonly (readonly [minutes: number, goroutines: number])[]): WaitBin[] {
  const first = waits[0]?.[0];
  const last = waits.at(-1)?.[0];
  if (first === undefined || last === undefined) return [];
  const width = widthFor(first, last);
  const start = Math.floor(first / width) * width;
  const sums = new Array<number>(Math.floor((last - start) / width) + 1).fill(0);
  for (const [minutes, goroutines] of waits) {
    const bin = Math.floor((minutes - start) / width);
    sums[bin] = (sums[bin] ?? 0) + goroutines;
  }
  return sums.map((goroutines, bin) => ({
    // Go prints no "0 minutes".
    from: Math.max(Math.min(1, first), start + bin * width),
    to: start + (bin + 1) * width - 1,
    goroutines,
  }));
}

function widthFor(first: number, last: number): number {
  const fits = (width: number) => Math.floor(last / width) - Math.floor(first / width) < MAX_BINS;
  for (const width of WIDTHS) if (fits(width)) return width;
  const week = 10080;
  let width = week;
  while (!fits(width)) width *= 2;
  return width;
}
