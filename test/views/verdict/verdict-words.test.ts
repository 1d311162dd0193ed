import { describe, expect, test } from 'vitest';
import type { LimitForecast } from '../../../src/core/trend/verdict.ts';
import {
  doublingWords,
  durationWords,
  forecastWords,
  noSlopeWords,
  parseLimit,
  perHourWords,
  slopeWords,
  startWords,
  testWords,
  titleOf,
  wavesWords,
} from '../../../src/views/verdict/verdict-words.ts';
import { growthFit, processVerdict, T0, verdict } from './verdicts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('a slope stands with its interval and its confidence', () => {
  expect(slopeWords(growthFit())).toEqual({ slope: '+1,240 an hour', interval: '(95 %: 1,100 to 1,400)' });
  expect(slopeWords(growthFit({ slopePerHour: -3.25, lowPerHour: -20, highPerHour: 0.04, confidence: 2 / 3 }))).toEqual(
    {
      slope: '−3.3 an hour',
      interval: '(67 %: −20 to 0.04, so it may be level)',
    },
  );
  const level = growthFit({ slopePerHour: 0, lowPerHour: 0, highPerHour: 0 });
  expect(slopeWords(level)).toEqual({ slope: '0 an hour', interval: '(95 %)' });
});

test.each([
  [1240.4, '1,240'],
  [10, '10'],
  [9.87, '9.9'],
  [0.0351, '0.035'],
  [0.0004, '<0.01'],
  [-0.0004, '−<0.01'],
  [-1500, '−1,500'],
  [0, '0'],
])('%d goroutines per hour are written %s', (perHour, words) => {
  expect(perHourWords(perHour)).toBe(words);
});

describe('the start of growth', () => {
  const start = (fromMs: number, toMs: number) => startWords(growthFit({ start: { fromMs, toMs } }));
  test('is a bracket of two times', () => {
    expect(start(T0 + 4 * MINUTE, T0 + 7 * MINUTE)).toBe('began between 02:31 and 02:34');
  });
  test('has seconds where both are in one minute', () => {
    expect(start(T0, T0 + 20_000)).toBe('began between 02:27:03 and 02:27:23');
  });
  test('has the day where it is not that of the last dump', () => {
    expect(start(T0 - 3 * HOUR, T0)).toBe('began between 22 Nov 23:27 and 02:27');
  });
  test('is one time where it is known', () => {
    expect(start(T0, T0)).toBe('began about 02:27');
  });
  test('is left out where nobody can tell', () => {
    expect(startWords(growthFit())).toBe('');
  });
});

test('a doubling time is a length of time, or left out', () => {
  expect(doublingWords(growthFit({ doublingMs: 125 * MINUTE }))).toBe('doubles in 2 h 5 min');
  expect(doublingWords(growthFit())).toBe('');
});

test.each([
  [400, '1 s'],
  [40_000, '40 s'],
  [95_000, '2 min'],
  [125 * MINUTE, '2 h 5 min'],
  [3 * DAY + 20 * MINUTE, '3 d'],
  [3 * DAY + 5 * HOUR, '3 d 5 h'],
])('%d ms are written %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

describe('a forecast', () => {
  const at = (over: Partial<LimitForecast>): LimitForecast => ({
    limit: 10_000,
    atMs: T0 + 105 * MINUTE,
    earliestMs: T0 + 91 * MINUTE,
    latestMs: T0 + 133 * MINUTE,
    ...over,
  });
  test.each([
    ['both ends known', at({}), 'reaches 10,000 at about 04:12, between 03:58 and 04:40'],
    [
      'both ends in one minute',
      at({ earliestMs: T0 + 105 * MINUTE, latestMs: T0 + 105 * MINUTE }),
      'reaches 10,000 at about 04:12',
    ],
    ['no latest', at({ latestMs: null }), 'reaches 10,000 at about 04:12, 03:58 at the earliest, or never'],
    [
      'never at the slope, but at its high end',
      at({ atMs: null, latestMs: null }),
      'never reaches 10,000 at this slope; the steepest likely one gets there about 03:58',
    ],
    ['never', at({ atMs: null, earliestMs: null, latestMs: null }), 'never reaches 10,000 at this slope'],
    ['already there', at({ limit: 8911 }), 'already above 8,911'],
    [
      'another day and another year',
      at({ latestMs: T0 + 400 * DAY, atMs: T0 + DAY }),
      'reaches 10,000 at about 24 Nov 02:27, between 03:58 and 28 Dec 2027',
    ],
  ])('with %s says so', (_, forecast, words) => {
    expect(forecastWords(forecast, growthFit())).toBe(words);
  });
});

describe('a limit', () => {
  test.each([
    ['10000', 10_000],
    [' 10,000 ', 10_000],
    ['10 000', 10_000],
    ['1_000_000', 1_000_000],
    ['1', 1],
    ['1,000,000,000', 1_000_000_000],
    ['', null],
    ['  ', null],
  ])('is read from "%s"', (text, limit) => {
    expect(parseLimit(text)).toEqual({ limit });
  });
  test.each(['0', '-5', '1.5', '1,5', '10k', 'many', '1e3', '1000000001', '9'.repeat(30), '١٠'])(
    'is not "%s"',
    (text) => {
      expect(parseLimit(text)).toEqual({ error: 'A whole number from 1 to 1,000,000,000.' });
    },
  );
});

test('below three dumps it is said why there is no slope', () => {
  expect(noSlopeWords(1, 0)).toBe('One dump gives no slope.');
  expect(noSlopeWords(2, 0)).toBe('Two dumps give no slope.');
  expect(noSlopeWords(0, 2)).toBe('Fewer than three counts give no slope.');
  expect(noSlopeWords(5, 0)).toBe('No slope: it takes three dumps of one process at different times.');
});

test('how sure a slope is names the test, and that few points cannot give more', () => {
  expect(testWords(growthFit())).toBe(
    'Slope of 12 points (Theil–Sen). Counts without a trend look like this by chance in 0.4 % of cases (Mann–Kendall).',
  );
  expect(testWords(growthFit({ points: 3, confidence: 2 / 3, p: 0.00001 }))).toMatch(
    /^Slope of 3 points .* So few points cannot give 95 %\. .* in under 0\.1 % of cases/,
  );
});

test('two or more waves are counted with the count before each', () => {
  const wave = (base: number) => ({ base, peak: 400, rest: base });
  expect(wavesWords([wave(12)])).toBe('');
  expect(wavesWords([wave(12), wave(14), wave(1300)])).toBe('Three waves. The count before each: 12, 14, 1,300.');
  expect(wavesWords(Array.from({ length: 10 }, () => wave(1)))).toMatch(/^10 waves\./);
});

test('the title has the call, and the growth where one process is meant', () => {
  expect(titleOf(verdict())).toBe('GROWING +7,707 – Standstill');
  expect(titleOf(verdict({ processes: [processVerdict(), processVerdict()] }))).toBe('GROWING – Standstill');
  expect(titleOf(verdict({ call: 'cannot-tell', processes: [] }))).toBe('CANNOT TELL – Standstill');
  const level = processVerdict({ totals: [1204, 1260, 1210], call: 'steady' });
  expect(titleOf(verdict({ call: 'steady', processes: [level] }))).toBe('STEADY – Standstill');
  const one = processVerdict({ totals: [1204], call: 'suspicious' });
  expect(titleOf(verdict({ call: 'suspicious', processes: [one] }))).toBe('SUSPICIOUS – Standstill');
});
