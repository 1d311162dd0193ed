import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import type { DumpEntry } from '../../../src/store/state.ts';
import { timelinePoints, timelineRows, timeTicks } from '../../../src/views/timeline/timeline-points.ts';
import { dumpEntry } from '../support/summaries.ts';

const table: SeriesTable = {
  level: 'place',
  total: [10, 30],
  fit: null,
  series: [{ key: 'k', name: 'main.work → select', counts: [2, 20], fit: null }],
  otherGroups: 3,
};
const at = (takenAtMs: number | null): DumpEntry => dumpEntry({ takenAtMs });

describe('points of the timeline', () => {
  test('dumps that all have a time stand on a time axis', () => {
    const { points, timed } = timelinePoints([at(1000), at(9000)], table);
    expect(timed).toBe(true);
    expect(points.map((point) => [point.x, point.total, point.counts])).toEqual([
      [1000, 10, [2]],
      [9000, 30, [20]],
    ]);
  });

  test.each([
    ['one has no time', [1000, null]],
    ['all have the same time', [1000, 1000]],
  ])('they stand in order when %s', (_, times) => {
    const { points, timed } = timelinePoints(times.map(at), table);
    expect(timed).toBe(false);
    expect(points.map((point) => point.x)).toEqual([1, 2]);
  });
});

describe('dumps beside counts', () => {
  test('stand on the time axis of the counts; one without a time has no place', () => {
    const { points, timed } = timelinePoints([at(1000), at(null)], table, true);
    expect(timed).toBe(true);
    expect(points.map((point) => point.x)).toEqual([1000, Number.NaN]);
    const rows = timelineRows(points, [500, 1000, 2000]);
    expect(rows.map(({ x, point }) => [x, point?.total])).toEqual([
      [500, undefined],
      [1000, 10],
      [2000, undefined],
    ]);
  });
});

describe('ticks of the time axis', () => {
  test('fourteen minutes get a tick every two', () => {
    const from = Date.UTC(2026, 10, 23, 2, 27);
    const { ticks } = timeTicks(from, from + 14 * 60_000, 8);
    expect(ticks.map((tick) => new Date(tick).toISOString().slice(11, 16))).toEqual([
      '02:28',
      '02:30',
      '02:32',
      '02:34',
      '02:36',
      '02:38',
      '02:40',
    ]);
  });

  test('there are never many more than asked for, and all lie inside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 4e10 }),
        fc.integer({ min: 2, max: 15 }),
        (from, span, most) => {
          const { ticks } = timeTicks(from, from + span, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(from);
            expect(tick).toBeLessThanOrEqual(from + span);
          }
        },
      ),
    );
  });
});
