import { createColumnHelper } from '@tanstack/react-table';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { formatCount, formatShare, formatSigned } from '../../ui/format.ts';
import type { GridColumn, gridFeatures } from '../grid/DataGrid.tsx';
import type { GridMode } from '../grid/grid-mode.ts';
import { stateWords } from '../words.ts';
import { Name } from './change-columns.tsx';
import type { ChangeRow } from './change-rows.ts';
import { FateNumbers } from './FateNumber.tsx';
import { fatesOfSide } from './fates.ts';

const helper = createColumnHelper<typeof gridFeatures, ChangeRow>();

/** A group's count in one dump, and its share there or its change. */
function SideCount({ row, side }: { row: ChangeRow; side: 'a' | 'b' }) {
  const count = side === 'a' ? row.before : row.after;
  const difference = row.after - row.before;
  return (
    <>
      <strong className={count === 0 ? 'muted' : undefined}>{count === 0 ? '–' : formatCount(count)}</strong>
      <span className={side === 'a' ? 'second' : `second ${toneOf(difference)}`}>
        {side === 'a'
          ? row.before === 0
            ? ''
            : formatShare(row.before, row.allBefore)
          : `${formatSigned(difference)} ${CHANGE_WORDS[row.kind]}`}
      </span>
    </>
  );
}

/** A group as one dump has it. */
function SideName({ row, side }: { row: ChangeRow; side: 'a' | 'b' }) {
  if ((side === 'a' ? row.before : row.after) === 0) return <span className="not-in">not in {side.toUpperCase()}</span>;
  const fates = row.fates === null ? [] : fatesOfSide(row.fates, side);
  return (
    <>
      <Name row={row} />
      <span className="second">
        {/* What can be clicked comes first: in a narrow column the end of the line is cut. */}
        <FateNumbers groupKey={row.key} fates={fates} />
        {fates.length === 0 ? null : ' · '}
        {stateWords(row.state, row.inferredState).text}
      </span>
    </>
  );
}

const countA = helper.display({ id: 'before', cell: ({ row }) => <SideCount row={row.original} side="a" /> });
const countB = helper.display({ id: 'after-delta', cell: ({ row }) => <SideCount row={row.original} side="b" /> });
const wide: GridColumn<ChangeRow>[] = [
  countA,
  helper.display({ id: 'name-a', cell: ({ row }) => <SideName row={row.original} side="a" /> }),
  countB,
  helper.display({ id: 'name-b', cell: ({ row }) => <SideName row={row.original} side="b" /> }),
];

/** Where two names have no room, both counts stand around one. */
const small: GridColumn<ChangeRow>[] = [
  countA,
  helper.display({
    id: 'name-state',
    cell: ({ row: { original: row } }) => (
      <>
        <Name row={row} />
        <span className="second">
          {row.before === 0 ? 'not in A · ' : row.after === 0 ? 'not in B · ' : ''}
          {stateWords(row.state, row.inferredState).text}
        </span>
      </>
    ),
  }),
  countB,
];

/** Columns of the two dumps' tables for a width of both together: A on the left, B on the right. */
export const SIDE_COLUMN_SETS: Readonly<Record<GridMode, GridColumn<ChangeRow>[]>> = {
  full: wide,
  medium: wide,
  small,
};
