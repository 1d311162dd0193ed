import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestFirst } from '../../../src/core/group/name-order.ts';
import { type TextColumn, textAt } from '../../../src/core/group/text-column.ts';
import { rankTexts, sortTexts } from '../../../src/core/group/text-order.ts';
import { columnOf } from '../../support/text-column.ts';

/** Names of the given parts; of equal ones all but the first have a number as a last part. */
function namesOf(groups: readonly (readonly string[])[]): TextColumn {
  const seen = new Map<string, number>();
  return columnOf(
    groups.map((parts) => {
      const name = parts.join('');
      const n = (seen.get(name) ?? 0) + 1;
      seen.set(name, n);
      return n === 1 ? parts : [...parts, ` #${n}`];
    }),
  );
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

const KINDS: [string, string[]][] = [
  ['tangled', TANGLED],
  ['usual', USUAL],
  ['cut at any unit', ['a', 'ab', 'b']],
];

/** Parts of a text out of a few, with long beginnings in common, so that many texts are nearly alike. */
function partsOf(few: readonly string[]): fc.Arbitrary<string[]> {
  const beginning = fc.constantFrom(0, 0, 0, 7).map((length) => new Array<string>(length).fill(few[0] ?? ''));
  const ending = fc.array(fc.constantFrom(...few), { minLength: 1, maxLength: 4 });
  return fc.tuple(beginning, ending).map((both) => both.flat());
}

test.each(KINDS)('groups are in order of counts, places and names, by the parts of these: %s', (_, texts) => {
  const groups = fc
    .subarray(texts, { minLength: 1, maxLength: Math.min(5, texts.length) })
    .chain((few) => fc.array(fc.tuple(fc.integer({ min: -1, max: 1 }), partsOf(few)), { maxLength: 7 }));
  fc.assert(
    fc.property(groups, (list) => {
      const named = namesOf(list.map(([, parts]) => parts));
      const order = largestFirst(
        list.map(([count]) => count),
        named,
      );
      const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
      const expected = list
        .map(([count, [place = '']], group) => ({ count, place, name: textAt(named, group), group }))
        .sort((l, r) => r.count - l.count || byText(l.place, r.place) || byText(l.name, r.name));
      expect([...order]).toEqual(expected.map(({ group }) => group));
    }),
    { numRuns: 3000 },
  );
});

test.each(KINDS)('texts are in order of their units, equal ones as they stand, by their parts: %s', (_, texts) => {
  const lists = fc
    .subarray(texts, { minLength: 1, maxLength: Math.min(5, texts.length) })
    .chain((few) => fc.array(partsOf(few), { maxLength: 9 }));
  fc.assert(
    fc.property(lists, (list) => {
      const column = columnOf(list);
      const expected = list
        .map((parts, i) => ({ text: parts.join(''), i }))
        .sort((l, r) => (l.text < r.text ? -1 : l.text > r.text ? 1 : l.i - r.i));
      expect([...sortTexts(column)]).toEqual(expected.map(({ i }) => i));
      const ranks = rankTexts(column);
      expect(expected.map(({ i }) => ranks[i])).toEqual(expected.map((__, rank) => rank));
    }),
    { numRuns: 3000 },
  );
});

test('no groups are in no order', () => {
  expect(largestFirst([], namesOf([]))).toEqual(new Uint32Array(0));
  expect(sortTexts(columnOf([]))).toEqual(new Uint32Array(0));
});
