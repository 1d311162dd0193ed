import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findTexts } from '../../../src/core/query/match-column.ts';
import type { TextMatch } from '../../../src/core/query/query.ts';
import { columnOf } from '../../support/text-column.ts';

/** Parts that may hold what is looked for together only. */
const PARTS = ['', 'a', 'B', 'ab', 'Ba', 'abAB', 'bb', ' → ', 'b → a'];

function rowsFound(match: TextMatch, lists: readonly (readonly string[])[], known: Uint8Array): number[] {
  const found = known.slice();
  findTexts(match, columnOf(lists), found);
  return [...found];
}

test('finds what stands in a part, across parts and across all of them, as in whole texts', () => {
  const lists = fc.array(fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }), { minLength: 1, maxLength: 12 });
  const wanted = fc.array(fc.constantFrom('a', 'b', ' ', '→'), { maxLength: 8 }).map((units) => units.join(''));
  fc.assert(
    fc.property(lists, wanted, fc.boolean(), (lists, text, isKnown) => {
      const known = new Uint8Array(lists.length);
      if (isKnown) known[0] = 1;
      const names = lists.map((parts) => parts.join('').toLowerCase());
      const expected = (is: (name: string) => boolean) => names.map((name, i) => Number(known[i] === 1 || is(name)));
      expect(rowsFound({ kind: 'contains', text }, lists, known)).toEqual(expected((name) => name.includes(text)));
      expect(rowsFound({ kind: 'equals', text }, lists, known)).toEqual(expected((name) => name === text));
    }),
    { numRuns: 3000 },
  );
});

test('finds long texts and patterns', () => {
  const long = 'x'.repeat(30);
  const lists = [
    [long, 'abc'],
    [long, 'ab', 'c'],
    ['abc', long],
  ];
  const none = new Uint8Array(3);
  expect(rowsFound({ kind: 'contains', text: `${long}abc` }, lists, none)).toEqual([1, 1, 0]);
  expect(rowsFound({ kind: 'pattern', pattern: /^abc/ }, lists, none)).toEqual([0, 0, 1]);
});
