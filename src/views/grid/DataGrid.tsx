import { type ColumnDef, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { Sort } from '../../store/state.ts';
import { GridRow } from './GridRow.tsx';
import { observeRect, scrollTo } from './lazy-measures.ts';
import { tableKey } from './table-key.ts';
import './grid.css';

/** The table features the page uses; sorting is asked for here and done where the rows are. */
export const gridFeatures = tableFeatures({ rowSortingFeature });
/** A column of a grid whose rows are `Row` objects. */
export type GridColumn<Row extends object> = ColumnDef<typeof gridFeatures, Row>;

/** Height of the head in pixels, as in grid.css. */
const HEAD = 30;

export interface DataGridProps<Row extends object, C extends string> {
  readonly label: string;
  /** Stable between renders, like `rowAt`. The id of a column that shows several things joins them: "state-wait". */
  readonly columns: GridColumn<Row>[];
  /** What can be sorted by: its word, which way the first click sorts, and what stands in the column where the word does not say it. */
  readonly sortable: Readonly<
    Record<C, { readonly word: string; readonly descendingFirst: boolean; readonly says?: string }>
  >;
  /** Rows to show, in order, as indexes of the table they stand in. */
  readonly order: ArrayLike<number>;
  /** Makes the row object of an index; called for the rows on screen only. */
  readonly rowAt: (index: number) => Row;
  readonly keyOf: (index: number) => string;
  readonly rowHeight: number;
  /** About how high the table will stand, in pixels: for the first drawing, which measures nothing. */
  readonly room: number;
  readonly sort: Sort<C>;
  readonly onSort: (sort: Sort<C>) => void;
  /** Key of the chosen row, or null. */
  readonly chosenKey: string | null;
  readonly onChoose: (index: number) => void;
  /** Enter on the chosen row, or a click on any: `byKey` tells which. */
  readonly onOpen: (byKey: boolean) => void;
}

/**
 * A table of any length: only rows on screen exist. Rows have one height, so every place is a multiplication. One stop
 * for the Tab key; arrows move the chosen row. TanStack Table gets the rows on screen, sorted where they came from.
 */
export function DataGrid<Row extends object, C extends string>(props: DataGridProps<Row, C>) {
  const { columns, order, rowAt, keyOf, rowHeight, room, sort, onSort, chosenKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    overscan: 4,
    // Half of the rows first: each drawing is laid out in a task of its own.
    initialRect: { width: 0, height: room / 2 },
    observeElementRect: observeRect,
    scrollToFn: scrollTo,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height makes all measured places stale.
  useEffect(() => virtualizer.measure(), [rowHeight]);
  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  const data = useMemo(() => {
    const rows: Row[] = [];
    for (let position = from; position < to && position < order.length; position++) {
      rows.push(rowAt(order[position] ?? 0));
    }
    return rows;
  }, [order, rowAt, from, to]);
  const table = useTable({
    features: gridFeatures,
    columns,
    data,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting: [{ id: sort.column, desc: sort.descending }] },
  });
  const position = useMemo(() => findPosition(order, keyOf, chosenKey), [order, keyOf, chosenKey]);
  useEffect(() => {
    // Scrolling lays the page out at once, which a row in view does not need.
    if (position >= 0 && !inView(virtualizer, position * rowHeight, rowHeight)) {
      virtualizer.scrollToIndex(position, { align: 'auto' });
    }
  }, [position, virtualizer, rowHeight]);

  const move = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && position >= 0) {
      event.preventDefault();
      props.onOpen(true);
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / rowHeight) - 1);
    const next = target(tableKey(event).key, position, order.length, page);
    if (next === null) return;
    event.preventDefault();
    const index = order[next];
    if (index !== undefined) props.onChoose(index);
  };
  const rows = table.getRowModel().rows;
  // Cells stay the same elements while rows and columns do: choosing a row draws two rows anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is another object each time, and rows stay when columns change.
  const cells = useMemo(
    () =>
      rows.map((row) =>
        row.getAllCells().map((cell) => (
          <td key={cell.id} className={`col-${cell.column.id}`}>
            <table.FlexRender cell={cell} />
          </td>
        )),
      ),
    [rows, columns],
  );
  const pick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('tr[aria-rowindex]') : null;
    const index = order[Number(row?.getAttribute('aria-rowindex')) - 2];
    if (row === null || index === undefined || hasSelection()) return;
    props.onChoose(index);
    props.onOpen(false);
  };
  const rowId = (at: number) => `${gridId}-${at}`;
  return (
    <div className="grid-scroller" ref={scroller}>
      <table
        className="grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows can be chosen, so the table is a grid.
        role="grid"
        aria-label={props.label}
        aria-rowcount={order.length + 1}
        aria-activedescendant={position >= from && position < to ? rowId(position) : undefined}
        tabIndex={0}
        onKeyDown={move}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={`col-${header.id}`} aria-sort={ariaSort(header.id, sort)}>
                  <SortButtons columnId={header.id} sortable={props.sortable} sort={sort} onSort={onSort} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table's own keys choose and open rows. */}
        <tbody onClick={pick}>
          <Space height={from * rowHeight} />
          {cells.map((each, offset) => {
            const at = from + offset;
            return (
              <GridRow key={keyOf(order[at] ?? 0)} id={rowId(at)} at={at} chosen={at === position} height={rowHeight}>
                {each}
              </GridRow>
            );
          })}
          <Space height={Math.max(0, (order.length - to) * rowHeight)} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not on screen. */
function Space({ height }: { height: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable, and this one holds nothing.
  return <tr aria-hidden="true" className="grid-space" style={{ height }} />;
}

/** Whether a row that starts so many pixels below the head is seen whole. */
function inView<T extends Element>(
  { scrollOffset, scrollRect }: Virtualizer<HTMLDivElement, T>,
  start: number,
  height: number,
): boolean {
  if (scrollRect === null) return false;
  const from = scrollOffset ?? 0;
  return start >= from && start + height <= from + scrollRect.height - HEAD;
}

/** A click that ends a text selection is meant for the text. */
function hasSelection(): boolean {
  const selection = getSelection();
  return selection !== null && selection.type === 'Range' && selection.toString().trim() !== '';
}

function findPosition(order: ArrayLike<number>, keyOf: (index: number) => string, key: string | null): number {
  if (key === null) return -1;
  for (let position = 0; position < order.length; position++) {
    if (keyOf(order[position] ?? 0) === key) return position;
  }
  return -1;
}

/** Row a key leads to, or null for other keys. */
export function target(key: string, position: number, length: number, page: number): number | null {
  if (length === 0) return null;
  const clamp = (to: number) => Math.min(length - 1, Math.max(0, to));
  switch (key) {
    case 'ArrowDown':
      return clamp(position + 1);
    case 'ArrowUp':
      return position < 0 ? length - 1 : clamp(position - 1);
    case 'PageDown':
      return clamp(Math.max(0, position) + page);
    case 'PageUp':
      return clamp(position - page);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}

/** Parts of a column, in the order of its id. */
function partsOf(columnId: string): string[] {
  return columnId.split('-');
}

function ariaSort(columnId: string, sort: Sort<string>): 'ascending' | 'descending' | 'none' {
  if (!partsOf(columnId).includes(sort.column)) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

function SortButtons<C extends string>({
  columnId,
  sortable,
  sort,
  onSort,
}: {
  columnId: string;
  sortable: DataGridProps<object, C>['sortable'];
  sort: Sort<C>;
  onSort: (sort: Sort<C>) => void;
}) {
  const isPart = (part: string): part is C => Object.hasOwn(sortable, part);
  return partsOf(columnId)
    .filter(isPart)
    .map((part) => {
      const { word, descendingFirst, says } = sortable[part];
      const active = sort.column === part;
      return (
        <button
          key={part}
          type="button"
          className={active ? 'sort active' : 'sort'}
          title={says === undefined ? `Sort by ${word.toLowerCase()}` : `${says}\nSort by ${word.toLowerCase()}`}
          onClick={() => onSort({ column: part, descending: active ? !sort.descending : descendingFirst })}
        >
          {word}
          <span className="sort-arrow" aria-hidden="true">
            {active ? (sort.descending ? '↓' : '↑') : ''}
          </span>
        </button>
      );
    });
}
