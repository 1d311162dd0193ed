import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import { formatClock, formatClockMinutes, formatDay } from '../../ui/format.ts';
import { durationWords, perHourWords } from '../verdict/verdict-words.ts';

const MINUTE_MS = 60_000;
/** Keeps the sign on the line of its number. */
const NBSP = '\u00a0';

/** "+1,240/h": as short as a table needs it. */
export function slopeCell({ slopePerHour }: Pick<GrowthFit, 'slopePerHour'>): string {
  return `${slopePerHour > 0 ? '+' : ''}${perHourWords(slopePerHour)}/h`;
}

/** "(1,100 to 1,400)". */
export function intervalCell({ lowPerHour, highPerHour }: Pick<GrowthFit, 'lowPerHour' | 'highPerHour'>): string {
  return `(${perHourWords(lowPerHour)} to ${perHourWords(highPerHour)})`;
}

/** What the interval says of the slope: "grows", "falls", or that it may do neither. */
export function trendWord({ lowPerHour, highPerHour }: Pick<GrowthFit, 'lowPerHour' | 'highPerHour'>): string {
  if (lowPerHour > 0) return 'grows';
  return highPerHour < 0 ? 'falls' : 'may be level';
}

/** "about 02:41", with the day where the last dump is of another one; empty when nothing tells. */
export function sinceCell({ start, lastMs }: Pick<GrowthFit, 'start' | 'lastMs'>): string {
  if (start === null) return '';
  const middle = (start.fromMs + start.toMs) / 2;
  const clock = start.toMs - start.fromMs < 2 * MINUTE_MS ? formatClock(middle) : formatClockMinutes(middle);
  return `about ${formatDay(middle) === formatDay(lastMs) ? '' : `${formatDay(middle)} `}${clock}`;
}

/** "52 min", "3 h 5 min"; empty where it does not surely grow. */
export function doublingCell({ doublingMs }: Pick<GrowthFit, 'doublingMs'>): string {
  return doublingMs === null ? '' : durationWords(doublingMs);
}

/** How sure the intervals of several fits are: "95 %", or "67 to 95 %" where they differ. */
export function confidenceWords(fits: readonly Pick<GrowthFit, 'confidence'>[]): string {
  const percents = fits.map(({ confidence }) => Math.round(100 * confidence));
  const least = Math.min(...percents);
  const most = Math.max(...percents);
  return least === most ? `${least}${NBSP}%` : `${least} to ${most}${NBSP}%`;
}
