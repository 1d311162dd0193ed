import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentHash, distinctKeys, inBase36 } from '../../../src/core/group/content-hash.ts';

it('writes a number as toString(36) does', () => {
  const edges = [0, 1, 35, 36, 1295, 1296, 46655, 46656, 1296 ** 2 - 1, 1296 ** 2, 2 ** 31, 2 ** 32 - 1];
  for (const number of edges) expect(inBase36(number)).toBe(number.toString(36));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
      expect(inBase36(number)).toBe(number.toString(36));
    }),
  );
});

it('gives contents of one hash different keys, and the first of them its own', () => {
  const hash = new ContentHash();
  const hashOf = (lane: number) => {
    hash.reset(1);
    hash.addLanes(lane, 0);
    return hash;
  };
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 40 }), (lanes) => {
      const keys = distinctKeys(lanes.length, (content) => hashOf(lanes[content] ?? 0));
      expect(new Set(keys).size).toBe(lanes.length);
      lanes.forEach((lane, content) => {
        if (lanes.indexOf(lane) === content) expect(keys[content]).toBe(hashOf(lane).text());
      });
    }),
  );
});
