import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dump } from '../../../src/core/model/dump.ts';
import { FLAG, NO_MINUTES, NONE } from '../../../src/core/model/rows.ts';
import { stackCreatorAt, stackFramesAt } from '../../../src/core/model/symbols.ts';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { type CorpusFile, corpusFiles, hasSharedCorpus, NEEDS_SHARED } from '../../support/corpus.ts';
import { nodePlatform, sourceOf } from '../../support/platform.ts';

/** Dumps inside log wrappers are another form; here are the dumps as a program prints them. */
const plain = [...corpusFiles('debug2'), ...corpusFiles('crash')].filter(
  (file) => !file.name.startsWith('wrapped/') && file.expected.wrapped === undefined,
);

function tally(keys: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** The state as the expected records have it: with the flags that stand behind it in the header. */
function stateAsPrinted(dump: Dump, row: number): string {
  const flags = dump.rows.flags![row]!;
  const state = dump.symbols.states[dump.rows.state[row]!]!;
  const durable = (flags & FLAG.durable) !== 0 && !state.endsWith('(durable)');
  return [
    state,
    ...((flags & FLAG.leaked) !== 0 ? ['(leaked)'] : []),
    ...((flags & FLAG.scan) !== 0 ? ['(scan)'] : []),
    ...(durable ? ['(durable)'] : []),
  ].join(' ');
}

function agree(file: CorpusFile, dump: Dump): void {
  const { expected } = file;
  const { rows, symbols } = dump;
  const all = Array.from({ length: rows.length }, (_, row) => row);
  const flagged = (bit: number): number => all.filter((row) => (rows.flags![row]! & bit) !== 0).length;
  const stacks = tally(
    all.map((row) => JSON.stringify(stackFramesAt(symbols, rows.stack[row]!).map((frame) => frame.function))),
  );
  expect({
    goroutines: dump.goroutines,
    states: tally(all.map((row) => stateAsPrinted(dump, row))),
    waitMinutes: tally(
      all.map((row) => (rows.waitMinutes![row] === NO_MINUTES ? 'none' : `${rows.waitMinutes![row]}`)),
    ),
    createdBy: tally(all.map((row) => stackCreatorAt(symbols, rows.stack[row]!)?.function ?? '(none)')),
    lockedToThread: flagged(FLAG.lockedToThread),
    elided: flagged(FLAG.elided),
    withAncestors: flagged(FLAG.ancestors),
    distinctStacks: Object.keys(stacks).length,
    distinctIds: new Set(rows.goroutineId).size,
    goroutinesWithLabels: all.filter((row) => (rows.labels?.[row] ?? NONE) !== NONE).length,
    distinctLabelSets: symbols.labelSets.length,
  }).toEqual({
    goroutines: expected.goroutines,
    states: expected.states,
    waitMinutes: expected.waitMinutes,
    createdBy: expected.createdBy,
    lockedToThread: expected.lockedToThread,
    elided: expected.elided,
    withAncestors: expected.withAncestors,
    distinctStacks: expected.distinctStacks,
    distinctIds: expected.distinctIds,
    goroutinesWithLabels: expected.labels?.goroutinesWithLabels,
    distinctLabelSets: expected.labels?.distinctLabelSets,
  });
  for (const top of expected.topStacks ?? []) {
    expect([top.functions, stacks[JSON.stringify(top.functions)]]).toEqual([top.functions, top.count]);
  }
  expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
}

describe('tracebacks agree with what other tools counted', () => {
  it('has files to compare with', () => {
    expect(plain.length).toBeGreaterThan(60);
  });

  it.each(plain.map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    // Under a meaningless name: the content alone must decide.
    const outcome = await readDumps(sourceOf(readFileSync(file.path), { fileName: 'x' }), nodePlatform);
    if (outcome === 'cancelled') throw new Error('nobody cancelled');
    if (file.expected.goroutines === 0) {
      expect(outcome.dumps).toEqual([]);
      if (outcome.races.length === 0) expect(outcome.nothing).toMatch(/\S/);
      return;
    }
    expect(outcome.nothing).toBeNull();
    expect(outcome.dumps).toHaveLength(1);
    const dump = outcome.dumps[0]!;
    expect(dump.format).toBe('traceback');
    agree(file, dump);
  });

  it.skipIf(!hasSharedCorpus)(`other people's dumps are among them: ${NEEDS_SHARED}`, () => {
    expect(plain.filter((file) => file.name.startsWith('public/')).length).toBeGreaterThan(15);
  });
});
