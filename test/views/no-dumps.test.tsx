import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { App } from '../../src/views/App.tsx';
// The page's second file: there from the start, so that no test waits until it is compiled.
import '../../src/views/Loaded.tsx';
import { countEntry, race, raceEntry } from './support/counts.ts';
import { renderOver } from './support/fixed-store.tsx';
import { withLayout } from './support/layout.ts';

withLayout(1400, 800);

const counts = [
  countEntry('app.log', [
    [Date.UTC(2026, 10, 23, 2, 27), 120],
    [Date.UTC(2026, 10, 23, 2, 41), 8911],
  ]),
];
const races = [raceEntry('test.log', [race()])];

test('counts without a dump are shown over time, with the next step', async () => {
  renderOver({ counts, races }, <App />);
  const step = await screen.findByRole('region', { name: 'Next step' });
  expect(step).toHaveTextContent('1 count series and 1 data race, no dump yet');
  expect(step).toHaveTextContent('Add a dump to see where they wait.');
  expect(within(step).getByRole('button', { name: 'Add a dump' })).toBeVisible();
  expect(await screen.findByRole('table', { name: 'Counts without stacks' })).toBeVisible();
  const pane = await screen.findByRole('navigation', { name: 'Dumps' });
  expect(pane).toHaveTextContent('No dump yet');
  expect(within(pane).getByRole('button', { name: /1 data race · test\.log/ })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Start' })).toBeNull();
  expect(screen.queryByRole('tab', { name: 'Groups' })).toBeNull();
});

test('races without a dump are read at once', async () => {
  renderOver({ races }, <App />);
  const part = await screen.findByRole('region', { name: 'Data races in test.log' });
  expect(await within(part).findByRole('group', { name: 'Write by goroutine 7' })).toHaveTextContent('main.count');
});

test('a narrow page has them one line high until they are opened', async () => {
  const user = userEvent.setup();
  Reflect.get(window, 'happyDOM').setViewport({ width: 390, height: 844 });
  renderOver({ counts, races }, <App />);
  const pane = await screen.findByRole('navigation', { name: 'Dumps' });
  const summary = within(pane).getByText('1 count series, 1 data race');
  await user.click(summary);
  expect(within(pane).getByRole('region', { name: 'Counts' })).toHaveTextContent('120 → 8,911');
});
