import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dump } from '../../../../src/core/model/dump.ts';
import { FLAG, NO_MINUTES } from '../../../../src/core/model/rows.ts';
import { frameAt, NO_FRAME, stackCount, stackFramesAt } from '../../../../src/core/model/symbols.ts';
import { TextReader } from '../../../../src/core/read/text/text-reader.ts';
import { type NaiveGoroutine, parseNaively } from '../../../support/naive-traceback.ts';
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

/** Every goroutine of a dump as the slow parser prints it. */
function printed({ rows, symbols }: Dump): NaiveGoroutine[] {
  const stacks = Array.from({ length: stackCount(symbols) }, (_, stack) => {
    const creator = symbols.stackCreator[stack]!;
    const frames = stackFramesAt(symbols, stack).map((frame) => `${frame.function} ${frame.file}:${frame.line}`);
    if (creator !== NO_FRAME) {
      const by = frameAt(symbols, creator);
      frames.push(`by ${by.function} ${by.file}:${by.line}`);
    }
    return frames.join(' < ');
  });
  return Array.from(rows.stack, (stack, row) => ({
    id: rows.goroutineId![row]!,
    state: symbols.states[rows.state[row]!]!,
    minutes: rows.waitMinutes![row] === NO_MINUTES ? null : rows.waitMinutes![row]!,
    locked: (rows.flags![row]! & FLAG.lockedToThread) !== 0,
    stack: stacks[stack]!,
  }));
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

    expect(printed(dump)).toEqual(parseNaively(text));
  });

  it('is the same each time it is made from one seed', () => {
    const args = ['--goroutines', '50', '--stacks', '5', '--seed', '9'];
    expect(generate(...args).text).toBe(generate(...args).text);
  });
});

describe('stacks of a few functions at random', () => {
  const name = fc.constantFrom(
    'main.f',
    'main.fg',
    'main.(*T).f',
    'main.(*T).f.func1',
    'main.(*T[...]).f',
    'main.Map[...]',
    'main.T.f-fm',
    'gopkg.in/x%2ev2.glob..func1',
    `long.example/${'deep/'.repeat(120)}f.F`,
  );
  const args = fc.constantFrom('()', '(...)', '(0xc000012345)', '(0x1?, {0xc0, 0x2})', '({{0x1, 0x2}, 0x3}, ...)');
  const offset = fc.constantFrom('', ' +0x1d', ' +0x1d3');
  // More lines and more callers than are looked at one after the other.
  const line = fc.integer({ min: 1, max: 40 });
  const frame = fc
    .tuple(name, args, line, offset)
    .map(([fn, given, at, by]) => `${fn}${given}\n\t/srv/f.go:${at}${given === '(...)' ? '' : by}\n`);
  const creatorName = fc.constantFrom(
    'main.main',
    'main.(*T).f',
    'main.Go[...].func1',
    'main.Run[struct { a int }].func1',
    'main.Run[struct { b int }].func1',
    `long.example/${'deep/'.repeat(120)}f.F`,
  );
  const inGoroutine = fc.constantFrom('', ' in goroutine 7', ' in goroutine 123456');
  const creator = fc.oneof(
    fc.constant(''),
    fc
      .tuple(creatorName, inGoroutine, line, offset)
      .map(([fn, by, at, plus]) => `created by ${fn}${by}\n\t/srv/m.go:${at}${plus}\n`),
  );
  const stack = fc.tuple(fc.array(frame, { minLength: 1, maxLength: 6 }), creator);

  it('are read as a slow parser sees them', () => {
    fc.assert(
      fc.property(
        fc.array(stack, { minLength: 1, maxLength: 120, size: 'max' }),
        fc.integer({ min: 1, max: 5000 }),
        (stacks, size) => {
          const text = stacks
            .map(([frames, by], i) => `goroutine ${i + 1} [select]:\n${frames.join('')}${by}`)
            .join('\n');
          const bytes = new TextEncoder().encode(text);
          const reader = new TextReader(readContext(), []);
          for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
          expect(printed(reader.finish({ cut: false }).dumps[0]!)).toEqual(parseNaively(text));
        },
      ),
      { numRuns: 60 },
    );
  });
});
