import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Births as BirthsAnswer } from '../../../src/core/trend/births.ts';
import { Births } from '../../../src/views/stack/Births.tsx';
import { renderOver } from '../support/fixed-store.tsx';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);
const births: BirthsAnswer = {
  byId: {
    bins: [
      { fromMs: null, toMs: T0, goroutines: 12 },
      { fromMs: T0, toMs: T0 + 7 * MINUTE, goroutines: 700 },
      { fromMs: T0 + 7 * MINUTE, toMs: T0 + 14 * MINUTE, goroutines: 8000 },
    ],
    unplaced: 3,
    caveats: ['Ids are handed out in batches.'],
  },
  byIdWhyNot: '',
  byWait: { bins: [{ fromMs: T0, toMs: T0 + MINUTE, goroutines: 90 }], unplaced: 0, caveats: ['A wait is no birth.'] },
  byWaitWhyNot: '',
  medianMs: T0 + 12 * MINUTE,
};
const show = (value: BirthsAnswer) => {
  renderOver({ births: { status: 'ready', value, error: null } }, <Births />);
  return screen.getByRole('region', { name: 'Since when' });
};

test('births are bars with their numbers as a table, and the caveats stand beside them', () => {
  const part = show(births);
  expect(part).toHaveTextContent('Half of them were there by 23 Nov 02:39.');
  expect(within(part).getByRole('img', { name: 'Births over time, by goroutine id' })).toBeVisible();
  expect(part).toHaveTextContent('goroutines, up to 8,000');
  const rows = within(screen.getByRole('table', { name: 'Births over time, by goroutine id' })).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    'WhenGoroutines',
    'before 23 Nov 02:27:0312',
    '23 Nov 02:27 to 02:34700',
    '23 Nov 02:34 to 02:418,000',
  ]);
  expect(screen.getByText('Ids are handed out in batches.')).toBeVisible();
  expect(screen.getByText('12 goroutines were there by 02:27:03, since when is not known.')).toBeVisible();
  expect(screen.getByText('3 goroutines could not be placed.')).toBeVisible();
});

test('with both kinds of evidence, waits can be shown instead', async () => {
  const part = show(births);
  await userEvent.setup().click(within(part).getByRole('button', { name: 'by wait minutes' }));
  expect(within(part).getByRole('img', { name: /by printed minutes/ })).toBeVisible();
  expect(part).toHaveTextContent('A wait is no birth.');
  expect(part).not.toHaveTextContent('Ids are handed out');
});

test('where ids say nothing, waits are shown and the reason stands below', () => {
  const part = show({ ...births, byId: null, byIdWhyNot: 'An earlier dump would date them.' });
  expect(within(part).getByRole('img', { name: /by printed minutes/ })).toBeVisible();
  expect(part).toHaveTextContent('By id: An earlier dump would date them.');
  expect(within(part).queryByRole('button')).toBeNull();
});

test('where nothing dates the group, both reasons stand instead of a chart', () => {
  const nothing = { byId: null, byIdWhyNot: 'No ids.', byWait: null, byWaitWhyNot: 'No minutes.', medianMs: null };
  const part = show(nothing);
  expect(part).toHaveTextContent('By id: No ids.By wait: No minutes.');
  expect(within(part).queryByRole('img')).toBeNull();
});

test('a failed question says why', () => {
  renderOver({ births: { status: 'failed', value: null, error: 'The worker is gone.' } }, <Births />);
  expect(screen.getByRole('region', { name: 'Since when' })).toHaveTextContent(
    'It could not be dated: The worker is gone.',
  );
});
