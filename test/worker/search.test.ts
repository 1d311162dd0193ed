import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DumpIndex, indexDump, inferredStateOfCell, stateOfCell } from '../../src/core/group/cells.ts';
import { groupCells, groupDump, groupRows } from '../../src/core/group/group-dump.ts';
import type { GroupTable } from '../../src/core/group/group-table.ts';
import { LEVELS, type Level } from '../../src/core/group/levels.ts';
import { textAt } from '../../src/core/group/text-column.ts';
import { frameAt, stackCreatorAt, stackFramesAt } from '../../src/core/model/symbols.ts';
import { quoteValue } from '../../src/core/query/complete.ts';
import { type Analyst, createAnalyst } from '../../src/worker/analyst.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { dumpsOf, fixture, goroutine, inputOf, traceback } from './dumps.ts';

interface Held {
  readonly analyst: Analyst;
  readonly dumpId: DumpId;
  readonly index: DumpIndex;
}

async function hold(content: string | Uint8Array<ArrayBuffer>): Promise<Held> {
  const input = inputOf(content);
  const dumps = await dumpsOf(input);
  const analyst = createAnalyst(workerPlatform);
  const [summary] = analyst.deposit(1, input, dumps);
  return { analyst, dumpId: summary!.id, index: indexDump(dumps[0]!) };
}

/** All text of a group, put together the slow way. */
function textOf(index: DumpIndex, table: GroupTable, row: number): string {
  const { symbols, rows } = index.dump;
  const words = [textAt(table.name, row)];
  for (const cell of groupCells(index, table.level, table.key[row]!)) {
    words.push(stateOfCell(index, cell), inferredStateOfCell(index, cell));
    const stack = index.cells.stack[cell]!;
    const creator = stackCreatorAt(symbols, stack);
    for (const frame of [...stackFramesAt(symbols, stack), ...(creator === null ? [] : [creator])]) {
      words.push(`${frame.function}\n${frame.file}:${frame.line}`);
    }
  }
  for (const each of groupRows(index, table.level, table.key[row]!)) {
    for (const [key, value] of symbols.labelSets[rows.labels?.[each] ?? -1] ?? []) {
      words.push(`${key}=${value}`, `${key}: ${value}`);
    }
  }
  return words.join('\n').toLowerCase();
}

function slowSearch(index: DumpIndex, level: Level, text: string): number[] {
  const table = groupDump(index, level);
  const words = text.toLowerCase().split(/\s+/);
  return Array.from({ length: table.length }, (_, row) => row).filter((row) => {
    const all = textOf(index, table, row);
    return words.every((word) => all.includes(word));
  });
}

/** Each word so that nothing of it is taken as syntax. */
function asWords(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(quoteValue)
    .join(' ');
}

const SEARCHES = [
  'http',
  'HTTP select',
  'wait net',
  'server.go:3',
  'x',
  'caddy conn',
  '(*conn).serve io',
  'nothing-has-this',
  '',
];

describe('the search', () => {
  test.each([
    'caddy-2.6.2/2-load.debug2.txt.gz',
    'prog-exotic-go1.19/1-early.debug1.txt',
    'prog-exotic-go1.27-labels/1-all.debug2.txt',
  ])('finds in %s what a slow search finds', async (name) => {
    const { analyst, dumpId, index } = await hold(fixture(name).bytes);
    const words = [
      ...SEARCHES,
      ...index.dump.symbols.labelSets.flatMap((set) => set.map(([key, value]) => `${key}=${value}`)),
    ];
    let found = 0;
    for (const level of LEVELS) {
      for (const text of words) {
        const rows = [...analyst.search({ dumpId, level, text: asWords(text) })];
        expect(rows, `${level}: ${text}`).toEqual(slowSearch(index, level, text));
        found += rows.length;
      }
    }
    expect(found).toBeGreaterThan(50);
  });

  test('finds any piece of any frame, in any case', async () => {
    const { analyst, dumpId, index } = await hold(fixture('caddy-2.6.2/2-load.debug2.txt.gz').bytes);
    const { symbols } = index.dump;
    fc.assert(
      fc.property(
        fc.nat(symbols.frameLine.length - 1),
        fc.nat(200),
        fc.integer({ min: 1, max: 30 }),
        (at, from, length) => {
          const { function: name } = frameAt(symbols, at);
          const piece = name.slice(from % name.length, (from % name.length) + length).toUpperCase();
          const text = piece.replace(/\s+/g, ' ');
          expect([...analyst.search({ dumpId, level: 'exact', text: asWords(text) })]).toEqual(
            slowSearch(index, 'exact', text),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    ['publish', [0]],
    ['PUBLISH send', [0]],
    ['publish select', []],
    ['orders.go:77', [1]],
    ['main.starter', [1]],
    ['select', [1]],
    ['  ', [0, 1]],
    ['', [0, 1]],
  ])('%j finds rows %j', async (text, rows) => {
    const { analyst, dumpId } = await hold(
      traceback([
        goroutine(1, 'chan send', 'orders.(*Publisher).publish'),
        goroutine(2, 'chan send', 'orders.(*Publisher).publish'),
        goroutine(3, 'select', 'main.loop', { line: 77, by: 'main.Starter' }),
      ]),
    );
    expect([...analyst.search({ dumpId, level: 'exact', text })]).toEqual(rows);
  });

  test('finds a label in every group that has it', async () => {
    const labelled = (id: number, fn: string) => goroutine(id, 'select', fn).replace(']:', '] {"tenant": "Acme"}:');
    const { analyst, dumpId } = await hold(
      traceback([labelled(1, 'main.a'), labelled(2, 'main.b'), goroutine(3, 'select', 'main.c')]),
    );
    const { table } = analyst.groups({ dumpId, previousId: null, level: 'exact' });
    const rows = analyst.search({ dumpId, level: 'exact', text: 'tenant=acme' });
    expect(Array.from(rows, (row) => textAt(table.name, row).slice(0, 6)).sort()).toEqual(['main.a', 'main.b']);
  });

  test('words past the thirtieth are left out, not mixed up', async () => {
    const { analyst, dumpId } = await hold(traceback([goroutine(1, 'select', 'main.loop')]));
    const words = Array.from({ length: 40 }, (_, i) => 'main.loop'.slice(0, 1 + (i % 9)));
    expect([...analyst.search({ dumpId, level: 'exact', text: words.join(' ') })]).toEqual([0]);
    const missing = Array.from({ length: 40 }, (_, i) => `no${i}`);
    expect([...analyst.search({ dumpId, level: 'exact', text: missing.join(' ') })]).toEqual([]);
  });

  test('stays fast with 100,000 different stacks', async () => {
    const goroutines = Array.from({ length: 100_000 }, (_, i) =>
      goroutine(i + 1, i % 3 === 0 ? 'select' : 'chan receive', `pkg${i % 300}.(*T).run${i % 1000}`, { line: i }),
    );
    const { analyst, dumpId } = await hold(traceback(goroutines));
    analyst.search({ dumpId, level: 'exact', text: 'warm' });
    const started = performance.now();
    const rows = analyst.search({ dumpId, level: 'exact', text: 'pkg7. select' });
    const took = performance.now() - started;
    // i % 300 === 7 and i % 3 === 0 never meet; 299 does not either, 9 does.
    expect(rows.length).toBe(0);
    expect(analyst.search({ dumpId, level: 'exact', text: 'pkg9. select' }).length).toBe(334);
    expect(took).toBeLessThan(1000);
  });
});

describe('what a search finds in another dump', () => {
  const dump = (stuck: number) =>
    traceback([
      ...Array.from({ length: stuck }, (_, at) => goroutine(at + 10, 'chan send', 'main.send')),
      goroutine(1, 'select', 'main.loop'),
    ]);

  test('is counted in goroutines; groups found by cause or mark are looked for by key', async () => {
    const { analyst, dumpId } = await hold(dump(3));
    const keys = analyst.groups({ dumpId, previousId: null, level: 'exact' }).table.key;
    const count = (text: string) => analyst.countFound({ dumpId, level: 'exact', text, keys: keys.slice(0, 1) });
    expect(count('state:"chan send"')).toBe(3);
    expect(count('-state:"chan send"')).toBe(1);
    expect(count('nothing-has-this')).toBe(0);
    expect(count('cause:any')).toBe(3);
    expect(analyst.countFound({ dumpId, level: 'exact', text: 'mark:done', keys: [] })).toBe(0);
  });
});
