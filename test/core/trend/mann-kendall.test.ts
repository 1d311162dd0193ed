import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fallingPairChances, mannKendall } from '../../../src/core/trend/mann-kendall.ts';
import { normalQuantile, normalTail } from '../../../src/core/trend/normal.ts';
import { drawNoise } from './draw-noise.ts';
import published from './published-values.json' with { type: 'json' };

const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 25 });

/** The same number to `digits` places that matter. */
function expectAlike(actual: number, wanted: number, digits = 9) {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(Math.max(Math.abs(wanted), 1e-300) * 10 ** -digits);
}

describe('normalTail', () => {
  test.each(published.normalTail)('at $z is what R says', ({ z, chance }) => {
    expectAlike(normalTail(z), chance, 11);
    expect(normalTail(-z)).toBeCloseTo(1 - chance, 14);
    if (chance > 1e-40) expect(normalQuantile(chance)).toBeCloseTo(z, 9);
  });
});

describe('fallingPairChances', () => {
  test.each(published.exact)('of $points points are those of R', ({ points, atMostFalling }) => {
    let sum = 0;
    const chances = [...fallingPairChances(points)];
    expect(chances).toHaveLength(atMostFalling.length);
    chances.forEach((chance, falling) => {
      sum += chance;
      expect(sum).toBeCloseTo(atMostFalling[falling]!, 13);
    });
  });

  test('give the critical values of a printed table', () => {
    const { atLevel, critical } = published.cited.wisconsin;
    const atMost = (points: number, s: number) =>
      fallingPairChances(points).reduce((sum, chance, rising) => {
        const score = 2 * rising - (points * (points - 1)) / 2;
        return score <= s ? sum + chance : sum;
      }, 0);
    for (const [points, s] of critical as [number, number][]) {
      expect(atMost(points, s)).toBeLessThanOrEqual(atLevel);
      // The next score: of one number of points, all are even or all are odd.
      expect(atMost(points, s + 2)).toBeGreaterThan(atLevel);
    }
  });
});

describe('mannKendall', () => {
  const rows = published.series.flatMap((row) => (row.mannKendall ? [{ ...row, wanted: row.mannKendall }] : []));

  test.each(rows)('of $name is what R and scipy say', ({ y, wanted, scipyTau, scipyExactP }) => {
    const { s, variance, z, p, tau } = mannKendall(y);
    expect(s).toBe(wanted.s);
    expectAlike(variance, wanted.variance);
    expectAlike(z, wanted.z);
    expectAlike(p, wanted.p);
    expectAlike(tau, wanted.tau);
    expectAlike(tau, scipyTau!);
    if (scipyExactP != null) expectAlike(p, scipyExactP);
  });

  test('is what others printed', () => {
    const { pymannkendall, wisconsin } = published.cited;
    const { y, ...wanted } = pymannkendall;
    const test = mannKendall(y);
    expect(test).toMatchObject({ s: wanted.s, variance: wanted.variance, tau: wanted.tau });
    expectAlike(test.z, wanted.z);
    expectAlike(test.p, wanted.p);
    expect(mannKendall(wisconsin.y).s).toBe(wisconsin.s);
  });

  test('turns its sign with the order or the values, and keeps its p', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const { s, variance, z, p, tau } = mannKendall(values);
        for (const turned of [values.toReversed(), values.map((value) => -value)]) {
          const mirror = mannKendall(turned);
          expect(mirror.s + s).toBe(0);
          expect(mirror.z + z).toBe(0);
          expect(mirror.tau + tau).toBe(0);
          expect(mirror).toMatchObject({ variance, p });
        }
      }),
    );
  });

  test('sees nothing but the order of the values', () => {
    fc.assert(
      fc.property(counts, (values) => {
        expect(mannKendall(values.map((value) => value ** 3 - 7))).toEqual(mannKendall(values));
      }),
    );
  });

  test('rejects one series in twenty where there is no trend', () => {
    for (const points of [8, 11, 30]) {
      let rejected = 0;
      for (let seed = 0; seed < 2000; seed++) {
        const noise = drawNoise(seed);
        if (mannKendall(Array.from({ length: points }, () => noise.normal())).p <= 0.05) rejected += 1;
      }
      expect(rejected / 2000).toBeGreaterThan(0.02);
      expect(rejected / 2000).toBeLessThan(0.06);
    }
  });

  test('claims nothing for equal values, one or none', () => {
    for (const values of [[], [3], [5, 5, 5, 5]]) {
      expect(mannKendall(values)).toEqual({ s: 0, variance: 0, z: 0, p: 1, tau: 0 });
    }
  });
});
