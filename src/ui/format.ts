/** True minus sign: as wide as the plus in tabular digits, and read out as "minus". */
const MINUS = '\u2212';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** 8702 → "8,702". */
export function formatCount(count: number): string {
  return count < 0 ? MINUS + whole.format(-count) : whole.format(count);
}

/** A difference with its sign: "+7,499", "−12", "0". */
export function formatSigned(difference: number): string {
  return difference > 0 ? `+${whole.format(difference)}` : formatCount(difference);
}

/** "1 goroutine", "8,702 goroutines". `plural` is given where an s is not enough. */
export function formatNumberOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${Math.abs(count) === 1 ? singular : plural}`;
}

/** Share of a whole: "97.7 %", "<0.1 %", ">99.9 %"; never rounds a part to nothing or to all. Empty when the whole is 0. */
export function formatShare(part: number, all: number): string {
  if (all === 0) return '';
  const percent = (100 * part) / all;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  return percent === 0 || percent === 100 ? `${percent} %` : `${percent.toFixed(1)} %`;
}

/** Whole minutes as people say them: "6 min", "1 h 5 min", "2 d 3 h". */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${formatCount(days)} d` : `${formatCount(days)} d ${hours % 24} h`;
}

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
  return `${unit === 0 || value >= 100 ? whole.format(value) : value.toFixed(1)} ${units[unit]}`;
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
