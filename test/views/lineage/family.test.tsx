import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { GoroutineLineage } from '../../../src/core/causes/lineage/lineage.ts';
import { Family } from '../../../src/views/lineage/Family.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { groupDetail } from '../support/groups.ts';
import { goroutineLineage } from '../support/lineage.ts';
import { goroutinePlace } from '../support/locks.ts';
import { dumpId } from '../support/summaries.ts';

const LISTED = {
  row: 121,
  id: 21,
  weight: 1,
  state: 'select',
  waitMinutes: null,
  creatorId: 5,
  lockedToThread: false,
  leaked: false,
  fate: null,
};
const DETAIL = groupDetail({
  goroutines: [LISTED],
  stacks: [
    {
      count: 8,
      state: 'select',
      frames: [],
      createdBy: { function: 'main.serve', file: '/srv/main.go', line: 9, kind: 'go' },
    },
  ],
});

function show(over: Partial<GoroutineLineage>, detail = DETAIL) {
  const places = [5, 30, 31].map((id) => goroutinePlace(id));
  return renderOver(
    {
      family: {
        status: 'ready',
        value: {
          dumpId: dumpId('d0'),
          lineage: goroutineLineage(over),
          places: new Map(places.map((place) => [place.id, place])),
        },
        error: null,
      },
    },
    <Family detail={detail} />,
  );
}
const part = () => screen.getByRole('region', { name: 'Lineage' });

test('follows the creators up to the one that is gone', async () => {
  const { actions } = show({
    chain: [
      { id: 5, row: 105, createdBy: 'main.serve', entry: 'main.serve', state: 'select' },
      { id: 2, row: null, createdBy: 'main.start', entry: null, state: null },
    ],
    evidence: ['Goroutine 2, at the top of its line of creators, is gone.'],
  });
  expect(part()).toHaveTextContent('Lineage of goroutine 21, open another’s text for its own');
  const links = within(screen.getByRole('list', { name: 'Created by' })).getAllByRole('listitem');
  expect(links.map((link) => link.textContent)).toEqual([
    'created by main.serve in goroutine 5 [select]',
    'created by main.start in goroutine 2gone',
  ]);
  expect(part()).toHaveTextContent('Goroutine 2, at the top of its line of creators, is gone.');
  await userEvent.setup().click(screen.getByRole('button', { name: 'goroutine 5' }));
  expect(actions.showRawText).toHaveBeenCalledExactlyOnceWith(105);
});

test('names children by kind and by id', () => {
  show({
    children: { count: 300, ids: [30, 31], kinds: [{ entry: 'main.work', state: 'chan send', goroutines: 300 }] },
  });
  expect(part()).toHaveTextContent('300 children still there:');
  expect(part()).toHaveTextContent('300main.work [chan send]');
  expect(screen.getByRole('button', { name: 'goroutine 30' })).toBeVisible();
  expect(part()).toHaveTextContent('first 2 of 300 goroutines');
});

test('shows stacks of ancestors where the text holds them', async () => {
  show({
    ancestors: [
      { id: 2, isHere: false, frames: [{ function: 'main.start', file: '/srv/main.go', line: 7, kind: 'go' }] },
    ],
  });
  await userEvent.setup().click(screen.getByText('goroutine 2 when it created (gone now)'));
  expect(part()).toHaveTextContent('main.start main.go:7');
  expect(part()).toHaveTextContent('Created by main.serve in goroutine 2, by its ancestors.');
});

test('says when nobody created it, and names the function where the goroutine is not printed', () => {
  show({ creator: 'none' });
  expect(part()).toHaveTextContent('Nobody created it.');
});

test('names the creating function where the goroutine is not printed', () => {
  show({ creator: 'unknown' });
  expect(part()).toHaveTextContent('Created by main.serve, in a goroutine that is not named.');
});

test('is not there in forms without ids', () => {
  show({}, groupDetail({ goroutines: [{ ...LISTED, id: null }] }));
  expect(screen.queryByRole('region', { name: 'Lineage' })).toBeNull();
});

test('a failed question says why', () => {
  renderOver({ family: { status: 'failed', value: null, error: 'The worker is gone.' } }, <Family detail={DETAIL} />);
  expect(screen.getByRole('alert')).toHaveTextContent('The lineage could not be found: The worker is gone.');
});
