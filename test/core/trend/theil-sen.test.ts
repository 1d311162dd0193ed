import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theilSen } from '../../../src/core/trend/theil-sen.ts';
import { drawNoise, type Noise } from './draw-noise.ts';
import published from './published-values.json' with { type: 'json' };

const whole = fc.integer({ min: -50, max: 50 });
/** Points with whole numbers, so that ties of both kinds occur, and at least two different x. */
const drawnPoints = fc
  .array(fc.record({ x: whole, y: whole }), { minLength: 3, maxLength: 25 })
  .filter((points) => points.some(({ x }) => x !== points[0]!.x));

const lineOf = (points: readonly { x: number; y: number }[]) =>
  theilSen(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  )!;

/** Of 1,000 series, the part whose interval holds the slope they were made with. */
function coverage(points: number, slope: number, countAt: (noise: Noise, line: number) => number): number {
  let covered = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const noise = drawNoise(seed * 7919 + points);
    const x = Array.from({ length: points }, (_, i) => i + 0.9 * noise.uniform());
    const { low, high } = theilSen(
      x,
      x.map((at) => countAt(noise, 20 + slope * at)),
    )!;
    if (low <= slope && slope <= high) covered += 1;
  }
  return covered / 1000;
}

describe('theilSen', () => {
  test.each(published.series)('of $name is what scipy says', ({ x, y, theilSen: wanted, exactInterval }) => {
    const line = theilSen(x, y)!;
    expect(line.slope).toBeCloseTo(wanted.slope, 10);
    expect(line.intercept).toBeCloseTo(wanted.intercept, 6);
    const interval = exactInterval ?? { ...wanted, confidence: x.length < 5 ? 1 - 2 / [6, 24][x.length - 3]! : 0.95 };
    expect(line.low).toBeCloseTo(interval.low, 10);
    expect(line.high).toBeCloseTo(interval.high, 10);
    expect(line.confidence).toBeCloseTo(interval.confidence, 12);
  });

  test("of Sen's own example holds what he printed", () => {
    const { x, y, slope, intercept, low, high } = published.cited.sen1968;
    const line = theilSen(x, y, 0.93)!;
    expect(line).toMatchObject({ slope, intercept, confidence: 0.93 });
    // His interval leaves out three slopes at each end, which is sure at 97.0 %. At 93 %, four may be left out.
    expect(line.low).toBeGreaterThan(low);
    expect(line.high).toBeLessThan(high);
    const wider = theilSen(x, y, 0.969)!;
    expect(wider.low).toBeCloseTo(low, 2);
    expect(wider.high).toBeCloseTo(high, 1);
  });

  test('has the slope that pymannkendall printed', () => {
    const { y, slope } = published.cited.pymannkendall;
    const x = y.map((_, i) => i);
    expect(theilSen(x, y)?.slope).toBeCloseTo(slope, 9);
  });

  test('claims no slope below three points or where all x are equal', () => {
    expect(theilSen([], [])).toBeNull();
    expect(theilSen([1, 2], [1, 2])).toBeNull();
    expect(theilSen([4, 4, 4, 4], [1, 2, 3, 4])).toBeNull();
  });

  test('says what the widest interval attains where that is less than asked for', () => {
    const widest = (x: readonly number[], confidence?: number) =>
      theilSen(x, [1, 5, 2, 4, 3, 6].slice(0, x.length), confidence)!;
    expect(widest([0, 1, 2])).toMatchObject({ low: -3, high: 4, confidence: 1 - 2 / 6 });
    expect(widest([0, 1, 2, 3])).toMatchObject({ low: -3, high: 4, confidence: 1 - 2 / 24 });
    expect(widest([0, 1, 2, 3], 0.9).confidence).toBe(0.9);
    expect(widest([0, 1, 2, 3, 4]).confidence).toBe(0.95);
    // Two points at one time count as one that is not ordered: 4! / 2! ways, two of them extreme.
    expect(widest([0, 0, 1, 2]).confidence).toBeCloseTo(1 - 2 / 12, 12);
  });

  test('is not moved by the order of the points', () => {
    fc.assert(
      fc.property(drawnPoints, fc.integer(), (points, seed) => {
        const noise = drawNoise(seed);
        const shuffled = points
          .map((point) => ({ point, at: noise.uniform() }))
          .sort((left, right) => left.at - right.at);
        expect(lineOf(shuffled.map(({ point }) => point))).toEqual(lineOf(points));
      }),
    );
  });

  test('shifts, stretches and turns with the points', () => {
    fc.assert(
      fc.property(
        drawnPoints,
        whole,
        whole,
        fc.constantFrom(-4, -1, 2, 8),
        fc.constantFrom(-2, -1, 4),
        (points, right, up, tall, wide) => {
          const before = lineOf(points);
          const after = lineOf(points.map(({ x, y }) => ({ x: x * wide + right, y: y * tall + up })));
          const factor = tall / wide;
          const ends = [before.low * factor, before.high * factor].sort((low, high) => low - high);
          expect(after.slope).toBeCloseTo(before.slope * factor, 9);
          expect(after.low).toBeCloseTo(ends[0]!, 9);
          expect(after.high).toBeCloseTo(ends[1]!, 9);
          expect(after.confidence).toBe(before.confidence);
          // The line still passes where it passed.
          expect(after.intercept + after.slope * right).toBeCloseTo(before.intercept * tall + up, 7);
        },
      ),
    );
  });

  test('keeps the slope where fewer than 29 % of the points are wild', () => {
    const x = Array.from({ length: 20 }, (_, i) => i);
    const y = x.map((at) => (at % 4 === 1 ? 1e6 * (at - 7) : 3 * at));
    expect(theilSen(x, y)?.slope).toBe(3);
  });

  const noises: { name: string; countAt: (noise: Noise, line: number) => number }[] = [
    { name: 'normal', countAt: (noise, line) => line + 6 * noise.normal() },
    { name: 'heavy-tailed', countAt: (noise, line) => line + noise.cauchy() },
    { name: 'count', countAt: (noise, line) => noise.poisson(line) },
  ];

  test.each(noises)('covers the slope under $name noise', ({ countAt }) => {
    for (const points of [5, 6, 7, 8, 10, 11, 14, 20, 40]) {
      expect({ points, covered: coverage(points, 3, countAt) }).toSatisfy(({ covered }) => covered >= 0.93);
    }
  });

  test.each(noises)('attains what it says with 3 and 4 points under $name noise', ({ countAt }) => {
    expect(Math.abs(coverage(3, 3, countAt) - 2 / 3)).toBeLessThan(0.05);
    expect(Math.abs(coverage(4, 3, countAt) - 11 / 12)).toBeLessThan(0.03);
  });

  test('is no wider than it must be', () => {
    for (const points of [14, 20, 40]) expect(coverage(points, 3, noises[0]!.countAt)).toBeLessThan(0.975);
  });
});
