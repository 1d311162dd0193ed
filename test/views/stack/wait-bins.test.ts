import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binWaits, MAX_BINS } from '../../../src/views/stack/wait-bins.ts';

test('a few minutes get one row each, gaps included', () => {
  expect(
    binWaits([
      [1, 40],
      [2, 310],
      [5, 7],
    ]),
  ).toEqual([
    { from: 1, to: 1, goroutines: 40 },
    { from: 2, to: 2, goroutines: 310 },
    { from: 3, to: 3, goroutines: 0 },
    { from: 4, to: 4, goroutines: 0 },
    { from: 5, to: 5, goroutines: 7 },
  ]);
});

test('a wide spread gets ranges that begin at multiples of their width', () => {
  const bins = binWaits([
    [1, 2],
    [59, 3],
    [125, 4],
  ]);
  expect(bins[0]).toEqual({ from: 1, to: 9, goroutines: 2 });
  expect(bins[5]).toEqual({ from: 50, to: 59, goroutines: 3 });
  expect(bins.at(-1)).toEqual({ from: 120, to: 129, goroutines: 4 });
});

test('no minutes give no rows', () => expect(binWaits([])).toEqual([]));

test('every goroutine is in exactly the range that holds its minutes, and there are never too many ranges', () => {
  const waits = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 1, max: 9999 })), {
      selector: ([minutes]) => minutes,
      minLength: 1,
      maxLength: 60,
    })
    .map((pairs) => pairs.sort((one, other) => one[0] - other[0]));
  fc.assert(
    fc.property(waits, (pairs) => {
      const bins = binWaits(pairs);
      expect(bins.length).toBeLessThanOrEqual(MAX_BINS);
      for (const bin of bins) {
        const inside = pairs.filter(([minutes]) => minutes >= bin.from && minutes <= bin.to);
        expect(bin.goroutines).toBe(inside.reduce((sum, [, goroutines]) => sum + goroutines, 0));
      }
      expect(bins.reduce((sum, bin) => sum + bin.goroutines, 0)).toBe(pairs.reduce((sum, pair) => sum + pair[1], 0));
    }),
  );
});
