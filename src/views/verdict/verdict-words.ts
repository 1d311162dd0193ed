import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import type {
  Call,
  GroupVerdict,
  LimitForecast,
  ProcessVerdict,
  Show,
  Verdict,
  Wave,
} from '../../core/trend/verdict.ts';
import {
  formatClock,
  formatClockMinutes,
  formatCount,
  formatDay,
  formatMinutes,
  formatSigned,
} from '../../ui/format.ts';

/** The call as a word; style sheets and `titleOf` write it in capitals. */
export const CALL_WORDS: Readonly<Record<Call, string>> = {
  leaked: 'Leaked',
  growing: 'Growing',
  raised: 'Raised',
  stuck: 'Stuck',
  suspicious: 'Suspicious',
  spike: 'Spike',
  shrinking: 'Shrinking',
  steady: 'Steady',
  'cannot-tell': 'Cannot tell',
};

/** What a call means, for a tooltip. */
export const CALL_HINTS: Readonly<Record<Call, string>> = {
  leaked: 'Proven: a leak profile or a (leaked) state says so.',
  growing: 'Rises from dump to dump, and what came stays.',
  raised: 'Rose and did not come back: the same goroutines remain.',
  stuck: 'The same goroutines stand at the same stack, older each time, where healthy ones do not rest.',
  suspicious: 'One dump only, with reasons to look closer.',
  spike: 'Rose and came back.',
  shrinking: 'Fell.',
  steady: 'Neither rose nor fell, and nothing stands still that should not.',
  'cannot-tell': 'What is there does not decide it.',
};

/** How a call is coloured: red for a leak, amber for a suspicion, green for a healthy count, grey for no answer. */
export type CallTone = 'bad' | 'doubtful' | 'good' | 'open';

export const CALL_TONES: Readonly<Record<Call, CallTone>> = {
  leaked: 'bad',
  growing: 'bad',
  raised: 'bad',
  stuck: 'doubtful',
  suspicious: 'doubtful',
  spike: 'good',
  shrinking: 'good',
  steady: 'good',
  'cannot-tell': 'open',
};

/** Whether somebody should look at it. */
export function isAlarming(call: Call): boolean {
  return CALL_TONES[call] === 'bad' || CALL_TONES[call] === 'doubtful';
}

/** Whether somebody should look at a group: it alarms and no mark keeps it out, or it is marked suspect. */
export function isToLookAt({ call, mark, leftOut }: GroupVerdict): boolean {
  return !leftOut && (isAlarming(call) || mark === 'suspect');
}

/** What a click on a number or name leads to, for a tooltip. */
export const SHOW_HINTS: Readonly<Record<Show['kind'], string>> = {
  dump: 'Show the groups of this dump',
  group: 'Show this group',
  changes: 'Show in the comparison',
  timeline: 'Show in the timeline',
  instances: 'Show the instances',
};

/** What the numbers of a group lead to: its counts in the first and last dump it was judged by, and the growth between. */
export function showsOf({ key, dumps }: GroupVerdict, { level }: Verdict): Record<'first' | 'last' | 'growth', Show> {
  const first = dumps[0] ?? 0;
  const last = dumps.at(-1) ?? first;
  return {
    first: { kind: 'group', dump: first, level, key },
    last: { kind: 'group', dump: last, level, key },
    growth: { kind: 'changes', a: first, b: last, level, key, kinds: [], fate: null },
  };
}

/** All changes from the first to the last dump of the process that grew most; null when none has two dumps. */
export function changesOf({ processes, level }: Verdict): Show | null {
  const growth = ({ totals }: ProcessVerdict) => (totals.at(-1) ?? 0) - (totals[0] ?? 0);
  const most = processes
    .filter(({ dumps }) => dumps.length > 1)
    .reduce<ProcessVerdict | null>((top, each) => (top === null || growth(each) > growth(top) ? each : top), null);
  const [a, b] = [most?.dumps[0], most?.dumps.at(-1)];
  return a === undefined || b === undefined ? null : { kind: 'changes', a, b, level, key: null, kinds: [], fate: null };
}

/** Title of the browser's tab: "GROWING +7,707 – Standstill". The number is left out where several processes are meant. */
export function titleOf({ call, processes }: Verdict): string {
  const decided = processes.filter((process) => process.call === call);
  const totals = decided.length === 1 ? (decided[0]?.totals ?? []) : [];
  const growth = (totals.at(-1) ?? 0) - (totals[0] ?? 0);
  return `${CALL_WORDS[call].toUpperCase()}${growth === 0 || call === 'steady' ? '' : ` ${formatSigned(growth)}`} – Standstill`;
}

const precise = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });
const LEAST_PER_HOUR = 0.01;
const EXACT_FROM = 10;

/** Goroutines per hour: "1,240", "2.4", "−0.35"; two digits below ten, so that a slow leak is not rounded away. */
export function perHourWords(perHour: number): string {
  const size = Math.abs(perHour);
  const text =
    size === 0 || size >= EXACT_FROM ? formatCount(size) : size < LEAST_PER_HOUR ? '<0.01' : precise.format(size);
  return perHour < 0 ? `\u2212${text}` : text;
}

/** A slope in words; `slope` is what leads to the timeline, `interval` stands behind it. */
export function slopeWords(fit: GrowthFit): { readonly slope: string; readonly interval: string } {
  const { slopePerHour, lowPerHour, highPerHour, confidence } = fit;
  const sign = slopePerHour > 0 ? '+' : '';
  const range = lowPerHour === highPerHour ? '' : `: ${perHourWords(lowPerHour)} to ${perHourWords(highPerHour)}`;
  const open = lowPerHour < 0 && highPerHour > 0 ? ', so it may be level' : '';
  return {
    slope: `${sign}${perHourWords(slopePerHour)} an hour`,
    interval: `(${Math.round(confidence * 100)} %${range}${open})`,
  };
}

/** "began between 02:31 and 02:34"; empty when nobody can tell. */
export function startWords({ start, lastMs }: GrowthFit): string {
  if (start === null) return '';
  const from = momentWords(start.fromMs, lastMs);
  const to = momentWords(start.toMs, lastMs);
  if (from !== to) return `began between ${from} and ${to}`;
  if (start.fromMs === start.toMs) return `began about ${from}`;
  return `began between ${formatClock(start.fromMs)} and ${formatClock(start.toMs)}`;
}

/** "doubles in 2 h 5 min"; empty where it may not grow at all. */
export function doublingWords({ doublingMs }: GrowthFit): string {
  return doublingMs === null ? '' : `doubles in ${durationWords(doublingMs)}`;
}

/** How sure the slope is: what the test says, and of how many points. */
export function testWords({ points, p, confidence }: GrowthFit): string {
  const few = confidence < 0.95 ? ' So few points cannot give 95 %.' : '';
  const chance = p < 0.001 ? 'under 0.1 %' : `${precise.format(p * 100)} %`;
  return (
    `Slope of ${points} points (Theil\u2013Sen).${few} ` +
    `Counts without a trend look like this by chance in ${chance} of cases (Mann\u2013Kendall).`
  );
}

/** Why no slope is claimed. */
export function noSlopeWords(dumps: number, countPoints: number): string {
  if (dumps === 0) return countPoints < 3 ? 'Fewer than three counts give no slope.' : 'These counts give no slope.';
  if (dumps === 1) return 'One dump gives no slope.';
  if (dumps === 2) return 'Two dumps give no slope.';
  return 'No slope: it takes three dumps of one process at different times.';
}

/** When a limit is reached: "reaches 10,000 at about 04:12, between 03:58 and 04:40". */
export function forecastWords({ limit, atMs, earliestMs, latestMs }: LimitForecast, fit: GrowthFit): string {
  const most = formatCount(limit);
  const word = (ms: number) => momentWords(ms, fit.lastMs);
  if (fit.lastCount >= limit) return `already above ${most}`;
  if (atMs === null && earliestMs === null) return `never reaches ${most} at this slope`;
  if (atMs === null || earliestMs === null) {
    const soonest = earliestMs ?? atMs ?? 0;
    return `never reaches ${most} at this slope; the steepest likely one gets there about ${word(soonest)}`;
  }
  const about = `reaches ${most} at about ${word(atMs)}`;
  if (latestMs === null) return `${about}, ${word(earliestMs)} at the earliest, or never`;
  if (word(earliestMs) === word(latestMs)) return about;
  return `${about}, between ${word(earliestMs)} and ${word(latestMs)}`;
}

export const LARGEST_LIMIT = 1_000_000_000;

/** The limit that was typed: null when the field is empty, a message when it is none. Digits may be grouped as people do. */
export function parseLimit(text: string): { readonly limit: number | null } | { readonly error: string } {
  const digits = text.trim().replace(/(?<=\d)[,_\s](?=\d{3}(?!\d))/g, '');
  if (digits === '') return { limit: null };
  const limit = /^\d+$/.test(digits) ? Number(digits) : 0;
  if (limit < 1 || limit > LARGEST_LIMIT) return { error: `A whole number from 1 to ${formatCount(LARGEST_LIMIT)}.` };
  return { limit };
}

/** "Three waves. The count before each: 12, 14, 13." Empty for fewer than two. */
export function wavesWords(waves: readonly Wave[]): string {
  if (waves.length < 2) return '';
  const number = SMALL_NUMBERS[waves.length] ?? formatCount(waves.length);
  return `${number} waves. The count before each: ${waves.map(({ base }) => formatCount(base)).join(', ')}.`;
}

const SMALL_NUMBERS: Readonly<Record<number, string>> = {
  2: 'Two',
  3: 'Three',
  4: 'Four',
  5: 'Five',
  6: 'Six',
  7: 'Seven',
  8: 'Eight',
  9: 'Nine',
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** "40 s", "2 h 5 min", "3 d". */
export function durationWords(ms: number): string {
  if (ms < 1.5 * MINUTE_MS) return `${Math.max(1, Math.round(ms / SECOND_MS))} s`;
  // Minutes say nothing once it takes days.
  const step = ms < 2 * DAY_MS ? 1 : 60;
  return formatMinutes(Math.round(ms / MINUTE_MS / step) * step);
}

/** A moment as far as it differs from another: "04:12", "24 Nov 04:12", "24 Nov 2031"; local time. */
function momentWords(ms: number, besideMs: number): string {
  const date = new Date(ms);
  const year = date.getFullYear();
  if (year !== new Date(besideMs).getFullYear()) return `${formatDay(ms)} ${year}`;
  return formatDay(ms) === formatDay(besideMs) ? formatClockMinutes(ms) : `${formatDay(ms)} ${formatClockMinutes(ms)}`;
}
