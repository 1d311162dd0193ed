import type { Dump } from '../model/dump.ts';
import { stackFramesAt } from '../model/symbols.ts';

/**
 * Folded stacks as flamegraph.pl, speedscope and inferno read them: frames from the root on with ";" between, a space, the
 * number of goroutines; one line for each list of functions, most goroutines first. Signs that would end a frame or a line
 * become "_". The numbers add up to the goroutines of the dump; of a difference profile only what grew is told.
 */
export function toFolded(dump: Dump): string {
  const { symbols, rows } = dump;
  const perStack = new Map<number, number>();
  for (let row = 0; row < rows.length; row++) {
    const stack = rows.stack[row] ?? 0;
    perStack.set(stack, (perStack.get(stack) ?? 0) + (rows.weight?.[row] ?? 1));
  }
  const lines = new Map<string, number>();
  for (const [stack, count] of perStack) {
    const frames = stackFramesAt(symbols, stack).map(({ function: name }) => name.replace(/[;\s]+/g, '_') || '_');
    const line = frames.length === 0 ? '(no_frames)' : frames.reverse().join(';');
    lines.set(line, (lines.get(line) ?? 0) + count);
  }
  return [...lines]
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([line, count]) => `${line} ${count}\n`)
    .join('');
}
