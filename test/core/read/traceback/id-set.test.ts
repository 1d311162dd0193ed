import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdSet } from '../../../../src/core/read/formats/traceback/id-set.ts';

it('a set of ids knows each id it was given, as a Set does', () => {
  const id = fc.oneof(fc.nat(3000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 1 }));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 3000, size: 'max' }), (ids) => {
      const set = new IdSet();
      const model = new Set<number>();
      for (const one of ids) {
        expect(set.add(one)).toBe(!model.has(one));
        model.add(one);
      }
      set.clear();
      expect(ids.length === 0 || set.add(ids[0]!)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
