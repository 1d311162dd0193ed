import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContentHash, hashTexts } from '../../../src/core/group/content-hash.ts';
import { PairTable } from '../../../src/core/group/pair-table.ts';
import { classifySequences } from '../../../src/core/group/stack-classes.ts';

/** Class numbers by a Map of the sequences' texts: the slow, obvious way. */
function plainClasses(sequences: readonly (readonly number[])[]): number[] {
  const known = new Map<string, number>();
  return sequences.map((sequence) => {
    const text = sequence.join(' ');
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text)!;
  });
}

function classify(sequences: readonly (readonly number[])[], lanes: { a: Uint32Array; b: Uint32Array }) {
  const starts = [0];
  for (const sequence of sequences) starts.push(starts.at(-1)! + sequence.length);
  return classifySequences(Uint32Array.from(starts), Uint32Array.from(sequences.flat()), lanes);
}

const sequences = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), { maxLength: 40 });

describe('classifySequences', () => {
  test('gives equal sequences, and only those, one class', () => {
    const lanes = hashTexts(['a', 'b', 'c', 'd']);
    fc.assert(
      fc.property(sequences, (list) => {
        const { of, count, lanes: own } = classify(list, lanes);
        expect([...of]).toEqual(plainClasses(list));
        expect(count).toBe(new Set(of).size);
        expect(own.a).toHaveLength(count);
      }),
    );
  });

  test('joins nothing when every hash collides', () => {
    const same = { a: new Uint32Array(4), b: new Uint32Array(4) };
    fc.assert(
      fc.property(sequences, (list) => {
        expect([...classify(list, same).of]).toEqual(plainClasses(list));
      }),
    );
  });
});

describe('PairTable', () => {
  test.each([
    ['dense', 8, 8],
    ['sparse', 2 ** 25, 2 ** 25],
  ])('numbers distinct pairs in order of appearance when %s', (_, height, width) => {
    const index = fc.integer({ min: 0, max: 7 }).map((value) => (height > 8 && value > 5 ? 2 ** 25 - value : value));
    fc.assert(
      fc.property(fc.array(fc.tuple(index, index)), (pairs) => {
        const table = new PairTable(height, width);
        expect(pairs.map(([first, second]) => table.add(first, second))).toEqual(plainClasses(pairs));
        expect(table.first.map((first, i) => [first, table.second[i]])).toEqual([
          ...new Map(pairs.map((pair) => [pair.join(), pair])).values(),
        ]);
      }),
    );
  });
});

describe('the content hash', () => {
  test('depends on the texts, their order and their borders', () => {
    const hashOf = (texts: readonly string[], seed = 1) => {
      const hash = new ContentHash();
      hash.reset(seed);
      for (const text of texts) hash.addText(text);
      return hash.text();
    };
    const all = [[], [''], ['', ''], ['ab'], ['a', 'b'], ['b', 'a'], ['ba'], ['a'], ['a\u0000'], ['ä'], ['a', '']];
    expect(new Set([...all.map((texts) => hashOf(texts)), hashOf(['a'], 2)]).size).toBe(all.length + 1);
    expect(hashOf(['a', 'b'])).toBe(hashOf(['a', 'b']));
    expect(hashOf(['a', 'b'])).toMatch(/^[0-9a-z]+-[0-9a-z]+$/);
  });

  test('spreads similar texts: a hundred thousand have no two keys alike', () => {
    const { a, b } = hashTexts(Array.from({ length: 100_000 }, (_, i) => `main.f${i}`));
    expect(new Set(Array.from(a, (lane, i) => `${lane} ${b[i]}`)).size).toBe(100_000);
    expect(new Set(a).size).toBeGreaterThan(99_980);
  });
});
