import { describe, expect, test } from 'vitest';
import { birthBars, earlierWords, evidenceOf, medianWords } from '../../../src/views/stack/birth-bars.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);
const bin = (from: number | null, to: number, goroutines: number) => ({
  fromMs: from === null ? null : T0 + from * MINUTE,
  toMs: T0 + to * MINUTE,
  goroutines,
});

describe('births as bars', () => {
  test('of equal times are as high as their goroutines', () => {
    const bars = birthBars({ bins: [bin(0, 2, 5), bin(2, 4, 10), bin(4, 6, 0)] });
    expect(bars?.unit).toBe('goroutines');
    expect(bars?.top).toBe(10);
    expect(bars?.bars.map(({ height }) => height)).toEqual([0.5, 1, 0]);
    expect(bars?.bars.map(({ from, to }) => [from, to])).toEqual([
      [0, 1 / 3],
      [1 / 3, 2 / 3],
      [2 / 3, 1],
    ]);
  });

  test('of unequal times are as high as the goroutines of a minute: a long time is no steeper', () => {
    const bars = birthBars({ bins: [bin(0, 1, 10), bin(1, 11, 50)] });
    expect(bars?.unit).toBe('goroutines per minute');
    expect(bars?.top).toBe(10);
    expect(bars?.bars.map(({ height }) => height)).toEqual([1, 0.5]);
  });

  test('of no time at all do not grow without end', () => {
    const bars = birthBars({ bins: [bin(0, 0, 3), bin(0, 10, 30)] });
    expect(bars?.top).toBe(180);
  });

  test('leave out what was there before anything tells when', () => {
    const bars = birthBars({ bins: [bin(null, 0, 99), bin(0, 2, 5)] });
    expect(bars?.bars).toHaveLength(1);
    expect(bars?.top).toBe(5);
    expect(bars?.fromMs).toBe(T0);
  });

  test.each([
    ['no bin', []],
    ['no beginning', [bin(null, 0, 99)]],
    ['no goroutine', [bin(null, 0, 99), bin(0, 2, 0)]],
  ])('with %s are not drawn', (_, bins) => {
    expect(birthBars({ bins })).toBeNull();
  });
});

test('those that were there before are a sentence', () => {
  expect(earlierWords([bin(null, 0, 1204)], false)).toBe(
    '1,204 goroutines were there by 02:27:03, since when is not known.',
  );
  expect(earlierWords([bin(null, 0, 1)], false)).toBe('1 goroutine was there by 02:27:03, since when is not known.');
  expect(earlierWords([bin(null, 0, 0), bin(0, 1, 5)], false)).toBe('');
});

test('the median names the day where it is another', () => {
  expect(medianWords({ medianMs: T0 + 12 * MINUTE }, T0 + 14 * MINUTE)).toBe('Half of them were there by 02:39.');
  expect(medianWords({ medianMs: T0 }, T0 + 24 * 60 * MINUTE)).toBe('Half of them were there by 23 Nov 02:27.');
  expect(medianWords({ medianMs: null }, T0)).toBe('');
});

test('ids are shown before waits, and nothing where nothing is known', () => {
  const series = { bins: [], unplaced: 0, caveats: [] };
  const births = { byId: series, byIdWhyNot: '', byWait: series, byWaitWhyNot: '', medianMs: null };
  expect(evidenceOf(births)).toEqual(['id', 'wait']);
  expect(evidenceOf({ ...births, byId: null })).toEqual(['wait']);
  expect(evidenceOf({ ...births, byId: null, byWait: null })).toEqual([]);
});
