import { afterEach, beforeEach, expect, test } from 'vitest';
import { dumpsBeside } from '../../src/store/instance-questions.ts';
import type { AnalystMethods } from '../../src/worker/protocol.ts';
import { createScriptedClient } from '../support/in-process-client.ts';
import { drop, groupsReply, nameOf, openPage, type Page } from './harness.ts';

let page: Page;
beforeEach(async () => {
  page = openPage(createScriptedClient({ groups: () => groupsReply(['work', 3], ['loop', 2]) }));
  await drop(
    page,
    ['x1', { ms: 100, instance: 'x', goroutines: [10] }],
    ['y1', { ms: 130, instance: 'y', goroutines: [20] }],
    ['x2', { ms: 400, instance: 'x', goroutines: [30] }],
    ['y2', { ms: 410, instance: 'y', goroutines: [40] }],
    ['z', { ms: null, instance: 'z', goroutines: [5] }],
    ['nobody', { ms: 90, goroutines: [7] }],
  );
});
afterEach(() => page.dispose());

const idOf = (name: string) => page.state().dumps.find((dump) => dump.name === name)!.summary.id;
const beside = (name: string) =>
  dumpsBeside(page.state().dumps, idOf(name))
    .map((dump) => dump.name)
    .sort();
const found = () =>
  page.state().instances.value?.map(({ instance, dumpId, goroutines }) => [instance, nameOf(page, dumpId), goroutines]);
const asks = () =>
  page.client
    .asksFor('countFound')
    .map(({ args, answer }) => ({ answer, args: args as Parameters<AnalystMethods['countFound']>[0] }));
const asked = () => asks().map(({ args }) => [nameOf(page, args.dumpId), args.text, args.keys]);

test('of each instance the dump on show or the one nearest to it', () => {
  expect(beside('x1')).toEqual(['x1', 'y1', 'z']);
  expect(beside('y2')).toEqual(['x2', 'y2', 'z']);
  expect(beside('nobody')).toEqual(['x1', 'y1', 'z']);
  // Nothing is near to a dump without a time: the last ones.
  expect(beside('z')).toEqual(['x2', 'y2', 'z']);
});

test('are counted once facets are looked at: without a search all goroutines, else what it finds in each', async () => {
  page.actions.choose({ dumpId: idOf('y2') });
  expect(page.state().instances.status).toBe('none');
  page.actions.wantFacets();
  await Promise.resolve();
  expect(found()).toEqual([
    ['y', 'y2', 40],
    ['x', 'x2', 30],
    ['z', 'z', 5],
  ]);
  expect(asked()).toEqual([]);

  page.actions.choose({ search: 'cause:any' });
  page.pass();
  expect(asked()).toEqual([]);
  await page.client.asksFor('search').at(-1)!.answer(Uint32Array.of(1));
  const counts: Readonly<Record<string, number>> = { x2: 1, y2: 2, z: 3 };
  for (let at = 0; at < 3; at++) {
    const ask = asks()[at]!;
    await ask.answer(counts[nameOf(page, ask.args.dumpId)!]!);
  }
  expect(asked()).toEqual(['x2', 'y2', 'z'].map((name) => [name, 'cause:any', ['key loop']]));
  expect(found()).toEqual([
    ['z', 'z', 3],
    ['y', 'y2', 2],
    ['x', 'x2', 1],
  ]);
  // A query that is wrong changes nothing.
  page.actions.choose({ search: 'cause:any (or' });
  page.pass();
  expect(asked()).toHaveLength(3);
  expect(found()).toHaveLength(3);
});

test('a single instance is none to tell apart', () => {
  page.actions.wantFacets();
  for (const name of ['y1', 'y2', 'z']) page.actions.removeDump(idOf(name));
  expect(page.state().instances).toEqual({ status: 'none', value: null, error: null });
});
