import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FLAG, NO_MINUTES } from '../../../../src/core/model/rows.ts';
import { frameAt, NO_FRAME, stackCount, stackFramesAt } from '../../../../src/core/model/symbols.ts';
import { TextReader } from '../../../../src/core/read/text/text-reader.ts';
import { parseNaively } from '../../../support/naive-traceback.ts';
import { readContext } from '../../../support/read-context.ts';

/** What the generator says it printed. */
interface Truth {
  readonly goroutines: number;
  readonly stacks: number;
  readonly states: Record<string, number>;
  readonly locked: number;
  readonly withWait: number;
  readonly waitMinutesSum: number;
  readonly groupSizes: readonly number[];
}

const GENERATOR = fileURLToPath(new URL('../../../bench/gen-dump.mjs', import.meta.url));

function generate(...args: string[]): { text: string; truth: Truth } {
  const made = spawnSync(process.execPath, [GENERATOR, '--full', '--out', '-', ...args], { maxBuffer: 1 << 28 });
  const truth: Truth = JSON.parse(made.stderr.toString());
  return { text: made.stdout.toString(), truth };
}

describe('a generated dump', () => {
  const cases: string[][] = [
    ['--goroutines', '3000', '--stacks', '200', '--seed', '1'],
    ['--goroutines', '2000', '--stacks', '2000', '--seed', '2'],
    ['--goroutines', '2500', '--stacks', '90', '--seed', '3', '--go', '1.20'],
    ['--goroutines', '1500', '--stacks', '300', '--seed', '4', '--crlf'],
  ];
  it.each(cases)('is read as its maker and a slow parser see it: %s %s %s %s', (...args) => {
    const { text, truth } = generate(...args);
    const bytes = new TextEncoder().encode(text);
    const reader = new TextReader(readContext(), []);
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 65_521) {
      reader.push(bytes.subarray(at, at + size));
    }
    const dump = reader.finish({ cut: false }).dumps[0]!;
    const { rows, symbols } = dump;
    const minutes = Array.from(rows.waitMinutes!).filter((value) => value !== NO_MINUTES);
    const sizes = new Array<number>(stackCount(symbols)).fill(0);
    for (const stack of rows.stack) sizes[stack]!++;
    expect(dump.problemCount).toBe(0);
    expect(dump.bytes).toEqual({ read: bytes.length, understood: bytes.length, ignored: 0 });
    expect({
      goroutines: dump.goroutines,
      stacks: stackCount(symbols),
      locked: rows.flags!.filter((flags) => (flags & FLAG.lockedToThread) !== 0).length,
      withWait: minutes.length,
      waitMinutesSum: minutes.reduce((sum, value) => sum + value, 0),
      groupSizes: sizes.sort((a, b) => b - a),
    }).toEqual({
      goroutines: truth.goroutines,
      stacks: truth.stacks,
      locked: truth.locked,
      withWait: truth.withWait,
      waitMinutesSum: truth.waitMinutesSum,
      groupSizes: [...truth.groupSizes].sort((a, b) => b - a),
    });

    const printedStacks = Array.from({ length: stackCount(symbols) }, (_, stack) => {
      const creator = symbols.stackCreator[stack]!;
      const frames = stackFramesAt(symbols, stack).map((frame) => `${frame.function} ${frame.file}:${frame.line}`);
      if (creator !== NO_FRAME) {
        const by = frameAt(symbols, creator);
        frames.push(`by ${by.function} ${by.file}:${by.line}`);
      }
      return frames.join(' < ');
    });
    const read = Array.from(rows.stack, (stack, row) => ({
      id: rows.goroutineId![row],
      state: symbols.states[rows.state[row]!],
      minutes: rows.waitMinutes![row] === NO_MINUTES ? null : rows.waitMinutes![row],
      locked: (rows.flags![row]! & FLAG.lockedToThread) !== 0,
      stack: printedStacks[stack],
    }));
    expect(read).toEqual(parseNaively(text));
  });

  it('is the same each time it is made from one seed', () => {
    const args = ['--goroutines', '50', '--stacks', '5', '--seed', '9'];
    expect(generate(...args).text).toBe(generate(...args).text);
  });
});
