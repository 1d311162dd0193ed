import { formatCount, formatMinutes } from '../core/words/numbers.ts';

export { formatCount, formatMinutes, formatNumberOf, formatShare, formatSigned } from '../core/words/numbers.ts';

/** Least, middle and largest wait: "6 min" when all are equal, else "1–6–14 min"; hours when the largest has them. */
export function formatWaitRange(min: number, median: number, max: number): string {
  if (min === max) return formatMinutes(max);
  if (max < 600) return `${min}–${median}–${max} min`;
  const inHours = (minutes: number) => (minutes / 60).toFixed(minutes < 600 ? 1 : 0);
  return `${inHours(min)}–${inHours(median)}–${inHours(max)} h`;
}

/** Decimal units, as file managers and `ls -h --si` print: "812 B", "53.1 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? formatCount(value) : value.toFixed(1)} ${units[unit]}`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clockMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const zone = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZoneName: 'short' });

/** Local time of day: "02:41:07". Milliseconds since 1970 UTC, like all times here. */
export function formatClock(ms: number): string {
  return clock.format(ms);
}

/** Local time of day without seconds: "02:41". */
export function formatClockMinutes(ms: number): string {
  return clockMinutes.format(ms);
}

/** Local day: "23 Nov". */
export function formatDay(ms: number): string {
  return day.format(ms);
}

/** Everything about a moment, for a tooltip: "Mon, 23 Nov 2026, 02:41:07 GMT+1". */
export function formatMoment(ms: number): string {
  return full.format(ms);
}

/** Name of the local zone at that moment: "UTC", "GMT+1". */
export function formatZone(ms: number): string {
  return zone.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** "23 Nov 02:27 to 02:41", with the second day where it differs and seconds where both minutes are equal. */
export function formatSpan(fromMs: number, toMs: number): string {
  const sameDay = formatDay(fromMs) === formatDay(toMs);
  const sameMinute = sameDay && formatClockMinutes(fromMs) === formatClockMinutes(toMs);
  const time = sameMinute ? formatClock : formatClockMinutes;
  const from = `${formatDay(fromMs)} ${time(fromMs)}`;
  if (fromMs === toMs || (sameDay && formatClock(fromMs) === formatClock(toMs))) return from;
  return `${from} to ${sameDay ? '' : `${formatDay(toMs)} `}${time(toMs)}`;
}

/** Value of a datetime-local field with seconds, in local time: "2026-11-23T02:41:07". */
export function toLocalInput(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  const year = String(date.getFullYear()).padStart(4, '0');
  return (
    `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}` +
    `T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  );
}

/** Milliseconds of such a field, or null when it is empty or no time. */
export function fromLocalInput(text: string): number | null {
  const ms = new Date(text).getTime();
  return text === '' || Number.isNaN(ms) ? null : ms;
}
