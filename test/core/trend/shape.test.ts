import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWaves, guessPhases, wavesClimb } from '../../../src/core/trend/guess-phases.ts';
import { shapeOf, withoutNoise } from '../../../src/core/trend/shape.ts';

const even = (counts: readonly number[]) => counts.map((_, at) => at * 60_000);

describe('the shape of counts', () => {
  test.each([
    ['steady', [100, 104, 98, 101]],
    ['steady', [3, 5, 4]],
    ['growing', [10, 60, 110, 160]],
    ['growing', [10, 30, 50]],
    ['growing', [100, 180, 170, 260, 340]],
    ['raised', [10, 500, 505]],
    ['raised', [10, 300, 600, 610]],
    ['raised', [12, 1112, 611]],
    ['fresh', [10, 500]],
    ['fresh', [10, 11, 12, 500]],
    ['spike', [10, 900, 12]],
    ['spike', [10, 400, 900, 100]],
    ['shrinking', [500, 300, 100]],
    ['shrinking', [633, 33]],
    ['steady', [0, 0]],
  ])('%s: %j', (kind, counts) => {
    expect(shapeOf(counts, even(counts)).kind).toBe(kind);
  });

  test('growth that slows down to a fraction of its pace is raised, by the times of the dumps', () => {
    const counts = [10, 110, 150];
    expect(shapeOf(counts, [0, 60_000, 120_000]).kind).toBe('growing');
    expect(shapeOf(counts, [0, 60_000, 60_000 + 600_000]).kind).toBe('raised');
    expect(shapeOf(counts, [null, null, null]).kind).toBe('growing');
  });

  test('the base of another dump counts where it is known', () => {
    expect(shapeOf([900, 860, 850], [0, 1, 2]).kind).toBe('steady');
    expect(shapeOf([900, 860, 850], [0, 1, 2], { base: 10 }).kind).toBe('raised');
  });

  const series = fc.array(
    fc.integer({ min: 1, max: 200 }).map((tens) => tens * 10),
    { minLength: 2, maxLength: 8 },
  );

  test('scaling the counts or shifting the times changes nothing', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 500 }), fc.integer({ min: -1e9, max: 1e9 }), (counts, by, ms) => {
        const times = even(counts);
        const shape = shapeOf(counts, times).kind;
        expect(
          shapeOf(
            counts.map((count) => count * by),
            times,
          ).kind,
        ).toBe(shape);
        expect(
          shapeOf(
            counts,
            times.map((time) => time + ms),
          ).kind,
        ).toBe(shape);
        expect(
          shapeOf(
            counts,
            times.map((time) => time * 7),
          ).kind,
        ).toBe(shape);
      }),
    );
  });

  test('a count that never leaves its first value by a tenth is steady', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 10_000 }),
        fc.array(fc.double({ min: -0.09, max: 0.09, noNaN: true })),
        (base, noise) => {
          const counts = [base, ...noise.map((share) => Math.round(base * (1 + share)))];
          expect(counts.length < 2 ? 'steady' : shapeOf(counts, even(counts)).kind).toBe('steady');
        },
      ),
    );
  });

  test('medians of runs take single outliers off a long log', () => {
    const counts = Array.from({ length: 120 }, (_, at) => (at % 10 === 3 ? 9000 : 50));
    expect(withoutNoise(counts, even(counts), 12).counts).toEqual(new Array(12).fill(50));
  });
});

describe('phases', () => {
  test.each([
    [
      ['a', 'b', 'c', 'd'],
      [10, 900, 850, 20],
      ['before', 'load', 'load', 'after'],
    ],
    [
      ['a', 'b', 'c'],
      [10, 900, 890],
      [null, null, null],
    ],
    [
      ['a', 'b', 'c'],
      [10, 11, 12],
      [null, null, null],
    ],
    [
      ['before.txt', 'under-load.txt', 'after.txt'],
      [10, 900, 890],
      ['before', 'load', 'after'],
    ],
    [
      ['x/before.txt', 'b.txt'],
      [10, 900],
      [null, null],
    ],
    [
      ['a', 'b', 'c', 'd', 'e'],
      [10, 12, 500, 520, 30],
      ['before', 'before', 'load', 'load', 'after'],
    ],
  ])('%j with %j are %j', (names, counts, want) => {
    expect(guessPhases(names, counts)).toEqual(want);
  });
});

describe('waves', () => {
  test.each([
    [
      [10, 500, 12, 480, 11],
      [
        [10, 500, 12],
        [12, 480, 11],
      ],
      false,
    ],
    [
      [10, 500, 60, 550, 120, 600, 180],
      [
        [10, 500, 60],
        [60, 550, 120],
        [120, 600, 180],
      ],
      true,
    ],
    [[10, 20, 30, 40], [], false],
    [[100, 102, 99, 101], [], false],
    [[10, 500], [], false],
    [[500, 10, 500, 20], [[10, 500, 20]], false],
  ])('of %j', (counts, waves, climb) => {
    const found = findWaves(counts);
    expect(found.map(({ base, peak, rest }) => [base, peak, rest])).toEqual(waves);
    expect(wavesClimb(found)).toBe(climb);
  });
});
