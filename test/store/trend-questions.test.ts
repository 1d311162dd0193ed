import { beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/core/trend/verdict.ts';
import { comparedWith } from '../../src/store/queries.ts';
import { viewOf } from '../../src/store/show.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { file, found, groupsReply, openPage, type Page } from './harness.ts';

const A = 'f1/0' as DumpId;
const B = 'f2/0' as DumpId;
let page: Page;

const last = (method: Parameters<Page['client']['asksFor']>[0]) => page.client.asksFor(method).at(-1)!;

/** As much of a verdict as the store looks at. */
const verdict = (call: string) => ({ call, groups: [], processes: [] }) as unknown as Verdict;

beforeEach(async () => {
  page = openPage();
  page.actions.addFiles([file('a.txt'), file('b.txt')]);
  await page.client.reads[0]!.reply(found('f1', 'a.txt', { ms: 1000, goroutines: [10] }));
  await page.client.reads[1]!.reply(found('f2', 'b.txt', { ms: 2000, goroutines: [90] }));
  // Asked about the first dump alone; that answer is late now.
  await last('verdict').answer(verdict('late'));
});

describe('the verdict', () => {
  test('is asked about all dumps with their times and phases, whatever tab is open', () => {
    expect(last('verdict').args).toEqual({
      dumps: [
        { id: A, name: 'a.txt', takenAtMs: 1000, phase: null },
        { id: B, name: 'b.txt', takenAtMs: 2000, phase: null },
      ],
      curves: [],
      level: 'exact',
      limit: null,
    });
  });

  test('is asked anew when a group is marked, with the mark, and not when its note changes', async () => {
    await last('verdict').answer(verdict('growing'));
    await last('groups').answer(groupsReply(['main.push', 90, 'chan send']));
    page.actions.choose({ groupKey: 'key main.push' });
    const target = {
      id: 'key main.push',
      name: 'main.push',
      goroutines: 90,
      states: ['chan send'],
      frames: ['main.push'],
    };
    await last('markTargets').answer({ targets: [{ ...target, createdBy: 'main.main' }], total: 1 });
    page.actions.markGroup('expected');
    expect(last('verdict').args).toMatchObject({ marks: [{ id: 'key main.push', mark: 'expected' }] });
    await last('verdict').answer(verdict('steady'));
    const asked = page.client.asksFor('verdict').length;
    page.actions.markGroup('expected', 'one for each order');
    expect(page.client.asksFor('verdict')).toHaveLength(asked);
    page.actions.markGroup(null);
    expect(last('verdict').args).not.toHaveProperty('marks');
  });

  test('is asked anew for a phase, a limit, a time and a level, and late answers are dropped', async () => {
    const first = last('verdict');
    page.actions.markPhase([B], 'after');
    // One question is under way at a time; its answer is for what was before.
    await first.answer(verdict('steady'));
    expect(page.state().verdict.value).toBeNull();
    expect(last('verdict').args).toMatchObject({ dumps: [{ phase: null }, { id: B, phase: 'after' }] });
    await last('verdict').answer(verdict('raised'));
    expect(page.state().verdict).toMatchObject({
      status: 'ready',
      value: { verdict: { call: 'raised' }, dumpIds: [A, B] },
    });
    for (const [change, want] of [
      [() => page.actions.choose({ limit: 500 }), { limit: 500 }],
      [() => page.actions.setTakenAt(A, 500), { dumps: [{ takenAtMs: 500 }, {}] }],
      [() => page.actions.choose({ level: 'place' }), { level: 'place' }],
    ] as const) {
      change();
      expect(last('verdict').args).toMatchObject(want);
      expect(page.state().verdict).toMatchObject({ status: 'asking', value: { verdict: { call: 'raised' } } });
      await last('verdict').answer(verdict('raised'));
    }
  });

  test('that fails leaves the last one and says why', async () => {
    await last('verdict').answer(verdict('raised'));
    page.actions.choose({ limit: 7 });
    await last('verdict').refuse('no memory');
    expect(page.state().verdict).toMatchObject({
      status: 'failed',
      error: 'no memory',
      value: { verdict: { call: 'raised' } },
    });
  });

  test('is none without dumps and counts', async () => {
    await last('verdict').answer(verdict('raised'));
    page.actions.removeAll();
    expect(page.state().verdict).toEqual({ status: 'none', value: null, error: null });
  });

  test('with many dumps waits until the last file is read', async () => {
    page.actions.addFiles(Array.from({ length: 9 }, (_, at) => file(`more-${at}.txt`)));
    const asked = () => page.client.asksFor('verdict').length;
    await last('verdict').answer(verdict('steady'));
    for (let at = 0; at < 9; at++) {
      await page.client.reads[2 + at]!.reply(found(`f${3 + at}`, `more-${at}.txt`, { ms: 3000 + at }));
      if (page.state().verdict.status === 'asking') await last('verdict').answer(verdict('steady'));
      if (at === 7) {
        const before = asked();
        expect(page.state().dumps).toHaveLength(10);
        page.actions.choose({ limit: 5 });
        expect(asked()).toBe(before);
      }
    }
    expect((last('verdict').args as { dumps: unknown[] }).dumps).toHaveLength(11);
  });
});

describe('the level that suits the dumps', () => {
  test('is taken, unless the user chose one', async () => {
    expect(last('levelAdvice').args).toEqual({ dumpIds: [A, B] });
    await last('levelAdvice').answer({ level: 'functions', why: 'Line numbers differ.' });
    expect(page.state().view.level).toBe('functions');
    page.actions.choose({ level: 'place' });
    page.actions.addFiles([file('c.txt')]);
    await page.client.reads[2]!.reply(found('f3', 'c.txt', { ms: 3000 }));
    await last('levelAdvice').answer({ level: 'functions', why: 'Line numbers differ.' });
    expect(page.state().view.level).toBe('place');
    page.actions.useAdvisedLevel();
    expect(page.state().view).toMatchObject({ level: 'functions', groupKey: null });
  });
});

describe('what a number of the verdict shows', () => {
  test.each([
    [{ kind: 'timeline' }, { tab: 'timeline' }],
    [{ kind: 'instances' }, { tab: 'instances' }],
    [
      { kind: 'dump', dump: 1 },
      { tab: 'groups', dumpId: B, groupKey: null },
    ],
    [
      { kind: 'group', dump: 0, level: 'place', key: 'k' },
      { tab: 'groups', dumpId: A, level: 'place', groupKey: 'k' },
    ],
    [
      { kind: 'changes', a: 0, b: 1, level: 'place', key: 'k', kinds: [], fate: 'left' },
      { tab: 'compare', a: A, b: B, dumpId: A, groupKey: 'k', fate: 'left', compareMode: 'changes' },
    ],
    [
      { kind: 'changes', a: 0, b: 1, level: 'place', key: 'k', kinds: [], fate: 'born' },
      { dumpId: B, fate: 'born' },
    ],
    [{ kind: 'dump', dump: 7 }, null],
  ] as const)('%j', (show, want) => {
    const view = viewOf(show, [A, B]);
    if (want === null) expect(view).toBeNull();
    else expect(view).toMatchObject(want);
  });

  test('is shown by the action, and nothing happens before there is a verdict', async () => {
    page.actions.show({ kind: 'dump', dump: 0 });
    expect(page.state().view.dumpId).not.toBe(A);
    await last('verdict').answer(verdict('raised'));
    page.actions.show({ kind: 'dump', dump: 0 });
    expect(page.state().view).toMatchObject({ tab: 'groups', dumpId: A });
  });
});

test('marks of dumps that are gone are forgotten', () => {
  page.actions.markPhase([A, B], 'load');
  page.actions.markPhase([B], 'after');
  expect(page.state().view.phases).toEqual([
    [A, 'load'],
    [B, 'after'],
  ]);
  page.actions.removeDump(A);
  expect(page.state().view.phases).toEqual([[B, 'after']]);
  page.actions.markPhase([B], null);
  expect(page.state().view.phases).toEqual([]);
});

test('goroutines are set against the other of A and B on the Compare tab, else against the dump before', () => {
  page.actions.choose({ dumpId: B });
  expect(comparedWith(page.state())).toEqual({ id: A, isLater: true });
  page.actions.choose({ tab: 'compare', a: A, b: B, dumpId: A });
  expect(comparedWith(page.state())).toEqual({ id: B, isLater: false });
  page.actions.choose({ tab: 'groups', dumpId: A });
  expect(comparedWith(page.state())).toBeNull();
});

test('stacks are paired, births dated and goroutines listed only for a chosen group', async () => {
  expect([page.client.asksFor('births'), page.client.asksFor('stackPair')]).toEqual([[], []]);
  page.actions.choose({ tab: 'compare', a: A, b: B, dumpId: B, groupKey: 'k' });
  expect(last('stackPair').args).toEqual({ a: A, b: B, level: 'exact', key: 'k' });
  expect(last('births').args).toMatchObject({ dumpId: B, level: 'exact', key: 'k', dumps: [{ id: A }, { id: B }] });
  page.actions.choose({ fate: 'stuck' });
  expect(page.state().view.fate).toBe('stuck');
  page.actions.choose({ groupKey: 'other' });
  expect(page.state().view.fate).toBeNull();
});
