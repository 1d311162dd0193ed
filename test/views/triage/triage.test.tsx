import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MarkTargets } from '../../../src/core/triage/marks.ts';
import { readRuleFile } from '../../../src/core/triage/read-rule-file.ts';
import type { RuleFileEntry, TriedRule } from '../../../src/store/state.ts';
import { RulesDialog } from '../../../src/views/triage/RulesDialog.tsx';
import { TeamRules } from '../../../src/views/triage/TeamRules.tsx';
import { leakRule } from '../support/causes.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import type { Answers } from '../support/scripted-client.ts';
import { dumpId, dumpSummary, fileId } from '../support/summaries.ts';

withLayout(1400, 800);

const targetsOf = (key: string): MarkTargets => ({
  targets: [
    {
      id: key.includes('work') ? 'w' : 'l',
      name: key.replace('key of ', ''),
      goroutines: 8,
      states: ['chan send'],
      frames: [key],
      createdBy: 'main.main',
    },
  ],
  total: 1,
});

const ANSWERS: Answers = {
  markTargets: ({ key }) => targetsOf(key),
  markedGroups: ({ marks }) => marks.map(({ frames, mark, id }) => ({ key: frames[0] ?? '', mark, markId: id })),
};

async function openPage(answers: Answers = {}) {
  const app = renderApp({ ...ANSWERS, ...answers });
  await openDumps(app.client, [dumpSummary({ id: dumpId('now'), name: 'now.txt', goroutines: 10 })]);
  await screen.findByRole('grid', { name: 'Groups' });
  return app;
}

const rowOf = (name: RegExp) => within(screen.getByRole('grid', { name: 'Groups' })).queryByRole('row', { name });
const triage = () => screen.findByRole('region', { name: 'Triage' });

describe('a group', () => {
  test('is marked by a button, with a note; the table shows it, and the same button takes it away', async () => {
    const user = userEvent.setup();
    const { standstill } = await openPage();
    await user.click(rowOf(/main\.work/)!);
    const suspect = within(await triage()).getByRole('button', { name: 'Suspect' });
    await vi.waitFor(() => expect(suspect).toBeEnabled());
    expect(suspect).toHaveAttribute('aria-pressed', 'false');
    await user.click(suspect);
    expect(suspect).toHaveAttribute('aria-pressed', 'true');
    await vi.waitFor(() => expect(rowOf(/main\.work/)).toHaveTextContent('! suspect'));
    expect(rowOf(/main\.loop/)).not.toHaveTextContent('suspect');
    await user.type(within(await triage()).getByRole('textbox', { name: 'Note' }), 'ask Ann');
    expect(standstill.store.getState().marks).toMatchObject([{ mark: 'suspect', note: 'ask Ann' }]);
    expect(rowOf(/main\.work/)!.querySelector('[title="Marked suspect: ask Ann"]')).not.toBeNull();
    await user.click(suspect);
    await vi.waitFor(() => expect(rowOf(/main\.work/)).not.toHaveTextContent('suspect'));
    expect(within(await triage()).queryByRole('textbox')).toBeNull();
  });

  test('goes round its marks by a key, which is listed', async () => {
    const user = userEvent.setup();
    const { standstill } = await openPage();
    await user.click(rowOf(/main\.work/)!);
    await vi.waitFor(() => expect(standstill.store.getState().markTargets.status).toBe('ready'));
    const marks: (string | undefined)[] = [];
    for (let press = 0; press < 4; press++) {
      await user.keyboard('m');
      marks.push(standstill.store.getState().marks[0]?.mark);
    }
    expect(marks).toEqual(['expected', 'suspect', 'done', undefined]);
    await user.keyboard('?');
    expect(screen.getByRole('dialog', { name: 'Keys' })).toHaveTextContent('Mark the chosen group');
  });

  test('of too many stacks says why it cannot be marked', async () => {
    const user = userEvent.setup();
    await openPage({ markTargets: ({ key }) => ({ ...targetsOf(key), total: 4200 }) });
    await user.click(rowOf(/main\.work/)!);
    expect(await screen.findByText(/holds 4,200 different stacks/)).toBeVisible();
    expect(within(await triage()).getByRole('button', { name: 'Done' })).toBeDisabled();
  });

  test('is filtered by its mark', async () => {
    const user = userEvent.setup();
    await openPage();
    expect(screen.queryByRole('group', { name: 'Marks to show' })).toBeNull();
    await user.click(rowOf(/main\.work/)!);
    const done = within(await triage()).getByRole('button', { name: 'Done' });
    await vi.waitFor(() => expect(done).toBeEnabled());
    await user.click(done);
    const chips = await screen.findByRole('group', { name: 'Marks to show' });
    await user.click(within(chips).getByRole('button', { name: /Unmarked 1/ }));
    // The chosen group stays, until its stack is closed.
    expect(rowOf(/main\.work/)).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await vi.waitFor(() => expect(rowOf(/main\.work/)).toBeNull());
    expect(rowOf(/main\.loop/)).not.toBeNull();
    await user.click(within(chips).getByRole('button', { name: /Unmarked 1/ }));
    await user.click(within(chips).getByRole('button', { name: /Done 1/ }));
    await vi.waitFor(() => expect(rowOf(/main\.loop/)).toBeNull());
    expect(rowOf(/main\.work/)).toHaveTextContent('✓ done');
  });

  test('filtered by marks that no group has is said to be so', async () => {
    const user = userEvent.setup();
    const { standstill } = await openPage();
    act(() => standstill.actions.choose({ marks: ['done', 'suspect'] }));
    expect(await screen.findByRole('heading', { name: 'No group matches' })).toBeVisible();
    expect(screen.getByText('Only groups that are marked done or suspect are listed.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await vi.waitFor(() => expect(rowOf(/main\.work/)).not.toBeNull());
  });
});

describe('the team rules', () => {
  const entry: RuleFileEntry = {
    fileId: fileId('f9'),
    name: 'standstill-rules.json',
    file: { rules: [leakRule()], marks: [] },
  };
  afterEach(() => vi.restoreAllMocks());

  test('are listed with their files, which can be removed', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver({ ruleFiles: [entry], ownRules: entry.file.rules }, <TeamRules />);
    expect(screen.getByRole('list', { name: 'Rule files' })).toHaveTextContent('standstill-rules.json 1 rule');
    expect(screen.getByText('In use: 1 rule.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Remove standstill-rules.json' }));
    expect(actions.removeRuleFile).toHaveBeenCalledWith(entry.fileId);
  });

  test('are saved under their name, as a file that can be read again', async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) blobs.push(blob);
      return 'blob:test';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    renderOver({ ownRules: entry.file.rules }, <TeamRules />);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Save team rules' }));
    expect(names).toEqual(['standstill-rules.json']);
    expect(readRuleFile(await blobs.at(-1)!.text())).toEqual({
      kind: 'file',
      file: { rules: entry.file.rules, marks: [] },
    });
  });

  test('cannot be saved before there are any', () => {
    renderOver({}, <TeamRules />);
    expect(screen.queryByRole('button', { name: 'Save team rules' })).toBeNull();
    expect(screen.getByText('Mark a group (m), write a rule, or drop a team rule file.')).toBeVisible();
  });
});

describe('the dialog of rules', () => {
  const summary = dumpSummary({ id: dumpId('now'), name: 'now.txt' });
  const dump = { summary, name: 'now.txt', takenAtMs: null, takenAtFrom: null };
  const tried: TriedRule = {
    rule: leakRule({ id: 'TEAM-1', title: 'publish without a receiver' }),
    trials: [
      {
        fits: { goroutines: 1296, groups: 2 },
        speaks: { goroutines: 1290, groups: 1 },
        key: 'k',
        why: ['chan send in main.publish.'],
      },
    ],
  };
  const ready = (over: object) => ({
    status: 'ready' as const,
    error: null,
    value: { dumpIds: [summary.id], problems: [], draft: null, own: [], found: [], ...over },
  });

  test('shows what each rule matches in each dump and why, and leads there', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(
      { dumps: [dump], rulesView: { search: '', draft: '' }, ruleTrials: ready({ own: [tried] }) },
      <RulesDialog />,
    );
    const matches = screen.getByRole('list', { name: 'Matches of TEAM-1' });
    expect(matches).toHaveTextContent(
      'now.txt: 1,296 goroutines in 2 groups, it speaks for 1,290 in 1 group. chan send in main.publish.',
    );
    await user.click(within(matches).getByRole('button'));
    expect(actions.showRules).toHaveBeenCalledWith(null);
    expect(actions.choose).toHaveBeenCalledWith(expect.objectContaining({ dumpId: summary.id, groupKey: 'k' }));
    await user.click(screen.getByRole('button', { name: 'Remove TEAM-1' }));
    expect(actions.removeRule).toHaveBeenCalledWith('TEAM-1');
  });

  test('says of each own rule where it stands, and of a shipped one that an own one stands in its place', () => {
    const inFile = { ...tried, rule: leakRule({ id: 'A-1' }) };
    const written = { ...tried, rule: leakRule({ id: 'L01' }) };
    const shipped = { ...tried, rule: leakRule({ id: 'L01', title: 'as shipped' }) };
    const other = { ...tried, rule: leakRule({ id: 'L02' }) };
    renderOver(
      {
        dumps: [dump],
        rulesView: { search: 'send', draft: '' },
        ownRules: [inFile.rule, written.rule],
        ruleFiles: [{ fileId: fileId('f1'), name: 'team.json', file: { rules: [inFile.rule], marks: [] } }],
        ruleTrials: ready({ own: [inFile, written], found: [shipped, other] }),
      },
      <RulesDialog />,
    );
    const texts = (name: string) =>
      within(screen.getByRole('region', { name }))
        .getAllByRole('button')
        .filter((button) => /^(Edit|Copy)/.test(button.textContent))
        .map((button) => button.parentElement?.textContent);
    expect(texts('Own rules')).toEqual([
      expect.stringMatching(/^A-1.*from team\.json/),
      expect.stringMatching(/^L01.*kept with this investigation/),
    ]);
    expect(texts('Shipped rules')).toEqual([
      expect.stringMatching(/^L01.*your own rule stands in its place/),
      expect.not.stringContaining('in its place'),
    ]);
  });

  test('counts the dumps in which a rule matches nothing instead of listing them', () => {
    const nothing = { ...tried.trials[0]!, key: null, fits: { goroutines: 0, groups: 0 }, why: [] };
    const [hit] = tried.trials;
    const names = ['a.txt', 'b.txt', 'c.txt'];
    const dumps = names.map((name) => ({ ...dump, name, summary: dumpSummary({ id: dumpId(name), name }) }));
    const rule = (id: string) => leakRule({ id });
    renderOver(
      {
        dumps,
        rulesView: { search: 'x', draft: '' },
        ruleTrials: ready({
          dumpIds: names.map((name) => dumpId(name)),
          found: [
            { rule: rule('ONE'), trials: [nothing, hit, nothing] },
            { rule: rule('NONE'), trials: [nothing, nothing, nothing] },
          ],
        }),
      },
      <RulesDialog />,
    );
    const lines = (id: string) =>
      within(screen.getByRole('list', { name: `Matches of ${id}` }))
        .getAllByRole('listitem')
        .map((item) => item.textContent);
    expect(lines('ONE')).toEqual([
      expect.stringMatching(/^b\.txt: 1,296 goroutines/),
      'Nothing matches in 2 other dumps.',
    ]);
    expect(lines('NONE')).toEqual(['Nothing matches in any of the 3 dumps.']);
  });

  test('says when there is no dump to try rules on', () => {
    renderOver(
      { rulesView: { search: '', draft: '' }, ruleTrials: ready({ dumpIds: [], own: [{ ...tried, trials: [] }] }) },
      <RulesDialog />,
    );
    expect(screen.getByText(/Once a dump is open each is tried on it/)).toBeVisible();
    expect(screen.getByRole('region', { name: 'Own rules' })).toHaveTextContent('TEAM-1');
    expect(screen.queryByRole('list', { name: 'Matches of TEAM-1' })).toBeNull();
  });

  test('tries what is written; only a tried rule can be kept', async () => {
    const user = userEvent.setup();
    const { actions, store } = renderOver(
      { dumps: [dump], rulesView: { search: '', draft: '' }, ruleTrials: ready({}) },
      <RulesDialog />,
    );
    const editor = screen.getByRole('textbox', { name: 'Rule as JSON' });
    fireEvent.change(editor, { target: { value: '{"id":7}' } });
    expect(screen.getByRole('button', { name: 'Keep as own rule' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Try it' }));
    expect(actions.showRules).toHaveBeenLastCalledWith({ draft: '{"id":7}' });
    const problem = 'rule.kind: found nothing, wanted one of leak, benign.';
    act(() =>
      store.setState({ rulesView: { search: '', draft: '{"id":7}' }, ruleTrials: ready({ problems: [problem] }) }),
    );
    expect(screen.getByRole('alert')).toHaveTextContent(problem);
    act(() => store.setState({ ruleTrials: ready({ draft: tried }) }));
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Keep as own rule' }));
    expect(actions.keepRule).toHaveBeenCalledWith(tried.rule);
    fireEvent.change(editor, { target: { value: '{' } });
    expect(screen.getByText('Changed since it was tried.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Keep as own rule' })).toBeDisabled();
  });

  test('searches the shipped rules, and copies one into the editor', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(
      { dumps: [dump], rulesView: { search: 'pub', draft: '' }, ruleTrials: ready({ found: [tried] }) },
      <RulesDialog />,
    );
    await user.type(screen.getByRole('searchbox', { name: 'Search the shipped rules' }), 'l');
    expect(actions.showRules).toHaveBeenLastCalledWith({ search: 'publ' });
    await user.click(screen.getByRole('button', { name: 'Copy to editor TEAM-1' }));
    const editor = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rule as JSON' });
    expect(JSON.parse(editor.value)).toEqual(tried.rule);
  });
});
