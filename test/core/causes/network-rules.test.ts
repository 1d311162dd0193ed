import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import type { Cause } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { NETWORK_LEAKS } from '../../../src/core/causes/rules/network.ts';
import { indexDump, stateOfCell } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { printedFunctions } from '../../../src/core/group/symbol-index.ts';
import type { Dump } from '../../../src/core/model/dump.ts';
import { corpusFile, hasSharedCorpus, NEEDS_SHARED } from '../../support/corpus.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const read = async (path: string): Promise<Dump> => readOne(readFileSync(join(FIXTURES, path)), { fileName: 'dump' });

/** Goroutines per rule. `rising`: the verdict of three dumps calls all groups growing; else this is the only dump. */
function countsOf(dump: Dump, rising: boolean, kind: Cause['kind'] = 'leak'): Record<string, number> {
  const index = indexDump(dump);
  const table = groupDump(index, 'exact');
  const rises = new Set(rising ? table.key : []);
  const { causes } = nameCauses(index, table, { rules: ALL_RULES, rising: rises, dumps: rising ? 3 : 1 });
  const sums: Record<string, number> = {};
  causes.forEach((cause, row) => {
    if (cause?.kind === kind) sums[cause.ruleId] = (sums[cause.ruleId] ?? 0) + (table.count[row] ?? 0);
  });
  return sums;
}

const HTTP_BODY = 'causes/http-body/dumps';
const VERSIONS = readdirSync(join(FIXTURES, HTTP_BODY)).sort();
const FORMS = ['debug2.txt.gz', 'debug1.txt.gz', 'debug0.pb.gz'];

test('HTTP connections were measured on all Go versions of LEAKS.md', () => {
  expect(VERSIONS).toEqual(['go1.19', 'go1.21', 'go1.22', 'go1.23', 'go1.24', 'go1.25', 'go1.26', 'go1.27']);
});

describe.each(VERSIONS)('a response body left open, %s', (version) => {
  test.each(FORMS)('in %s', async (form) => {
    const dump = await read(`${HTTP_BODY}/${version}/connections.${form}`);
    // 7 large, 17 small, 13 being read. Idle: 3 closed, 5 read to the end, 11 without an answer.
    const growing = countsOf(dump, true);
    expect(growing.L49).toBe(7 + 17 + 13);
    // So few idle connections, and writers of all, may be a pool that fills.
    expect(growing.L50).toBeUndefined();
    // From one dump, all of one age, they may be a burst.
    expect(countsOf(dump, false)).toEqual({});
    expect(countsOf(dump, false, 'benign')).toMatchObject({ B14: 3 + 5 + 11, B73: 56 });
  });
});

test.skipIf(!hasSharedCorpus)(`bodies that stand open for minutes need no second dump (${NEEDS_SHARED})`, async () => {
  const shared = async (name: string): Promise<Dump> => {
    const path = corpusFile(name)?.path ?? '';
    return readOne(readFileSync(path), { fileName: 'dump' });
  };
  expect(countsOf(await shared('prog-httpclient-go1.19/2-during.debug2.txt'), false)).toEqual({});
  expect(countsOf(await shared('prog-httpclient-go1.19/3-later.debug2.txt'), false)).toEqual({ L49: 100 });
});

/** The goroutines of a real traceback that have one of these functions, drawn anew. */
async function goroutinesOf(path: string, having: RegExp): Promise<DrawnGoroutine[]> {
  const dump = await read(path);
  const index = indexDump(dump);
  return Array.from({ length: index.cells.length }, (_, cell): DrawnGoroutine => {
    const stack = index.cells.stack[cell] ?? 0;
    const creator = dump.symbols.stackCreator[stack] ?? -1;
    const name = dump.symbols.strings[dump.symbols.frameFunction[creator] ?? 0] ?? '';
    return {
      state: stateOfCell(index, cell),
      frames: printedFunctions(dump.symbols, stack),
      ...(creator < 0 ? {} : { createdBy: name }),
    };
  }).filter(({ frames }) => frames.some((frame) => having.test(frame)));
}

/** What is said of 150 goroutines like each of `goroutines`; null where nothing, or that they are expected. */
function suspectsAmong(goroutines: readonly DrawnGoroutine[], rising: boolean, minutes?: number): (string | null)[] {
  return goroutines.map((goroutine) => {
    const drawn = { ...goroutine, times: 150, ...(minutes === undefined ? {} : { minutes }) };
    return Object.keys(countsOf(drawDump([drawn]), rising))[0] ?? null;
  });
}

const SERVED = `${HTTP_BODY}/go1.27/connections.debug2.txt.gz`;
const EXOTIC = 'corpus/prog-exotic-go1.24/1-all.debug2.txt';
const RUNTIME = 'causes/benign/dumps/runtimeidle-go1.27.system.txt.gz';

test('a body that has stood open for five minutes needs no growth', async () => {
  const readers = await goroutinesOf(SERVED, /persistConn\)\.readLoop/);
  const open = readers.filter(({ state }) => state === 'select');
  expect(open.length).toBeGreaterThan(0);
  expect(new Set(suspectsAmong(open, false, 4))).toEqual(new Set([null]));
  expect(new Set(suspectsAmong(open, false, 5))).toEqual(new Set(['L49']));
  const idle = readers.filter(({ state }) => state === 'IO wait');
  expect(new Set(suspectsAmong(idle, false, 500))).toEqual(new Set([null]));
});

/** Real stacks by rule: those it speaks of when they grow, and those it must leave alone then. */
const SHAPES = [
  { id: 'L49', path: SERVED, having: /persistConn\)\.readLoop/, near: /persistConn\)\.(?:writeLoop|roundTrip)/ },
  { id: 'L50', path: SERVED, having: /persistConn\)\.writeLoop/, near: /persistConn\)\.roundTrip/ },
  { id: 'L51', path: SERVED, having: /clientConnReadLoop/, near: /serverConn\)\.readFrames/ },
  { id: 'L52', path: SERVED, having: /connReader\)\.Read$/, near: /serverHandler\.ServeHTTP/ },
  { id: 'L53', path: SERVED, having: /connReader\)\.backgroundRead/, near: /connReader\)\.Read$/ },
  { id: 'L54', path: 'causes/benign/dumps/mongoidle.debug2.txt.gz', having: /^main\.serve$/, near: /accept$/ },
  { id: 'L55', path: RUNTIME, having: /net\.\(\*Resolver\)/, near: /^time\.Sleep$/ },
  { id: 'L56', path: 'causes/benign/dumps/websockets.debug2.txt.gz', having: /readPump/, near: /accept$/ },
  { id: 'L57', path: EXOTIC, having: /_Cfunc_/, near: /signal_recv/ },
];

test('each rule of the family has a real shape and a near one', () => {
  expect(SHAPES.map(({ id }) => id)).toEqual(NETWORK_LEAKS.map(({ id }) => id));
});

describe.each(SHAPES)('$id', ({ id, path, having, near }) => {
  test('speaks of real stacks when they grow', async () => {
    const said = suspectsAmong(await goroutinesOf(path, having), true, 3);
    expect(said).toContain(id);
  });

  test('leaves those alone that only look alike', async () => {
    const others = await goroutinesOf(path, near);
    expect(others.length).toBeGreaterThan(0);
    expect(suspectsAmong(others, true, 3)).not.toContain(id);
  });

  test('says nothing of what is young and level', async () => {
    expect(suspectsAmong(await goroutinesOf(path, having), false)).not.toContain(id);
  });
});
