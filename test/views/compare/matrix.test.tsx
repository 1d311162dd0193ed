import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import type { AppState, ViewState } from '../../../src/store/state.ts';
import { CompareTab } from '../../../src/views/compare/CompareTab.tsx';
import { target } from '../../../src/views/compare/MatrixGrid.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1000, 600);

const id = (place: number) => dumpId(`d${place}`);
const dumpsOf = (count: number) =>
  Array.from({ length: count }, (_, place) =>
    dumpEntry({
      summary: dumpSummary({ id: id(place), name: `dump-${place}.txt` }),
      takenAtMs: Date.UTC(2026, 10, 23, 2, place),
    }),
  );
const table: SeriesTable = {
  level: 'exact',
  total: [20, 60, 50],
  fit: null,
  series: [
    { key: 'k0', name: 'orders.publish → chan send', counts: [0, 40, 31], fit: null },
    { key: 'k1', name: 'main.loop → select', counts: [10, 10, 10], fit: null },
  ],
  otherGroups: 7,
};

function show(view: Partial<ViewState> = {}, answer: SeriesTable = table, over: Partial<AppState> = {}) {
  const dumps = dumpsOf(answer.total.length);
  return renderOver(
    {
      dumps,
      view: { ...INITIAL_VIEW, tab: 'compare', compareMode: 'matrix', a: id(0), b: id(2), dumpId: id(2), ...view },
      series: { status: 'ready', value: answer, error: null },
      ...over,
    },
    <CompareTab />,
  );
}

const gridOf = () => screen.findByRole('grid', { name: 'Groups over all dumps' });
const rowsOf = (grid: HTMLElement) =>
  within(grid)
    .getAllByRole('row')
    .filter((row) => row.getAttribute('aria-rowindex') !== '1');

describe('the matrix', () => {
  test('has the total first, the groups, and all others last, each with its differences', async () => {
    show();
    const [total, publish, loop, others] = rowsOf(await gridOf());
    expect(total).toHaveTextContent(/^Total\+30grown2060\+4050\u221210$/);
    expect(publish).toHaveTextContent(/^orders\.publish → chan send\+31new040\+4031\u22129$/);
    expect(loop).toHaveTextContent(/^main\.loop → select0same101010$/);
    expect(others).toHaveTextContent(/^7 other groups\u22121shrunk10109\u22121$/);
    expect(screen.getByRole('status', { name: 'Shown' })).toHaveTextContent(
      '2 of 9 groups shown, 3 dumpslast dump: 41 goroutines in these + 9 in 7 other groups = 50',
    );
  });

  test('a cell chooses dump and group, a head the dump, a name the dump that has the group', async () => {
    const user = userEvent.setup();
    const { actions } = show({ dumpId: id(0) });
    const grid = await gridOf();
    const [, publish] = rowsOf(grid);
    await user.click(within(publish!).getByRole('button', { name: '40 +40' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ dumpId: id(1), groupKey: 'k0' });
    await user.click(within(publish!).getByRole('button', { name: 'orders.publish → chan send' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ dumpId: id(2), groupKey: 'k0' });
    await user.click(within(grid).getByRole('button', { name: /^02:01:00/ }));
    expect(actions.choose).toHaveBeenLastCalledWith({ dumpId: id(1), groupKey: null });
  });

  test('arrows move the group and the dump, and the grid names the chosen cell', async () => {
    const user = userEvent.setup();
    const { actions } = show({ groupKey: 'k0', dumpId: id(1) });
    const grid = await gridOf();
    expect(grid).toHaveAttribute('aria-activedescendant', screen.getByRole('gridcell', { selected: true }).id);
    expect(screen.getByRole('gridcell', { selected: true })).toHaveTextContent('40');
    grid.focus();
    await user.keyboard('{ArrowDown}');
    expect(actions.choose).toHaveBeenLastCalledWith({ groupKey: 'k1', dumpId: id(1) });
    await user.keyboard('{ArrowRight}');
    expect(actions.choose).toHaveBeenLastCalledWith({ groupKey: 'k0', dumpId: id(2) });
    await user.keyboard('{ArrowUp}');
    expect(actions.choose).toHaveBeenLastCalledWith({ groupKey: null, dumpId: id(1) });
  });

  test('what kinds and search leave out is counted, with a way back', async () => {
    const user = userEvent.setup();
    const { actions } = show({ changeKinds: ['same'], search: 'main' });
    const [, loop, others] = rowsOf(await gridOf());
    expect(loop).toHaveTextContent('main.loop');
    expect(others).toHaveTextContent(/^1 group that does not match, 7 other groups.*40/);
    await user.click(screen.getByRole('button', { name: 'show all' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ changeKinds: [], search: '', marks: [] });
  });

  test('of 200 dumps and 500 groups has only the cells on screen, and says how many there are', async () => {
    const counts = Array.from({ length: 200 }, (_, place) => place);
    show(
      { dumpId: id(0) },
      {
        ...table,
        total: counts.map((count) => count * 600),
        series: Array.from({ length: 500 }, (_, at) => ({ key: `k${at}`, name: `main.f${at}`, counts, fit: null })),
      },
    );
    const grid = await gridOf();
    expect(grid).toHaveAttribute('aria-rowcount', '503');
    expect(grid).toHaveAttribute('aria-colcount', '203');
    const cells = within(grid).getAllByRole('gridcell');
    expect(cells.length).toBeGreaterThan(50);
    expect(cells.length).toBeLessThan(1000);
  });

  test('a failed count is said', () => {
    show({}, table, { series: { status: 'failed', value: null, error: 'The analyst is gone.' } });
    expect(screen.getByRole('alert')).toHaveTextContent('The counts could not be gathered: The analyst is gone.');
  });
});

test.each([
  ['ArrowDown', false, { row: 0, column: 1 }],
  ['ArrowUp', false, { row: -1, column: 1 }],
  ['ArrowLeft', false, { row: -1, column: 0 }],
  ['PageDown', false, { row: 4, column: 1 }],
  ['End', false, { row: -1, column: 2 }],
  ['End', true, { row: 9, column: 1 }],
  ['a', false, null],
])('%s (control %s) from the total of the second dump leads to %j', (key, ctrlKey, to) =>
  expect(target({ key, ctrlKey }, { row: -1, column: 1 }, { rows: 10, columns: 3 }, 5)).toEqual(to),
);
