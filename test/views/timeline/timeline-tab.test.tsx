import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import type { AppState } from '../../../src/store/state.ts';
import { TimelineTab } from '../../../src/views/timeline/TimelineTab.tsx';
import { countEntry } from '../support/counts.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';
import { growthFit, verdict } from '../verdict/verdicts.ts';

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

describe('growth per hour', () => {
  const dumps = [dump('one', 10, T0), dump('two', 400, T0 + 5 * MINUTE), dump('three', 900, T0 + 14 * MINUTE)];
  const fit = growthFit({ start: { fromMs: T0, toMs: T0 + 5 * MINUTE }, doublingMs: 52 * MINUTE, confidence: 2 / 3 });
  const grown = (over: Partial<SeriesTable>): AppState['series'] => ({
    status: 'ready',
    value: { level: 'exact', total: [10, 400, 900], fit, series: [], otherGroups: 0, ...over },
    error: null,
  });

  test('stands above the counts, with interval, beginning and doubling time', () => {
    const flat = growthFit({ slopePerHour: 3, lowPerHour: -2, highPerHour: 8, confidence: 2 / 3 });
    const series = [{ key: 'k', name: 'main.loop → select', counts: [1, 2, 2], fit: flat }];
    renderOver({ dumps, series: grown({ series }) }, <TimelineTab />);
    const rows = within(screen.getByRole('table', { name: 'Goroutines over the dumps' })).getAllByRole('row');
    expect(rows.slice(1, 4).map((row) => row.textContent)).toEqual([
      'Per hour, with the interval that holds it at 67\u00a0%+1,240/h(1,100 to 1,400) grows+3/h(\u22122 to 8) may be level',
      'Rises fromabout 02:29',
      'Doubles in52 min',
    ]);
    expect(screen.getByRole('button', { name: 'fit of the total, +1,240/h' })).toBeVisible();
    expect(screen.queryByText(/none is claimed/)).toBeNull();
  });

  test('says no doubling time of what no longer rises', () => {
    const value = { verdict: verdict({ call: 'raised' }), dumpIds: dumps.map(({ summary }) => summary.id) };
    renderOver({ dumps, series: grown({}), verdict: { status: 'ready', value, error: null } }, <TimelineTab />);
    expect(screen.getByRole('rowheader', { name: 'Rises from' })).toBeVisible();
    expect(screen.queryByRole('rowheader', { name: 'Doubles in' })).toBeNull();
  });

  test('is not claimed below three dumps, which is said once', () => {
    renderOver({ dumps: dumps.slice(0, 2), series: counted([10, 400]) }, <TimelineTab />);
    expect(screen.getAllByText(/takes three dumps with a time, so none is claimed/)).toHaveLength(1);
    expect(screen.queryByText('Doubles in')).toBeNull();
  });

  test('is not drawn where it may be level', () => {
    renderOver({ dumps, series: grown({ fit: { ...fit, lowPerHour: -5 } }) }, <TimelineTab />);
    expect(screen.queryByRole('button', { name: /^fit of the total/ })).toBeNull();
  });

  test('is drawn for the six first series; the others are counted with those that were not asked for', () => {
    const series = Array.from({ length: 9 }, (_, i) => ({
      key: `k${i}`,
      name: `main.f${i}`,
      counts: [1, 2, 3],
      fit: null,
    }));
    renderOver({ dumps, series: grown({ series, otherGroups: 4 }) }, <TimelineTab />);
    expect(
      within(screen.getByRole('group', { name: 'Lines' })).getAllByRole('button', { name: /main\.f/ }),
    ).toHaveLength(6);
    expect(screen.getByText(/7 other groups not drawn/)).toBeVisible();
  });
});

describe('dumps of several instances', () => {
  const of = (instance: string, at: number, goroutines: number) => {
    const plain = dumpSummary();
    const name = `${instance}-${at}.txt`;
    const provenance = { ...plain.provenance, instance };
    return dumpEntry({ summary: dumpSummary({ id: dumpId(name), name, goroutines, provenance }), takenAtMs: T0 + at });
  };
  const dumps = [of('pod-a', 0, 10), of('pod-b', 0, 50), of('pod-a', MINUTE, 12), of('pod-b', MINUTE, 40)];
  const series: AppState['series'] = {
    status: 'ready',
    value: {
      level: 'exact',
      total: [10, 50, 12, 40],
      fit: null,
      series: [{ key: 'k', name: 'main.loop', counts: [1, 2, 3, 4], fit: null }],
      otherGroups: 0,
    },
    error: null,
  };

  test('are a line each on one time axis, whose points choose a dump', async () => {
    const { actions } = renderOver({ dumps, series }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over the dumps' });
    await waitFor(() => expect(figure.querySelectorAll('.process-line')).toHaveLength(2));
    expect(
      within(screen.getByRole('group', { name: 'Lines' }))
        .getAllByRole('button')
        .map((b) => b.textContent),
    ).toEqual(['pod-a', 'pod-b']);
    const [point] = figure.querySelectorAll('.process-point');
    fireEvent.click(point as Element);
    expect(actions.choose).toHaveBeenCalledExactlyOnceWith({ dumpId: dumpId('pod-a-0.txt') });
  });

  test('can be drawn by one group', async () => {
    renderOver({ dumps, series }, <TimelineTab />);
    const select = screen.getByRole('combobox', { name: 'Each line counts' });
    await userEvent.setup().selectOptions(select, 'main.loop');
    expect(select).toHaveDisplayValue('main.loop');
  });

  test('have changes within each instance in the table', () => {
    renderOver({ dumps, series }, <TimelineTab />);
    const rows = within(screen.getByRole('table', { name: 'Goroutines over the dumps' })).getAllByRole('row');
    expect(rows[3]).toHaveTextContent(/pod-a-60000\.txtpod-a12\+23\+2$/);
    expect(rows[4]).toHaveTextContent(/pod-b-60000\.txtpod-b40\u2212104\+2$/);
  });

  test('have counts of the same instance in the same colour', async () => {
    const counts = [
      countEntry(
        'b.log',
        [
          [T0, 49],
          [T0 + MINUTE, 41],
        ],
        { instance: 'pod-b' },
      ),
    ];
    renderOver({ dumps, series, counts }, <TimelineTab />);
    const figure = await screen.findByRole('figure', { name: 'Goroutines over time' });
    await waitFor(() => expect(figure.querySelectorAll('.process-line')).toHaveLength(2));
    const colour = (line: Element | null | undefined) => line?.querySelector('path')?.getAttribute('stroke');
    const [a, b] = figure.querySelectorAll('.process-line');
    expect(colour(lines(figure)[0])).toBe(colour(b));
    expect(colour(lines(figure)[0])).not.toBe(colour(a));
  });
});
