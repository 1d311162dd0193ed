import type { Dump } from '../../src/core/model/dump.ts';
import { stackFramesAt } from '../../src/core/model/symbols.ts';

/** Goroutines per list of functions (innermost first, joined by line breaks), as the corpus counts them: files and lines left out. */
export function functionStacks(dump: Dump): Map<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < dump.rows.length; row++) {
    const frames = stackFramesAt(dump.symbols, dump.rows.stack[row]!);
    const key = frames.map((frame) => frame.function).join('\n');
    counts.set(key, (counts.get(key) ?? 0) + (dump.rows.weight?.[row] ?? 1));
  }
  return counts;
}

/** Goroutines per label set, printed as JSON of its pairs. */
export function labelCounts(dump: Dump): Map<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < dump.rows.length; row++) {
    const set = dump.symbols.labelSets[dump.rows.labels?.[row] ?? -1];
    if (set === undefined) continue;
    const key = JSON.stringify(set);
    counts.set(key, (counts.get(key) ?? 0) + (dump.rows.weight?.[row] ?? 1));
  }
  return counts;
}
