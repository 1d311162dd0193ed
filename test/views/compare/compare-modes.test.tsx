import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../src/core/compare/comparison.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import type { AppState, ViewState } from '../../../src/store/state.ts';
import { CompareTab } from '../../../src/views/compare/CompareTab.tsx';
import { LevelSelect } from '../../../src/views/groups/LevelSelect.tsx';
import { OpenStackContext } from '../../../src/views/panel-context.ts';
import { comparisonOf, framePair, stackPair } from '../support/comparisons.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(800, 800);

const [a, b] = [dumpId('a'), dumpId('b')];
const dumps = [
  dumpEntry({ summary: dumpSummary({ id: a, name: 'before.txt', goroutines: 1204 }) }),
  dumpEntry({ summary: dumpSummary({ id: b, name: 'after.txt', goroutines: 8911 }) }),
];
const PUBLISH = 'main.publish → chan send';
const comparison = comparisonOf([
  { name: PUBLISH, before: 1203, after: 8702, fates: [1180, 10, 0, 7512, 23] },
  { name: 'main.fresh → select', before: 0, after: 209, fates: [0, 0, 0, 209, 0] },
  { name: 'main.done → IO wait', before: 1, after: 0, fates: [0, 0, 0, 0, 1] },
]);

function show(view: Partial<ViewState> = {}, over: Partial<AppState> = {}, answer: Comparison = comparison) {
  return renderOver(
    {
      dumps,
      view: { ...INITIAL_VIEW, tab: 'compare', a, b, dumpId: b, ...view },
      comparison: { status: 'ready', value: answer, error: null },
      ...over,
    },
    <OpenStackContext value={() => undefined}>
      <CompareTab />
    </OpenStackContext>,
  );
}

const rowsOf = (grid: HTMLElement) => within(grid).getAllByRole('row').slice(1);

describe('the changes', () => {
  test('say of each group how many are stuck, moved, were born and left', async () => {
    show();
    const [publish, fresh, done] = rowsOf(await screen.findByRole('grid', { name: 'Changes from A to B' }));
    expect(publish).toHaveTextContent(/1,180 stuck · 10 moved in7,512 born · 23 left/);
    expect(fresh).toHaveTextContent(/0 stuck209 born/);
    expect(fresh).not.toHaveTextContent('left');
    expect(done).toHaveTextContent(/0 stuck1 left/);
  });

  test('list the goroutines that a number counts, those that left in A', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    const [publish] = rowsOf(await screen.findByRole('grid', { name: 'Changes from A to B' }));
    await user.click(within(publish!).getByRole('button', { name: '1,180 stuck' }));
    await user.click(within(publish!).getByRole('button', { name: '23 left' }));
    // One call each: the click on the number is none on the row.
    expect(actions.choose.mock.calls.map(([change]) => change)).toEqual([
      { dumpId: b, groupKey: `key of ${PUBLISH}`, fate: 'stuck' },
      { dumpId: a, groupKey: `key of ${PUBLISH}`, fate: 'left' },
    ]);
  });

  test('are sorted by fate through the heads', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    await user.click(await screen.findByRole('button', { name: 'Born' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ changeSort: { column: 'born', descending: true } });
  });

  test('have no such columns where ids were not compared, and say why', async () => {
    const plain = comparisonOf([{ name: PUBLISH, before: 1204, after: 8911 }]);
    show({}, {}, plain);
    const grid = await screen.findByRole('grid', { name: 'Changes from A to B' });
    expect(within(grid).queryByRole('button', { name: 'Stuck' })).toBeNull();
    expect(grid).not.toHaveTextContent('stuck');
    expect(screen.getByText(/ids were not compared/)).toHaveTextContent(
      'unknown Goroutine ids were not compared. The pprof form prints no goroutine ids.',
    );
  });

  test('lead from the sums of all ids to the groups with most of them', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    const facts = await screen.findByText(/By goroutine id/);
    expect(facts).toHaveTextContent(
      'A 1,204 = 1,190 survived (1,180 stuck, 10 moved) + 24 left; B 8,911 = 1,190 survived + 7,721 born',
    );
    await user.click(within(facts).getByRole('button', { name: '7,721' }));
    expect(actions.choose).toHaveBeenLastCalledWith({
      changeSort: { column: 'born', descending: true },
      changeKinds: [],
      search: '',
      marks: [],
      groupKey: `key of ${PUBLISH}`,
      dumpId: b,
      fate: 'born',
    });
    await user.click(within(facts).getByRole('button', { name: '24' }));
    expect(actions.choose).toHaveBeenLastCalledWith(expect.objectContaining({ dumpId: a, fate: 'left' }));
  });

  test('can be narrowed to a kind from the totals', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    const totals = await screen.findByRole('status', { name: 'Totals' });
    expect(totals).toHaveTextContent('A 1,204 +209 new +7,499 grown \u22121 gone = B 8,911');
    await user.click(within(totals).getByRole('button', { name: '+209' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ changeKinds: ['added'], search: '', marks: [] });
  });
});

describe('the mode', () => {
  test('is chosen of three', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    const modes = screen.getByRole('group', { name: 'How to compare' });
    expect(within(modes).getByRole('radio', { name: 'Changes' })).toBeChecked();
    await user.click(within(modes).getByRole('radio', { name: 'Matrix' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ compareMode: 'matrix' });
  });
});

describe('side by side', () => {
  const pair = stackPair(`key of ${PUBLISH}`, [
    framePair('main.publish', 88, 91),
    framePair('main.retry', 0, 40),
    framePair('main.handle', 12, 12),
    framePair('main.old', 7, 0),
  ]);
  const chosen = { compareMode: 'sides', groupKey: `key of ${PUBLISH}` } as const;
  const answer = { stackPair: { status: 'ready', value: pair, error: null } } as const;

  test('every group is one row of both tables, marked where one lacks it', async () => {
    show({ compareMode: 'sides' });
    const [publish, fresh, done] = rowsOf(await screen.findByRole('grid', { name: 'A and B side by side' }));
    expect(publish).toHaveTextContent(
      /1,203.*main\.publish.*1,180 stuck · 23 left.*8,702\+7,499 grown.*main\.publish.*1,180 stuck · 10 moved in · 7,512 born/,
    );
    expect(fresh).toHaveTextContent(/–not in A209\+209 newmain\.fresh/);
    expect(done).toHaveTextContent(/1.*main\.done.*–.*gonenot in B/);
    expect(screen.getByTitle('before.txt')).toHaveTextContent('before.txt 1,204 goroutines in 2 groups');
    expect(screen.getByText(/Choose a group to see its two stacks/)).toBeVisible();
  });

  test('the fates of a side sum up to its count', async () => {
    show({ compareMode: 'sides' });
    const [publish] = rowsOf(await screen.findByRole('grid', { name: 'A and B side by side' }));
    const cells = within(publish!).getAllByRole('cell');
    const numbers = (cell: HTMLElement) =>
      within(cell)
        .getAllByRole('button')
        .reduce((sum, { textContent }) => sum + Number.parseInt((textContent ?? '').replace(',', ''), 10), 0);
    expect(numbers(cells[1]!)).toBe(1203);
    expect(numbers(cells[3]!)).toBe(8702);
  });

  test('the two stacks stand frame against frame, differences with sign and words', async () => {
    show(chosen, answer);
    const stacks = await screen.findByRole('region', { name: 'Stacks in A and B' });
    const [head, publish, retry, handle, old, creator] = within(stacks).getAllByRole('row');
    expect(head).toHaveTextContent(
      /before\.txt1,203 goroutines · chan send.*after\.txt8,702 goroutines · chan send · 12 more/,
    );
    expect(publish).toHaveTextContent('main.publishmain.go:88≠ line 88 → 91main.publishmain.go:91');
    expect(retry).toHaveTextContent(/^\+ only in Bmain\.retry/);
    expect(within(handle!).getAllByRole('cell')[1]).toBeEmptyDOMElement();
    expect(old).toHaveTextContent(/main\.oldmain\.go:7\u2212 only in A$/);
    expect(creator).toHaveTextContent('created bymain.serve');
  });

  test('a group that only one dump has is no difference of frames', async () => {
    show(chosen, {
      stackPair: {
        status: 'ready',
        value: { ...pair, a: null, frames: [framePair('main.publish', 0, 91)] },
        error: null,
      },
    });
    const stacks = await screen.findByRole('region', { name: 'Stacks in A and B' });
    expect(stacks).toHaveTextContent('not in A');
    expect(stacks).not.toHaveTextContent('only in');
  });

  test('one grid moves both tables by the keys', async () => {
    const user = userEvent.setup();
    const { actions } = show(chosen, answer);
    const grid = await screen.findByRole('grid', { name: 'A and B side by side' });
    grid.focus();
    await user.keyboard('{ArrowDown}');
    expect(actions.choose).toHaveBeenLastCalledWith({ dumpId: b, groupKey: 'key of main.fresh → select' });
    await user.keyboard('{End}');
    expect(actions.choose).toHaveBeenLastCalledWith({ dumpId: a, groupKey: 'key of main.done → IO wait' });
  });

  describe('where there is little room', () => {
    withLayout(390, 800);

    test('both counts stand around one name, and the stacks are one list', async () => {
      show(chosen, answer);
      const [publish, fresh] = rowsOf(await screen.findByRole('grid', { name: 'A and B side by side' }));
      expect(publish).toHaveTextContent(/1,203.*main\.publish → chan send.*8,702/);
      expect(fresh).toHaveTextContent('not in A');
      const list = screen.getByRole('list', { name: /The stacks of A and B/ });
      expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent('≠ line 88 → 91main.publish');
      expect(within(list).getAllByRole('listitem')[1]).toHaveTextContent('+ only in Bmain.retry');
    });
  });
});

describe('the level', () => {
  const why = 'Line numbers differ between the dumps, so groups are matched by functions.';
  const levelAdvice: AppState['levelAdvice'] = { status: 'ready', value: { level: 'functions', why }, error: null };

  test('says why it is the one that suits the dumps', () => {
    show({ level: 'functions' }, { levelAdvice });
    expect(screen.getByRole('note', { name: 'Level' })).toHaveTextContent(why);
    expect(screen.queryByRole('button', { name: /the level that suits the dumps/ })).toBeNull();
  });

  test('leads back to it when another one was chosen', async () => {
    const user = userEvent.setup();
    const { actions } = show({ level: 'place' }, { levelAdvice });
    const note = screen.getByRole('note', { name: 'Level' });
    expect(note).toHaveTextContent('Groups are made by waiting place, as you chose.');
    await user.click(within(note).getByRole('button', { name: 'Use Functions, the level that suits the dumps' }));
    expect(actions.useAdvisedLevel).toHaveBeenCalledOnce();
  });

  test('says so beside the choice on the other tabs, to open and to close', async () => {
    const user = userEvent.setup();
    renderOver({ view: { ...INITIAL_VIEW, level: 'functions' }, levelAdvice }, <LevelSelect />);
    const summary = screen.getByText(/^Why/);
    expect(summary).toHaveTextContent('Why functions?');
    expect(screen.getByText(why)).not.toBeVisible();
    await user.click(summary);
    expect(screen.getByText(why)).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.getByText(why)).not.toBeVisible();
  });

  test('has a short way back beside the choice on the other tabs', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver({ view: { ...INITIAL_VIEW, level: 'place' }, levelAdvice }, <LevelSelect />);
    await user.click(screen.getByRole('button', { name: 'Use Functions, the level that suits the dumps' }));
    expect(actions.useAdvisedLevel).toHaveBeenCalledOnce();
  });

  test('needs no words when it is the exact one', () => {
    show({}, { levelAdvice: { status: 'ready', value: { level: 'exact', why: '' }, error: null } });
    expect(screen.queryByRole('note', { name: 'Level' })).toBeNull();
  });
});
