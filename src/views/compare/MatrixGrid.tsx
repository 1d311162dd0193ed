import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { tableKey } from '../grid/table-key.ts';
import { useOpenStack } from '../panel-context.ts';
import { MatrixHead } from './MatrixHead.tsx';
import { MatrixRow } from './MatrixRow.tsx';
import { type Before, type Matrix, restName } from './matrix-rows.ts';
import { DUMP, widthsFor } from './matrix-widths.ts';

/** Pixels, as in matrix.css. */
const HEAD = 42;
const ROW = 38;

/**
 * Groups × dumps, of any number: only cells on screen exist, both ways. One stop for the Tab key; up and down move the
 * chosen group, left and right the chosen dump.
 */
export function MatrixGrid({
  dumps,
  table,
  matrix,
  before,
  ends,
}: {
  dumps: readonly DumpEntry[];
  table: SeriesTable;
  matrix: Matrix;
  before: Before;
  ends: { readonly first: number; readonly last: number };
}) {
  const dumpId = useStandstill((state) => state.view.dumpId);
  const groupKey = useStandstill((state) => state.view.groupKey);
  const { choose } = useActions();
  const openStack = useOpenStack();
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const size = useBoxSize(scroller);
  const widths = widthsFor(size?.width ?? 0, dumps.length);
  const fixed = widths.name + widths.spark + widths.delta;
  const { shown, rest } = matrix;
  const lines = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    // The head and the total stay on top, the other groups at the foot.
    paddingStart: HEAD + ROW,
    scrollPaddingStart: HEAD + ROW,
    scrollPaddingEnd: ROW,
    overscan: 4,
  });
  const columns = useVirtualizer<HTMLDivElement, HTMLTableCellElement>({
    horizontal: true,
    count: dumps.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => DUMP,
    paddingStart: fixed,
    scrollPaddingStart: widths.stays,
    overscan: 3,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the names moves all columns.
  useEffect(() => columns.measure(), [fixed]);
  const row = useMemo(() => shown.findIndex(({ key }) => key === groupKey), [shown, groupKey]);
  const column = dumps.findIndex(({ summary }) => summary.id === dumpId);
  useEffect(() => {
    if (row >= 0) lines.scrollToIndex(row, { align: 'auto' });
  }, [row, lines]);
  useEffect(() => {
    if (column >= 0) columns.scrollToIndex(column, { align: 'auto' });
  }, [column, columns]);

  const items = lines.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  const places = columns.getVirtualItems().map(({ index }) => index);
  const firstPlace = places[0] ?? 0;
  const pads = {
    left: firstPlace * DUMP,
    right: (dumps.length - firstPlace - places.length) * DUMP,
  };

  /** The place is of a dump, null of the chosen one. Row -1 is the total. */
  const show = (at: number, place: number | null) =>
    choose({
      groupKey: shown[at]?.key ?? null,
      ...(place === null ? {} : { dumpId: dumps[place]?.summary.id ?? null }),
    });
  const move = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      openStack(true);
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD - 2 * ROW) / ROW) - 1);
    const next = target(tableKey(event), { row, column }, { rows: shown.length, columns: dumps.length }, page);
    if (next === null) return;
    event.preventDefault();
    show(next.row, next.column);
  };
  const cellId = (at: number, place: number) => `${gridId}-${at}-${place}`;
  const open = (at: number, place: number | null) => {
    show(at, place);
    openStack(false);
  };
  const shared = { before, ends, places, pads, widths, chosenPlace: column };
  const others = restName(matrix);
  return (
    <div className="grid-scroller" ref={scroller}>
      <table
        className="grid matrix-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells can be chosen, so the table is a grid.
        role="grid"
        aria-label="Groups over all dumps"
        aria-rowcount={shown.length + (others === '' ? 2 : 3)}
        aria-colcount={dumps.length + (widths.spark > 0 ? 3 : 2)}
        aria-activedescendant={
          places.includes(column) && (row < 0 || (row >= from && row < to)) ? cellId(row, column) : undefined
        }
        tabIndex={0}
        // Its columns would jump once their room is known.
        style={{ width: fixed + dumps.length * DUMP, visibility: size === null ? 'hidden' : undefined }}
        onKeyDown={move}
      >
        <colgroup>
          <col style={{ width: widths.name }} />
          {widths.spark > 0 ? <col style={{ width: widths.spark }} /> : null}
          <col style={{ width: widths.delta }} />
          <col style={{ width: pads.left }} />
          {places.map((place) => (
            <col key={place} style={{ width: DUMP }} />
          ))}
          <col style={{ width: pads.right }} />
        </colgroup>
        <MatrixHead
          dumps={dumps}
          places={places}
          ends={ends}
          widths={widths}
          chosenPlace={column}
          onChoose={(place) => show(row, place)}
        />
        <tbody>
          <MatrixRow
            {...shared}
            className="total"
            name="Total"
            counts={table.total}
            rowIndex={2}
            chosen={row < 0}
            idOf={(place) => cellId(-1, place)}
            hint="Show what is known of this dump"
            onOpen={(place) => open(-1, place)}
          />
          <Space height={from * ROW} />
          {shown.slice(from, to).map((series, offset) => {
            const at = from + offset;
            return (
              <MatrixRow
                {...shared}
                key={series.key}
                className="group"
                name={series.name}
                groupKey={series.key}
                counts={series.counts}
                rowIndex={at + 3}
                chosen={at === row}
                idOf={(place) => cellId(at, place)}
                hint="Show this group in this dump"
                onOpen={(place) => open(at, place ?? placeWith(series.counts, column))}
              />
            );
          })}
          <Space height={Math.max(0, (shown.length - to) * ROW)} />
        </tbody>
        {others === '' ? null : (
          <tfoot>
            <MatrixRow
              {...shared}
              className="others"
              name={others}
              counts={rest}
              rowIndex={shown.length + 3}
              chosen={false}
              idOf={(place) => `${gridId}-others-${place}`}
              hint="Show all groups of this dump"
              onOpen={(place) =>
                choose({
                  tab: 'groups',
                  groupKey: null,
                  search: '',
                  states: [],
                  marks: [],
                  ...(place === null ? {} : { dumpId: dumps[place]?.summary.id ?? null }),
                })
              }
            />
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** The chosen dump when it has some of the group, else the last one that has. */
function placeWith(counts: readonly number[], chosen: number): number {
  if ((counts[chosen] ?? 0) > 0) return chosen;
  const last = counts.findLastIndex((count) => count > 0);
  return last < 0 ? chosen : last;
}

/** Stands for the rows that are not on screen. */
function Space({ height }: { height: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable, and this one holds nothing.
  return <tr aria-hidden="true" className="grid-space" style={{ height }} />;
}

/** Cell a key leads to, or null for other keys. Row -1 is the total; a dump is always chosen. */
export function target(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { row, column }: { readonly row: number; readonly column: number },
  { rows, columns }: { readonly rows: number; readonly columns: number },
  page: number,
): { readonly row: number; readonly column: number } | null {
  const to = (nextRow: number, nextColumn: number) => ({
    row: Math.min(rows - 1, Math.max(-1, nextRow)),
    column: Math.min(columns - 1, Math.max(0, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(row - page, column);
    case 'Home':
      return ctrlKey ? to(-1, column) : to(row, 0);
    case 'End':
      return ctrlKey ? to(rows - 1, column) : to(row, columns - 1);
    default:
      return null;
  }
}
