import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/store/state.ts';
import { TimelineTab } from '../../../src/views/timeline/TimelineTab.tsx';
import { countEntry } from '../support/counts.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1000, 800);

const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);
const MINUTE = 60_000;
const dump = (word: string, goroutines: number, takenAtMs: number | null) =>
  dumpEntry({ summary: dumpSummary({ id: dumpId(word), name: `${word}.txt`, goroutines }), takenAtMs });
const counted = (total: readonly number[]): AppState['series'] => ({
  status: 'ready',
  value: { level: 'exact', total, fit: null, series: [], otherGroups: 0 },
  error: null,
});
const orders = countEntry('app.log', [
  [T0, 120],
  [T0 + 5 * MINUTE, 9400],
  [T0 + 14 * MINUTE, 8911],
  [null, 8800],
]);
const lines = (figure: HTMLElement) => [...figure.querySelectorAll('.count-line')];

describe('counts alone', () => {
  test('are a chart and a table, without dumps and levels', async () => {
    renderOver({ counts: [orders] }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(lines(figure)).toHaveLength(1));
    expect(figure).toHaveTextContent('02:30');
    const table = screen.getByRole('table', { name: 'Counts without stacks' });
    const row = within(table).getAllByRole('row')[1];
    expect(row).toHaveTextContent('4 points1 without time, not drawn');
    expect(row).toHaveTextContent('12023 Nov 02:27:03');
    expect(row).toHaveTextContent('9,40023 Nov 02:32:03');
    expect(row).toHaveTextContent('8,800no time+8,680 grown');
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.queryByRole('table', { name: 'Goroutines over the dumps' })).toBeNull();
  });

  test('open point by point', async () => {
    const user = userEvent.setup();
    renderOver({ counts: [orders] }, <TimelineTab />);
    await user.click(screen.getByRole('button', { name: '4 points' }));
    const points = within(screen.getByRole('table', { name: 'Points of app.log' })).getAllByRole('row');
    expect(points.map((point) => point.textContent)).toEqual([
      'TimeGoroutinesLine',
      '23 Nov 02:27:031201',
      '23 Nov 02:32:039,4002',
      '23 Nov 02:41:038,9113',
      'no time8,8004',
    ]);
  });

  test('without any time are in the table only, and the page says so', () => {
    renderOver({ counts: [countEntry('plain.log', [[null, 5]])] }, <TimelineTab />);
    expect(screen.queryByRole('figure')).toBeNull();
    expect(screen.getByText(/No count tells when it was taken/)).toBeVisible();
    expect(screen.getByRole('table', { name: 'Counts without stacks' })).toHaveTextContent('1 without time, not drawn');
  });

  test('of more than eight series draw eight and count the rest', async () => {
    const counts = Array.from({ length: 11 }, (_, i) =>
      countEntry(`pod-${i}`, [
        [T0, i],
        [T0 + MINUTE, 10 * i],
      ]),
    );
    renderOver({ counts }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(lines(figure)).toHaveLength(8));
    expect(screen.getByText(/3 more series in the table/)).toBeVisible();
    expect(screen.getAllByText('not drawn')).toHaveLength(3);
    expect(screen.getAllByRole('button', { name: /^counts: pod-/ })).toHaveLength(8);
  });
});

describe('counts beside dumps', () => {
  const dumps = [dump('before', 1204, T0), dump('after', 8911, T0 + 14 * MINUTE), dump('later', 9000, null)];

  test('share one time axis; a dump without a time is not drawn and said', async () => {
    renderOver({ dumps, counts: [orders], series: counted([1204, 8911, 9000]) }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(lines(figure)).toHaveLength(1));
    expect(screen.getByText(/1 dump without a time not drawn/)).toBeVisible();
    expect(screen.getByRole('table', { name: 'Goroutines over the dumps' })).toHaveTextContent('later.txt');
  });

  test('are switched off and on in the legend', async () => {
    const user = userEvent.setup();
    renderOver({ dumps, counts: [orders], series: counted([1204, 8911, 9000]) }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(lines(figure)).toHaveLength(1));
    const item = screen.getByRole('button', { name: 'counts: app.log' });
    await user.click(item);
    expect(item).toHaveAttribute('aria-pressed', 'false');
    expect(lines(figure)).toHaveLength(0);
    await user.click(item);
    expect(lines(figure)).toHaveLength(1);
  });

  test('go with a single dump, too', async () => {
    renderOver({ dumps: dumps.slice(0, 1), counts: [orders], series: counted([1204]) }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(lines(figure)).toHaveLength(1));
    expect(screen.getByRole('button', { name: 'Total of dumps' })).toBeVisible();
  });

  test('stay when the counts of the dumps could not be gathered', async () => {
    const series: AppState['series'] = { status: 'failed', value: null, error: 'The worker is gone.' };
    renderOver({ dumps, counts: [orders], series }, <TimelineTab />);
    expect(screen.getByRole('alert')).toHaveTextContent('The worker is gone.');
    expect(screen.getByRole('table', { name: 'Counts without stacks' })).toBeVisible();
  });
});

test('dumps alone stay as they were, and say where they are lower bounds', () => {
  const short = dumpSummary({ id: dumpId('after'), name: 'after.txt', lowerBounds: ['The text ends early.'] });
  renderOver(
    {
      dumps: [dump('before', 10, T0), dumpEntry({ summary: short, takenAtMs: T0 + MINUTE })],
      series: counted([10, 20]),
    },
    <TimelineTab />,
  );
  expect(screen.getByRole('figure', { name: 'Goroutines over the dumps' })).toBeVisible();
  const rows = within(screen.getByRole('table', { name: 'Goroutines over the dumps' })).getAllByRole('row');
  expect(rows[2]).toHaveTextContent('after.txtlower bound');
  expect(rows[1]).not.toHaveTextContent('lower bound');
});
