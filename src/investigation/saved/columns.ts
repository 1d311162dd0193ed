import { describe, FieldError } from '../../core/triage/fields.ts';

/**
 * A column of whole numbers in JSON, in the shortest of three forms: each number; `runs`: a number, how often it stands
 * there, the next one…; `deltas`: the same of the differences to the number before (0 before the first).
 */
export type ColumnDocument =
  | readonly number[]
  | { readonly runs: readonly number[] }
  | { readonly deltas: readonly number[] };

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** The column as JSON. Cost: two passes. */
export function toColumnDocument(column: ArrayLike<number>): ColumnDocument {
  let runs = 0;
  let deltas = 0;
  let last = Number.NaN;
  let lastDelta = Number.NaN;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? 0;
    const delta = value - (i === 0 ? 0 : last);
    if (value !== last) runs++;
    if (delta !== lastDelta) deltas++;
    last = value;
    lastDelta = delta;
  }
  if (2 * Math.min(runs, deltas) >= column.length) return Array.from(column);
  return runs <= deltas ? { runs: runsOf(column, false) } : { deltas: runsOf(column, true) };
}

function runsOf(column: ArrayLike<number>, ofDeltas: boolean): number[] {
  const runs: number[] = [];
  let before = 0;
  let current = 0;
  let times = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? 0;
    const each = ofDeltas ? value - before : value;
    before = value;
    if (times > 0 && each === current) {
      times++;
      continue;
    }
    if (times > 0) runs.push(current, times);
    current = each;
    times = 1;
  }
  if (times > 0) runs.push(current, times);
  return runs;
}

/** Fills a column of known length from JSON; every number must be whole and from `min` to `max`. Throws a FieldError. */
export function fillColumn<C extends Column>(column: C, value: unknown, path: string, min: number, max: number): C {
  let at = 0;
  const put = (number: number, times: number): void => {
    if (number < min || number > max) throw new FieldError(`${path}[${at}]`, String(number), `${min} to ${max}`);
    if (times > column.length - at) throw tooMany(path, column.length);
    column.fill(number, at, at + times);
    at += times;
  };
  if (Array.isArray(value)) {
    if (value.length > column.length) throw tooMany(path, column.length);
    for (const each of value) put(wholeNumber(each, path), 1);
  } else {
    const [list, isDeltas] = runsIn(value, path);
    let before = 0;
    for (let i = 0; i < list.length; i += 2) {
      const number = wholeNumber(list[i], path);
      const times = wholeNumber(list[i + 1], path);
      if (times < 1) throw new FieldError(path, `a run of ${times}`, 'runs of 1 or more');
      if (!isDeltas) {
        put(number, times);
        continue;
      }
      if (times > column.length - at) throw tooMany(path, column.length);
      for (let n = 0; n < times; n++) {
        before += number;
        put(before, 1);
      }
    }
  }
  if (at !== column.length) throw new FieldError(path, `${at} numbers`, `${column.length}`);
  return column;
}

function runsIn(value: unknown, path: string): [list: readonly unknown[], isDeltas: boolean] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const names = Object.keys(value);
    if (names.length === 1 && 'runs' in value && Array.isArray(value.runs)) return [value.runs, false];
    if (names.length === 1 && 'deltas' in value && Array.isArray(value.deltas)) return [value.deltas, true];
  }
  throw new FieldError(path, describe(value), 'a list of numbers, or an object with runs or deltas');
}

function wholeNumber(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new FieldError(path, describe(value), 'whole numbers');
}

function tooMany(path: string, length: number): FieldError {
  return new FieldError(path, 'more numbers', `${length}`);
}
