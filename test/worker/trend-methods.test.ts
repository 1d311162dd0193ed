import { beforeEach, describe, expect, test } from 'vitest';
import { textsOf } from '../../src/core/group/text-column.ts';
import { createAnalyst } from '../../src/worker/analyst.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { dumpsOf, inputOf } from './dumps.ts';

const frame = (name: string, line: number) => `${name}()\n\t/srv/${line}.go:${line} +0x1\n`;
const send = (id: number, minutes: number) =>
  `goroutine ${id} [chan send${minutes > 0 ? `, ${minutes} minutes` : ''}]:\n${frame('orders.publish.func1', 88)}created by orders.publish in goroutine 1\n\t/srv/80.go:80 +0x1\n`;
const main = `goroutine 1 [select]:\n${frame('main.main', 5)}`;
const before = [main, send(10, 2), send(11, 1)].join('\n');
const after = [main, send(10, 12), send(30, 4), send(31, 4), send(32, 4), send(33, 4), send(34, 0), send(35, 0)].join(
  '\n',
);

const analyst = createAnalyst(workerPlatform);
let reads = 0;
const hold = async (text: string, fileId: string) => {
  const input = inputOf(text, `${fileId}.txt`, fileId);
  analyst.deposit(++reads, input, await dumpsOf(input));
  return `${fileId}/0` as DumpId;
};
let a: DumpId;
let b: DumpId;
beforeEach(async () => {
  a = await hold(before, 'a');
  b = await hold(after, 'b');
});
const moments = () => [
  { id: a, name: 'a.txt', takenAtMs: 0, phase: null },
  { id: b, name: 'b.txt', takenAtMs: 600_000, phase: null },
];
const keyOfSends = () => {
  const { table } = analyst.groups({ dumpId: b, previousId: null, level: 'exact' });
  return table.key[textsOf(table.name).findIndex((name) => name.startsWith('orders.publish.func1'))]!;
};

describe('a group against another dump', () => {
  test('tells what became of its goroutines, and lists those of one fate', () => {
    const all = analyst.group({ dumpId: b, level: 'exact', key: keyOfSends(), against: { id: a, isLater: true } })!;
    expect(all.fates).toEqual([
      ['stuck', 1],
      ['born', 6],
    ]);
    expect(all.goroutines.map(({ id, fate }) => [id, fate]).slice(0, 2)).toEqual([
      [10, 'stuck'],
      [30, 'born'],
    ]);
    const left = analyst.group({
      dumpId: a,
      level: 'exact',
      key: keyOfSends(),
      against: { id: b, isLater: false },
      fate: 'left',
    })!;
    expect(left.goroutines.map(({ id }) => id)).toEqual([11]);
    expect([left.rowCount, left.count]).toEqual([1, 2]);
  });

  test('tells nothing against itself or a dump that is gone', () => {
    for (const id of [b, 'gone/0' as DumpId]) {
      const detail = analyst.group({ dumpId: b, level: 'exact', key: keyOfSends(), against: { id, isLater: true } })!;
      expect([detail.fates, detail.goroutines[0]?.fate]).toEqual([null, null]);
    }
  });
});

test('stacks are paired, the level advised, births dated and the verdict made', () => {
  const key = keyOfSends();
  expect(analyst.stackPair({ a, b, level: 'exact', key })).toMatchObject({ a: { count: 2 }, b: { count: 7 } });
  expect(analyst.levelAdvice({ dumpIds: [a, b] })).toEqual({ level: 'exact', why: '' });
  const births = analyst.births({ dumps: moments(), dumpId: b, level: 'exact', key });
  expect(births.byId?.bins.reduce((sum, { goroutines }) => sum + goroutines, 0)).toBe(7);
  const verdict = analyst.verdict({ dumps: moments(), curves: [], level: 'exact', limit: null });
  expect(verdict.processes).toMatchObject([{ dumps: [0, 1], totals: [3, 8] }]);
  // A key of the verdict opens the group, as a structured clone would carry it.
  expect(
    structuredClone(verdict).groups.every((group) => analyst.group({ dumpId: b, level: 'exact', key: group.key })),
  ).toBe(true);
});

describe('the flame view against another dump', () => {
  const ask = (text: string, marks?: readonly string[]) => {
    const question = { dumpId: b, level: 'exact', text, ...(marks === undefined ? {} : { marks }) } as const;
    const rows = analyst.search(question);
    const tree = analyst.flame({ ...question, against: a, direction: 'root-first', weight: 'goroutines', rows });
    return [tree.total[0], tree.before?.total[0]];
  };

  test('counts of both dumps only what the search finds', () => {
    expect(ask('state:"chan send"')).toEqual([7, 2]);
    expect(ask('func:main.main')).toEqual([1, 1]);
    expect(ask('nothing-has-this')).toEqual([0, 0]);
  });

  test('takes the same groups of the other dump where the search asks for what is known of one dump only', () => {
    const { table } = analyst.groups({ dumpId: b, previousId: null, level: 'exact' });
    const marks = table.key.map((key) => (key === keyOfSends() ? 'suspect' : 'none'));
    expect(ask('mark:suspect', marks)).toEqual([7, 2]);
  });
});
