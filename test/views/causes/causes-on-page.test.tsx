import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { benignCause, benignRule, causesReply, leakCause, leakRule } from '../support/causes.ts';
import { groupDetail, groupTable } from '../support/groups.ts';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import type { Answers } from '../support/scripted-client.ts';
import { dumpId, dumpSummary } from '../support/summaries.ts';
import { groupVerdict, processVerdict, verdict } from '../verdict/verdicts.ts';

withLayout(1400, 800);

const TABLE = groupTable([
  ['main.push → chan send', 40, 'chan send'],
  ['http.(*conn).serve → IO wait', 12, 'IO wait'],
  ['main.loop → select', 3, 'select'],
]);
const KEY = 'key of main.push → chan send';
const RULES = [leakRule(), benignRule()];

const ANSWERS: Answers = {
  groups: () => ({ table: TABLE, previousCount: null }),
  group: ({ key }) => groupDetail({ key, name: key.replace('key of ', ''), count: 40 }),
  causes: () => causesReply([leakCause(), benignCause(), null]),
  causesOf: () => [leakCause()],
  rules: ({ ids }) => RULES.filter(({ id }) => ids.includes(id)),
  verdict: () =>
    verdict({
      level: 'exact',
      headline: [
        '40 of 55 are ',
        { text: 'main.push → chan send', show: { kind: 'group', dump: 0, level: 'exact', key: KEY } },
        '.',
      ],
      groups: [groupVerdict({ key: KEY, name: 'main.push → chan send', dumps: [0], counts: [40], call: 'suspicious' })],
      processes: [processVerdict({ dumps: [0], totals: [55] })],
    }),
};

async function openPage(answers: Answers = {}) {
  const app = renderApp({ ...ANSWERS, ...answers });
  await openDumps(app.client, [dumpSummary({ id: dumpId('now'), name: 'now.txt', goroutines: 55 })]);
  await screen.findByRole('grid', { name: 'Groups' });
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  return app;
}

const grid = () => screen.getByRole('grid', { name: 'Groups' });
const rowOf = (name: RegExp) => within(grid()).queryByRole('row', { name });
const shown = () => screen.getByRole('status', { name: 'Shown' });
const cause = () => screen.getByRole('region', { name: 'Cause' });

describe('the groups', () => {
  test('carry their cause; what is expected is folded into one counted line, and opens', async () => {
    const user = userEvent.setup();
    await openPage();
    expect(rowOf(/main\.push/)).toHaveTextContent('send that nobody receives · strong');
    expect(rowOf(/conn.*serve/)).toBeNull();
    expect(screen.getByText('12 goroutines in 1 group expected by 1 rule')).toBeVisible();
    expect(shown()).toHaveTextContent('43 of 55 goroutines shown, in 2 of 3 groups, 12 expected folded');
    const toggle = screen.getByRole('button', { name: 'show expected groups' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await user.click(toggle);
    expect(rowOf(/conn.*serve/)).toHaveTextContent('expected: wait for the next request on a kept connection');
    expect(shown()).toHaveTextContent('55 goroutines in 3 groups');
    await user.keyboard('h');
    expect(rowOf(/conn.*serve/)).toBeNull();
  });

  test('of an idle server are all listed, with the line that counts the expected ones', async () => {
    await openPage({ causes: () => causesReply([null, benignCause(), null]), causesOf: () => [null] });
    expect(rowOf(/conn.*serve/)).not.toBeNull();
    expect(screen.getByText('12 goroutines in 1 group expected by 1 rule')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Only suspects/ })).toBeNull();
  });

  test('can be cut down to the suspects, and Escape brings them back', async () => {
    const user = userEvent.setup();
    await openPage();
    const chip = screen.getByRole('button', { name: 'Only suspects 1' });
    await user.click(chip);
    expect(chip).toHaveAttribute('aria-pressed', 'true');
    expect(rowOf(/main\.push/)).not.toBeNull();
    expect(rowOf(/main\.loop/)).toBeNull();
    await user.keyboard('{Escape}');
    expect(rowOf(/main\.loop/)).not.toBeNull();
  });

  test('say what counts tell of goroutines that belong together', async () => {
    const pairs = ['io.Pipe: 3 goroutines write and none reads.'];
    await openPage({ causes: () => causesReply([leakCause(), null, null], { pairs }) });
    const list = screen.getByRole('list', { name: 'Goroutines that belong together', hidden: true });
    expect(list).toHaveTextContent('io.Pipe: 3 goroutines write and none reads.');
    expect(screen.getByText('1 note on goroutines that belong together')).toBeVisible();
  });

  test('say that the causes could not be named', async () => {
    await openPage({
      causes: () => {
        throw new Error('There is not enough memory.');
      },
    });
    expect(screen.getByRole('alert')).toHaveTextContent('The causes could not be named: There is not enough memory.');
    expect(rowOf(/main\.push/)).not.toBeNull();
  });
});

describe('the cause of the chosen group', () => {
  const choose = async (answers: Answers = {}) => {
    const user = userEvent.setup();
    const app = await openPage(answers);
    await act(async () => app.standstill.actions.choose({ groupKey: KEY }));
    await screen.findByRole('region', { name: 'Cause' });
    return user;
  };

  test('says why, what it means and what to check', async () => {
    await choose();
    expect(cause()).toHaveTextContent('Send that nobody receives');
    expect(cause()).toHaveTextContent('strong shape');
    expect(cause()).toHaveTextContent('Kind: a channel with nobody at its other end.');
    const texts = (name: string) =>
      within(within(cause()).getByRole('list', { name }))
        .getAllByRole('listitem')
        .map((item) => item.textContent);
    expect(texts('Why')).toEqual(leakCause().why);
    expect(texts('What to check')).toEqual(leakRule().check);
    expect(cause()).toHaveTextContent('It sends on a channel whose receiver has left.');
  });

  test('keeps its example closed until it is wanted', async () => {
    const user = await choose();
    const summary = within(cause()).getByText('Example: before and after');
    expect(summary.closest('details')).not.toHaveAttribute('open');
    await user.click(summary);
    expect(summary.closest('details')).toHaveAttribute('open');
    expect(within(cause()).getByRole('figure', { name: 'Before' })).toHaveTextContent('make(chan error)');
    expect(within(cause()).getByRole('figure', { name: 'After' })).toHaveTextContent('make(chan error, 1)');
  });

  test('names its sources; only addresses are links, and these tell nobody where they were followed', async () => {
    const user = await choose();
    await user.click(within(cause()).getByText('Sources'));
    expect(within(cause()).getByText('LeakProf (arXiv 2312.12002)').tagName).toBe('LI');
    const links = within(cause()).getAllByRole('link');
    expect(links).toHaveLength(1);
    expect(links[0]).toHaveAttribute('href', 'https://example.com/leaks');
    expect(links[0]?.getAttribute('rel')).toContain('noreferrer');
  });

  test('tells a broken guard from a shape of leak', async () => {
    const why = [
      'IO wait in net/http.(*conn).serve.',
      '5,000 in the whole dump; from 64 on they are too many for a pool.',
    ];
    await choose({ causes: () => causesReply([leakCause({ brokenGuardOf: 'B10', why }), null, null]) });
    expect(cause()).toHaveTextContent(
      'The stack of a kept connection of a server. Expected: up to 64 while they do not grow; in this group: 40.',
    );
    expect(cause()).toHaveTextContent('5,000 in the whole dump');
  });

  test('of an expected group has nothing to check', async () => {
    await choose({ causes: () => causesReply([benignCause(), leakCause(), null]) });
    expect(cause()).toHaveTextContent('Expected: kept connection of a server');
    expect(within(cause()).queryByRole('list', { name: 'What to check' })).toBeNull();
  });

  test('that no rule names is said of a group to look at, with the dump that would tell', async () => {
    await choose({
      causes: () => causesReply([null, null, null]),
      group: ({ key }) => groupDetail({ key, states: [['unknown', 40]] }),
    });
    expect(cause()).toHaveTextContent('No rule fits this stack. Its state is not printed');
  });

  test('is marked as suspected beside proven ones, with what a leak profile cannot see', async () => {
    await choose({ causes: () => causesReply([leakCause(), leakCause({ grade: 'proven' }), null]) });
    expect(within(cause()).getByText('suspected')).toBeVisible();
    expect(cause()).toHaveTextContent('It cannot see those that a global or a living goroutine still reaches');
    expect(rowOf(/main\.push/)).toHaveTextContent('suspected: send that nobody receives');
    expect(rowOf(/conn.*serve/)).toHaveTextContent('proven leaked: send that nobody receives');
  });
});

describe('the verdict', () => {
  const panel = () => screen.getByRole('region', { name: 'Verdict' });

  test('says what it looks like, and each group’s cause in a word', async () => {
    await openPage();
    expect(panel()).toHaveTextContent('Looks like: send that nobody receives (strong shape).');
    const [group] = within(screen.getByRole('list', { name: 'Groups to look at' })).getAllByRole('listitem');
    expect(within(group as HTMLElement).getByText('channel')).toHaveAttribute(
      'title',
      'send that nobody receives (strong shape)',
    );
  });

  test('names the group that it looks like where the headline is about another', async () => {
    const other = groupVerdict({ key: KEY, name: 'main.push → chan send', dumps: [0], counts: [40], mark: 'suspect' });
    await openPage({
      verdict: () =>
        verdict({
          level: 'exact',
          headline: [
            '12 of 55 are ',
            { text: 'http.(*conn).serve', show: { kind: 'group', dump: 0, level: 'exact', key: 'key of serve' } },
            '.',
          ],
          groups: [other],
          processes: [processVerdict({ dumps: [0], totals: [55] })],
        }),
    });
    expect(panel()).toHaveTextContent('main.push → chan send looks like: send that nobody receives (strong shape).');
  });

  test('leads from the likely cause to its group', async () => {
    const user = userEvent.setup();
    const { standstill } = await openPage();
    await user.click(within(panel()).getByRole('button', { name: 'send that nobody receives' }));
    expect(standstill.store.getState().view.groupKey).toBe(KEY);
  });

  test('asks the questions of the likely cause first in What to do', async () => {
    const user = userEvent.setup();
    await openPage();
    await user.keyboard('n');
    const dialog = screen.getByRole('dialog', { name: 'What to do' });
    const likely = within(dialog).getByRole('region', { name: 'Likely cause' });
    expect(likely).toHaveTextContent('Send that nobody receives at main.push → chan send');
    expect(likely).toHaveTextContent('Does the send respect ctx.Done?');
    const command = within(dialog).getByRole('list', { name: 'Commands' });
    expect(likely.compareDocumentPosition(command) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  test('claims nothing where no rule speaks', async () => {
    await openPage({ causesOf: () => [null] });
    expect(panel()).not.toHaveTextContent('Looks like');
  });
});
