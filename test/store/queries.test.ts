import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textAt, textsOf } from '../../src/core/group/text-column.ts';
import { selectGroupRows } from '../../src/store/selectors.ts';
import { MATRIX_GROUPS } from '../../src/store/state.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { drop, groupsReply, openPage, type Page, type Row, settled } from './harness.ts';

let page: Page;

beforeEach(async () => {
  page = openPage();
  await drop(page, ['a', { ms: 100 }], ['b', { ms: 200 }]);
});
afterEach(() => page.dispose());

const A = 'f1/0' as DumpId;
const B = 'f2/0' as DumpId;
const argsOf = (method: Parameters<Page['client']['asksFor']>[0]) => page.client.asksFor(method).map((ask) => ask.args);
const last = (method: Parameters<Page['client']['asksFor']>[0]) => page.client.asksFor(method).at(-1)!;
const rows = () => [...selectGroupRows(page.state())];

/** Answers the questions for groups until none is open: the first two were asked while files came in. */
async function showGroups(...groups: readonly Row[]): Promise<void> {
  let answered = 0;
  while (page.client.asksFor('groups').length > answered) {
    await page.client.asksFor('groups')[answered++]!.answer(groupsReply(...groups));
  }
}

describe('groups', () => {
  test('are asked for the dump on show, against the one before', async () => {
    await showGroups(['main.work', 5]);
    expect(argsOf('groups').at(-1)).toEqual({ dumpId: B, previousId: A, level: 'exact' });
    expect(page.state().groups).toMatchObject({ status: 'ready', value: { table: { goroutines: 5 } } });
  });

  test('of another level or dump are asked one at a time; a late answer is dropped, the newest question asked', async () => {
    await showGroups(['old', 1]);
    const before = page.client.asksFor('groups').length;
    page.actions.choose({ level: 'state' });
    page.actions.choose({ level: 'package' });
    page.actions.choose({ dumpId: A });
    expect(page.state().groups).toMatchObject({ status: 'asking', value: { table: { key: ['key old'] } } });
    expect(argsOf('groups').slice(before)).toEqual([{ dumpId: B, previousId: A, level: 'state' }]);
    await last('groups').answer(groupsReply(['late', 2]));
    expect(page.state().groups).toMatchObject({ status: 'asking', value: { table: { key: ['key old'] } } });
    expect(argsOf('groups').slice(before + 1)).toEqual([{ dumpId: A, previousId: null, level: 'package' }]);
    await last('groups').answer(groupsReply(['new', 3]));
    expect(page.state().groups).toMatchObject({ status: 'ready', value: { table: { key: ['key new'] } } });
  });

  test('are asked again when another dump becomes the one before', async () => {
    await showGroups(['x', 1]);
    page.actions.setTakenAt(A, 300);
    expect(last('groups').args).toEqual({ dumpId: B, previousId: null, level: 'exact' });
  });

  test('are not asked again for what does not matter to them', async () => {
    await showGroups(['x', 1]);
    const before = page.client.asks.length;
    page.actions.choose({ groupSort: { column: 'name', descending: false }, states: ['select'] });
    page.actions.renameDump(A, 'other name');
    page.actions.swapAB();
    expect(page.client.asks).toHaveLength(before);
  });

  test('that are refused keep the last answer and say why; another choice asks anew', async () => {
    await showGroups(['x', 1]);
    page.actions.choose({ level: 'state' });
    await last('groups').refuse('There is not enough memory.');
    expect(page.state().groups).toMatchObject({
      status: 'failed',
      error: 'There is not enough memory.',
      value: { table: { key: ['key x'] } },
    });
    page.actions.choose({ level: 'exact' });
    await last('groups').answer(groupsReply(['y', 1]));
    expect(page.state().groups).toMatchObject({ status: 'ready', error: null, value: { table: { key: ['key y'] } } });
  });

  test('of a dump that is removed while they are asked never show', async () => {
    await showGroups(['x', 1]);
    page.actions.choose({ dumpId: A });
    const asked = last('groups');
    page.actions.removeDump(A);
    await asked.answer(groupsReply(['removed', 1]));
    expect(page.state().groups).toMatchObject({ status: 'asking', value: { table: { key: ['key x'] } } });
    expect(last('groups').args).toEqual({ dumpId: B, previousId: null, level: 'exact' });
    page.actions.removeDump(B);
    expect(page.state().groups).toEqual({ status: 'none', value: null, error: null });
    await last('groups').answer(groupsReply(['removed', 1]));
    expect(page.state().groups).toEqual({ status: 'none', value: null, error: null });
  });
});

describe('the search', () => {
  beforeEach(() => showGroups(['main.work', 5], ['main.loop', 3], ['net.read', 1]));

  test('is asked once typing rests', async () => {
    for (const search of ['m', 'ma', 'main']) page.actions.choose({ search });
    expect(argsOf('search')).toEqual([]);
    expect(page.state().matches).toMatchObject({ status: 'asking', value: null });
    expect(rows()).toEqual([0, 1, 2]);
    page.pass();
    expect(argsOf('search')).toEqual([{ dumpId: B, level: 'exact', text: 'main' }]);
    await last('search').answer(Uint32Array.of(0, 1));
    expect(rows()).toEqual([0, 1]);
  });

  test('that changes while it is asked drops the late answer and keeps the rows on show', async () => {
    page.actions.choose({ search: 'main' });
    page.pass();
    await last('search').answer(Uint32Array.of(0, 1));
    page.actions.choose({ search: 'main w' });
    page.pass();
    const late = last('search');
    page.actions.choose({ search: 'main wo' });
    page.pass();
    expect(argsOf('search')).toHaveLength(2);
    expect(rows()).toEqual([0, 1]);
    await late.answer(Uint32Array.of(2));
    expect(rows()).toEqual([0, 1]);
    expect(last('search').args).toMatchObject({ text: 'main wo' });
    await last('search').answer(Uint32Array.of(0));
    expect(rows()).toEqual([0]);
    expect(page.state().matches.status).toBe('ready');
  });

  test('that is cleared shows everything at once; spaces are no search', async () => {
    page.actions.choose({ search: 'main' });
    page.pass();
    const late = last('search');
    page.actions.choose({ search: '  ' });
    expect(page.state().matches).toEqual({ status: 'none', value: null, error: null });
    await late.answer(Uint32Array.of(0));
    page.pass();
    expect(page.state().matches.status).toBe('none');
    expect(argsOf('search')).toHaveLength(1);
  });

  test('comes with the groups of another dump, so that its rows never point into the wrong table', async () => {
    page.actions.choose({ search: 'main' });
    page.pass();
    await last('search').answer(Uint32Array.of(0, 1));
    page.actions.choose({ dumpId: A });
    expect(argsOf('search').at(-1)).toEqual({ dumpId: A, level: 'exact', text: 'main' });
    await last('groups').answer(groupsReply(['net.read', 9], ['main.work', 1]));
    expect(textsOf(page.state().groups.value!.table.name)).toEqual(['main.work', 'main.loop', 'net.read']);
    const seen: string[][] = [];
    page.store.subscribe((state) => {
      seen.push([...selectGroupRows(state)].map((row) => textAt(state.groups.value!.table.name, row)));
    });
    await last('search').answer(Uint32Array.of(1));
    expect(seen.at(-1)).toEqual(['main.work']);
    expect(seen.every((shown) => shown.every((name) => name.startsWith('main')))).toBe(true);
  });

  test('that changes while another table is on its way is asked when that has come', async () => {
    page.actions.choose({ search: 'main' });
    page.pass();
    await last('search').answer(Uint32Array.of(0, 1));
    page.actions.choose({ dumpId: A });
    const first = last('search');
    page.actions.choose({ search: 'net' });
    page.pass();
    await first.answer(Uint32Array.of(1));
    await last('groups').answer(groupsReply(['net.read', 9], ['main.work', 1]));
    page.pass();
    expect(last('search').args).toEqual({ dumpId: A, level: 'exact', text: 'net' });
    await last('search').answer(Uint32Array.of(0));
    expect(rows()).toEqual([0]);
  });

  test('that is refused says why and shows everything', async () => {
    page.actions.choose({ search: 'main' });
    page.pass();
    await last('search').refuse('Memory.');
    expect(page.state().matches).toEqual({ status: 'failed', value: null, error: 'Memory.' });
    expect(rows()).toEqual([0, 1, 2]);
  });

  test('is cut when it is very long', () => {
    page.actions.choose({ search: 'x'.repeat(10_000) });
    expect(page.state().view.search).toHaveLength(1000);
  });
});

describe('the chosen group', () => {
  beforeEach(() => showGroups(['main.work', 5], ['main.loop', 3]));
  const detail = (key: string) => ({ key, name: key, count: 1, states: [], goroutines: [] });

  test('is asked for, its last answer stays while another is asked', async () => {
    page.actions.choose({ groupKey: 'key main.work' });
    expect(last('group').args).toEqual({
      dumpId: B,
      level: 'exact',
      key: 'key main.work',
      against: { id: A, isLater: true },
      fate: null,
    });
    await last('group').answer(detail('key main.work'));
    page.actions.choose({ groupKey: 'key main.loop' });
    expect(page.state().detail).toMatchObject({ status: 'asking', value: { key: 'key main.work' } });
    await last('group').answer(detail('key main.loop'));
    expect(page.state().detail).toMatchObject({ status: 'ready', value: { key: 'key main.loop' } });
    page.actions.choose({ groupKey: null });
    expect(page.state().detail).toEqual({ status: 'none', value: null, error: null });
  });

  test('is kept in another dump that has it and let go in one that has not', async () => {
    page.actions.choose({ groupKey: 'key main.work' });
    page.actions.choose({ dumpId: A });
    await last('groups').answer(groupsReply(['main.work', 2]));
    expect(page.state().view.groupKey).toBe('key main.work');
    page.actions.choose({ dumpId: B });
    await last('groups').answer(groupsReply(['main.other', 2]));
    expect(page.state().view.groupKey).toBeNull();
  });

  test('is kept when it was chosen together with a dump, even if only a comparison knows its key', async () => {
    page.actions.choose({ dumpId: A, groupKey: 'key of both' });
    await last('groups').answer(groupsReply(['main.other', 2]));
    expect(page.state().view.groupKey).toBe('key of both');
  });

  test('is let go with another level, unless one is chosen with it', () => {
    page.actions.choose({ groupKey: 'key main.work' });
    page.actions.choose({ level: 'state' });
    expect(page.state().view.groupKey).toBeNull();
    page.actions.choose({ level: 'exact', groupKey: 'key main.loop' });
    expect(page.state().view.groupKey).toBe('key main.loop');
  });

  test('gives the raw text of a row; another group forgets it', async () => {
    page.actions.choose({ groupKey: 'key main.work' });
    page.actions.showRawText(7);
    expect(last('rawText').args).toEqual({ dumpId: B, row: 7 });
    await last('rawText').answer({ text: 'goroutine 7', offset: 0, cut: false });
    expect(page.state().rawText).toMatchObject({ status: 'ready', row: 7, value: { text: 'goroutine 7' } });
    page.actions.showRawText(7);
    await last('rawText').answer({ text: 'again', offset: 0, cut: false });
    expect(page.state().rawText).toMatchObject({ status: 'ready', row: 7, value: { text: 'again' } });
    page.actions.choose({ groupKey: 'key main.loop' });
    expect(page.state().rawText).toEqual({ status: 'none', value: null, error: null, row: null });
  });

  test('raw text that comes late for another row is dropped', async () => {
    page.actions.showRawText(1);
    const late = last('rawText');
    page.actions.showRawText(2);
    await late.answer({ text: 'one', offset: 0, cut: false });
    expect(page.state().rawText).toMatchObject({ status: 'asking', row: 2, value: null });
    await last('rawText').answer({ text: 'two', offset: 9, cut: false });
    expect(page.state().rawText).toMatchObject({ status: 'ready', row: 2, value: { text: 'two' } });
    page.actions.showRawText(null);
    expect(page.state().rawText.status).toBe('none');
  });
});

describe('comparison and timeline', () => {
  test('are asked only while their tab is open', async () => {
    expect([argsOf('compare'), argsOf('series')]).toEqual([[], []]);
    page.actions.choose({ tab: 'compare' });
    expect(argsOf('compare')).toEqual([{ a: A, b: B, level: 'exact' }]);
    await last('compare').answer({ level: 'exact' });
    page.actions.choose({ tab: 'timeline' });
    expect(argsOf('series')).toMatchObject([{ dumps: [{ id: A }, { id: B }], level: 'exact', limit: MATRIX_GROUPS }]);
    page.actions.swapAB();
    page.actions.choose({ tab: 'compare' });
    expect(argsOf('compare').slice(1)).toEqual([{ a: B, b: A, level: 'exact' }]);
    expect(page.state().comparison).toMatchObject({ status: 'asking', value: { level: 'exact' } });
  });

  test('the comparison is none while one of its dumps is missing', () => {
    page.actions.choose({ tab: 'compare' });
    page.actions.removeDump(A);
    expect(page.state().comparison).toEqual({ status: 'none', value: null, error: null });
  });

  test('counts are not kept for another order of dumps, in which they would be wrong', async () => {
    page.actions.choose({ tab: 'timeline' });
    await last('series').answer({ level: 'exact', total: [1, 2], series: [], otherGroups: 0 });
    page.actions.choose({ level: 'state' });
    expect(page.state().series).toMatchObject({ status: 'asking', value: { total: [1, 2] } });
    await last('series').answer({ level: 'state', total: [1, 2], series: [], otherGroups: 0 });
    page.actions.setTakenAt(A, 900);
    expect(page.state().series).toMatchObject({ status: 'asking', value: null });
    expect(last('series').args).toMatchObject({ dumps: [{ id: B }, { id: A, takenAtMs: 900 }] });
  });
});

describe('a page that is closed', () => {
  test('hears no late answer', async () => {
    const late = last('groups');
    const before = page.state();
    page.dispose();
    await late.answer(groupsReply(['late', 1]));
    await settled();
    expect(page.state()).toBe(before);
  });
});
