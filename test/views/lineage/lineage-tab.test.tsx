import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { LineageTree } from '../../../src/core/causes/lineage/lineage.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import { LineageTab } from '../../../src/views/lineage/LineageTab.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { lineageTree } from '../support/lineage.ts';
import { dumpEntry, dumpId } from '../support/summaries.ts';

const TREE = lineageTree([
  ['main.main', -1, 1, 100],
  ['main.serve', 0, 2, 90],
  ['main.work', 1, 80, 80],
  ['main.log', 1, 8, 8],
  ['main.tick', 0, 9, 9],
]);

function show(tree: LineageTree = TREE) {
  return renderOver(
    {
      dumps: [dumpEntry()],
      view: { ...INITIAL_VIEW, tab: 'lineage', dumpId: dumpId('d0') },
      lineage: {
        status: 'ready',
        value: { dumpId: dumpId('d0'), tree, groupKeys: new Map([['main.serve', 'key of main.serve']]) },
        error: null,
      },
    },
    <LineageTab />,
  );
}
const grid = () => screen.getByRole('treegrid', { name: 'Creators' });
const rows = () => within(grid()).getAllByRole('row').slice(1);
const names = () => rows().map((row) => /main\.\w+?(?=by|nobody)/.exec(row.textContent ?? '')?.[0]);
const chosen = () => within(grid()).getByRole('row', { selected: true });

describe('the tree of creators', () => {
  test('has a level, a place and both counts for each kind', () => {
    show();
    expect(names()).toEqual(['main.main', 'main.serve', 'main.work', 'main.log', 'main.tick']);
    const work = rows()[2] as HTMLElement;
    expect(work).toHaveAttribute('aria-level', '3');
    expect(work).toHaveAttribute('aria-posinset', '1');
    expect(work).toHaveAttribute('aria-setsize', '2');
    expect(work).not.toHaveAttribute('aria-expanded');
    expect(work).toHaveTextContent('main.workby main.serve8080 80.0 %select');
    expect(rows()[0]).toHaveAttribute('aria-expanded', 'true');
    expect(rows()[0]).toHaveTextContent('nobody created it');
  });

  test('is walked, opened and closed by arrow keys', async () => {
    const user = userEvent.setup();
    show();
    await user.tab();
    expect(grid()).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(chosen()).toHaveTextContent('main.serve');
    expect(grid()).toHaveAttribute('aria-activedescendant', chosen().id);
    await user.keyboard('{ArrowLeft}');
    expect(names()).toEqual(['main.main', 'main.serve', 'main.tick']);
    expect(chosen()).toHaveAttribute('aria-expanded', 'false');
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(chosen()).toHaveTextContent('main.log');
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(names()).toEqual(['main.main']);
    expect(chosen()).toHaveTextContent('main.main');
  });

  test('Enter and a count show what the creating function created', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    await user.tab();
    await user.keyboard('{End}{ArrowUp}{Enter}');
    const group = { tab: 'groups', level: 'created-by', groupKey: 'key of main.serve', search: '' };
    expect(actions.choose).toHaveBeenLastCalledWith(expect.objectContaining(group));
    await user.click(within(rows()[2] as HTMLElement).getByRole('button', { name: '80' }));
    expect(actions.choose).toHaveBeenCalledTimes(2);
    expect(actions.choose).toHaveBeenLastCalledWith(expect.objectContaining(group));
    // No group is known for this creator: it is searched for.
    await user.click(within(rows()[4] as HTMLElement).getByRole('button', { name: '9' }));
    expect(actions.choose).toHaveBeenLastCalledWith(
      expect.objectContaining({ tab: 'groups', level: 'created-by', groupKey: null, search: 'main.main' }),
    );
  });

  test('closing over the chosen row chooses what closed', async () => {
    const user = userEvent.setup();
    show();
    await user.tab();
    await user.keyboard('{End}{ArrowUp}');
    expect(chosen()).toHaveTextContent('main.log');
    await user.click(screen.getByRole('button', { name: 'Close main.serve' }));
    expect(chosen()).toHaveTextContent('main.serve');
  });

  test('of many kinds shows a part, says how many there are, and all when asked', async () => {
    const many = lineageTree(
      [['main.main', -1, 1, 120], ...Array.from({ length: 120 }, (_, at) => [`main.f${at}`, 0, 1, 1] as const)],
      { nodeCount: 900 },
    );
    show(many);
    expect(rows()).toHaveLength(100);
    const status = screen.getByText(/kinds of goroutines shown/);
    expect(status).toHaveTextContent('100 of 900 kinds of goroutines shown; the 121 largest are in the tree');
    await userEvent.setup().click(screen.getByRole('button', { name: 'show all' }));
    expect(rows()).toHaveLength(121);
    expect(screen.queryByRole('button', { name: 'show all' })).toBeNull();
  });

  test('marks goroutines whose creator is gone', () => {
    const [main, ...others] = TREE.nodes;
    show({
      ...TREE,
      creatorGone: 80,
      nodes: [main, ...others].flatMap((node, at) => (node ? [{ ...node, creatorGone: at === 2 ? 30 : 0 }] : [])),
    });
    expect(screen.getByText(/Of 80 the creator is gone\./)).toBeVisible();
    expect(rows()[2]).toHaveTextContent('creator gone of 30');
    expect(rows()[3]).not.toHaveTextContent('creator gone');
  });
});

test('a form without creators says so instead of a tree', () => {
  show(
    lineageTree([], {
      by: 'none',
      creatorGone: null,
      notes: ['This form of dump does not print who created a goroutine.'],
    }),
  );
  expect(screen.getByText('This form of dump does not print who created a goroutine.')).toBeVisible();
  expect(screen.queryByRole('treegrid')).toBeNull();
});

test('a failed question says why', () => {
  renderOver(
    {
      dumps: [dumpEntry()],
      view: { ...INITIAL_VIEW, tab: 'lineage', dumpId: dumpId('d0') },
      lineage: { status: 'failed', value: null, error: 'The worker is gone.' },
    },
    <LineageTab />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('The creators could not be found: The worker is gone.');
});
