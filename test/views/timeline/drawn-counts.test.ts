import { describe, expect, test } from 'vitest';
import { countStops, drawnCounts, nearest } from '../../../src/views/timeline/drawn-counts.ts';
import { countEntry } from '../support/counts.ts';

describe('count series in the chart', () => {
  test('are at most eight, the largest at their end first', () => {
    const entries = Array.from({ length: 11 }, (_, i) =>
      countEntry(`s${i}`, [
        [0, 999],
        [1000, i],
      ]),
    );
    const drawn = drawnCounts(entries);
    expect(drawn.map(({ name }) => name)).toEqual(['s10', 's9', 's8', 's7', 's6', 's5', 's4', 's3']);
  });

  test('go through points with a time only', () => {
    const [series] = drawnCounts([
      countEntry('s', [
        [null, 7],
        [1000, 8],
        [null, 99],
        [2000, 9],
      ]),
    ]);
    expect([...(series?.timesMs ?? [])]).toEqual([1000, 2000]);
    expect([...(series?.counts ?? [])]).toEqual([8, 9]);
  });

  test('without any time are not drawn', () => {
    expect(drawnCounts([countEntry('s', [[null, 7]])])).toEqual([]);
  });

  test('of 20,000 points become a line of a thousand that keeps the spike', () => {
    const points = Array.from({ length: 20_000 }, (_, i) => [i * 1000, i === 777 ? 5000 : 10] as const);
    const [series] = drawnCounts([countEntry('s', points)]);
    expect(series?.line.length).toBeLessThanOrEqual(1000);
    expect(series?.line).toContain(777);
    expect(series?.largest).toBe(777);
    const stops = countStops(drawnCounts([countEntry('s', points)]));
    expect(stops.length).toBeLessThanOrEqual(240);
    expect([stops[0], stops.at(-1)]).toEqual([0, 19_999_000]);
  });
});

test.each([
  [[], 5, -1],
  [[10], 5, 0],
  [[10, 20], 14, 0],
  [[10, 20], 16, 1],
  [[10, 20], 99, 1],
  [[10, 20], -9, 0],
])('in %j the nearest to %d is at %d', (values, x, at) => {
  expect(nearest(values, x)).toBe(at);
});
