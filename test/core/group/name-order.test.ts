import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GroupNames, largestFirst } from '../../../src/core/group/name-order.ts';

/** Names of the given parts, as they are put together; of equal ones all but the first have a number as a last part. */
function namesOf(groups: readonly (readonly string[])[]): GroupNames {
  const seen = new Map<string, number>();
  const numbered = groups.map((parts) => {
    const name = parts.join('');
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? parts : [...parts, ` #${n}`];
  });
  const texts = [...new Set(numbered.flat())];
  const start = new Uint32Array(groups.length + 1);
  numbered.forEach((parts, i) => {
    start[i + 1] = (start[i] ?? 0) + parts.length;
  });
  const parts = Uint32Array.from(numbered.flat(), (text) => texts.indexOf(text));
  return { names: numbered.map((each) => each.join('')), texts, start, parts };
}

/** Parts that begin one another, and names whose parts are cut elsewhere. */
const TANGLED = [
  '',
  'a',
  'ab',
  'abc',
  'b',
  '1',
  '#',
  ':1',
  ':11',
  ':12',
  ' → ',
  ', from a',
  ', from ab',
  'ä',
  '😀',
  '\0',
];
/** As names are made: what stands behind a part comes before what longer parts go on with. */
const USUAL = [
  'a.F',
  'a.Fn',
  ':1',
  ':12',
  ' → ',
  'select',
  'sleep',
  ', from a.G',
  ', from a.G:8',
  ', from a.G:81',
  ', by m',
];

test.each([
  ['tangled', TANGLED],
  ['usual', USUAL],
  ['cut at any unit', ['a', 'ab', 'b']],
])('the order is that of counts, places and whole names, though names are sorted by their parts: %s', (_, texts) => {
  // Few texts each time, and long beginnings in common, so that many names are nearly alike.
  const groups = fc.subarray(texts, { minLength: 1, maxLength: Math.min(5, texts.length) }).chain((few) => {
    const beginning = fc.constantFrom(0, 0, 0, 7).map((length) => new Array<string>(length).fill(few[0] ?? ''));
    const ending = fc.array(fc.constantFrom(...few), { minLength: 1, maxLength: 4 });
    const parts = fc.tuple(beginning, ending).map((both) => both.flat());
    return fc.array(fc.tuple(fc.integer({ min: -1, max: 1 }), parts), { maxLength: 7 });
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
    { numRuns: 3000 },
  );
});

test('no groups are in no order', () => {
  expect(largestFirst([], namesOf([]))).toEqual(new Uint32Array(0));
});
