import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { textsOf } from '../../src/core/group/text-column.ts';
import { type Analyst, createAnalyst } from '../../src/worker/analyst.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import {
  type DumpId,
  type DumpSummary,
  MAX_DETAIL_GOROUTINES,
  MAX_RAW_TEXT_BYTES,
  type ReadInput,
} from '../../src/worker/protocol.ts';
import { WRAPS } from '../support/wrap.ts';
import { countProfile, dumpsOf, fixture, goroutine, inputOf, traceback } from './dumps.ts';

let analyst: Analyst;
let readId = 0;

beforeEach(() => {
  analyst = createAnalyst(workerPlatform);
});

async function hold(input: ReadInput): Promise<readonly DumpSummary[]> {
  return analyst.deposit(++readId, input, await dumpsOf(input));
}

/** Holds a file with one dump and answers with its id. */
async function holdOne(content: string | Uint8Array<ArrayBuffer>, fileId = 'f1', name = 'a.txt'): Promise<DumpId> {
  const [summary] = await hold(inputOf(content, name, fileId));
  return summary!.id;
}

const many = (count: number, firstId: number, state: string, fn: string, by?: string) =>
  Array.from({ length: count }, (_, i) => goroutine(firstId + i, state, fn, by === undefined ? {} : { by }));

const TWO_DUMPS = countProfile({ 'main.send': 4, 'main.loop': 2 }) + countProfile({ 'main.send': 9 });
const BEFORE = traceback([
  ...many(1, 1, 'running', 'main.main'),
  ...many(3, 10, 'chan send', 'orders.(*Publisher).publish', 'orders.New'),
  ...many(2, 20, 'select, 3 minutes', 'main.worker', 'main.main'),
]);
const AFTER = traceback([
  ...many(1, 1, 'running', 'main.main'),
  ...many(9, 10, 'chan send, 4 minutes', 'orders.(*Publisher).publish', 'orders.New'),
  ...many(1, 40, 'IO wait', 'net.read'),
]);

describe('taking dumps', () => {
  test.each(['caddy-2.6.2/2-load.debug2.txt.gz', 'prog-poolbugs-go1.19/2-during.debug2.txt'])(
    'sums up %s as another tool counted it',
    async (name) => {
      const { bytes, expected } = fixture(name);
      const [summary] = await hold(inputOf(bytes, name));
      expect(summary).toMatchObject({ goroutines: expected.goroutines, name, format: 'traceback', hasIds: true });
      expect(Object.fromEntries(summary!.states)).toEqual(expected.states);
      const counts = summary!.states.map(([, count]) => count);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    },
  );

  test('a form that only counts has neither ids nor states', async () => {
    const { bytes, expected } = fixture('prog-poolbugs-go1.19/2-during.debug0.pb.gz');
    const [summary] = await hold(inputOf(bytes));
    expect(summary).toMatchObject({ format: 'pprof', hasIds: false, hasText: false, goroutines: expected.goroutines });
    expect(summary!.states).toEqual([['unknown', expected.goroutines]]);
  });

  test('several dumps of one file are told apart by name and id', async () => {
    const summaries = await hold(inputOf(TWO_DUMPS, 'pod.log'));
    expect(summaries.map(({ id, name, goroutines }) => [id, name, goroutines])).toEqual([
      ['f1/0', 'pod.log', 6],
      ['f1/1', 'pod.log#2', 9],
    ]);
  });

  test('reading a file again replaces its dumps and leaves the others', async () => {
    const other = await holdOne(AFTER, 'f2');
    await hold(inputOf(TWO_DUMPS));
    const id = await holdOne(BEFORE);
    expect(analyst.groups({ dumpId: id, previousId: null, level: 'exact' }).table.goroutines).toBe(6);
    expect(analyst.groups({ dumpId: other, previousId: null, level: 'exact' }).table.goroutines).toBe(11);
    expect(() => analyst.groups({ dumpId: 'f1/1' as DumpId, previousId: null, level: 'exact' })).toThrow(/no longer/);
  });

  test('an abandoned read leaves nothing, whether it came before or comes after', async () => {
    const input = inputOf(BEFORE);
    const dumps = await dumpsOf(input);
    analyst.deposit(71, input, dumps);
    analyst.abandon(71);
    expect(() => analyst.group({ dumpId: 'f1/0' as DumpId, level: 'exact', key: '' })).toThrow(/no longer/);
    analyst.abandon(72);
    expect(analyst.deposit(72, input, dumps)).toEqual([]);
    expect(() => analyst.group({ dumpId: 'f1/0' as DumpId, level: 'exact', key: '' })).toThrow(/no longer/);
    expect(analyst.deposit(73, input, dumps)).toHaveLength(1);
  });
});

describe('groups', () => {
  test('come with the count each had in the dump before', async () => {
    const previousId = await holdOne(BEFORE, 'f1');
    const dumpId = await holdOne(AFTER, 'f2');
    const { table, previousCount } = analyst.groups({ dumpId, previousId, level: 'functions' });
    const rows = textsOf(table.name).map((name, row) => [name, table.count[row], previousCount?.[row]]);
    expect(rows[0]).toEqual([expect.stringContaining('publish'), 9, 3]);
    expect(
      rows
        .slice(1)
        .map(([, count, before]) => [count, before])
        .sort(),
    ).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  test('have no count before when that dump was removed meanwhile', async () => {
    const previousId = await holdOne(BEFORE, 'f1');
    const dumpId = await holdOne(AFTER, 'f2');
    analyst.remove({ dumpIds: [previousId] });
    expect(analyst.groups({ dumpId, previousId, level: 'functions' }).previousCount).toBeNull();
  });

  test('are kept for the next question, the least asked for go first', async () => {
    analyst = createAnalyst(workerPlatform, 5);
    const dumpId = await holdOne(BEFORE);
    const groups = (level: 'exact' | 'functions' | 'state') =>
      analyst.groups({ dumpId, previousId: null, level }).table;
    const exact = groups('exact');
    expect(groups('exact')).toBe(exact);
    groups('functions');
    expect(groups('exact')).not.toBe(exact);
  });

  test('of a removed dump are gone, also those that were kept', async () => {
    const dumpId = await holdOne(BEFORE);
    analyst.groups({ dumpId, previousId: null, level: 'exact' });
    expect(analyst.remove({ dumpIds: [dumpId] })).toBeNull();
    expect(() => analyst.groups({ dumpId, previousId: null, level: 'exact' })).toThrow(/no longer open/);
    expect(() => analyst.search({ dumpId, level: 'exact', text: 'x' })).toThrow(/no longer open/);
  });
});

describe('the detail of a group', () => {
  const detail = (dumpId: DumpId, row: number, level: 'exact' | 'state' | 'package' = 'exact') => {
    const { table } = analyst.groups({ dumpId, previousId: null, level });
    return analyst.group({ dumpId, level, key: table.key[row]! })!;
  };

  test('holds stack, creator, waits and goroutines', async () => {
    const dumpId = await holdOne(AFTER);
    expect(detail(dumpId, 0)).toMatchObject({
      count: 9,
      stackCount: 1,
      stacks: [
        {
          count: 9,
          state: 'chan send',
          frames: [{ function: 'orders.(*Publisher).publish', file: '/srv/app/orders.go', line: 88, kind: 'go' }],
          createdBy: { function: 'orders.New' },
        },
      ],
      states: [['chan send', 9]],
      waits: [[4, 9]],
      waitUnknown: 0,
      creators: [['orders.New', 9]],
      labels: [],
      labelSetCount: 0,
      rowCount: 9,
      fates: null,
    });
    expect(detail(dumpId, 0).goroutines[0]).toEqual({
      row: 1,
      id: 10,
      weight: 1,
      state: 'chan send',
      waitMinutes: 4,
      creatorId: 1,
      lockedToThread: false,
      leaked: false,
      fate: null,
    });
  });

  test('is null for a key the dump does not have', async () => {
    expect(analyst.group({ dumpId: await holdOne(AFTER), level: 'exact', key: 'nonsense' })).toBeNull();
  });

  test('lists goroutines in order of id and stops at the limit', async () => {
    const ids = Array.from({ length: MAX_DETAIL_GOROUTINES + 500 }, (_, i) => ((i * 7919) % 2503) + 1);
    const dumpId = await holdOne(traceback(ids.map((id) => goroutine(id, 'select', 'main.loop'))));
    const { goroutines, rowCount, count } = detail(dumpId, 0);
    expect([goroutines.length, rowCount, count]).toEqual([MAX_DETAIL_GOROUTINES, ids.length, ids.length]);
    expect(goroutines.map(({ id }) => id)).toEqual([...ids].sort((a, b) => a - b).slice(0, MAX_DETAIL_GOROUTINES));
    expect(goroutines.map(({ row }) => ids[row])).toEqual(goroutines.map(({ id }) => id));
  });

  test('of a loose level counts distinct stacks, states and creators', async () => {
    const text = traceback([
      goroutine(1, 'select', 'main.loop', { by: 'main.a' }),
      goroutine(2, 'IO wait', 'main.loop', { by: 'main.a' }),
      goroutine(3, 'IO wait', 'main.loop', { by: 'main.a' }),
      goroutine(4, 'select', 'main.loop', { line: 9, by: 'main.b' }),
      goroutine(5, 'select', 'main.loop', { line: 9 }),
    ]);
    const found = detail(await holdOne(text), 0, 'package');
    expect(found.stacks.map(({ count, state }) => [count, state])).toEqual([
      [3, 'IO wait'],
      [1, 'select'],
      [1, 'select'],
    ]);
    expect(found.states).toEqual([
      ['select', 3],
      ['IO wait', 2],
    ]);
    expect(found.creators).toEqual([
      ['main.a', 3],
      ['main.b', 1],
    ]);
  });

  test('of a form that only counts has labels and weights, no ids, minutes or creators', async () => {
    const text = `goroutine profile: total 7
4 @ 0x1 0x2
# labels: {"tenant":"acme"}
#\t0x1\tmain.send+0x1\t/srv/app/main.go:9

3 @ 0x1 0x2
#\t0x1\tmain.send+0x1\t/srv/app/main.go:9

`;
    const found = detail(await holdOne(text), 0);
    expect(found).toMatchObject({
      count: 7,
      waits: null,
      creators: null,
      labels: [{ set: [['tenant', 'acme']], goroutines: 4 }],
      labelSetCount: 1,
    });
    expect(found.goroutines.map(({ id, weight, state }) => [id, weight, state])).toEqual([
      [null, 4, 'unknown'],
      [null, 3, 'unknown'],
    ]);
  });
});

describe('the raw text of a goroutine', () => {
  test.each([
    ['a plain file', (text: string) => text],
    ['a packed file', (text: string) => new Uint8Array(gzipSync(text))],
    ['a file with a byte-order mark', (text: string) => `\ufeff${text}`],
    ['a packed file with a byte-order mark', (text: string) => new Uint8Array(gzipSync(`\ufeff${text}`))],
  ])('is as it stands in %s', async (_, pack) => {
    const dumpId = await holdOne(pack(BEFORE));
    const wanted = goroutine(11, 'chan send', 'orders.(*Publisher).publish', { by: 'orders.New' });
    const { text, cut } = await analyst.rawText({ dumpId, row: 2 });
    expect([text.trimEnd(), cut]).toEqual([wanted.trimEnd(), false]);
  });

  test.each([
    'kubectl logs --prefix --timestamps',
    'CRI',
    'zap, the dump in a field',
    'UTF-16LE with a byte-order mark, CRLF',
  ])('is what was printed, not what stands in the file: %s', async (wrap) => {
    const dumpId = await holdOne(new Uint8Array(WRAPS[wrap]!(BEFORE)));
    const wanted = goroutine(11, 'chan send', 'orders.(*Publisher).publish', { by: 'orders.New' });
    expect((await analyst.rawText({ dumpId, row: 2 })).text.trimEnd()).toBe(wanted.trimEnd());
  });

  test('has lines around it as they stand in the file', async () => {
    const prefixed = new TextDecoder().decode(WRAPS['kubectl logs --prefix']!(BEFORE)).split('\n');
    for (const content of [prefixed.join('\n'), new Uint8Array(gzipSync(prefixed.join('\n')))]) {
      const dumpId = await holdOne(content);
      expect(await analyst.rawLines({ dumpId, line: 4, around: 2 })).toEqual({ first: 2, lines: prefixed.slice(1, 6) });
      expect(await analyst.rawLines({ dumpId, line: 1, around: 1 })).toEqual({ first: 1, lines: prefixed.slice(0, 2) });
    }
  });

  test('is cut when it is very long', async () => {
    const long = goroutine(1, 'running', `main.${'x'.repeat(300_000)}`);
    const raw = await analyst.rawText({ dumpId: await holdOne(traceback([long])), row: 0 });
    expect([raw.text.length, raw.cut, raw.offset]).toEqual([MAX_RAW_TEXT_BYTES, true, 0]);
  });

  test('is refused with a reason when the form has none, or the row does not exist', async () => {
    const pprof = await holdOne(fixture('prog-poolbugs-go1.19/2-during.debug0.pb.gz').bytes);
    await expect(analyst.rawText({ dumpId: pprof, row: 0 })).rejects.toThrow(/holds no text/);
    const plain = await holdOne(BEFORE);
    await expect(analyst.rawText({ dumpId: plain, row: 99 })).rejects.toThrow(/no text/);
  });

  test('is refused with advice when the file is gone', async () => {
    const input = inputOf(BEFORE);
    const dumps = await dumpsOf(input);
    const gone = Object.assign(new Blob([]), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('not found')) }),
    });
    const [summary] = analyst.deposit(1, { ...input, file: gone }, dumps);
    await expect(analyst.rawText({ dumpId: summary!.id, row: 0 })).rejects.toThrow(/not found.*open it again/);
    const [shorter] = analyst.deposit(2, { ...input, file: new Blob(['short']) }, dumps);
    await expect(analyst.rawText({ dumpId: shorter!.id, row: 3 })).rejects.toThrow(/shorter.*open it again/);
  });
});

describe('several dumps', () => {
  test('two are compared', async () => {
    const a = await holdOne(BEFORE, 'f1');
    const b = await holdOne(AFTER, 'f2');
    const { goroutinesBefore, goroutinesAfter, ids } = analyst.compare({ a, b, level: 'functions' });
    expect([goroutinesBefore, goroutinesAfter, ids?.survived]).toEqual([6, 11, 4]);
  });

  test('of two forms have groups that open under the key of the comparison', async () => {
    const moment = 'prog-poolbugs-go1.19/2-during';
    const a = await holdOne(fixture(`${moment}.debug2.txt`).bytes, 'f1');
    const b = await holdOne(fixture(`${moment}.debug1.txt`).bytes, 'f2');
    const { changes } = analyst.compare({ a, b, level: 'functions' });
    expect(changes.length).toBeGreaterThan(3);
    for (let row = 0; row < changes.length; row++) {
      const counts = [a, b].map(
        (dumpId) => analyst.group({ dumpId, level: 'functions', key: changes.key[row]! })?.count,
      );
      expect(counts).toEqual([changes.before[row] || undefined, changes.after[row] || undefined]);
    }
  });

  test('many are counted over time, in the order asked for', async () => {
    const a = await holdOne(BEFORE, 'f1');
    const b = await holdOne(AFTER, 'f2');
    const { total, series, otherGroups } = analyst.series({
      dumps: [b, a, b].map((id) => ({ id, name: id, takenAtMs: null, phase: null })),
      level: 'functions',
      limit: 1,
    });
    expect([total, series.length, series[0]?.counts.length]).toEqual([[11, 6, 11], 1, 3]);
    expect(otherGroups).toBe(3);
  });
});
