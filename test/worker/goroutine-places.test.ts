import { describe, expect, test } from 'vitest';
import { textAt } from '../../src/core/group/text-column.ts';
import { createAnalyst } from '../../src/worker/analyst.ts';
import type { ReadId } from '../../src/worker/messages.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import { countProfile, dumpsOf, goroutine, inputOf, traceback } from './dumps.ts';

async function open(text: string) {
  const analyst = createAnalyst(workerPlatform);
  const input = inputOf(text);
  const [summary] = analyst.deposit(1 as ReadId, input, await dumpsOf(input));
  if (summary === undefined) throw new Error('no dump');
  return { analyst, summary, dumpId: summary.id };
}

const DUMP = traceback([
  goroutine(40, 'sync.Mutex.Lock, 4 minutes', 'main.(*Cache).Put'),
  goroutine(1, 'running', 'main.main'),
  goroutine(12, 'sync.WaitGroup.Wait', 'main.run'),
]);

describe('places of goroutines', () => {
  test('give row, state, minutes and the group of the level, in order of id', async () => {
    const { analyst, dumpId } = await open(DUMP);
    const places = analyst.places({ dumpId, level: 'state', ids: [40, 12, 999] });
    const { table } = analyst.groups({ dumpId, previousId: null, level: 'state' });
    expect(places).toMatchObject([
      { id: 12, row: 2, state: 'sync.WaitGroup.Wait', waitMinutes: null },
      { id: 40, row: 0, state: 'sync.Mutex.Lock', waitMinutes: 4 },
    ]);
    for (const { groupKey, groupName, state } of places) {
      const at = table.key.indexOf(groupKey);
      expect([textAt(table.name, at), table.state[at]]).toEqual([groupName, state]);
    }
  });

  test('are none in a form without ids', async () => {
    const { analyst, dumpId } = await open(countProfile({ 'main.send': 4 }));
    expect(analyst.places({ dumpId, level: 'exact', ids: [1] })).toEqual([]);
  });

  test('a dump says how many of its goroutines wait for locks', async () => {
    expect((await open(DUMP)).summary.lockWaits).toBe(2);
    expect((await open(traceback([goroutine(1, 'select', 'main.main')]))).summary.lockWaits).toBe(0);
  });
});
