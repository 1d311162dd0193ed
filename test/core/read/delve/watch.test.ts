import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dump } from '../../../../src/core/model/dump.ts';
import { FLAG, NO_ID } from '../../../../src/core/model/rows.ts';
import { stackCreatorAt, stackFramesAt } from '../../../../src/core/model/symbols.ts';
import { delveWatch } from '../../../../src/core/read/formats/delve/watch.ts';
import { readContext } from '../../../support/read-context.ts';
import { watchText } from '../../../support/watch-lines.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/forms/delve/${name}`, import.meta.url), 'utf8');
const dumpsOf = (text: string): readonly Dump[] => watchText(delveWatch, text).dumps;

/** One goroutine a line: id, state, frames innermost first, creator. */
function print(dump: Dump): string[] {
  const { rows, symbols } = dump;
  return Array.from({ length: rows.length }, (_, row) => {
    const stack = rows.stack[row]!;
    const frames = stackFramesAt(symbols, stack).map((at) => `${at.function} ${at.file}:${at.line}`);
    const creator = stackCreatorAt(symbols, stack);
    const made = creator === null ? '' : ` < ${creator.function}`;
    return `${rows.goroutineId![row]} [${symbols.states[rows.state[row]!]}] ${frames.join(' | ')}${made}`;
  });
}
const states = (dump: Dump): string[] => [...dump.rows.state].map((state) => dump.symbols.states[state]!);

const FIRST = '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) (thread 4711)';
const SECOND = '* Goroutine 7 - User: ./main.go:18 main.worker (0x4a1b02) [chan receive 83910000000]';
const LIST = `${FIRST}\n${SECOND}\n[2 goroutines]\n`;

describe('a list of goroutines of Delve', () => {
  it('is a dump with ids, states and the one place of each goroutine', () => {
    const text = `Type 'help' for list of commands.\n(dlv) goroutines\n${LIST}(dlv) exit\n`;
    const [dump, ...others] = dumpsOf(text);
    expect(others).toEqual([]);
    expect(print(dump!)).toEqual([
      '1 [unknown] main.main /srv/app/main.go:31',
      '7 [chan receive] main.worker ./main.go:18',
    ]);
    expect(dump).toMatchObject({ format: 'delve', goroutines: 2, declared: 2, truncated: false, lowerBounds: [] });
    expect(dump!.rows).toMatchObject({ waitMinutes: null, creatorId: null, labels: null });
    expect(dump!.caveats).toEqual([
      'The list names one place of each goroutine. goroutines -t 100 prints their stacks.',
    ]);
    const own = `(dlv) goroutines\n${LIST}`.length;
    expect(dump!.bytes).toEqual({ read: own, understood: own, ignored: 0 });
    expect(text.slice(dump!.rows.byteOffset![1]!, dump!.rows.byteOffset![1]! + dump!.rows.byteLength![1]!)).toBe(
      `${SECOND}\n`,
    );
  });

  it('has stacks with -t, and a note where Delve cut them', () => {
    const text = [
      '(dlv) grs -t 1',
      SECOND,
      '\t0  0x0000000000495511 in runtime.gopark',
      '\t    at /usr/local/go/src/runtime/proc.go:463',
      '\t1  0x00000000004561db in main.worker',
      '\t    at ./main.go:18',
      '\t(truncated)',
      '  Goroutine 8 - User: ./main.go:20 main.last (0x4a1b02) [select]',
      '\t0  0x0000000000495511 in main.last',
      '\t    at ./main.go:20',
      '[2 goroutines]',
    ].join('\n');
    const [dump] = dumpsOf(text);
    expect(print(dump!)).toEqual([
      '7 [chan receive] runtime.gopark /usr/local/go/src/runtime/proc.go:463 | main.worker ./main.go:18 | (truncated) :0',
      '8 [select] main.last ./main.go:20',
    ]);
    expect([...dump!.rows.flags!]).toEqual([FLAG.elided, 0]);
    expect(dump!.lowerBounds).toEqual([
      'One goroutine has a stack that was cut at the depth asked for. Take goroutines -t 100 for more.',
    ]);
    expect(dump).toMatchObject({ truncated: false, caveats: [] });
    expect(dump!.bytes.ignored).toBe(0);
  });

  it('shows with -g who made a goroutine, with -s what it began with', () => {
    const go = '  Goroutine 7 - Go: ./main.go:9 main.start (0x4a1b02) [select]\n[1 goroutines]\n';
    const start = '  Goroutine 7 - Start: ./main.go:18 main.worker (0x4a1b02) [select]\n[1 goroutines]\n';
    const [made, began] = dumpsOf(go + start);
    expect(print(made!)).toEqual(['7 [select]  < main.start']);
    expect(print(began!)).toEqual(['7 [select] main.worker ./main.go:18']);
    expect(made!.caveats[0]).toContain('-g');
    expect(began!.caveats[0]).toContain('-s');
  });

  it('counts goroutines the debugger could not read', () => {
    const [dump] = dumpsOf(`${FIRST}\n  Goroutine (unreadable could not read memory)\n[2 goroutines]\n`);
    expect(dump).toMatchObject({ goroutines: 2, lowerBounds: ['Delve could not read 1 of the goroutines.'] });
    expect(dump!.rows.goroutineId![1]).toBe(NO_ID);
    expect(dump!.rows.flags![1]).toBe(FLAG.unavailable);
  });

  it('says that groups show five goroutines at most', () => {
    const text = [
      '(dlv) goroutines -group userloc',
      '/srv/app/main.go:34 in main.watch',
      '\t  Goroutine 18 - User: /srv/app/main.go:34 main.watch (0x7b8e13) [chan receive]',
      '\t  Goroutine 34 - User: /srv/app/main.go:34 main.watch (0x7b8e13) [chan receive]',
      '\tTotal: 44',
      '',
      '/srv/app/main.go:43 in main.run',
      '\t* Goroutine 7 - User: /srv/app/main.go:43 main.run (0x7b8f1a) [select]',
      '\tTotal: 1',
      'Too many groups',
      '(dlv) ',
    ].join('\n');
    const [dump, ...others] = dumpsOf(text);
    expect(others).toEqual([]);
    expect(dump).toMatchObject({ goroutines: 3, declared: 45, truncated: false });
    expect(dump!.lowerBounds).toHaveLength(2);
    expect(dump!.lowerBounds[0]).toContain('3 of 45');
    // The titles of the groups and the blank line between them.
    const read = text.indexOf('\n(dlv) ', 10) + 1;
    const titles = '/srv/app/main.go:34 in main.watch\n\n/srv/app/main.go:43 in main.run\n'.length;
    expect(dump!.bytes).toEqual({ read, understood: read - titles, ignored: titles });
  });

  it('reads the total where Delve 1.0 printed it, before the list', () => {
    const [dump, second] = dumpsOf(`(dlv) goroutines\n[2 goroutines]\n${FIRST}\n${SECOND}\n[1 goroutines]\n${FIRST}\n`);
    expect(dump).toMatchObject({ goroutines: 2, declared: 2, lowerBounds: [] });
    expect(second).toMatchObject({ goroutines: 1, declared: 1, lowerBounds: [] });
  });

  it.each<[string, string, number[]]>([
    ['each with its total', LIST + LIST, [2, 2]],
    ['with prompts between', `(dlv) goroutines\n${FIRST}\n(dlv) goroutines\n${SECOND}\n`, [1, 1]],
    ['without anything between', `${FIRST}\n${SECOND}\n${FIRST}\n`, [2, 1]],
    ['far from one another', `${FIRST}\n${'x\n'.repeat(100)}${SECOND}\n`, [1, 1]],
    ['but one with output of -exec between its lines', `${FIRST}\n1\n${SECOND}\n{a: 1}\n[2 goroutines]\n`, [2]],
  ])('is told from the next one: two lists %s', (_, text, want) => {
    expect(dumpsOf(text).map((dump) => dump.goroutines)).toEqual(want);
  });

  it.each<[string, string, string]>([
    ['no total', `${FIRST}\n${SECOND}\n`, 'No total such as'],
    ['a total that is larger', `${FIRST}\n[12 goroutines]\n`, 'declares 12 goroutines, 1 of them'],
    ['an end inside a stack', `${FIRST}\n\t0  0x0000000000495511 in runtime.gopark\n`, 'ends inside a stack'],
  ])('that is cut is marked: %s', (_, text, want) => {
    const [dump] = dumpsOf(text);
    expect(dump!.truncated).toBe(true);
    expect(dump!.lowerBounds[0]).toContain(want);
  });

  it('keeps what cannot be read as a problem with its line in the input', () => {
    const origins = { sourceLine: (line: number) => line + 1000, timeMs: () => Date.UTC(2026, 10, 23) };
    const text = `${FIRST}\n  Goroutine 8 - User: nonsense\n\tLabels: "a\n${SECOND}\n\tLabels: "a\n[3 goroutines]\n`;
    const [dump] = watchText(delveWatch, text, { ...readContext(), origins }).dumps;
    expect(dump!.problems.map(({ line }) => line)).toEqual([1002, 1005]);
    expect(dump).toMatchObject({ goroutines: 2, provenance: { takenAtFrom: 'log-prefix' } });
    expect(dump!.lowerBounds).toContain('One line of the list could not be read.');
  });

  it('is not begun by other text', () => {
    const text = 'goroutine 1 [running]:\nmain.main()\n[3 goroutines]\nhello\n(dlv) goroutines\nerror\n - User: x\n';
    const { dumps, claims } = watchText(delveWatch, text);
    expect(dumps).toEqual([]);
    expect(claims).toEqual(['not offered', 'not offered', 'open', 'no', 'open', 'no', 'no']);
  });

  it('ends before a traceback that follows at once', () => {
    const { claims } = watchText(delveWatch, `${FIRST}\ngoroutine 1 [running]:\n`);
    expect(claims).toEqual(['open', 'no']);
  });
});

describe('what Delve printed', () => {
  it.each<[string, number]>([
    ['shopapp-session.txt', 4],
    ['shopapp-terminal.txt', 2],
    ['shopapp-core.txt', 1],
    ['exotic-labels.txt', 1],
    ['shopapp-delve1.21.txt', 1],
  ])('%s holds the goroutines that its own totals and lines say', (name, lists) => {
    const text = fixture(name);
    const dumps = dumpsOf(text);
    expect(dumps).toHaveLength(lists);
    const totals = [...text.matchAll(/^\[(\d+) goroutines\]/gm)].map((found) => Number(found[1]));
    const plain = dumps.filter((dump) => dump.declared === dump.goroutines);
    expect(plain.map((dump) => dump.goroutines)).toEqual(totals);
    expect(dumps.flatMap((dump) => [...dump.rows.goroutineId!])).toEqual(
      [...text.matchAll(/Goroutine (\d+) - /g)].map((found) => Number(found[1])),
    );
    const reasons = [...text.matchAll(/Goroutine \d+ - .*?\)(?: \[([^\]\n]*?)(?: \d+)?\])?\r?$/gm)];
    expect(dumps.flatMap(states)).toEqual(reasons.map((found) => found[1] ?? 'unknown'));
    const frames = text.match(/ {2}0x[0-9a-f]{16} in /g)?.length ?? 0;
    const cut = text.match(/\(truncated\)/g)?.length ?? 0;
    const withStacks = dumps.filter((dump) => !dump.caveats.some((caveat) => /one place|-g/.test(caveat)));
    const rows = withStacks.flatMap((dump) => [...dump.rows.stack].map((stack) => stackFramesAt(dump.symbols, stack)));
    expect(rows.flat().length).toBe(frames + cut);
    for (const dump of dumps) {
      expect(dump.problems).toEqual([]);
      expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
    }
  });

  it('keeps labels and takes off colours', () => {
    const [dump] = dumpsOf(fixture('exotic-labels.txt'));
    expect(dump!.symbols.labelSets[0]).toEqual([
      ['endpoint', '/api/v1/orders'],
      ['quoted "key"', 'value with, comma: "quotes" {braces} \\ and\ttab'],
      ['tenant', 't1'],
    ]);
    expect(dump!.symbols.strings.filter((text) => text.includes('\x1b'))).toEqual([]);
    expect(dump!.caveats).toEqual(['6 goroutines have more than the five labels that Delve prints.']);
  });

  it('names the filter of a list', () => {
    expect(dumpsOf(fixture('shopapp-terminal.txt'))[0]!.caveats).toContain(
      'The list was filtered (-with): other goroutines are not in it.',
    );
  });
});
