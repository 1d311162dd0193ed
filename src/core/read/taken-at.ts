import type { TakenAtSource } from '../model/provenance.ts';
import type { ByteSource } from './source.ts';

/** Times outside are no times of a dump: Go was published in 2009. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** When a dump was taken and how that is known; both null when nothing tells. */
export interface TakenAt {
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
}

/**
 * What the source tells before it is read: a time in the file's name, else in the names of its folders (from the inside
 * out), else the file's modification time. Pasted text has none.
 */
export function takenAtOf(source: Pick<ByteSource, 'fileName' | 'path' | 'modifiedMs'>): TakenAt {
  for (const name of [source.fileName, ...source.path.split('/').reverse()]) {
    const fromName = takenAtFromName(name);
    if (fromName !== null) return { takenAtMs: fromName, takenAtFrom: 'file-name' };
  }
  if (source.modifiedMs === null) return { takenAtMs: null, takenAtFrom: null };
  return { takenAtMs: source.modifiedMs, takenAtFrom: 'file-time' };
}

/** A point in time in milliseconds since 1970 UTC, when it is one a dump can have. */
export function toPlausibleMs(ms: number): number | null {
  return ms >= EARLIEST_MS && ms < LATEST_MS ? Math.floor(ms) : null;
}

const DATE = String.raw`(?<year>20\d\d)(?<dateMark>[-_./]?)(?<month>\d\d)\k<dateMark>(?<day>\d\d)`;
const TIME = String.raw`(?<hour>\d\d)(?<timeMark>[-_.:]?)(?<minute>\d\d)(?:\k<timeMark>(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
const PLUS_ZONE = String.raw`(?<sign>[-+])(?<zoneHour>\d\d)[-_.:]?(?<zoneMinute>\d\d)`;

/**
 * A date and a time of day anywhere in a name. `T` between them allows a zone west of Greenwich; without it a minus is
 * taken for a counter (`20261123-024107-0100`).
 *
 *     2026-11-23T02-41-07Z · 2026-11-23T02:41:07+02:00 · 20261123-024107 · 2026-11-23_02.41.07 · 20261123T024107.123
 */
const NAMED_TIME = [
  new RegExp(String.raw`(?<!\d)${DATE}[Tt]${TIME}(?:[Zz]|${PLUS_ZONE})?(?!\d)`),
  new RegExp(String.raw`(?<!\d)${DATE}[-_ .]?${TIME}(?:[Zz]|${PLUS_ZONE.replace('[-+]', '[+]')})?(?!\d)`),
];

/** Seconds or milliseconds since 1970: `dump-1795401667.txt`. Letters around it make it part of a hash, a word before it does not. */
const EPOCH = /(?<=^|[^0-9A-Za-z]|[A-Za-z]{3})(\d{10}|\d{13})(?![0-9A-Za-z])/;

/** The time in the name of a file or folder, milliseconds since 1970 UTC; UTC unless it names a zone. Null for a date without a time of day. */
export function takenAtFromName(name: string): number | null {
  for (const form of NAMED_TIME) {
    const found = form.exec(name);
    const ms = found === null ? null : toMs(found);
    if (ms !== null) return ms;
  }
  const digits = EPOCH.exec(name)?.[1];
  if (digits === undefined) return null;
  return toPlausibleMs(digits.length === 10 ? Number(digits) * 1000 : Number(digits));
}

/**
 * Times that loggers put before a line. klog's (`I1123 02:41:07.000000`) has no year and is not taken.
 *
 *     2026-11-23T02:41:07.123456789Z panic: …       RFC 3339: kubectl --timestamps, CRI, docker, zap
 *     2026/11/23 02:41:07.000000 panic: …           package log
 *     time="2026-11-23T02:41:07Z" level=info …      logrus
 */
const LOGGED_TIME = new RegExp(
  String.raw`^\[?(?:time=)?"?${DATE.replace('[-_./]?', '[-/]')}[Tt ]${TIME.replace('[-_.:]?', ':')}(?:[Zz]|${PLUS_ZONE})?(?!\d)`,
);

/** The time at the start of a log line, milliseconds since 1970 UTC; UTC unless it names a zone. Null when there is none. */
export function takenAtFromLine(line: string): number | null {
  const found = LOGGED_TIME.exec(line.slice(0, 64));
  return found === null ? null : toMs(found);
}

function toMs(found: RegExpExecArray): number | null {
  const part = (name: string): number => Number(found.groups?.[name] ?? 0);
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(part);
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return null;
  if (minute === undefined || second === undefined || hour > 23 || minute > 59 || second > 59) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const zoneMinutes = (part('zoneHour') * 60 + part('zoneMinute')) * (found.groups?.sign === '-' ? -1 : 1);
  const fractionMs = Math.floor(Number(`0.${found.groups?.fraction ?? '0'}`) * 1000);
  const ofDay = ((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000 + fractionMs;
  return toPlausibleMs(midnight.getTime() + ofDay);
}
