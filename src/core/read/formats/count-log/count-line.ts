import { takenAtFromLine } from '../../taken-at.ts';
import { epochMs, stampMs } from '../../wrappers/stamps.ts';

/** One count of goroutines in a line of a log. */
export interface CountLine {
  /** As it stands in the line. */
  readonly key: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC, null where the line tells no time. */
  readonly timeMs: number | null;
  /** The process, where the line names one. */
  readonly instance: string | null;
}

/** Reads one line; null when none of the keys counts in it. `referenceMs` tells the year of times without one. */
export type CountLineReader = (text: string, referenceMs: number | null) => CountLine | null;

/** Counts no process has are no counts. */
const MAX_COUNT = 1e9;
const NUMBER = String.raw`(\d{1,12}(?:\.0{1,6})?|\d(?:\.\d{1,12})?e\+?\d{1,2})`;
const MAX_DEPTH = 4;

const TIME_FIELDS = ['time', 'ts', 'timestamp', '@timestamp', 't', 'datetime', 'date'];
const INSTANCE_FIELDS = ['pod', 'pod_name', 'instance', 'hostname', 'host', 'service.instance.id'];

type Fields = Readonly<Record<string, unknown>>;

/** A reader of lines that count under one of `keys`: `goroutines=1234`, `goroutines: 1234`, `"NumGoroutine":1234`. */
export function countLineReader(keys: readonly string[]): CountLineReader {
  const known = new Set(keys.map((key) => key.toLowerCase()));
  const names = keys.map((key) => key.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  if (names === '') return () => null;
  // The key stands whole, behind no letter of another word, before "=" or ":"; the number ends where a number ends.
  const pair = new RegExp(
    String.raw`(?<![\w-])["']?(${names})["']?(?:\(\))? ?[:=] ?["']?${NUMBER}(?![\w%/]|\.\d)`,
    'i',
  );
  return (text, referenceMs) => {
    const fields = text.startsWith('{') ? parse(text) : null;
    if (fields !== null) return fromFields(fields, known, referenceMs);
    const found = pair.exec(text);
    const count = toCount(found?.[2]);
    if (found === null || count === null) return null;
    return { key: found[1] ?? '', count, timeMs: timeOfText(text, referenceMs), instance: instanceOfText(text) };
  };
}

function parse(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number that can be a count; text as logs and Prometheus write it. */
export function toCount(value: unknown): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number >= 0 && number <= MAX_COUNT ? number : null;
}

function fromFields(fields: Fields, known: ReadonlySet<string>, referenceMs: number | null): CountLine | null {
  const found = countIn(fields, known, 0);
  if (found === null) return null;
  return { ...found, timeMs: timeOfFields(fields, referenceMs), instance: instanceOfFields(fields) };
}

/** The first field of that name with a count, at any depth. */
export function countIn(
  fields: Fields,
  known: ReadonlySet<string>,
  depth: number,
): { key: string; count: number } | null {
  for (const [key, value] of Object.entries(fields)) {
    const count = known.has(key.toLowerCase()) ? toCount(value) : null;
    if (count !== null) return { key, count };
    if (!isFields(value) || depth + 1 >= MAX_DEPTH) continue;
    const inner = countIn(value, known, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function timeOfFields(fields: Fields, referenceMs: number | null): number | null {
  for (const name of TIME_FIELDS) {
    const value = fields[name];
    if (typeof value === 'number') return epochMs(value);
    if (typeof value === 'string')
      return /^\d{10,19}(\.\d+)?$/.test(value) ? epochMs(Number(value)) : stampMs(value, referenceMs);
  }
  return null;
}

function instanceOfFields(fields: Fields): string | null {
  for (const name of INSTANCE_FIELDS) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, 253);
  }
  const { kubernetes } = fields;
  return isFields(kubernetes) ? instanceOfFields(kubernetes) : null;
}

/** `time=…` or `ts=…` of the line, klog's letter and time, or the first date in its first 80 characters. */
function timeOfText(text: string, referenceMs: number | null): number | null {
  const named = /(?:^|\s)(?:time|ts|timestamp|t)="?([^"\s]{8,40}(?: \d\d:\d\d:\d\d[^"\s]{0,12})?)/.exec(text)?.[1];
  if (named !== undefined)
    return /^\d{10,19}(\.\d+)?$/.test(named) ? epochMs(Number(named)) : stampMs(named, referenceMs);
  const klog = /^[IWEF](\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})?)/.exec(text)?.[1];
  if (klog !== undefined) return stampMs(klog, referenceMs);
  const at = text.slice(0, 80).search(/(?<!\d)20\d\d[-/]\d\d[-/]\d\d[T ]\d\d:\d\d/);
  return at < 0 ? null : takenAtFromLine(text.slice(at).replace(',', '.'));
}

function instanceOfText(text: string): string | null {
  return /(?:^|\s)(?:pod|pod_name|instance|hostname|host)="?([^"\s]{1,253})/.exec(text)?.[1] ?? null;
}
