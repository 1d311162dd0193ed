import { createColumnHelper } from '@tanstack/react-table';
import type { GroupColumn } from '../../store/state.ts';
import { CHANGE_WORDS, Change, changeKind, toneOf } from '../../ui/Change.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatCount, formatShare, formatSigned } from '../../ui/format.ts';
import { CauseMark } from '../causes/CauseMark.tsx';
import type { DataGridProps, GridColumn, gridFeatures } from '../grid/DataGrid.tsx';
import type { GridMode } from '../grid/grid-mode.ts';
import { termOf } from '../help/terms.ts';
import { splitFunction } from '../stack/stack-text.ts';
import { TeamMark } from '../triage/TeamMark.tsx';
import { stateWords } from '../words.ts';
import type { GroupRow } from './group-rows.ts';

/** What the groups can be sorted by. */
export const GROUP_SORTABLE: DataGridProps<GroupRow, GroupColumn>['sortable'] = {
  count: { word: 'Count', descendingFirst: true },
  share: { word: 'Share', descendingFirst: true },
  change: { word: 'Change', descendingFirst: true, says: 'Against the dump before it of the same instance.' },
  name: { word: 'Group', descendingFirst: false },
  state: { word: 'State', descendingFirst: false, says: 'What it waits for, as the runtime calls it.' },
  wait: { word: 'Wait', descendingFirst: true, ...saysOf('minutes') },
  createdBy: { word: 'Created by', descendingFirst: false, ...saysOf('created by') },
};

function saysOf(word: string): { readonly says?: string } {
  const term = termOf(word);
  return term === null ? {} : { says: term.says };
}

const helper = createColumnHelper<typeof gridFeatures, GroupRow>();

/** A state; with a mark when it was read from frames, unless a line below says so. */
export function StateCell({
  row,
  mark = true,
}: {
  row: Pick<GroupRow, 'state' | 'inferredState' | 'stateCount'>;
  mark?: boolean;
}) {
  const { text, inferred } = stateWords(row.state, row.inferredState);
  const says = termOf(text)?.says ?? '';
  return (
    <span className="clip" title={[inferred ? `${text}: inferred from the frames` : text, says].join('\n').trim()}>
      {text}
      {row.stateCount > 1 ? <span className="muted"> +{row.stateCount - 1}</span> : null}
      {inferred && mark ? <span className="inferred">inferred</span> : null}
    </span>
  );
}

function Name({ row }: { row: GroupRow }) {
  return (
    <span className="clip mono group-name" title={row.name}>
      <TeamMark groupKey={row.key} />
      {row.name}
    </span>
  );
}

function CreatedBy({ row, className }: { row: GroupRow; className: string }) {
  if (row.createdBy === '') return null;
  const more = row.createdByCount > 1 ? ` +${row.createdByCount - 1}` : '';
  return (
    <span className={className} title={`created by ${row.createdBy}${more}`}>
      {className === 'second' ? 'by ' : ''}
      {className === 'second' ? splitFunction(row.createdBy).rest : row.createdBy}
      {more}
    </span>
  );
}

function ChangeCell({ row, lines }: { row: GroupRow; lines: 1 | 2 }) {
  if (row.previous === null) return <span className="muted">{lines === 1 ? '' : '–'}</span>;
  const kind = changeKind(row.previous, row.count);
  const title = `${formatCount(row.previous)} in the dump before`;
  if (lines === 1) {
    return (
      <span title={title}>
        <Change before={row.previous} after={row.count} />
      </span>
    );
  }
  return (
    <span className={toneOf(row.count - row.previous)} title={title}>
      {formatSigned(row.count - row.previous)}
      {kind === 'same' ? null : <span className="change-word-2">{CHANGE_WORDS[kind]}</span>}
    </span>
  );
}

const full: GridColumn<GroupRow>[] = [
  helper.display({
    id: 'count',
    cell: ({ row: { original: row } }) => (
      <span className="count-cell">
        <span className="count-number">{formatCount(row.count)}</span>
        <CountBar part={row.count} all={row.goroutines} />
      </span>
    ),
  }),
  helper.display({ id: 'share', cell: ({ row }) => formatShare(row.original.count, row.original.goroutines) }),
  helper.display({ id: 'change', cell: ({ row }) => <ChangeCell row={row.original} lines={1} /> }),
  helper.display({
    id: 'name',
    cell: ({ row: { original: row } }) =>
      row.mark === null ? (
        <Name row={row} />
      ) : (
        <span className="name-and-cause">
          <Name row={row} />
          <CauseMark mark={row.mark} />
        </span>
      ),
  }),
  helper.display({ id: 'state', cell: ({ row }) => <StateCell row={row.original} /> }),
  helper.display({ id: 'wait', cell: ({ row }) => <span title={row.original.waitTitle}>{row.original.wait}</span> }),
  helper.display({ id: 'createdBy', cell: ({ row }) => <CreatedBy row={row.original} className="clip mono" /> }),
];

const countAndShare = helper.display({
  id: 'count-share',
  cell: ({ row: { original: row } }) => (
    <span className="count-share">
      <span className="count-line">
        <strong>{formatCount(row.count)}</strong>
        <span className="muted">{formatShare(row.count, row.goroutines)}</span>
      </span>
      <CountBar part={row.count} all={row.goroutines} />
    </span>
  ),
});
const changeTwoLines = helper.display({
  id: 'change',
  cell: ({ row }) => <ChangeCell row={row.original} lines={2} />,
});

const medium: GridColumn<GroupRow>[] = [
  countAndShare,
  changeTwoLines,
  helper.display({
    id: 'name-createdBy',
    cell: ({ row }) => (
      <>
        <Name row={row.original} />
        {row.original.mark === null ? (
          <CreatedBy row={row.original} className="second" />
        ) : (
          <span className="cause-and-creator">
            <CauseMark mark={row.original.mark} />
            <CreatedBy row={row.original} className="second" />
          </span>
        )}
      </>
    ),
  }),
  helper.display({
    id: 'state-wait',
    cell: ({ row }) => (
      <>
        <StateCell row={row.original} mark={false} />
        <span className="second" title={row.original.waitTitle}>
          {stateWords(row.original.state, row.original.inferredState).inferred ? 'inferred' : ''}
          {row.original.wait}
        </span>
      </>
    ),
  }),
];

const small: GridColumn<GroupRow>[] = [
  countAndShare,
  changeTwoLines,
  helper.display({
    id: 'name-wait',
    cell: ({ row: { original: row } }) => (
      <>
        <Name row={row} />
        {row.mark === null ? null : <CauseMark mark={row.mark} />}
        <span className="second">
          {stateWords(row.state, row.inferredState).text}
          {stateWords(row.state, row.inferredState).inferred ? ' (inferred)' : ''}
          {row.wait === '' ? '' : ` · ${row.wait}`}
        </span>
      </>
    ),
  }),
];

/** Columns for a width of the table. */
export const GROUP_COLUMN_SETS: Readonly<Record<GridMode, GridColumn<GroupRow>[]>> = { full, medium, small };
