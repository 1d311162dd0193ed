import { takenAtFromLine, toPlausibleMs } from '../taken-at.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Nov 23 02:41:07.123` of syslog and journald. */
const SYSLOG = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?/;
/** `1123 02:41:07.000000` of klog, behind its letter. */
const KLOG = /^(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?/;
const DAY_MS = 86_400_000;

/**
 * The time in a field of a log line, milliseconds since 1970 UTC; UTC unless it names a zone. Where it has no year the
 * latest one is taken that is not over a day after `referenceMs` (the file's own time); null without one, and for other text.
 */
export function stampMs(stamp: string | number | null, referenceMs: number | null): number | null {
  if (stamp === null || typeof stamp === 'number') return stamp;
  const dated = takenAtFromLine(stamp.replace(',', '.'));
  if (dated !== null) return dated;
  const syslog = SYSLOG.exec(stamp);
  if (syslog !== null) return fromParts(MONTHS.indexOf(syslog[1] ?? ''), syslog.slice(2), referenceMs);
  const klog = KLOG.exec(stamp);
  if (klog !== null) return fromParts(Number(klog[1]) - 1, klog.slice(2), referenceMs);
  return null;
}

function fromParts(month: number, parts: readonly (string | undefined)[], referenceMs: number | null): number | null {
  if (referenceMs === null || month < 0 || month > 11) return null;
  const [day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 4).map(Number);
  if (day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const fraction = Math.floor(Number(`0.${parts[4] ?? '0'}`) * 1000);
  return inYear(month, day, ((hour * 60 + minute) * 60 + second) * 1000 + fraction, referenceMs);
}

/**
 * A day and a time of day without a year: in the latest year in which it is not over a day after `referenceMs`, as zones
 * are unknown. `month` counts from 0.
 */
export function inYear(month: number, day: number, ofDayMs: number, referenceMs: number): number | null {
  const year = new Date(referenceMs).getUTCFullYear();
  for (const candidate of [year + 1, year, year - 1]) {
    const ms = Date.UTC(candidate, month, day) + ofDayMs;
    if (ms <= referenceMs + DAY_MS) return toPlausibleMs(ms);
  }
  return null;
}

/** Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size, as milliseconds; null when no dump can have it. */
export function epochMs(value: number): number | null {
  const ms = value < 1e11 ? value * 1e3 : value < 1e14 ? value : value < 1e17 ? value / 1e3 : value / 1e6;
  return toPlausibleMs(ms);
}
