import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickTexts, textAt, textCount, textsOf } from '../../../src/core/group/text-column.ts';
import { columnOf } from '../../support/text-column.ts';

const parted = fc.array(fc.array(fc.constantFrom('', 'a.F', ' → ', 'select', ':1'), { maxLength: 5 }), {
  maxLength: 20,
});

test('a text is its parts put together; there is none outside', () => {
  fc.assert(
    fc.property(parted, (lists) => {
      const column = columnOf(lists);
      const texts = lists.map((parts) => parts.join(''));
      expect(textCount(column)).toBe(lists.length);
      expect(textsOf(column)).toEqual(texts);
      expect(texts.map((_, i) => textAt(column, i))).toEqual(texts);
      expect([textAt(column, -1), textAt(column, lists.length)]).toEqual(['', '']);
    }),
  );
});

test('texts are picked in any order, any number of times', () => {
  const both = parted
    .filter((lists) => lists.length > 0)
    .chain((lists) => fc.tuple(fc.constant(lists), fc.array(fc.nat(lists.length - 1), { maxLength: 30 })));
  fc.assert(
    fc.property(both, ([lists, places]) => {
      const picked = pickTexts(columnOf(lists), Uint32Array.from(places));
      expect(textsOf(picked)).toEqual(places.map((place) => (lists[place] ?? []).join('')));
    }),
  );
});
