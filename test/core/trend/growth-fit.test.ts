import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCurrentGrowth, fitGrowth, thinPoints, timeUntil } from '../../../src/core/trend/growth-fit.ts';
import { drawNoise } from './draw-noise.ts';

const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.UTC(2026, 7, 3, 12);

/** One point per hour from noon on. */
const hourly = (counts: readonly number[]) => counts.map((_, i) => BEGIN_MS + i * HOUR_MS);
const fitHourly = (counts: readonly number[]) => fitGrowth(hourly(counts), counts);
const hoursIn = (ms: number | null | undefined) => (ms == null ? ms : (ms - BEGIN_MS) / HOUR_MS);
const startHours = (counts: readonly number[]) => {
  const start = fitHourly(counts)?.start;
  return start ? `${hoursIn(start.fromMs)}–${hoursIn(start.toMs)}` : 'none';
};

describe('fitGrowth', () => {
  test('claims no slope below three distinct times', () => {
    expect(fitGrowth([], [])).toBeNull();
    expect(fitHourly([1, 2])).toBeNull();
    expect(fitGrowth([BEGIN_MS, BEGIN_MS, BEGIN_MS + 1, BEGIN_MS + 1], [1, 2, 3, 4])).toBeNull();
    expect(fitGrowth([BEGIN_MS, Number.NaN, BEGIN_MS + 1], [1, 2, 3])).toBeNull();
    expect(fitHourly([1, 2, 3])?.points).toBe(3);
  });

  test('of a straight line is that line', () => {
    expect(fitHourly([100, 110, 120, 130, 140, 150])).toEqual({
      points: 6,
      slopePerHour: 10,
      lowPerHour: 10,
      highPerHour: 10,
      confidence: 0.95,
      p: 2 / 720,
      start: null,
      doublingMs: 15 * HOUR_MS,
      lastMs: BEGIN_MS + 5 * HOUR_MS,
      lastCount: 150,
    });
  });

  test('leaves out points without a time, takes any order, and counts one time once', () => {
    const times = hourly([0, 0, 0, 0, 0]);
    const plain = fitGrowth(times, [5, 9, 8, 12, 14]);
    expect(fitGrowth([times[3]!, Number.NaN, ...times.toSpliced(3, 1)], [12, 900, 5, 9, 8, 14])).toEqual(plain);
    expect(fitGrowth([...times, times[1]!, times[1]!], [5, 9, 8, 12, 14, 2, 77])).toEqual(plain);
  });

  test('says where the line stands at the end, and is not led by one odd last point', () => {
    expect(fitHourly([10, 20, 30, 40, 50, 60, 70, 500])?.lastCount).toBe(80);
    expect(fitHourly([10, 20, 30, 40, 50, 60, 70, 0])?.lastCount).toBe(80);
    expect(fitHourly([80, 60, 40, 20, 0, 0, 0, 0])?.lastCount).toBeGreaterThanOrEqual(0);
  });

  test('names no doubling time while the slope may be 0', () => {
    const unsure = fitHourly([10, 30, 12, 28, 14])!;
    expect(unsure.slopePerHour).toBeGreaterThan(0);
    expect(unsure.lowPerHour).toBeLessThan(0);
    expect(unsure.doublingMs).toBeNull();
    expect(fitHourly([50, 40, 30, 20, 10])?.doublingMs).toBeNull();
  });

  test('thins a long series and finds the same slope', () => {
    const noise = drawNoise(1);
    const counts = Array.from({ length: 20_000 }, (_, i) => 50 + 0.5 * i + 20 * noise.normal());
    const fit = fitHourly(counts)!;
    expect(fit.points).toBe(20_000);
    expect(fit.slopePerHour).toBeCloseTo(0.5, 3);
    expect(fit.lowPerHour).toBeLessThanOrEqual(0.5);
    expect(fit.highPerHour).toBeGreaterThanOrEqual(0.5);
    expect(hoursIn(fit.lastMs)).toBe(19_999);
  });
});

describe('the start of growth', () => {
  test.each([
    { name: 'after the fourth of eight', counts: [7, 7, 7, 7, 17, 27, 37, 47], want: '3–4' },
    { name: 'between two points', counts: [7, 7, 7, 7, 12, 22, 32, 42], want: '3–4' },
    { name: 'in three points', counts: [5, 5, 50], want: '1–2' },
    {
      name: 'at the end of a level series, whose median slope is 0',
      counts: [9, 9, 9, 9, 9, 9, 9, 9, 20, 31],
      want: '7–8',
    },
    { name: 'from the first point on', counts: [7, 17, 27, 37, 47, 57], want: 'none' },
    { name: 'from the first point on, not quite straight', counts: [7, 15, 27, 38, 46, 57], want: 'none' },
    { name: 'where nothing grows', counts: [7, 7, 7, 7, 7, 7], want: 'none' },
    { name: 'where all shrinks', counts: [70, 70, 70, 50, 30, 10], want: 'none' },
  ])('$name', ({ counts, want }) => {
    expect(startHours(counts)).toBe(want);
  });

  test('does not mind one odd point on either part', () => {
    expect(startHours([7, 7, 7, 900, 7, 7, 17, 27, 37, 47, 57, 67])).toBe('5–6');
    expect(startHours([7, 7, 7, 7, 7, 7, 17, 27, 37, 0, 57, 67])).toBe('5–6');
  });

  test.each([
    { points: 10, level: 5, slope: 5, spread: 2, widest: 4 },
    { points: 20, level: 10, slope: 5, spread: 3, widest: 4 },
    { points: 40, level: 20, slope: 2, spread: 3, widest: 6 },
    { points: 100, level: 60, slope: 1, spread: 3, widest: 8 },
  ])('is bracketed in most of $points noisy points', ({ points, level, slope, spread, widest }) => {
    let held = 0;
    let width = 0;
    const seeds = 100;
    for (let seed = 0; seed < seeds; seed++) {
      const noise = drawNoise(seed);
      const truth = level + noise.uniform();
      const counts = Array.from(
        { length: points },
        (_, i) => 50 + slope * Math.max(0, i - truth) + spread * noise.normal(),
      );
      const start = fitHourly(counts)?.start;
      if (!start) continue;
      const [from, to] = [hoursIn(start.fromMs)!, hoursIn(start.toMs)!];
      expect(from).toBeLessThan(to);
      width += to - from;
      if (from <= truth && truth <= to) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(0.85 * seeds);
    expect(width / seeds).toBeLessThan(widest);
  });

  test('is seldom claimed where the line rises from the first point', () => {
    let claimed = 0;
    for (let seed = 0; seed < 100; seed++) {
      const noise = drawNoise(seed);
      const counts = Array.from({ length: 20 }, (_, i) => 50 + 3 * i + 3 * noise.normal());
      if (fitHourly(counts)?.start) claimed += 1;
    }
    expect(claimed).toBeLessThanOrEqual(10);
  });
});

describe('timeUntil', () => {
  const fit = { ...fitHourly([10, 20, 30])!, slopePerHour: 10, lowPerHour: 5, highPerHour: 20, lastCount: 30 };

  test('reaches the limit at the slope, sooner at its high end and later at its low end', () => {
    const { atMs, earliestMs, latestMs } = timeUntil(fit, 130);
    expect([atMs, earliestMs, latestMs].map(hoursIn)).toEqual([2 + 10, 2 + 5, 2 + 20]);
  });

  test('is never where the line does not rise, or past what a date can hold', () => {
    expect(timeUntil({ ...fit, lowPerHour: 0 }, 130).latestMs).toBeNull();
    expect(timeUntil({ ...fit, lowPerHour: -3 }, 130).latestMs).toBeNull();
    expect(timeUntil({ ...fit, lowPerHour: 1e-12 }, 130).latestMs).toBeNull();
    expect(timeUntil({ ...fit, slopePerHour: -1, lowPerHour: -2, highPerHour: -0.5 }, 130)).toEqual({
      atMs: null,
      earliestMs: null,
      latestMs: null,
    });
  });

  test('is the last moment once the count is there', () => {
    const now = { atMs: fit.lastMs, earliestMs: fit.lastMs, latestMs: fit.lastMs };
    expect(timeUntil(fit, 30)).toEqual(now);
    expect(timeUntil({ ...fit, lowPerHour: -3 }, 12)).toEqual(now);
  });
});

describe('thinPoints', () => {
  const series = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 200 });

  test('keeps the ends, the order and the range, and leaves no more than asked for', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 60 }), (counts, most) => {
        const times = hourly(counts);
        const thin = thinPoints(times, counts, most);
        expect(thin.timesMs).toHaveLength(Math.min(most, counts.length));
        expect(thin.counts).toHaveLength(thin.timesMs.length);
        expect([thin.timesMs[0], thin.timesMs.at(-1)]).toEqual([times[0], times.at(-1)]);
        expect([thin.counts[0], thin.counts.at(-1)]).toEqual([counts[0], counts.at(-1)]);
        expect([...thin.timesMs].every((ms, i) => i === 0 || ms > thin.timesMs[i - 1]!)).toBe(true);
        expect(Math.max(...thin.counts)).toBeLessThanOrEqual(Math.max(...counts));
        expect(Math.min(...thin.counts)).toBeGreaterThanOrEqual(Math.min(...counts));
      }),
    );
  });

  test('takes the medians of runs', () => {
    const { timesMs, counts } = thinPoints([0, 1, 2, 3, 4, 5, 6, 7], [9, 1, 50, 3, 4, 6, 5, 8], 4);
    expect([...timesMs]).toEqual([0, 2, 5, 7]);
    expect([...counts]).toEqual([9, 3, 5, 8]);
  });
});

describe('growth since it began', () => {
  const hours = (counts: readonly number[]) => counts.map((_, at) => at * HOUR_MS);
  const growthOf = (counts: readonly number[]) => fitCurrentGrowth(hours(counts), counts)!;

  test('has the slope of the rising part, and keeps when it began', () => {
    const late = [50, 50, 50, 50, 50, 50, 150, 250, 350, 450];
    expect(fitGrowth(hours(late), late)!.slopePerHour).toBeLessThan(60);
    expect(growthOf(late).slopePerHour).toBeCloseTo(100, 6);
    expect(growthOf(late)).toMatchObject({ points: 10, start: { fromMs: 5 * HOUR_MS, toMs: 6 * HOUR_MS } });
  });

  test('doubles while it goes on, and never once it is level', () => {
    expect(growthOf([100, 200, 300, 400, 500]).doublingMs).toBeCloseTo(5 * HOUR_MS, 0);
    expect(growthOf([17, 495, 1253, 1314]).doublingMs).toBeNull();
    expect(growthOf([100, 400, 405, 403, 404]).doublingMs).toBeNull();
  });

  test('is that of the whole where it rises from the first point on', () => {
    const counts = [10, 22, 29, 41, 50];
    expect(growthOf(counts)).toEqual(fitGrowth(hours(counts), counts));
  });
});
