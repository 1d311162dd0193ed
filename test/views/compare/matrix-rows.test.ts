import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import { endsOf, matrixOf, placesBefore, restName, sumSeriesByKind } from '../../../src/views/compare/matrix-rows.ts';
import { dumpEntry, dumpSummary } from '../support/summaries.ts';

const of = (instance: string | null) => {
  const summary = dumpSummary();
  return dumpEntry({ summary: { ...summary, provenance: { ...summary.provenance, instance } } });
};
const series = (name: string, counts: readonly number[]) => ({ key: `key of ${name}`, name, counts, fit: null });
const table: SeriesTable = {
  level: 'exact',
  total: [20, 60, 50],
  fit: null,
  series: [
    series('orders.publish → chan send', [0, 40, 31]),
    series('main.loop → select', [10, 10, 10]),
    series('net.read → IO wait', [4, 3, 0]),
  ],
  otherGroups: 7,
};
const ends = { first: 0, last: 2 };

describe('the dump before', () => {
  test('is of the same instance, or one that names none', () => {
    expect(placesBefore([of('x'), of('y'), of('x'), of(null), of('y'), of('z')])).toEqual([-1, -1, 0, 2, 3, 3]);
    expect(placesBefore([of(null), of(null)])).toEqual([-1, 0]);
  });

  test('leads from the last dump back to the first of its line', () => {
    expect(endsOf(placesBefore([of('y'), of('x'), of('y'), of('x')]))).toEqual({ first: 1, last: 3 });
    expect(endsOf(placesBefore([of(null), of('x'), of('x')]))).toEqual({ first: 0, last: 2 });
  });
});

describe('rows of the matrix', () => {
  test.each([
    [[], '', ['orders.publish', 'main.loop', 'net.read'], [6, 7, 9]],
    [['added'], '', ['orders.publish'], [20, 20, 19]],
    [['gone', 'same'], '', ['main.loop', 'net.read'], [6, 47, 40]],
    [[], 'MAIN select', ['main.loop'], [10, 50, 40]],
    [['grew'], 'main', [], [20, 60, 50]],
  ] as const)('of kinds %j with “%s” and the rest sum up to the total', (kinds, search, names, rest) => {
    const matrix = matrixOf(table, ends, kinds, search);
    expect(matrix.shown.map(({ name }) => name.split(' ')[0])).toEqual(names);
    expect(matrix.rest).toEqual(rest);
    table.total.forEach((total, place) => {
      const shown = matrix.shown.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0);
      expect(shown + (matrix.rest[place] ?? 0)).toBe(total);
    });
  });

  test('say what the rest is', () => {
    expect(restName(matrixOf(table, ends, ['added'], ''))).toBe('2 groups that do not match, 7 other groups');
    expect(restName(matrixOf({ ...table, otherGroups: 1 }, ends, [], ''))).toBe('1 other group');
    expect(restName(matrixOf({ ...table, otherGroups: 0 }, ends, [], ''))).toBe('');
  });

  test('are of a kind from the first to the last dump', () => {
    expect(sumSeriesByKind(table, ends).filter(({ groups }) => groups > 0)).toEqual([
      { kind: 'added', groups: 1, difference: 31 },
      { kind: 'gone', groups: 1, difference: -4 },
      { kind: 'same', groups: 1, difference: 0 },
    ]);
  });
});
