import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinPoints } from '../../../src/views/counts/thin-points.ts';

describe('a line of fewer points', () => {
  test('keeps all of few points, but those without a time', () => {
    expect(thinPoints([1, Number.NaN, 3], [10, 20, 30], 100)).toEqual([0, 2]);
  });

  test('keeps a spike of one point among 20,000', () => {
    const times = Array.from({ length: 20_000 }, (_, i) => i * 1000);
    const counts = times.map((_, i) => (i === 12_345 ? 9000 : 100));
    const kept = thinPoints(times, counts, 400);
    expect(kept.length).toBeLessThanOrEqual(400);
    expect(kept).toContain(12_345);
  });

  test('keeps ends and extremes, in order, within the limit', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 1000 }));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 8, max: 60 }),
        (points, most) => {
          const sorted = [...points].sort((a, b) => a[0] - b[0]);
          const times = sorted.map(([time]) => time);
          const counts = sorted.map(([, count]) => count);
          const kept = thinPoints(times, counts, most);
          expect(kept.length).toBeLessThanOrEqual(most);
          expect([...kept].sort((a, b) => a - b)).toEqual(kept);
          expect(kept[0]).toBe(0);
          expect(kept.at(-1)).toBe(times.length - 1);
          const heights = kept.map((index) => counts[index] ?? 0);
          expect(Math.max(...heights)).toBe(Math.max(...counts));
          expect(Math.min(...heights)).toBe(Math.min(...counts));
        },
      ),
    );
  });
});
