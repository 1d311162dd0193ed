import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { textsOf } from '../../src/core/group/text-column.ts';
import { createAnalyst } from '../../src/worker/analyst.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { dumpsOf, inputOf } from './dumps.ts';

const FULL = 'prog-newstates-go1.27/1-beforeleakprofile.debug2.txt';

/** Causes of the full dump at a level, by name of the group, with a leak profile beside it. */
async function causesBeside(profile: string) {
  const analyst = createAnalyst(workerPlatform);
  const hold = async (name: string, readId: number): Promise<DumpId> => {
    const input = inputOf(readFileSync(new URL(`../fixtures/corpus/${name}`, import.meta.url), 'utf8'), name, name);
    return analyst.deposit(readId, input, await dumpsOf(input))[0]!.id;
  };
  const dumpId = await hold(FULL, 1);
  const proof = await hold(profile, 2);
  const { table } = analyst.groups({ dumpId, previousId: null, level: 'functions' });
  const ask = (proofs: readonly DumpId[]) =>
    analyst.causes({ dumpId, level: 'functions', rising: [], dumps: 1, proofs }).causes;
  const byName = (causes: ReturnType<typeof ask>) =>
    new Map(textsOf(table.name).map((name, row) => [`${table.createdBy[row]} ${name}`, causes[row] ?? null]));
  return { alone: byName(ask([])), beside: byName(ask([proof])) };
}

describe('a leak profile beside a full dump', () => {
  test('proves the groups it holds, each with the cause that its stack tells', async () => {
    const { alone, beside } = await causesBeside('prog-newstates-go1.27/2-goroutineleak.debug1.txt');
    const nil = 'main.leaky main.leaky.func4 → chan receive (nil chan)';
    expect(alone.get(nil)?.grade).not.toBe('proven');
    expect(beside.get(nil)).toMatchObject({ kind: 'leak', ruleId: 'L09', grade: 'proven' });
    expect(beside.get(nil)?.why.join(' ')).toContain('20 goroutines are proven leaked');
    expect(beside.get('main.leaky main.leaky.func3 → sync.Mutex.Lock')?.grade).toBe('proven');
  });

  test('proves nothing of what still runs', async () => {
    const { alone, beside } = await causesBeside('prog-newstates-go1.27/2-goroutineleak.debug1.txt');
    const proven = [...beside].filter(([, cause]) => cause?.grade === 'proven').map(([name]) => name);
    expect(proven.length).toBeGreaterThan(0);
    expect(proven.every((name) => name.startsWith('main.leaky '))).toBe(true);
    const other = [...alone].filter(([name]) => !proven.includes(name));
    expect(other.length).toBeGreaterThan(10);
    for (const [name, cause] of other) expect(beside.get(name)).toEqual(cause);
  });

  test('leaves open whose they are where two groups look alike in it', async () => {
    const { beside } = await causesBeside('prog-newstates-go1.27/2-goroutineleak.debug1.txt');
    const waiters = [...beside].filter(([name]) => name.includes('sync.(*WaitGroup).Wait → sync.WaitGroup.Wait'));
    expect(waiters.length).toBe(2);
    expect(waiters.every(([, cause]) => cause?.grade !== 'proven')).toBe(true);
  });
});

describe('texts of rules', () => {
  const analyst = createAnalyst(workerPlatform);

  test('come in the order asked for; unknown ids are left out', () => {
    expect(analyst.rules({ ids: ['L43', 'nothing', 'L01'] }).map(({ id }) => id)).toEqual(['L43', 'L01']);
  });
});
