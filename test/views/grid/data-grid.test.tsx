import { createColumnHelper } from '@tanstack/react-table';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import type { Sort } from '../../../src/store/state.ts';
import { DataGrid, type GridColumn, type gridFeatures, target } from '../../../src/views/grid/DataGrid.tsx';
import { withLayout } from '../support/layout.ts';

withLayout();

interface Row {
  readonly word: string;
}
type Column = 'count' | 'share' | 'name';
const helper = createColumnHelper<typeof gridFeatures, Row>();
const columns: GridColumn<Row>[] = [
  helper.display({ id: 'count-share', cell: ({ row }) => row.original.word.length }),
  helper.display({ id: 'name', cell: ({ row }) => row.original.word }),
];
const sortable = {
  count: { word: 'Count', descendingFirst: true },
  share: { word: 'Share', descendingFirst: true },
  name: { word: 'Group', descendingFirst: false },
};
const rowAt = (index: number): Row => ({ word: `row ${index}` });
const keyOf = (index: number) => `k${index}`;

const ORDER = [7, 3, 5];

function Harness({
  order,
  columns: own = columns,
  onSort,
  onOpen,
}: {
  order: readonly number[];
  columns?: GridColumn<Row>[];
  onSort?: (sort: Sort<Column>) => void;
  onOpen?: (byKey: boolean) => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <DataGrid<Row, Column>
      label="Groups"
      columns={own}
      sortable={sortable}
      order={order}
      rowAt={rowAt}
      keyOf={keyOf}
      rowHeight={40}
      room={600}
      sort={{ column: 'count', descending: true }}
      onSort={onSort ?? (() => undefined)}
      chosenKey={chosen}
      onChoose={(index) => setChosen(keyOf(index))}
      onOpen={onOpen ?? (() => undefined)}
    />
  );
}

const chosenRow = () => screen.getByRole('row', { selected: true });

describe('the grid', () => {
  test('a table of a hundred thousand rows has only those on screen, and says how many there are', () => {
    render(<Harness order={Array.from({ length: 100_000 }, (_, i) => i)} />);
    expect(screen.getByRole('grid', { name: 'Groups' })).toHaveAttribute('aria-rowcount', '100001');
    const rows = screen.getAllByRole('row').filter((row) => row.getAttribute('aria-rowindex') !== '1');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(60);
    expect(rows[0]).toHaveAttribute('aria-rowindex', '2');
  });

  test('rows stand in the order given', () => {
    render(<Harness order={[7, 3, 5]} />);
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => row.lastElementChild?.textContent)).toEqual(['row 7', 'row 3', 'row 5']);
  });

  test('arrows, Home and End move the chosen row, Enter opens it', async () => {
    const onOpen = vi.fn();
    const user = userEvent.setup();
    render(<Harness order={[7, 3, 5]} onOpen={onOpen} />);
    screen.getByRole('grid').focus();
    await user.keyboard('{ArrowDown}');
    expect(chosenRow()).toHaveTextContent('row 7');
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(chosenRow()).toHaveTextContent('row 5');
    await user.keyboard('{ArrowUp}');
    expect(chosenRow()).toHaveTextContent('row 3');
    await user.keyboard('{Home}');
    expect(chosenRow()).toHaveTextContent('row 7');
    await user.keyboard('{End}');
    expect(chosenRow()).toHaveTextContent('row 5');
    expect(screen.getByRole('grid')).toHaveAttribute('aria-activedescendant', chosenRow().id);
    await user.keyboard('{Enter}');
    expect(onOpen.mock.calls).toEqual([[true]]);
  });

  test('j, k, g and G move as in vi; with a modifier they belong to the browser', async () => {
    const user = userEvent.setup();
    render(<Harness order={[7, 3, 5]} />);
    screen.getByRole('grid').focus();
    await user.keyboard('G');
    expect(chosenRow()).toHaveTextContent('row 5');
    await user.keyboard('k');
    expect(chosenRow()).toHaveTextContent('row 3');
    await user.keyboard('g');
    expect(chosenRow()).toHaveTextContent('row 7');
    await user.keyboard('jj');
    expect(chosenRow()).toHaveTextContent('row 5');
    await user.keyboard('{Control>}g{/Control}');
    expect(chosenRow()).toHaveTextContent('row 5');
  });

  test('a click chooses a row and opens it', async () => {
    const onOpen = vi.fn();
    const user = userEvent.setup();
    render(<Harness order={[7, 3, 5]} onOpen={onOpen} />);
    await user.click(screen.getByText('row 3'));
    expect(chosenRow()).toHaveTextContent('row 3');
    expect(onOpen.mock.calls).toEqual([[false]]);
  });

  test('choosing a row draws no cell anew', async () => {
    const drawn: string[] = [];
    const counted: GridColumn<Row>[] = [
      helper.display({
        id: 'name',
        cell: ({ row }) => {
          drawn.push(row.original.word);
          return row.original.word;
        },
      }),
    ];
    const user = userEvent.setup();
    render(<Harness order={ORDER} columns={counted} />);
    expect(drawn).toEqual(['row 7', 'row 3', 'row 5']);
    await user.click(screen.getByText('row 3'));
    expect(chosenRow()).toHaveTextContent('row 3');
    expect(drawn).toHaveLength(3);
  });

  test('other columns show other cells of the same rows', () => {
    const { rerender } = render(<Harness order={ORDER} />);
    expect(screen.getAllByRole('cell')).toHaveLength(6);
    const narrow: GridColumn<Row>[] = [helper.display({ id: 'name', cell: ({ row }) => `only ${row.original.word}` })];
    rerender(<Harness order={ORDER} columns={narrow} />);
    expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
      'only row 7',
      'only row 3',
      'only row 5',
    ]);
  });

  test('the heads sort: the active one turns around, others begin their own way', async () => {
    const onSort = vi.fn();
    const user = userEvent.setup();
    render(<Harness order={[1]} onSort={onSort} />);
    const [first, second] = screen.getAllByRole('columnheader');
    expect(first).toHaveAttribute('aria-sort', 'descending');
    expect(second).toHaveAttribute('aria-sort', 'none');
    await user.click(screen.getByRole('button', { name: 'Count' }));
    await user.click(screen.getByRole('button', { name: 'Share' }));
    await user.click(screen.getByRole('button', { name: 'Group' }));
    expect(onSort.mock.calls.map(([sort]) => sort)).toEqual([
      { column: 'count', descending: false },
      { column: 'share', descending: true },
      { column: 'name', descending: false },
    ]);
  });
});

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowUp', -1, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 7],
  ['PageDown', 8, 9],
  ['PageUp', 2, 0],
  ['a', 2, null],
])('%s from row %d of ten leads to %s', (key, from, to) => expect(target(key, from, 10, 4)).toBe(to));

test('no key leads anywhere in an empty table', () => expect(target('ArrowDown', -1, 0, 4)).toBeNull());
