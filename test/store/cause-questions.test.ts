import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selectCauses, selectVerdictCauses } from '../../src/store/cause-selectors.ts';
import { selectGroupRows, selectShown } from '../../src/store/selectors.ts';
import type { DumpId } from '../../src/worker/protocol.ts';
import { benignCause, causesReply, leakCause, leakRule } from '../views/support/causes.ts';
import { groupVerdict, processVerdict, verdict } from '../views/verdict/verdicts.ts';
import { drop, groupsReply, openPage, type Page, type Row } from './harness.ts';

const A = 'f1/0' as DumpId;
const B = 'f2/0' as DumpId;
const C = 'f3/0' as DumpId;

const ROWS: readonly Row[] = [
  ['main.push', 40, 'chan send'],
  ['main.loop', 5, 'select'],
  ['net.read', 12, 'IO wait'],
];
const GROWING = groupVerdict({ key: 'key main.push', dumps: [0, 1], counts: [4, 40] });
const STUCK = groupVerdict({ key: 'key main.loop', call: 'stuck', dumps: [0, 1], counts: [5, 5] });
const VERDICT = verdict({
  level: 'exact',
  groups: [GROWING, STUCK],
  processes: [processVerdict({ dumps: [0, 1], totals: [10, 57] })],
});

let page: Page;
beforeEach(async () => {
  page = openPage();
  await drop(page, ['a', { ms: 100 }], ['b', { ms: 200 }]);
});
afterEach(() => page.dispose());

const asks = (method: Parameters<Page['client']['asksFor']>[0]) => page.client.asksFor(method);
const last = (method: Parameters<Page['client']['asksFor']>[0]) => asks(method).at(-1)!;

/** Answers what is open of a kind until nothing is. */
async function answerAll(method: Parameters<Page['client']['asksFor']>[0], value: unknown): Promise<void> {
  for (let answered = 0; answered < asks(method).length; answered++) await asks(method)[answered]!.answer(value);
}
const show = async () => {
  await answerAll('groups', groupsReply(...ROWS));
  await answerAll('verdict', VERDICT);
};

describe('causes of the groups on show', () => {
  test('wait for the verdict, and are told which groups rise and how many dumps were seen', async () => {
    await answerAll('groups', groupsReply(...ROWS));
    expect(asks('causes')).toHaveLength(0);
    await answerAll('verdict', VERDICT);
    expect(asks('causes').map(({ args }) => args)).toEqual([
      { dumpId: B, level: 'exact', rising: ['key main.push'], dumps: 2, proofs: [] },
    ]);
  });

  test('of a verdict at another level know of nothing that rises', async () => {
    await answerAll('groups', groupsReply(...ROWS));
    await answerAll('verdict', { ...VERDICT, level: 'package' });
    expect(last('causes').args).toMatchObject({ rising: [] });
  });

  test('are named all the same when the verdict fails, as those of a single dump', async () => {
    await answerAll('groups', groupsReply(...ROWS));
    for (let at = 0; at < asks('verdict').length; at++) await asks('verdict')[at]!.refuse('Too much.');
    expect(last('causes').args).toMatchObject({ dumpId: B, rising: [], dumps: 1 });
  });

  test('come with the texts of the rules that speak, each once', async () => {
    await show();
    await last('causes').answer(causesReply([leakCause(), leakCause({ brokenGuardOf: 'B10' }), null]));
    expect(last('rules').args).toEqual({ ids: ['L01', 'B10'] });
    expect(page.state().causes.status).toBe('asking');
    await last('rules').answer([leakRule()]);
    expect(selectCauses(page.state())?.rules).toEqual([leakRule()]);
  });

  test('that come late are dropped, and those of another dump never stand beside its rows', async () => {
    await show();
    const ofB = last('causes');
    page.actions.choose({ dumpId: A });
    await ofB.answer(causesReply([leakCause(), null, null]));
    await last('rules').answer([leakRule()]);
    await last('groups').answer(groupsReply(['main.other', 3]));
    expect(selectCauses(page.state())).toBeNull();
    expect(last('causes').args).toMatchObject({ dumpId: A });
    await last('causes').answer(causesReply([null]));
    expect(selectCauses(page.state())?.of.key).toEqual(['key main.other']);
  });

  test('that cannot be named say why', async () => {
    await show();
    await last('causes').refuse('There is not enough memory.');
    expect(page.state().causes).toMatchObject({ status: 'failed', error: 'There is not enough memory.' });
    expect(selectCauses(page.state())).toBeNull();
  });
});

describe('a leak profile', () => {
  test('that the verdict counts to the process of a dump is taken as proof there, and is no dump to compare with', async () => {
    await drop(page, ['leaks', { ms: 300 }]);
    page.actions.choose({ dumpId: B });
    await answerAll('groups', groupsReply(...ROWS));
    const process = processVerdict({ dumps: [0, 1, 2], judged: [0, 1], profiles: [2] });
    await answerAll('verdict', { ...VERDICT, processes: [process] });
    expect(last('causes').args).toMatchObject({ dumpId: B, dumps: 2, proofs: [C] });
    await last('causes').answer(causesReply([null, null, null]));
    page.actions.choose({ dumpId: C });
    await answerAll('groups', groupsReply(...ROWS));
    expect(last('causes').args).toMatchObject({ dumpId: C, proofs: [] });
  });

  test('of another process proves nothing', async () => {
    await drop(page, ['leaks', { ms: 300 }]);
    page.actions.choose({ dumpId: B });
    await answerAll('groups', groupsReply(...ROWS));
    const other = processVerdict({ dumps: [2], judged: [2], profiles: [2] });
    await answerAll('verdict', { ...VERDICT, processes: [processVerdict({ dumps: [0, 1] }), other] });
    expect(last('causes').args).toMatchObject({ dumpId: B, dumps: 2, proofs: [] });
  });
});

describe('causes of the verdict’s groups', () => {
  test('are asked about the dump in which they were counted last, with the rule of the first suspect', async () => {
    await show();
    expect(last('causesOf').args).toMatchObject({ dumpId: B, keys: ['key main.push', 'key main.loop'] });
    await last('causesOf').answer([benignCause(), leakCause({ ruleId: 'L33' })]);
    await last('rules').answer([leakRule({ id: 'L33' })]);
    expect(selectVerdictCauses(page.state())).toMatchObject({
      causes: [{ ruleId: 'B10' }, { ruleId: 'L33' }],
      leading: { at: 1, cause: { ruleId: 'L33' }, rule: { id: 'L33' } },
    });
  });

  test('are let go with the verdict they were of', async () => {
    await show();
    await last('causesOf').answer([leakCause(), null]);
    await last('rules').answer([leakRule()]);
    expect(selectVerdictCauses(page.state())?.leading?.at).toBe(0);
    page.actions.choose({ limit: 100 });
    await last('verdict').answer({ ...VERDICT, headline: ['Another.'] });
    expect(selectVerdictCauses(page.state())).toBeNull();
  });

  test('are not asked where nothing is alarming', async () => {
    await answerAll('groups', groupsReply(...ROWS));
    await answerAll('verdict', { ...VERDICT, groups: [{ ...GROWING, call: 'spike' }] });
    expect(asks('causesOf')).toHaveLength(0);
  });
});

describe('groups that are expected', () => {
  const names = () => [...selectGroupRows(page.state())].map((row) => ROWS[row]![0]);
  const withCauses = async (...causes: Parameters<typeof causesReply>[0]) => {
    await show();
    await last('causes').answer(causesReply(causes));
    await last('rules').answer([]);
  };

  test('are folded where something is suspect, and counted', async () => {
    await withCauses(leakCause(), null, benignCause());
    expect(names()).toEqual(['main.push', 'main.loop']);
    expect(selectShown(page.state())).toEqual({
      goroutines: 45,
      allGoroutines: 57,
      groups: 2,
      allGroups: 3,
      folded: { goroutines: 12, groups: 1 },
    });
  });

  test('are listed where nothing is suspect, unless somebody folds them', async () => {
    await withCauses(null, null, benignCause());
    expect(names()).toEqual(['main.push', 'net.read', 'main.loop']);
    page.actions.choose({ showExpected: false });
    expect(names()).toEqual(['main.push', 'main.loop']);
  });

  test('are found by a state, by a search, and when they are chosen', async () => {
    await withCauses(leakCause(), null, benignCause());
    page.actions.choose({ states: ['IO wait'] });
    expect(names()).toEqual(['net.read']);
    page.actions.choose({ states: [], search: 'net' });
    page.pass();
    await last('search').answer(Uint32Array.of(2));
    expect(names()).toEqual(['net.read']);
    page.actions.choose({ search: '' });
    expect(names()).toEqual(['main.push', 'main.loop']);
    page.actions.choose({ groupKey: 'key net.read' });
    expect(names()).toEqual(['main.push', 'net.read', 'main.loop']);
  });

  test('give way when only suspects are wanted, and so does what no rule knows', async () => {
    await withCauses(leakCause(), null, benignCause());
    page.actions.choose({ onlySuspects: true, showExpected: true });
    expect(names()).toEqual(['main.push']);
    // Whoever follows a number sees what it counts.
    page.actions.show({ kind: 'group', dump: 1, level: 'exact', key: 'key main.loop' });
    expect(page.state().view.onlySuspects).toBe(false);
    expect(names()).toContain('main.loop');
  });
});
