// Reads the JSON reports of vitest and Playwright and adds them up. Kept apart from test.mjs so that it can be tested.

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * Counts of a vitest JSON report. A file that broke before its first test has no tests to count and is one failure.
 *
 * @param {any} report
 * @returns {Tally}
 */
export function vitestTally(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of a Playwright JSON report. A flaky test passed at last; errors outside of tests are failures.
 *
 * @param {any} report
 * @returns {Tally}
 */
export function playwrightTally(report) {
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

/**
 * The counts of a tool that ran: its report, unless that hides a failure. A tool that left no report, ran no test or
 * ended badly without naming a failed test is at least one failure.
 *
 * @param {Tally | null} counts
 * @param {boolean} endedWell
 * @returns {Tally}
 */
export function judged(counts, endedWell) {
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  if (counts.failed > 0) return counts;
  return endedWell && counts.passed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * The last line of the test command.
 *
 * @param {Tally} total
 */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
