import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOWHERE, WordSearch } from '../../../../src/core/read/text/word-search.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('the search for words', () => {
  it.each([
    ['Goroutines=12', 0],
    ['num_GOROUTINE', 4],
    ['data race: data racing', 0],
    ['dat race, goroutin', NOWHERE],
    ['', NOWHERE],
  ])('in %j finds the first in any case', (text, at) => {
    expect(new WordSearch(['goroutine', 'data race']).find(bytesOf(text), 0, text.length)).toBe(at);
  });

  it('without words finds nothing', () => {
    expect(new WordSearch([]).find(bytesOf('anything'), 0, 8)).toBe(NOWHERE);
  });

  it('finds what indexOf finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'é', '-'), maxLength: 60 });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(letters, fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(10), (text, words, from) => {
        const all = words.map((one) => text.toLowerCase().indexOf(one, from)).filter((at) => at >= 0);
        const want = all.length === 0 ? NOWHERE : Math.min(...all);
        expect(new WordSearch(words).find(bytesOf(text), from, text.length)).toBe(want);
      }),
    );
  });
});
