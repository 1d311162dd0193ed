import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selectHasLocks } from '../../src/store/lock-questions.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { createScriptedClient } from '../support/in-process-client.ts';
import { goroutinePlace, lockReport, waitTarget } from '../views/support/locks.ts';
import { drop, file, found, groupsReply, openPage, type Page } from './harness.ts';

/** `f1` and `f2`; goroutines wait for locks in the second only. */
const A = 'f1/0' as DumpId;
const B = 'f2/0' as DumpId;

let page: Page;
beforeEach(async () => {
  page = openPage(createScriptedClient({ groups: () => groupsReply(['work', 3], ['loop', 2]) }));
  await drop(page, ['a', { ms: 100 }]);
  page.actions.addFiles([file('b')]);
  const read = page.client.reads[1]!;
  const reply = found(read.input.fileId, 'b', { ms: 200 });
  if (reply.kind !== 'read') throw new Error('no dump');
  await read.reply({ ...reply, dumps: reply.dumps.map((dump) => ({ ...dump, lockWaits: 3 })) });
});
afterEach(() => page.dispose());

const asksFor = (method: Parameters<Page['client']['asksFor']>[0]) => page.client.asksFor(method);
const last = (method: Parameters<Page['client']['asksFor']>[0]) => asksFor(method).at(-1)!;

const goroutines = [21, 22].map((id) => ({ row: id - 20, id, state: 'sync.Mutex.Lock' }));
async function openGroup(name: string, lockWaits: number): Promise<void> {
  page.actions.choose({ groupKey: `key ${name}` });
  await last('group').answer({ key: `key ${name}`, name, count: 2, lockWaits, goroutines });
}

describe('locks', () => {
  const report = (id: number) => lockReport({ targets: [waitTarget({ waiters: { ids: [id] } })] });

  test('are asked once their tab is open, then where the goroutines stand that are named', async () => {
    expect(selectHasLocks(page.state())).toBe(true);
    expect(asksFor('locks')).toEqual([]);
    page.actions.choose({ tab: 'locks' });
    expect(asksFor('locks').map(({ args }) => args)).toEqual([{ dumpId: B }]);
    expect(page.state().locks).toEqual({ status: 'asking', value: null, error: null });
    await last('locks').answer(report(21));
    expect(last('places').args).toEqual({ dumpId: B, level: 'exact', ids: [21] });
    await last('places').answer([goroutinePlace(21)]);
    expect(page.state().locks).toMatchObject({ status: 'ready', value: { dumpId: B, report: { waiting: 1 } } });
    expect(page.state().locks.value?.places.get(21)?.row).toBe(121);
    page.actions.choose({ tab: 'groups' });
    page.actions.choose({ tab: 'locks' });
    expect(asksFor('locks')).toHaveLength(1);
  });

  test('a late answer about another dump is dropped, and the old one does not stand in', async () => {
    page.actions.choose({ tab: 'locks' });
    page.actions.choose({ dumpId: A });
    await last('locks').answer(report(21));
    await last('places').answer([goroutinePlace(21)]);
    expect(page.state().locks).toEqual({ status: 'asking', value: null, error: null });
    expect(last('locks').args).toEqual({ dumpId: A });
    expect(selectHasLocks(page.state())).toBe(false);
  });

  test('are asked for a group that waits for one, and not for others', async () => {
    await openGroup('loop', 0);
    expect(asksFor('locks')).toEqual([]);
    await openGroup('work', 2);
    expect(asksFor('locks').map(({ args }) => args)).toEqual([{ dumpId: B }]);
  });

  test('that cannot be told say why', async () => {
    page.actions.choose({ tab: 'locks' });
    await last('locks').refuse('The file can no longer be read.');
    expect(page.state().locks).toEqual({ status: 'failed', value: null, error: 'The file can no longer be read.' });
  });
});

describe('lineage', () => {
  test('of a dump is asked once its tab is open, with the groups that its nodes lead to', async () => {
    expect(asksFor('lineage')).toEqual([]);
    page.actions.choose({ tab: 'lineage' });
    expect(last('lineage').args).toEqual({ dumpId: B });
    await last('lineage').answer({ by: 'ids', nodes: [] });
    expect(last('groups').args).toEqual({ dumpId: B, previousId: null, level: 'created-by' });
    expect(page.state().lineage).toMatchObject({ status: 'ready', value: { dumpId: B, tree: { by: 'ids' } } });
    expect(page.state().lineage.value?.groupKeys.get('main.start4')).toBe('key loop');
  });

  test('of the first goroutine of a group is asked when the group is there, then of the one whose text is open', async () => {
    page.actions.choose({ groupKey: 'key work' });
    expect(asksFor('goroutineLineage')).toEqual([]);
    await openGroup('work', 0);
    expect(last('goroutineLineage').args).toEqual({ dumpId: B, goroutineId: 21 });
    const lineage = { goroutineId: 21, chain: [{ id: 5 }], children: { ids: [30, 31] }, ancestors: [] };
    await last('goroutineLineage').answer(lineage);
    expect(last('places').args).toEqual({ dumpId: B, level: 'exact', ids: [5, 30, 31] });
    await last('places').answer([goroutinePlace(5)]);
    expect(page.state().family).toMatchObject({ status: 'ready', value: { lineage: { goroutineId: 21 } } });
    page.actions.showRawText(2);
    expect(last('goroutineLineage').args).toEqual({ dumpId: B, goroutineId: 22 });
    expect(page.state().family).toEqual({ status: 'asking', value: null, error: null });
    page.actions.choose({ groupKey: null });
    expect(page.state().family).toEqual({ status: 'none', value: null, error: null });
  });

  test('that cannot be told says why', async () => {
    page.actions.choose({ tab: 'lineage' });
    await last('lineage').refuse('There is not enough memory.');
    expect(page.state().lineage).toEqual({ status: 'failed', value: null, error: 'There is not enough memory.' });
  });
});
