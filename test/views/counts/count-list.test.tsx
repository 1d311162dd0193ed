import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { CountList } from '../../../src/views/counts/CountList.tsx';
import { countEntry } from '../support/counts.ts';
import { renderOver } from '../support/fixed-store.tsx';

const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);
const orders = countEntry(
  'app.log',
  [
    [T0, 120],
    [T0 + 60_000, 4870],
    [T0 + 14 * 60_000, 8911],
  ],
  { instance: 'orders-7f9c' },
);

test('a series says key, instance, last count, and first to last with times', () => {
  renderOver({ counts: [orders] }, <CountList />);
  const item = within(screen.getByRole('region', { name: 'Counts' })).getByRole('listitem');
  expect(item).toHaveTextContent('8,911 goroutines last');
  expect(item).toHaveTextContent('goroutines · orders-7f9c');
  expect(item).toHaveTextContent('120 → 8,911 (+8,791) 23 Nov 02:27 to 02:41');
  expect(within(item).getByRole('img')).toHaveAccessibleName(
    'Goroutines of app.log, from 120 to 8,911, least 120, most 8,911',
  );
});

test('a series without times says so', () => {
  renderOver(
    {
      counts: [
        countEntry('plain.log', [
          [null, 5],
          [null, 9],
        ]),
      ],
    },
    <CountList />,
  );
  expect(screen.getByRole('listitem')).toHaveTextContent('5 → 9 (+4) no time');
});

test('a series leads to the timeline and can be removed', async () => {
  const user = userEvent.setup();
  const { actions } = renderOver({ counts: [orders] }, <CountList />);
  await user.click(screen.getByRole('button', { name: 'app.log' }));
  expect(actions.choose).toHaveBeenCalledWith({ tab: 'timeline' });
  await user.click(screen.getByRole('button', { name: 'Remove counts app.log' }));
  expect(actions.removeCounts).toHaveBeenCalledWith(orders.id);
});

test('the keys of logs are set on Enter and when the field is left, and not without a change', async () => {
  const user = userEvent.setup();
  const { actions } = renderOver({}, <CountList />);
  await user.click(screen.getByText('Keys that count in logs'));
  const field = screen.getByRole('textbox', { name: 'Keys that count goroutines in logs' });
  expect(field).toHaveAttribute('placeholder', expect.stringContaining('goroutines'));
  await user.type(field, 'workers, threads{Enter}');
  expect(actions.setCountKeys).toHaveBeenCalledExactlyOnceWith(['workers', 'threads']);
});

test('an emptied field means the usual keys', async () => {
  const user = userEvent.setup();
  const { actions } = renderOver({ countKeys: ['workers'] }, <CountList />);
  const field = screen.getByRole('textbox', { name: 'Keys that count goroutines in logs' });
  expect(field).toHaveValue('workers');
  await user.click(field);
  await user.tab();
  expect(actions.setCountKeys).not.toHaveBeenCalled();
  await user.clear(field);
  await user.tab();
  expect(actions.setCountKeys).toHaveBeenCalledExactlyOnceWith(null);
});
