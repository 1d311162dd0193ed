import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOnward, joinHashes } from '../../../src/core/group/concat-hash.ts';

test('the hash of two texts put together follows from theirs, whatever their lengths', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12_000, size: 'max' });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const whole = hashOnward(0, left + right);
      expect(joinHashes(hashOnward(0, left), hashOnward(0, right), right.length)).toBe(whole);
      expect(hashOnward(hashOnward(0, left), right)).toBe(whole);
    }),
    { numRuns: 200 },
  );
});

test('texts that differ in one unit, in order or in length have different hashes', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', 'a\0', '\0', '\0\0', ', from a.b:1', ', from a.b:11'];
  expect(new Set(texts.map((text) => hashOnward(0, text))).size).toBe(texts.length);
});
