import { beforeEach, describe, expect, test } from 'vitest';
import type { MarkTarget, MarkTargets } from '../../src/core/triage/marks.ts';
import type { RuleFile } from '../../src/core/triage/rule-file.ts';
import { selectChosenCause } from '../../src/store/cause-selectors.ts';
import { nextMark } from '../../src/store/triage.ts';
import { selectChosenMark, selectMarked, selectRuleFile } from '../../src/store/triage-selectors.ts';
import { settled } from '../support/in-process-client.ts';
import { benignCause, causesReply, leakCause } from '../views/support/causes.ts';
import { drop, file, groupsReply, openPage, type Page } from './harness.ts';

const target = (id: string, goroutines = 1): MarkTarget => ({
  id,
  name: `name of ${id}`,
  goroutines,
  states: ['select'],
  frames: [`main.${id}`],
  createdBy: 'main.main',
});
const SENT: MarkTargets = { targets: [target('send', 8), target('wait', 2)], total: 2 };
const rule = (id: string, title = id) =>
  ({
    id,
    kind: 'benign',
    title,
    states: ['select'],
    stacks: [{}],
    guard: { kind: 'per-processor' },
    otherwise: null,
    meaning: 'wait',
    sources: [],
  }) as const;

let page: Page;

beforeEach(async () => {
  page = openPage();
  await drop(page, ['a.txt']);
});

/** Drops a team rule file. */
async function dropRules(name: string, content: Partial<RuleFile>): Promise<void> {
  page.actions.addFiles([file(name)]);
  await page.client.reads.at(-1)!.reply({ kind: 'rules', file: { rules: [], marks: [], ...content } });
}

/** Chooses a group and lets the analyst say what marking it marks. */
async function chooseGroup(targets: MarkTargets): Promise<void> {
  page.actions.choose({ groupKey: targets.targets[0]!.id });
  await settled();
  await page.client.asksFor('markTargets').at(-1)!.answer(targets);
}

const marks = () => page.state().marks.map(({ id, mark, note }) => `${id} ${mark}${note === '' ? '' : ` “${note}”`}`);

describe('marks', () => {
  test('go to every part of the chosen group, with a note, and are taken away', async () => {
    await chooseGroup(SENT);
    page.actions.markGroup('expected');
    expect(marks()).toEqual(['send expected', 'wait expected']);
    page.actions.markGroup('expected', 'pool of 8');
    page.actions.markGroup('suspect');
    expect(marks()).toEqual(['send suspect “pool of 8”', 'wait suspect “pool of 8”']);
    expect(selectChosenMark(page.state())).toMatchObject({ mark: 'suspect', note: 'pool of 8', markedParts: 2 });
    page.actions.markGroup(null);
    expect(marks()).toEqual([]);
    expect(selectChosenMark(page.state())).toMatchObject({ mark: null, note: '' });
  });

  test('taken away leave their note for the next mark on the same group, unless it was emptied', async () => {
    await chooseGroup(SENT);
    page.actions.markGroup('done', 'ask Ann');
    page.actions.markGroup(null);
    await chooseGroup({ targets: [target('other')], total: 1 });
    page.actions.markGroup('done');
    expect(marks()).toEqual(['other done']);
    await chooseGroup(SENT);
    page.actions.markGroup('expected');
    expect(marks()).toEqual(['other done', 'send expected “ask Ann”', 'wait expected “ask Ann”']);
    page.actions.markGroup('expected', '');
    page.actions.markGroup(null);
    page.actions.markGroup('suspect');
    expect(marks()).toEqual(['other done', 'send suspect', 'wait suspect']);
  });

  test('do not go to a group that is not known yet, nor to more parts than are listed', async () => {
    page.actions.choose({ groupKey: 'send' });
    page.actions.markGroup('done');
    expect(marks()).toEqual([]);
    await settled();
    await page.client
      .asksFor('markTargets')
      .at(-1)!
      .answer({ ...SENT, total: 900 });
    page.actions.markGroup('done');
    expect(marks()).toEqual([]);
    expect(selectChosenMark(page.state())).toMatchObject({ tooMany: true });
  });

  test('stay when dumps are removed', async () => {
    await chooseGroup(SENT);
    page.actions.markGroup('done');
    page.actions.removeAll();
    expect(page.state().dumps).toEqual([]);
    expect(marks()).toEqual(['send done', 'wait done']);
  });

  test('are asked for in the dump on show, again with other marks, not with other notes', async () => {
    const asked = () => page.client.asksFor('markedGroups');
    await chooseGroup(SENT);
    expect(asked()).toEqual([]);
    page.actions.markGroup('done');
    await settled();
    expect(asked()).toHaveLength(1);
    expect(asked()[0]!.args).toMatchObject({
      dumpIds: [page.state().view.dumpId],
      marks: [{ id: 'send', mark: 'done' }, { id: 'wait' }],
    });
    await page.client
      .asksFor('markedGroups')
      .at(-1)!
      .answer([{ key: 'k', mark: 'done', markId: 'send' }]);
    expect(selectMarked(page.state()).get('k')?.mark).toBe('done');
    page.actions.markGroup('done', 'only a note');
    await settled();
    expect(asked()).toHaveLength(1);
    page.actions.markGroup('suspect');
    await settled();
    expect(asked()).toHaveLength(2);
  });

  test('go round by one key', () => {
    expect(
      [null, 'expected', 'suspect', 'done'].map((mark) => nextMark(mark as Parameters<typeof nextMark>[0])),
    ).toEqual(['expected', 'suspect', 'done', null]);
  });
});

describe('team rule files', () => {
  const mark = (id: string, kind: 'expected' | 'done', note = '') => {
    const { goroutines: _, ...pattern } = target(id);
    return { ...pattern, mark: kind, note };
  };

  test('are merged: the later one wins by id, and the page over both', async () => {
    await dropRules('one.json', {
      marks: [mark('send', 'expected', 'one'), mark('wait', 'expected')],
      rules: [rule('A')],
    });
    await dropRules('two.json', { marks: [mark('send', 'done', 'two')], rules: [rule('B'), rule('A', 'new')] });
    expect(marks()).toEqual(['send done “two”', 'wait expected']);
    expect(page.state().ownRules.map(({ id, title }) => `${id} ${title}`)).toEqual(['A new', 'B B']);
    page.actions.keepRule(rule('B', 'mine'));
    page.actions.removeRule('A');
    expect(page.state().ownRules.map(({ title }) => title)).toEqual(['mine']);
    expect(page.state().notices.map(({ text }) => text)).toContain('two.json is in use: 2 rules, 1 mark.');
  });

  test('without anything in them say so', async () => {
    await dropRules('none.json', {});
    expect(page.state().notices.map(({ text }) => text)).toContain(
      'none.json is a team rule file without rules or marks.',
    );
  });

  test('are listed, and removed with what they brought', async () => {
    await dropRules('one.json', { marks: [mark('send', 'expected')] });
    await dropRules('two.json', { marks: [mark('send', 'done')] });
    expect(page.state().ruleFiles.map(({ name }) => name)).toEqual(['one.json', 'two.json']);
    page.actions.removeRuleFile(page.state().ruleFiles[1]!.fileId);
    expect(marks()).toEqual(['send expected']);
    page.actions.removeRuleFile(page.state().ruleFiles[0]!.fileId);
    expect(marks()).toEqual([]);
    // It can be dropped again.
    await dropRules('one.json', { marks: [mark('send', 'expected')] });
    expect(marks()).toEqual(['send expected']);
  });

  test('stay when all dumps are removed', async () => {
    await dropRules('one.json', { rules: [rule('A')] });
    page.actions.removeAll();
    expect(page.state().ruleFiles).toHaveLength(1);
    expect(page.state().ownRules).toHaveLength(1);
  });

  test('that cannot be taken stand with the refused files', async () => {
    page.actions.addFiles([file('bad.json')]);
    await page.client.reads.at(-1)!.reply({ kind: 'rejected', why: 'rules[0].id: found 7' });
    expect(page.state().pending).toMatchObject([{ phase: 'rejected', name: 'bad.json', why: 'rules[0].id: found 7' }]);
    expect(page.state().ruleFiles).toEqual([]);
  });

  test('are known as the source of what their rules say, until the page lays its own word over them', async () => {
    await dropRules('one.json', { rules: [rule('A'), rule('B')] });
    await dropRules('two.json', { rules: [rule('A', 'new')] });
    const table = groupsReply(['main.run', 3], ['main.wait', 2]);
    const named = async () => {
      await page.client.asksFor('groups').at(-1)!.answer(table);
      for (const ask of page.client.asksFor('verdict')) await ask.refuse('no verdict');
      await settled();
      await page.client
        .asksFor('causes')
        .at(-1)!
        .answer(causesReply([benignCause({ ruleId: 'A' }), leakCause({ ruleId: 'L1', brokenGuardOf: 'B' })]));
      await page.client.asksFor('rules').at(-1)!.answer([]);
    };
    const sources = (groupKey: string) => {
      page.actions.choose({ groupKey });
      const state = page.state();
      return selectChosenCause(state)?.own.map((own) => [own.title, selectRuleFile(state, own)?.name]);
    };
    await named();
    expect(sources('key main.run')).toEqual([['new', 'two.json']]);
    expect(sources('key main.wait')).toEqual([['B', 'one.json']]);
    page.actions.keepRule(rule('B', 'mine'));
    // Until new causes come, those on show are of the rules they were named with.
    expect(sources('key main.wait')).toEqual([['B', 'one.json']]);
    await settled();
    await named();
    expect(sources('key main.wait')).toEqual([['mine', undefined]]);
    page.actions.removeRule('B');
    await settled();
    await named();
    expect(sources('key main.wait')).toEqual([]);
  });

  test('put their rules before the shipped ones when causes are asked for', async () => {
    await dropRules('one.json', { rules: [rule('A')] });
    await page.client
      .asksFor('groups')
      .at(-1)!
      .answer(groupsReply(['main.run', 3]));
    await page.client.asksFor('verdict').at(-1)!.refuse('no verdict');
    await settled();
    expect(page.client.asksFor('causes').at(-1)!.args).toMatchObject({ ownRules: [{ id: 'A' }] });
  });
});
