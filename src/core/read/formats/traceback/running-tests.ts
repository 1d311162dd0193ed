import type { Rows } from '../../../model/rows.ts';
import { type Symbols, stackFramesAt } from '../../../model/symbols.ts';

const RUNNER = 'testing.tRunner';
const MAX_TESTS = 200;

/**
 * The tests that were running when `go test` timed out, for Go before 1.20, which does not list them: the function that
 * testing.tRunner called, of every stack with one. Empty for another reason than a timeout.
 */
export function runningTestsOf(reason: string | null, symbols: Symbols, rows: Rows): string[] {
  if (reason?.startsWith('panic: test timed out') !== true) return [];
  const names = new Set<string>();
  for (const stack of new Set(rows.stack)) {
    const frames = stackFramesAt(symbols, stack);
    const runner = frames.findIndex((frame) => frame.function === RUNNER);
    const test = frames[runner - 1]?.function;
    if (test === undefined || runner < 1) continue;
    const name = test.slice(test.lastIndexOf('/') + 1);
    if (/\.(?:Test|Fuzz|Example|Benchmark)/.test(name) && names.size < MAX_TESTS) names.add(name);
  }
  return [...names].sort();
}
