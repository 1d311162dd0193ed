import { expect, test } from 'vitest';
import type { FramePair } from '../../../src/core/compare/stack-pair.ts';
import { foldSame, type PairForms, pairRows, rowsDiffer } from '../../../src/views/compare/pair-words.ts';
import { framePair, stackPair } from '../support/comparisons.ts';

const ALIKE: PairForms = { a: 'traceback', b: 'traceback' };
const rowsOf = (frames: readonly FramePair[], forms = ALIKE) => pairRows(stackPair('k', frames), forms);
const at = (file: string, line: number) => ({ function: 'main.work', file, line, kind: 'go' as const });
const lines = (a: ReturnType<typeof at>, b: ReturnType<typeof at>): FramePair => ({ a, b, match: 'line' });

test.each([
  [framePair('main.work', 7, 7), '', ''],
  [framePair('main.work', 7, 0), '\u2212', 'only in A'],
  [framePair('main.work', 0, 7), '+', 'only in B'],
  [framePair('main.work', 88, 91), '\u2260', 'line 88 → 91'],
  [lines(at('/srv/a.go', 5), at('/srv/b.go', 9)), '\u2260', 'a.go:5 → b.go:9'],
  [lines(at('/srv/v1/a.go', 5), at('/srv/v2/a.go', 5)), '\u2260', 'another folder'],
  [lines(at('/srv/v1/a.go', 5), at('/srv/v2/a.go', 6)), '\u2260', 'line 5 → 6, another folder'],
  [lines(at('', 0), at('/srv/a.go', 6)), '\u2260', 'file printed only in B'],
  [lines(at('/srv/a.go', 6), at('/srv/a.go', 0)), '\u2260', 'line printed only in A'],
  [{ a: at('/a.go', 1), b: { ...at('/a.go', 1), function: 'main.other' }, match: 'differs' }, '\u2260', 'differs'],
] satisfies (readonly [FramePair, string, string])[])(
  'a row is marked with sign and words: %#',
  (pair, sign, words) => {
    const [row] = rowsOf([pair]);
    expect(row).toMatchObject({ sign, words });
    expect(row?.mark === 'same').toBe(sign === '');
  },
);

test('what the form of the other dump does not print is unknown, and no difference', () => {
  const forms: PairForms = { a: 'pprof', b: 'traceback' };
  const pair = stackPair('k', [framePair('runtime.gopark', 363, 0), framePair('main.work', 7, 7)], {
    createdBy: framePair('main.serve', 0, 31),
  });
  const rows = pairRows(pair, forms);
  expect(rows.map(({ sign, words }) => `${sign} ${words}`)).toEqual(['? not printed in B', ' ', '? not printed in A']);
  expect(rowsDiffer(rows)).toBe(false);
  // In dumps of one form the same rows are differences.
  expect(pairRows(pair, { a: 'pprof', b: 'pprof' }).map(({ words }) => words)).toEqual([
    'only in A',
    '',
    'not printed in A',
  ]);
  expect(pairRows(pair, { a: 'traceback', b: 'delve' }).map(({ words }) => words)).toEqual([
    'only in A',
    '',
    'only in B',
  ]);
});

test('stacks differ by a frame or by the creator, not when one dump has none', () => {
  const same = [framePair('main.work', 7, 7)];
  const differ = (pair: ReturnType<typeof stackPair>) => rowsDiffer(pairRows(pair, ALIKE));
  expect(differ(stackPair('k', same))).toBe(false);
  expect(differ(stackPair('k', [...same, framePair('main.more', 0, 3)]))).toBe(true);
  expect(differ(stackPair('k', same, { createdBy: framePair('main.serve', 3, 4) }))).toBe(true);
  expect(differ(stackPair('k', [framePair('main.work', 0, 7)], { a: null }))).toBe(false);
});

test('runs of equal frames fold, but never the first frame and the creator', () => {
  const same = (count: number) => Array.from({ length: count }, () => framePair('main.deep', 4, 4));
  const folded = foldSame(rowsOf([...same(4), framePair('main.more', 0, 3), ...same(2)]));
  expect(folded.map((piece) => (piece.kind === 'run' ? piece.rows.length : piece.row.mark))).toEqual([
    'same',
    3,
    'b',
    'same',
    'same',
    'same',
  ]);
});
