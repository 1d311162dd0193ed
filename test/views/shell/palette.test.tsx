import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { StandstillContext } from '../../../src/store/use-store.ts';
import { Intake } from '../../../src/views/intake/Intake.tsx';
import { KEYS } from '../../../src/views/shell/KeysDialog.tsx';
import { findActions, type PageAction } from '../../../src/views/shell/page-actions.ts';
import { usePageActions } from '../../../src/views/shell/use-page-actions.ts';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);

const summary = (word: string, goroutines: number) =>
  dumpSummary({ id: dumpId(word), name: `${word}.txt`, goroutines });

async function open() {
  const user = userEvent.setup();
  const page = renderApp();
  await openDumps(page.client, [summary('before', 4), summary('after', 10)]);
  await screen.findByRole('grid', { name: 'Groups' });
  return { user, ...page };
}

describe('the palette', () => {
  test('does what is typed, and gives the focus back', async () => {
    const { user, standstill } = await open();
    const search = screen.getByRole('combobox', { name: 'Search groups' });
    search.focus();
    await user.keyboard('{Control>}k{/Control}');
    const box = await screen.findByRole('combobox', { name: 'What to do' });
    await user.type(box, 'go comp');
    const options = within(screen.getByRole('listbox', { name: 'Actions' })).getAllByRole('option');
    expect(options[0]).toHaveTextContent('Go to Compare2');
    expect(options[0]).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(standstill.store.getState().view.tab).toBe('compare'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('goes to dumps and groups by name, and leaves out what cannot be done', async () => {
    const { user, standstill } = await open();
    await user.keyboard('{Control>}k{/Control}');
    const box = await screen.findByRole('combobox', { name: 'What to do' });
    const titles = () =>
      within(screen.getByRole('listbox', { name: 'Actions' }))
        .queryAllByRole('option')
        .map((option) => option.textContent);
    await user.type(box, 'lock');
    expect(titles().filter((title) => title?.startsWith('Go to'))).toEqual([]);
    await user.clear(box);
    await user.type(box, 'group loop');
    expect(titles()).toEqual(['Group main.loop → select']);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(standstill.store.getState().view.groupKey).toBe('key of main.loop → select'));
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: 'What to do' }), 'before.txt{Enter}');
    const chosen = () => {
      const { dumps, view } = standstill.store.getState();
      return dumps.find((dump) => dump.summary.id === view.dumpId)?.name;
    };
    await waitFor(() => expect(chosen()).toBe('before.txt'));
  });

  test('says when nothing is called so', async () => {
    const { user } = await open();
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: 'What to do' }), 'xyzzy');
    expect(screen.getByText('Nothing is called so.')).toBeVisible();
  });
});

test('the list of keys has the key of every action, each once', async () => {
  const { standstill } = await open();
  let actions: readonly PageAction[] = [];
  function Look() {
    actions = usePageActions({ onKeys: () => {}, onShare: () => {}, onSearch: () => {} });
    return null;
  }
  await act(async () => {
    render(
      <StandstillContext value={standstill}>
        <Intake>
          <Look />
        </Intake>
      </StandstillContext>,
    );
  });
  const keys = actions.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  const listed = KEYS.flatMap(([each]) => each);
  expect(keys.filter((key) => !listed.includes(key))).toEqual([]);
  expect(new Set(actions.map(({ title }) => title)).size).toBe(actions.length);
});

test.each([
  ['', ['Go to Compare', 'Open files', 'Group orders.(*Publisher).publish → chan send']],
  ['op', ['Open files']],
  ['publish', ['Group orders.(*Publisher).publish → chan send']],
  ['gr pub', ['Group orders.(*Publisher).publish → chan send']],
  ['mpar', ['Go to Compare']],
  ['zz', []],
])('%j finds %j', (text, titles) => {
  const actions = ['Go to Compare', 'Open files', 'Group orders.(*Publisher).publish → chan send', 'Hidden'].map(
    (title) => ({
      title,
      key: null,
      can: title !== 'Hidden',
      run: () => {},
    }),
  );
  expect(findActions(actions, text).map(({ title }) => title)).toEqual(titles);
});
