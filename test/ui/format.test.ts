import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatMinutes,
  formatMoment,
  formatNumberOf,
  formatShare,
  formatSigned,
  formatSpan,
  formatWaitRange,
  formatZone,
  fromLocalInput,
  toLocalInput,
} from '../../src/ui/format.ts';

describe('numbers', () => {
  test.each([
    [8702, '8,702'],
    [0, '0'],
    [-12, '\u221212'],
    [1_000_000, '1,000,000'],
  ])('%d is written %s', (count, want) => expect(formatCount(count)).toBe(want));

  test.each([
    [7499, '+7,499'],
    [0, '0'],
    [-1200, '\u22121,200'],
  ])('a difference of %d is written %s', (difference, want) => expect(formatSigned(difference)).toBe(want));

  test('one is singular, none and many are plural', () => {
    expect(formatNumberOf(1, 'goroutine')).toBe('1 goroutine');
    expect(formatNumberOf(0, 'goroutine')).toBe('0 goroutines');
    expect(formatNumberOf(8702, 'goroutine')).toBe('8,702 goroutines');
  });

  test.each([
    [8702, 8911, '97.7 %'],
    [1, 100_000, '<0.1 %'],
    [99_999, 100_000, '>99.9 %'],
    [0, 5, '0 %'],
    [5, 5, '100 %'],
    [1, 0, ''],
  ])('%d of %d is %s: a part is never rounded to nothing or to all', (part, all, want) =>
    expect(formatShare(part, all)).toBe(want),
  );

  test.each([
    [812, '812 B'],
    [53_100_000, '53.1 MB'],
    [545_000_000, '545 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('%d bytes are %s', (bytes, want) => expect(formatBytes(bytes)).toBe(want));
});

describe('minutes', () => {
  test.each([
    [6, '6 min'],
    [60, '1 h'],
    [65, '1 h 5 min'],
    [48 * 60, '2 d'],
    [51 * 60, '2 d 3 h'],
  ])('%d minutes are %s', (minutes, want) => expect(formatMinutes(minutes)).toBe(want));

  test.each([
    [6, 6, 6, '6 min'],
    [1, 6, 14, '1–6–14 min'],
    [30, 600, 1200, '0.5–10–20 h'],
  ])('waits of %d, %d and %d minutes are %s', (min, median, max, want) =>
    expect(formatWaitRange(min, median, max)).toBe(want),
  );
});

describe('times', () => {
  const from = Date.UTC(2026, 10, 23, 2, 27, 3);

  test.each([
    [14 * 60_000, '23 Nov 02:27 to 02:41'],
    [30_000, '23 Nov 02:27:03 to 02:27:33'],
    [86_400_000, '23 Nov 02:27 to 24 Nov 02:27'],
    [0, '23 Nov 02:27:03'],
    [40, '23 Nov 02:27:03'],
  ])('a span of %d ms says its day once', (length, want) => expect(formatSpan(from, from + length)).toBe(want));

  test('a moment in full names day, second and zone', () => {
    expect(formatMoment(from)).toMatch(/23 Nov 2026.*02:27:03.*UTC/);
    expect(formatZone(from)).toBe('UTC');
  });

  test('what a time field is filled with reads back as the same second', () => {
    expect(toLocalInput(from)).toBe('2026-11-23T02:27:03');
    expect(fromLocalInput(toLocalInput(from))).toBe(from);
    expect(fromLocalInput('')).toBeNull();
    expect(fromLocalInput('tomorrow')).toBeNull();
  });
});
