import { describe, expect, test } from 'vitest';
import { judged, playwrightTally, summary, vitestTally } from '../../scripts/tally.mjs';

describe('counts of the test command', () => {
  test('a vitest file that broke before its first test is one failure', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(vitestTally(report)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  test('a Playwright error outside of tests is a failure', () => {
    const report = { stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 4 }, errors: [{ message: 'no server' }] };
    expect(playwrightTally(report)).toEqual({ passed: 4, failed: 3, skipped: 4 });
  });

  test.each([
    ['left no report', null, false, { passed: 0, failed: 1, skipped: 0 }],
    ['left no report but says it ended well', null, true, { passed: 0, failed: 1, skipped: 0 }],
    ['ran no test', { passed: 0, failed: 0, skipped: 3 }, true, { passed: 0, failed: 1, skipped: 3 }],
    [
      'ended badly without a failed test',
      { passed: 5, failed: 0, skipped: 0 },
      false,
      { passed: 5, failed: 1, skipped: 0 },
    ],
    ['names its failures', { passed: 5, failed: 2, skipped: 0 }, false, { passed: 5, failed: 2, skipped: 0 }],
    ['is green', { passed: 5, failed: 0, skipped: 1 }, true, { passed: 5, failed: 0, skipped: 1 }],
  ])('a tool that %s is judged so', (_title, counts, endedWell, want) => {
    expect(judged(counts, endedWell)).toEqual(want);
  });

  test.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 12, failed: 3, skipped: 2 }, '12 passed, 3 failed, 2 skipped'],
  ])('%o is said as %s', (total, line) => {
    expect(summary(total)).toBe(line);
  });
});
