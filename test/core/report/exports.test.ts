import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import type { Dump } from '../../../src/core/model/dump.ts';
import { stackFramesAt } from '../../../src/core/model/symbols.ts';
import { analyse } from '../../../src/core/report/analyse.ts';
import { toCsv } from '../../../src/core/report/csv.ts';
import { toFolded } from '../../../src/core/report/folded.ts';
import { toMarkdown } from '../../../src/core/report/markdown.ts';
import { toPprof } from '../../../src/core/report/pprof.ts';
import { corpusFile } from '../../support/corpus.ts';
import { drawDump, drawnDump } from '../../support/dump-builder.ts';
import { stacksOfRaw } from '../../support/pprof-raw.ts';
import { readOne } from '../../support/read-one.ts';

const NAMES = ['prog-exotic-go1.27-labels/1-all', 'prog-poolbugs-go1.19/3-later', 'etcd-3.5.30/1-before'];
const real = (name: string): Promise<Dump> => readOne(readFileSync(corpusFile(`${name}.debug2.txt`)?.path ?? ''));

/** Goroutines by functions of the stack, innermost first. */
function byFunctions({ rows, symbols }: Dump, join = '\n'): Map<string, number> {
  const stacks = new Map<string, number>();
  for (let row = 0; row < rows.length; row++) {
    const key = stackFramesAt(symbols, rows.stack[row] ?? 0)
      .map((frame) => frame.function)
      .join(join);
    stacks.set(key, (stacks.get(key) ?? 0) + (rows.weight?.[row] ?? 1));
  }
  return stacks;
}

describe('pprof', () => {
  test.each(NAMES)('%s is what go tool pprof reads', async (name) => {
    const dump = await real(name);
    const wanted = new Map<string, number>();
    for (let row = 0; row < dump.rows.length; row++) {
      // Notes that stand in a stack ("...51 frames elided...") have no file, and pprof prints them in another way.
      const frames = stackFramesAt(dump.symbols, dump.rows.stack[row] ?? 0).filter(({ file }) => file !== '');
      const key = frames.map(({ function: fn, file, line }) => `${fn} ${file}:${line}`).join('\n');
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
    }
    const fixture = new URL(`../../fixtures/pprof-export/${name.replaceAll('/', '_')}.raw.gz`, import.meta.url);
    const raw = gunzipSync(readFileSync(fixture)).toString();
    expect(raw).toContain('goroutine/count');
    expect(raw).toMatch(/created_by:\[/);
    expect(new Map([...stacksOfRaw(raw)].sort())).toEqual(new Map([...wanted].sort()));
  });

  test('of any dump is read again with the same stacks and counts', async () => {
    await fc.assert(
      fc.asyncProperty(drawnDump, async (dump) => {
        fc.pre(dump.rows.length > 0);
        const again = await readOne(toPprof(dump), { fileName: 'goroutine.pb.gz' });
        expect(again.goroutines).toBe(dump.goroutines);
        expect(byFunctions(again)).toEqual(byFunctions(dump));
      }),
    );
  });

  test('keeps labels, the state, inlined frames and numbers below zero', async () => {
    const dump = drawDump(
      [
        {
          frames: ['~a.inner /a.go:1', 'a.outer /a.go:2'],
          labels: [['tenant', 'acme']],
          state: 'chan send',
          createdBy: 'a.start /a.go:9',
          times: 3,
        },
      ],
      'traceback',
    );
    const again = await readOne(toPprof(dump), { fileName: 'goroutine.pb.gz' });
    expect(stackFramesAt(again.symbols, 0)).toEqual([
      { function: 'a.inner', file: '/a.go', line: 1, kind: 'inlined' },
      { function: 'a.outer', file: '/a.go', line: 2, kind: 'go' },
    ]);
    expect(again.symbols.labelSets).toEqual([
      [
        ['created_by', 'a.start'],
        ['state', 'chan send'],
        ['tenant', 'acme'],
      ],
    ]);
    const fell = drawDump([{ frames: ['a.b /a.go:1'], times: -4 }], 'pprof');
    expect((await readOne(toPprof(fell), { fileName: 'goroutine.pb.gz' })).goroutines).toBe(-4);
  });
});

describe('folded stacks', () => {
  test('add up to the goroutines, root first', () => {
    fc.assert(
      fc.property(drawnDump, (dump) => {
        const lines = toFolded(dump)
          .split('\n')
          .filter((line) => line !== '');
        const sum = lines.reduce((all, line) => all + Number(/ (\d+)$/.exec(line)?.[1]), 0);
        expect(sum).toBe(
          [...byFunctions(dump).values()].filter((count) => count > 0).reduce((all, count) => all + count, 0),
        );
        for (const line of lines) expect(line).toMatch(/^[^\s]+ \d+$/);
      }),
    );
    const dump = drawDump([{ frames: ['b.in ner;x /b.go:1', 'main.main /m.go:2'], times: 7 }]);
    expect(toFolded(dump)).toBe('main.main;b.in_ner_x 7\n');
  });
});

/** Reads CSV as RFC 4180 says, sign by sign. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quoted && sign === '"' && text[at + 1] === '"') {
      field += '"';
      at++;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ',' || sign === '\r')) {
      rows.at(-1)?.push(field);
      field = '';
      if (sign === '\r') {
        rows.push([]);
        at++;
      }
    } else field += sign;
  }
  return rows.slice(0, -1);
}

const NOTHING_BESIDE = { countLogs: [], races: [], notes: [], rejected: [] };

describe('CSV', () => {
  test('of any dump has a row for each group, and its numbers', () => {
    fc.assert(
      fc.property(drawnDump, (dump) => {
        const [analysed] = analyse([{ name: 'a', dump }], 'exact', NOTHING_BESIDE).dumps;
        if (analysed === undefined) throw new Error('no dump');
        const [head, ...rows] = parseCsv(toCsv(analysed));
        expect(head).toHaveLength(10);
        expect(rows.map((row) => [row.length, Number(row[0])])).toEqual(
          analysed.groups.map(({ count }) => [10, count]),
        );
      }),
    );
  });

  test.each(['=cmd()', '+1', '-1+1', '@SUM(A1)', '\t=1'])('%j is no formula in a spreadsheet', (name) => {
    const dump = drawDump([{ frames: [`${name} /a.go:1`], createdBy: `${name} /a.go:2` }]);
    const [analysed] = analyse([{ name: 'a', dump }], 'exact', NOTHING_BESIDE).dumps;
    const [, row] = parseCsv(toCsv(analysed ?? { groups: [] }));
    for (const field of row ?? []) expect(field).not.toMatch(/^[=+@\t]|^-(?!\d+$)/);
    expect(row?.[7]).toContain(name.trim());
  });
});

describe('Markdown', () => {
  test('tells the call, its evidence, the groups, the stack that matters and what to check', async () => {
    const dumps = await Promise.all(
      ['1-before', '2-during', '3-later'].map(async (name) => ({
        name: `${name}.txt`,
        dump: await real(`prog-tickerleak-go1.19/${name}`),
      })),
    );
    const analysis = analyse(dumps, 'functions', NOTHING_BESIDE);
    const text = toMarkdown(analysis, { title: 'Orders', rules: ALL_RULES });
    expect(text).toMatch(new RegExp(`^## Orders: ${analysis.verdict.call}\n`));
    expect(text).toContain('| `1-before.txt` |');
    const [leak] = analysis.dumps[2]?.groups ?? [];
    expect(text).toContain(`| ${leak?.count} |`);
    expect(text).toContain(`× \`${leak?.name}\``);
    expect(text).toMatch(/```text\n[\s\S]*created by main\./);
    expect(text).toContain('### What to check');
    expect(text).toMatch(/^- \[ \] /m);
  });

  test('holds names that would be markup as text', () => {
    const evil = 'a.`x`|</td><script>@team #12 https://evil.example ![i](j)\n```';
    const dump = drawDump([{ frames: [`${evil} /a.go:1`, 'main.main /m.go:1'], state: 'chan send', times: 5 }]);
    const text = toMarkdown(analyse([{ name: evil, dump }], 'exact', NOTHING_BESIDE), {
      title: evil,
      rules: ALL_RULES,
    });
    const outsideOfCode = text
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(outsideOfCode).not.toMatch(/(?<!\\)[<`]|@team|#12|https:\/\/|(?<!\\)!\[/);
    // Each row of a table has the columns of its head.
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    const columns = (row: string) => row.replace(/\\\|/g, '').split('|').length;
    expect(new Set(rows.map(columns))).toEqual(new Set([5, 8]));
  });
});
