import type { ByteLedger, Dump, DumpFormat, ProfileKind } from '../../core/model/dump.ts';
import { FLAG, NO_MINUTES, NONE, type Rows } from '../../core/model/rows.ts';
import { FRAME_KINDS, type LabelSet, NO_FRAME, type Symbols, UNKNOWN_STATE } from '../../core/model/symbols.ts';
import { FieldError, Fields, flag, listOf, oneOf, orNull, type Read, wholeNumber } from '../../core/triage/fields.ts';
import { type ColumnDocument, fillColumn, toColumnDocument } from './columns.ts';
import { SAVED_LIMITS } from './limits.ts';
import { anyText, count, texts, toProblems, toProvenance } from './provenance-document.ts';

const FORMATS = ['traceback', 'count-profile', 'pprof', 'delve'] as const satisfies readonly DumpFormat[];
const PROFILES = ['goroutine', 'goroutineleak'] as const satisfies readonly ProfileKind[];
const SAFE = Number.MAX_SAFE_INTEGER;
const INT32 = 2 ** 31 - 1;
const ALL_FLAGS = Object.values(FLAG).reduce((all, bit) => all | bit, 0);

/** A dump as JSON: the fields of Dump, its columns as ColumnDocuments. The places of raw texts stay behind. */
export function toDumpDocument(dump: Dump): Readonly<Record<string, unknown>> {
  const { symbols, rows, ...rest } = dump;
  return { ...rest, symbols: toSymbolsDocument(symbols), rows: toRowsDocument(rows) };
}

function toSymbolsDocument(symbols: Symbols) {
  const { strings, states, labelSets, stackStart } = symbols;
  const lengths = symbols.stackCreator.map((_, at) => (stackStart[at + 1] ?? 0) - (stackStart[at] ?? 0));
  return {
    strings,
    states,
    labelSets,
    frames: symbols.frameLine.length,
    frameFunction: toColumnDocument(symbols.frameFunction),
    frameFile: toColumnDocument(symbols.frameFile),
    frameLine: toColumnDocument(symbols.frameLine),
    frameKind: toColumnDocument(symbols.frameKind),
    stacks: symbols.stackCreator.length,
    stackLength: toColumnDocument(lengths),
    stackFrames: toColumnDocument(symbols.stackFrames),
    stackCreator: toColumnDocument(symbols.stackCreator),
  };
}

function toRowsDocument(rows: Rows) {
  const maybe = (column: ArrayLike<number> | null): ColumnDocument | null =>
    column === null ? null : toColumnDocument(column);
  return {
    length: rows.length,
    weight: maybe(rows.weight),
    goroutineId: maybe(rows.goroutineId),
    stack: toColumnDocument(rows.stack),
    state: toColumnDocument(rows.state),
    waitMinutes: maybe(rows.waitMinutes),
    flags: maybe(rows.flags),
    creatorId: maybe(rows.creatorId),
    labels: maybe(rows.labels),
    bubble: maybe(rows.bubble),
  };
}

/** A dump from JSON in which every index stands for something. Throws a FieldError. */
export const toDump: Read<Dump> = (value, path) => {
  const fields = new Fields(value, path, [
    'format',
    'profile',
    'provenance',
    'symbols',
    'rows',
    'goroutines',
    'declared',
    'truncated',
    'problems',
    'problemCount',
    'lowerBounds',
    'runningTests',
    'caveats',
    'bytes',
  ]);
  const symbols = fields.need('symbols', toSymbols);
  const rows = fields.need('rows', toRows(symbols));
  const goroutines = fields.need('goroutines', wholeNumber(-SAFE, SAFE));
  const sum = rows.weight === null ? rows.length : rows.weight.reduce((all, weight) => all + weight, 0);
  if (sum !== goroutines)
    throw new FieldError(fields.at('goroutines'), String(goroutines), `${sum}, the sum of its rows`);
  return {
    format: fields.need('format', oneOf(FORMATS)),
    profile: fields.need('profile', oneOf(PROFILES)),
    provenance: fields.need('provenance', toProvenance),
    symbols,
    rows,
    goroutines,
    declared: fields.need('declared', orNull(wholeNumber(-SAFE, SAFE))),
    truncated: fields.need('truncated', flag),
    problems: fields.need('problems', toProblems),
    problemCount: fields.need('problemCount', count),
    lowerBounds: fields.need('lowerBounds', texts),
    runningTests: fields.need('runningTests', texts),
    caveats: fields.need('caveats', texts),
    bytes: fields.need('bytes', toLedger),
  };
};

const toLedger: Read<ByteLedger> = (value, path) => {
  const fields = new Fields(value, path, ['read', 'understood', 'ignored']);
  const [read, understood, ignored] = [
    fields.need('read', count),
    fields.need('understood', count),
    fields.need('ignored', count),
  ];
  if (understood + ignored !== read) {
    throw new FieldError(fields.at('read'), String(read), `${understood + ignored}, what was understood and ignored`);
  }
  return { read, understood, ignored };
};

const toLabelSet: Read<LabelSet> = (value, path) =>
  listOf<readonly [string, string]>((pair, at) => {
    const [key, text] = listOf(anyText, 2, 2)(pair, at);
    return [key ?? '', text ?? ''];
  }, 10_000)(value, path);

const toSymbols: Read<Symbols> = (value, path) => {
  const fields = new Fields(value, path, [
    'strings',
    'states',
    'labelSets',
    'frames',
    'frameFunction',
    'frameFile',
    'frameLine',
    'frameKind',
    'stacks',
    'stackLength',
    'stackFrames',
    'stackCreator',
  ]);
  const column = <C extends Parameters<typeof fillColumn>[0]>(name: string, empty: C, min: number, max: number): C =>
    fillColumn(empty, fields.get(name), fields.at(name), min, max);
  const strings = fields.need('strings', texts);
  const states = fields.need('states', listOf(anyText, 100_000, 1));
  if (states[0] !== UNKNOWN_STATE) throw new FieldError(fields.at('states[0]'), 'another state', `"${UNKNOWN_STATE}"`);
  const frames = fields.need('frames', wholeNumber(0, SAVED_LIMITS.rows));
  const stacks = fields.need('stacks', wholeNumber(0, SAVED_LIMITS.rows));
  const lengths = column('stackLength', new Uint32Array(stacks), 0, 100_000);
  const stackStart = new Uint32Array(stacks + 1);
  let total = 0;
  for (let stack = 0; stack < stacks; stack++) {
    total += lengths[stack] ?? 0;
    if (total > SAVED_LIMITS.frames) {
      throw new FieldError(fields.at('stackLength'), `${total} frames or more`, `at most ${SAVED_LIMITS.frames}`);
    }
    stackStart[stack + 1] = total;
  }
  return {
    strings,
    states,
    labelSets: fields.need('labelSets', listOf(toLabelSet, SAVED_LIMITS.list)),
    frameFunction: column('frameFunction', new Uint32Array(frames), 0, strings.length - 1),
    frameFile: column('frameFile', new Uint32Array(frames), 0, strings.length - 1),
    frameLine: column('frameLine', new Int32Array(frames), -INT32, INT32),
    frameKind: column('frameKind', new Uint8Array(frames), 0, FRAME_KINDS.length - 1),
    stackStart,
    stackFrames: column('stackFrames', new Uint32Array(total), 0, frames - 1),
    stackCreator: column('stackCreator', new Int32Array(stacks), NO_FRAME, frames - 1),
  };
};

const toRows =
  (symbols: Symbols): Read<Rows> =>
  (value, path) => {
    const fields = new Fields(value, path, [
      'length',
      'weight',
      'goroutineId',
      'stack',
      'state',
      'waitMinutes',
      'flags',
      'creatorId',
      'labels',
      'bubble',
    ]);
    const length = fields.need('length', wholeNumber(0, SAVED_LIMITS.rows));
    type Column = Parameters<typeof fillColumn>[0];
    const need = <C extends Column>(name: string, empty: C, min: number, max: number): C =>
      fillColumn(empty, fields.get(name), fields.at(name), min, max);
    const maybe = <C extends Column>(name: string, make: (length: number) => C, min: number, max: number): C | null =>
      fields.get(name) === null ? null : need(name, make(length), min, max);
    return {
      length,
      weight: maybe('weight', (n) => new Float64Array(n), -SAFE, SAFE),
      goroutineId: maybe('goroutineId', (n) => new Float64Array(n), 0, SAFE),
      stack: need('stack', new Uint32Array(length), 0, symbols.stackCreator.length - 1),
      state: need('state', new Uint32Array(length), 0, symbols.states.length - 1),
      waitMinutes: maybe('waitMinutes', (n) => new Int32Array(n), NO_MINUTES, INT32),
      flags: maybe('flags', (n) => new Uint8Array(n), 0, ALL_FLAGS),
      creatorId: maybe('creatorId', (n) => new Float64Array(n), 0, SAFE),
      labels: maybe('labels', (n) => new Int32Array(n), NONE, symbols.labelSets.length - 1),
      bubble: maybe('bubble', (n) => new Int32Array(n), NONE, INT32),
      byteOffset: null,
      byteLength: null,
    };
  };
