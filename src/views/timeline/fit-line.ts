import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import { sinceCell } from './fit-words.ts';

const HOUR_MS = 3_600_000;

/** Words at the mark in the chart. */
export const GROWTH_BEGAN = 'growth began';

/** A fit as it is drawn. */
export interface FitLine {
  readonly segment: readonly [{ readonly x: number; readonly y: number }, { readonly x: number; readonly y: number }];
  /** When growth began, with the words for it. */
  readonly start: { readonly fromMs: number; readonly toMs: number; readonly words: string } | null;
}

/**
 * The line from the last count back to where growth began, to the first moment of the chart, or to where it meets 0.
 * Null unless the fit is sure that the count grows.
 */
export function fitLine(fit: GrowthFit | null, firstMs: number): FitLine | null {
  if (fit === null || fit.lowPerHour <= 0) return null;
  const { slopePerHour, lastMs, lastCount, start } = fit;
  const zeroMs = lastMs - (lastCount / slopePerHour) * HOUR_MS;
  const fromMs = Math.max(firstMs, start?.fromMs ?? firstMs, zeroMs);
  return {
    segment: [
      { x: fromMs, y: Math.max(0, lastCount - (slopePerHour * (lastMs - fromMs)) / HOUR_MS) },
      { x: lastMs, y: lastCount },
    ],
    start: start === null ? null : { fromMs: start.fromMs, toMs: start.toMs, words: sinceCell(fit) },
  };
}
