import type { Phase } from '../../core/trend/phase.ts';
import type { PhaseBand } from './phase-bands.ts';

/** Light backgrounds of the phases, in the chart and in the strip below it. */
export const PHASE_FILLS: Readonly<Record<Phase, string>> = {
  before: 'color-mix(in srgb, var(--series-6) 9%, transparent)',
  load: 'color-mix(in srgb, var(--series-3) 13%, transparent)',
  after: 'color-mix(in srgb, var(--series-5) 9%, transparent)',
};

/** A phase as a background of the chart; null reaches to the plot's edge. */
export interface PhaseArea {
  readonly key: string;
  readonly phase: Phase;
  readonly fromX: number | null;
  readonly toX: number | null;
}

/** Where on the axis the border before a place stands: half way between two dumps, null at either end. `xs` ascend. */
export function borderX(xs: readonly number[], place: number): number | null {
  const before = xs[place - 1];
  const after = xs[place];
  return before === undefined || after === undefined ? null : (before + after) / 2;
}

/** Backgrounds for bands of dumps that stand at `xs`. */
export function phaseAreas(bands: readonly PhaseBand[], xs: readonly number[]): readonly PhaseArea[] {
  return bands.flatMap(({ phase, from, to }) =>
    phase === null ? [] : { key: `${from} ${phase}`, phase, fromX: borderX(xs, from), toX: borderX(xs, to) },
  );
}

/** How the axis lies on the screen, in pixels of the box that strip and chart share. */
export interface AxisScale {
  readonly left: number;
  readonly width: number;
  /** Room before the first and after the last place. */
  readonly padding: number;
  readonly firstX: number;
  readonly lastX: number;
}

/** Pixels of the border before a place. */
export function borderPixels(scale: AxisScale, xs: readonly number[], place: number): number {
  const x = borderX(xs, place);
  if (x === null) return place <= 0 ? scale.left : scale.left + scale.width;
  const span = scale.lastX - scale.firstX;
  const along = span > 0 ? (x - scale.firstX) / span : place / xs.length;
  return scale.left + scale.padding + along * (scale.width - 2 * scale.padding);
}

/** The one of `stops` (ascending places) whose border is nearest to `pixels`. */
export function nearestStop(
  scale: AxisScale,
  xs: readonly number[],
  stops: readonly number[],
  pixels: number,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const stop of stops) {
    const away = Math.abs(borderPixels(scale, xs, stop) - pixels);
    if (away < least) {
      least = away;
      best = stop;
    }
  }
  return best;
}
