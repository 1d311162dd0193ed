import type { Problem } from '../../core/model/problem.ts';
import { MAX_KEPT_PROBLEMS } from '../../core/model/problem.ts';
import type { Container, Provenance, TakenAtSource, TextEncoding, Wrapper } from '../../core/model/provenance.ts';
import {
  describe,
  FieldError,
  Fields,
  listOf,
  oneOf,
  orNull,
  type Read,
  text,
  wholeNumber,
} from '../../core/triage/fields.ts';
import { SAVED_LIMITS } from './limits.ts';

const TAKEN_AT_SOURCES = [
  'file-name',
  'log-prefix',
  'profile',
  'http-date',
  'file-time',
  'user',
] as const satisfies readonly TakenAtSource[];
const CONTAINERS = ['gzip', 'zstd', 'zip', 'tar'] as const satisfies readonly Container[];
const ENCODINGS = ['utf-8-bom', 'utf-16le', 'utf-16be'] as const satisfies readonly TextEncoding[];
/** Milliseconds of the latest time that Date can tell (ECMAScript 21.4.1.1). */
const LAST_TIME = 8.64e15;

/** Any text that a dump may hold. */
export const anyText = text(SAVED_LIMITS.text, 0);
export const texts = listOf(anyText, SAVED_LIMITS.list);
/** A number of things: 0 to 2^53 - 1. */
export const count = wholeNumber(0, Number.MAX_SAFE_INTEGER);
/** Milliseconds since 1970, whole or not (a log may tell microseconds). */
export const time: Read<number> = (value, path) => {
  if (typeof value === 'number' && Math.abs(value) <= LAST_TIME) return value;
  throw new FieldError(path, describe(value), 'a time in milliseconds since 1970');
};
export const takenAtSource = oneOf(TAKEN_AT_SOURCES);
const toWrapper: Read<Wrapper> = (value, path) => {
  const fields = new Fields(value, path, ['kinds', 'example', 'exampleRead', 'lines']);
  return {
    kinds: fields.need('kinds', texts),
    example: fields.need('example', anyText),
    exampleRead: fields.need('exampleRead', anyText),
    lines: fields.need('lines', count),
  };
};

/** Where a dump came from, as it stands in a saved investigation: the fields of Provenance. */
export const toProvenance: Read<Provenance> = (value, path) => {
  const fields = new Fields(value, path, [
    'fileName',
    'path',
    'fileBytes',
    'formatReason',
    'takenAtMs',
    'takenAtFrom',
    'instance',
    'reason',
    'containers',
    'entry',
    'encoding',
    'wrapper',
    'lane',
  ]);
  return {
    fileName: fields.need('fileName', anyText),
    path: fields.need('path', anyText),
    fileBytes: fields.need('fileBytes', count),
    formatReason: fields.need('formatReason', anyText),
    takenAtMs: fields.need('takenAtMs', orNull(time)),
    takenAtFrom: fields.need('takenAtFrom', orNull(takenAtSource)),
    instance: fields.need('instance', orNull(anyText)),
    reason: fields.need('reason', orNull(anyText)),
    containers: fields.need('containers', listOf(oneOf(CONTAINERS), 100)),
    entry: fields.need('entry', orNull(anyText)),
    encoding: fields.need('encoding', orNull(oneOf(ENCODINGS))),
    wrapper: fields.need('wrapper', orNull(toWrapper)),
    lane: fields.need('lane', orNull(anyText)),
  };
};

const toProblem: Read<Problem> = (value, path) => {
  const fields = new Fields(value, path, ['line', 'text', 'why']);
  return {
    line: fields.need('line', count),
    text: fields.need('text', anyText),
    why: fields.need('why', anyText),
  };
};

export const toProblems = listOf(toProblem, MAX_KEPT_PROBLEMS);
