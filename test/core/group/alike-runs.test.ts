import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AlikeRuns } from '../../../src/core/group/alike-runs.ts';

/** Lists of numbers that are alike in all columns, the slow way. */
function alikeLists(count: number, columns: readonly (readonly number[])[]): number[][] {
  const lists = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const key = columns.map((column) => column[i]).join(' ');
    lists.set(key, [...(lists.get(key) ?? []), i]);
  }
  return [...lists.values()].filter((list) => list.length > 1);
}

it('splits runs as a Map of lists does, and tells who came apart', () => {
  const columns = fc
    .tuple(fc.nat(200), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 }))
    .chain(([count, width, values]) =>
      fc.array(fc.array(fc.integer({ min: -1, max: values }), { minLength: count, maxLength: count }), {
        minLength: width,
        maxLength: width,
      }),
    );
  fc.assert(
    fc.property(columns, (given) => {
      const count = given[0]?.length ?? 0;
      const runs = new AlikeRuns(count);
      given.forEach((column, at) => {
        const apart: number[] = [];
        runs.split(
          (i) => column[i] ?? 0,
          (i) => apart.push(i),
        );
        const before = alikeLists(count, given.slice(0, at));
        const expected = before.filter((list) => new Set(list.map((i) => column[i])).size > 1).flat();
        expect(apart.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
        expect(runs.length).toBe(alikeLists(count, given.slice(0, at + 1)).length);
      });
    }),
    { numRuns: 200 },
  );
});
