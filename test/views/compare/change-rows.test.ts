import { expect, test } from 'vitest';
import { CHANGE_KINDS, type ChangeKind, type ChangeTable } from '../../../src/core/compare/comparison.ts';
import { changeRow, largestCount, sumByKind } from '../../../src/views/compare/change-rows.ts';

function table(rows: readonly (readonly [kind: ChangeKind, before: number, after: number])[]): ChangeTable {
  return {
    level: 'place',
    length: rows.length,
    key: rows.map((_, i) => `k${i}`),
    name: rows.map((_, i) => `main.f${i}`),
    before: Float64Array.from(rows, (row) => row[1]),
    after: Float64Array.from(rows, (row) => row[2]),
    kind: Uint8Array.from(rows, (row) => CHANGE_KINDS.indexOf(row[0])),
    state: rows.map(() => 'select'),
    inferredState: rows.map(() => ''),
    createdBy: rows.map(() => ''),
    fates: null,
  };
}

const changes = table([
  ['grew', 1203, 8702],
  ['added', 0, 31],
  ['same', 15, 15],
  ['shrank', 120, 90],
  ['gone', 12, 0],
]);

test('the differences of all kinds sum to B minus A', () => {
  const sums = sumByKind(changes);
  expect(sums.map(({ kind, groups, difference }) => [kind, groups, difference])).toEqual([
    ['added', 1, 31],
    ['grew', 1, 7499],
    ['shrank', 1, -30],
    ['gone', 1, -12],
    ['same', 1, 0],
  ]);
  const total = (column: Float64Array) => column.reduce((sum, count) => sum + count, 0);
  expect(sums.reduce((sum, kind) => sum + kind.difference, 0)).toBe(total(changes.after) - total(changes.before));
});

test('a row has the numbers of its place', () => {
  expect(changeRow(changes, { largest: largestCount(changes), allBefore: 1350, allAfter: 8838 }, 3)).toMatchObject({
    name: 'main.f3',
    before: 120,
    after: 90,
    kind: 'shrank',
    largest: 8702,
    allAfter: 8838,
    fates: null,
  });
});
