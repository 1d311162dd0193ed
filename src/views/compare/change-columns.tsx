import { createColumnHelper } from '@tanstack/react-table';
import type { ChangeColumn } from '../../store/state.ts';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatCount, formatSigned } from '../../ui/format.ts';
import type { DataGridProps, GridColumn, gridFeatures } from '../grid/DataGrid.tsx';
import type { GridMode } from '../grid/use-grid-mode.ts';
import { StateCell } from '../groups/group-columns.tsx';
import { splitFunction } from '../stack/stack-text.ts';
import { stateWords } from '../words.ts';
import type { ChangeRow } from './change-rows.ts';

/** What the changes can be sorted by. */
export const CHANGE_SORTABLE: DataGridProps<ChangeRow, ChangeColumn>['sortable'] = {
  delta: { word: 'Change', descendingFirst: true },
  kind: { word: 'Kind', descendingFirst: false },
  before: { word: 'A', descendingFirst: true },
  after: { word: 'B', descendingFirst: true },
  name: { word: 'Group', descendingFirst: false },
  state: { word: 'State', descendingFirst: false },
};

const helper = createColumnHelper<typeof gridFeatures, ChangeRow>();

function Delta({ row, word }: { row: ChangeRow; word: boolean }) {
  return (
    <span className={`delta ${toneOf(row.after - row.before)}`}>
      <strong>{formatSigned(row.after - row.before)}</strong>
      {word ? <span className="change-word-2">{CHANGE_WORDS[row.kind]}</span> : null}
    </span>
  );
}

function CountWithBar({ count, row, tone }: { count: number; row: ChangeRow; tone: 'plain' | 'faint' }) {
  return (
    <span className="count-above-bar">
      <span className={count === 0 ? 'muted' : undefined}>{formatCount(count)}</span>
      <CountBar part={count} all={row.largest} tone={tone} />
    </span>
  );
}

const before = helper.display({
  id: 'before',
  cell: ({ row: { original: row } }) => <CountWithBar count={row.before} row={row} tone="faint" />,
});
const after = helper.display({
  id: 'after',
  cell: ({ row: { original: row } }) => <CountWithBar count={row.after} row={row} tone="plain" />,
});
const state = helper.display({ id: 'state', cell: ({ row }) => <StateCell row={row.original} /> });

function Name({ row }: { row: ChangeRow }) {
  return (
    <span className="clip mono group-name" title={row.name}>
      {row.name}
    </span>
  );
}

const full: GridColumn<ChangeRow>[] = [
  helper.display({ id: 'delta', cell: ({ row }) => <Delta row={row.original} word={false} /> }),
  helper.display({
    id: 'kind',
    cell: ({ row: { original: row } }) => (
      <span className={toneOf(row.after - row.before)}>{CHANGE_WORDS[row.kind]}</span>
    ),
  }),
  before,
  after,
  helper.display({ id: 'name', cell: ({ row }) => <Name row={row.original} /> }),
  state,
];

const medium: GridColumn<ChangeRow>[] = [
  helper.display({ id: 'delta-kind', cell: ({ row }) => <Delta row={row.original} word /> }),
  before,
  after,
  helper.display({
    id: 'name-state',
    cell: ({ row: { original: row } }) => (
      <>
        <Name row={row} />
        <span className="second" title={row.createdBy === '' ? undefined : `created by ${row.createdBy}`}>
          {stateWords(row.state, row.inferredState).text}
          {stateWords(row.state, row.inferredState).inferred ? ' (inferred)' : ''}
          {row.createdBy === '' ? '' : ` · by ${splitFunction(row.createdBy).rest}`}
        </span>
      </>
    ),
  }),
];

const small: GridColumn<ChangeRow>[] = [
  helper.display({ id: 'delta-kind', cell: ({ row }) => <Delta row={row.original} word /> }),
  helper.display({
    id: 'name-before-after',
    cell: ({ row: { original: row } }) => (
      <>
        <Name row={row} />
        <span className="second">
          {formatCount(row.before)} → {formatCount(row.after)} · {stateWords(row.state, row.inferredState).text}
        </span>
      </>
    ),
  }),
];

/** Columns for a width of the table. */
export const CHANGE_COLUMN_SETS: Readonly<Record<GridMode, GridColumn<ChangeRow>[]>> = { full, medium, small };
