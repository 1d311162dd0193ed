import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GroupNames, largestFirst } from '../../../src/core/group/name-order.ts';

/** Names of the given parts, as they are put together; the last one may have a number behind its parts. */
function namesOf(groups: readonly (readonly string[])[]): GroupNames {
  const texts = [...new Set(groups.flat())];
  const start = new Uint32Array(groups.length + 1);
  groups.forEach((parts, i) => {
    start[i + 1] = (start[i] ?? 0) + parts.length;
  });
  const parts = Uint32Array.from(groups.flat(), (text) => texts.indexOf(text));
  const seen = new Map<string, number>();
  const names = groups.map((each) => {
    const name = each.join('');
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} #${n}`;
  });
  return { names, texts, start, parts };
}

test('the order is that of counts, places and whole names, though names are compared by their parts', () => {
  // Parts that begin one another, and names whose parts are cut elsewhere.
  const part = fc.constantFrom(
    'a',
    'ab',
    'abc',
    'b',
    ':1',
    ':11',
    ':12',
    ' → ',
    'x',
    ', from a',
    ', from ab',
    'ä',
    '😀',
  );
  const groups = fc.array(fc.tuple(fc.integer({ min: -2, max: 3 }), fc.array(part, { minLength: 1, maxLength: 5 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(groups, (list) => {
      const named = namesOf(list.map(([, parts]) => parts));
      const order = largestFirst(
        list.map(([count]) => count),
        named,
      );
      const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
      const expected = list
        .map(([count, [place = '']], group) => ({ count, place, name: named.names[group] ?? '', group }))
        .sort((l, r) => r.count - l.count || byText(l.place, r.place) || byText(l.name, r.name));
      expect([...order]).toEqual(expected.map(({ group }) => group));
    }),
    { numRuns: 500 },
  );
});

test('no groups are in no order', () => {
  expect(largestFirst([], namesOf([]))).toEqual(new Uint32Array(0));
});
