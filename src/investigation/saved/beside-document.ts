import { type CountLog, type CountLogForm, MAX_COUNT_POINTS } from '../../core/model/count-log.ts';
import {
  MAX_RACES,
  type Race,
  type RaceAccess,
  type RaceCreation,
  type RaceReport,
} from '../../core/model/race-report.ts';
import { FRAME_KINDS, type Frame } from '../../core/model/symbols.ts';
import { FieldError, Fields, listOf, oneOf, orNull, type Read, wholeNumber } from '../../core/triage/fields.ts';
import type { SavedCounts, SavedNote, SavedRaces } from '../investigation.ts';
import { fillColumn, toColumnDocument } from './columns.ts';
import { anyText, count, texts, time, toProvenance } from './provenance-document.ts';

const COUNT_FORMS = ['log', 'prometheus-text', 'prometheus-json', 'expvar'] as const satisfies readonly CountLogForm[];
/** Points of a series: those kept when it is read, and a few that must be kept beside. */
const MAX_POINTS = 2 * MAX_COUNT_POINTS;
const MAX_FRAMES = 1000;

/** Counts as JSON; a time that is not known is null. */
export function toCountsDocument({ name, log }: SavedCounts) {
  const { timesMs, counts, lines, ...rest } = log;
  return {
    name,
    log: {
      ...rest,
      timesMs: Array.from(timesMs, (each) => (Number.isNaN(each) ? null : each)),
      counts: Array.from(counts),
      lines: toColumnDocument(lines),
    },
  };
}

const toLog: Read<CountLog> = (value, path) => {
  const fields = new Fields(value, path, ['form', 'provenance', 'key', 'timesMs', 'counts', 'lines', 'caveats']);
  const counts = fields.need('counts', listOf(goroutines, MAX_POINTS));
  const timesMs = fields.need('timesMs', listOf(orNull(time), MAX_POINTS));
  if (timesMs.length !== counts.length) {
    throw new FieldError(fields.at('timesMs'), `${timesMs.length} times`, `${counts.length}, one for each count`);
  }
  return {
    form: fields.need('form', oneOf(COUNT_FORMS)),
    provenance: fields.need('provenance', toProvenance),
    key: fields.need('key', anyText),
    timesMs: Float64Array.from(timesMs, (each) => each ?? Number.NaN),
    counts: Float64Array.from(counts),
    lines: fillColumn(new Int32Array(counts.length), fields.get('lines'), fields.at('lines'), 0, 2 ** 31 - 1),
    caveats: fields.need('caveats', texts),
  };
};

/** A metric may be averaged, so its counts need not be whole. */
const goroutines: Read<number> = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new FieldError(path, String(value), 'a number');
};

export const toSavedCounts: Read<SavedCounts> = (value, path) => {
  const fields = new Fields(value, path, ['name', 'log']);
  return { name: fields.need('name', anyText), log: fields.need('log', toLog) };
};

const toFrame: Read<Frame> = (value, path) => {
  const fields = new Fields(value, path, ['function', 'file', 'line', 'kind']);
  return {
    function: fields.need('function', anyText),
    file: fields.need('file', anyText),
    line: fields.need('line', wholeNumber(-(2 ** 31), 2 ** 31 - 1)),
    kind: fields.need('kind', oneOf(FRAME_KINDS)),
  };
};
const frames = orNull(listOf(toFrame, MAX_FRAMES));

const toAccess: Read<RaceAccess> = (value, path) => {
  const fields = new Fields(value, path, ['what', 'address', 'goroutine', 'frames']);
  return {
    what: fields.need('what', anyText),
    address: fields.need('address', anyText),
    goroutine: fields.get('goroutine') === 'main' ? 'main' : fields.need('goroutine', count),
    frames: fields.need('frames', frames),
  };
};

const toCreation: Read<RaceCreation> = (value, path) => {
  const fields = new Fields(value, path, ['goroutine', 'state', 'frames']);
  return {
    goroutine: fields.need('goroutine', count),
    state: fields.need('state', anyText),
    frames: fields.need('frames', frames),
  };
};

const toRace: Read<Race> = (value, path) => {
  const fields = new Fields(value, path, ['line', 'accesses', 'creations', 'notes', 'times']);
  return {
    line: fields.need('line', count),
    accesses: fields.need('accesses', listOf(toAccess, 1000)),
    creations: fields.need('creations', listOf(toCreation, 1000)),
    notes: fields.need('notes', texts),
    times: fields.need('times', count),
  };
};

const toReport: Read<RaceReport> = (value, path) => {
  const fields = new Fields(value, path, ['provenance', 'races', 'reports', 'caveats']);
  return {
    provenance: fields.need('provenance', toProvenance),
    races: fields.need('races', listOf(toRace, MAX_RACES)),
    reports: fields.need('reports', count),
    caveats: fields.need('caveats', texts),
  };
};

export const toSavedRaces: Read<SavedRaces> = (value, path) => {
  const fields = new Fields(value, path, ['name', 'report']);
  return { name: fields.need('name', anyText), report: fields.need('report', toReport) };
};

export const toSavedNote: Read<SavedNote> = (value, path) => {
  const fields = new Fields(value, path, ['name', 'notes']);
  return { name: fields.need('name', anyText), notes: fields.need('notes', texts) };
};
