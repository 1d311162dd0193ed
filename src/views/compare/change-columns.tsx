import { createColumnHelper } from '@tanstack/react-table';
import type { ChangeColumn } from '../../store/state.ts';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatCount, formatSigned } from '../../ui/format.ts';
import type { DataGridProps, GridColumn, gridFeatures } from '../grid/DataGrid.tsx';
import type { GridMode } from '../grid/grid-mode.ts';
import { StateCell } from '../groups/group-columns.tsx';
import { splitFunction } from '../stack/stack-text.ts';
import { TeamMark } from '../triage/TeamMark.tsx';
import { stateWords } from '../words.ts';
import type { ChangeRow } from './change-rows.ts';
import { FateNumber, FateNumbers } from './FateNumber.tsx';
import { type FateCount, fateCounts } from './fates.ts';

/** What the changes can be sorted by. */
export const CHANGE_SORTABLE: DataGridProps<ChangeRow, ChangeColumn>['sortable'] = {
  delta: { word: 'Change', descendingFirst: true },
  kind: { word: 'Kind', descendingFirst: false },
  before: { word: 'A', descendingFirst: true },
  after: { word: 'B', descendingFirst: true },
  name: { word: 'Group', descendingFirst: false },
  state: { word: 'State', descendingFirst: false },
  stuck: { word: 'Stuck', descendingFirst: true },
  born: { word: 'Born', descendingFirst: true },
  moved: { word: 'Moved', descendingFirst: true },
  left: { word: 'Left', descendingFirst: true },
};

const helper = createColumnHelper<typeof gridFeatures, ChangeRow>();

export function Delta({ row, word }: { row: ChangeRow; word: boolean }) {
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

export function Name({ row }: { row: ChangeRow }) {
  return (
    <span className="clip mono group-name" title={row.name}>
      <TeamMark groupKey={row.key} />
      {row.name}
    </span>
  );
}

/** One number of a row's fates. */
function OneFate({ row, word }: { row: ChangeRow; word: string }) {
  const of = row.fates === null ? undefined : fateCounts(row.fates).find((each) => each.word === word);
  return of === undefined ? null : <FateNumber groupKey={row.key} of={of} worded={false} />;
}

/** Goroutines that came to the group or went from it to another one: "+2 −3". */
function Moved({ row }: { row: ChangeRow }) {
  if (row.fates === null) return null;
  const moved = fateCounts(row.fates).filter(({ fate, count }) => fate === 'moved' && count > 0);
  return moved.length === 0 ? (
    <span className="muted">0</span>
  ) : (
    moved.map((of) => (
      <span key={of.word} className="moved">
        {of.side === 'b' ? '+' : '\u2212'}
        <FateNumber groupKey={row.key} of={of} worded={false} />
      </span>
    ))
  );
}

/** Who is still there above, who came and went below. */
function FateLines({ row }: { row: ChangeRow }) {
  if (row.fates === null) return null;
  const some = (wanted: (of: FateCount) => boolean) =>
    fateCounts(row.fates ?? NO_FATES).filter((of) => of.count > 0 && wanted(of));
  const still = some(({ fate }) => fate === 'stuck' || fate === 'moved');
  const others = some(({ fate }) => fate === 'born' || fate === 'left');
  return (
    <>
      <span className="clip">
        {still.length === 0 ? <span className="muted">0 stuck</span> : <FateNumbers groupKey={row.key} fates={still} />}
      </span>
      <span className="second">
        <FateNumbers groupKey={row.key} fates={others} />
      </span>
    </>
  );
}

const NO_FATES = { stuck: 0, movedIn: 0, movedOut: 0, born: 0, left: 0 };

const delta = helper.display({ id: 'delta', cell: ({ row }) => <Delta row={row.original} word={false} /> });
const deltaAndKind = helper.display({ id: 'delta-kind', cell: ({ row }) => <Delta row={row.original} word /> });
const kind = helper.display({
  id: 'kind',
  cell: ({ row: { original: row } }) => (
    <span className={toneOf(row.after - row.before)}>{CHANGE_WORDS[row.kind]}</span>
  ),
});
const name = helper.display({ id: 'name', cell: ({ row }) => <Name row={row.original} /> });
const nameAndState = helper.display({
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
});
const fateColumns: GridColumn<ChangeRow>[] = [
  helper.display({ id: 'stuck', cell: ({ row }) => <OneFate row={row.original} word="stuck" /> }),
  helper.display({ id: 'born', cell: ({ row }) => <OneFate row={row.original} word="born" /> }),
  helper.display({ id: 'moved', cell: ({ row }) => <Moved row={row.original} /> }),
  helper.display({ id: 'left', cell: ({ row }) => <OneFate row={row.original} word="left" /> }),
];
const fateLines = helper.display({ id: 'stuck-born-left', cell: ({ row }) => <FateLines row={row.original} /> });
const nameAndCounts = helper.display({
  id: 'name-before-after',
  cell: ({ row: { original: row } }) => (
    <>
      <Name row={row} />
      <span className="second">
        {formatCount(row.before)} → {formatCount(row.after)}
        {' · '}
        {row.fates === null ? (
          stateWords(row.state, row.inferredState).text
        ) : (
          <FateNumbers groupKey={row.key} fates={movedLast(fateCounts(row.fates).filter(({ count }) => count > 0))} />
        )}
      </span>
    </>
  ),
});

/** Where the line may be cut, those that moved are the first to go. */
function movedLast(fates: readonly FateCount[]): readonly FateCount[] {
  const moved = (of: FateCount) => (of.fate === 'moved' ? 1 : 0);
  return [...fates].sort((left, right) => moved(left) - moved(right));
}

const small = [deltaAndKind, nameAndCounts];

/** Columns for a width of the table where ids were compared. */
export const CHANGE_COLUMN_SETS: Readonly<Record<GridMode, GridColumn<ChangeRow>[]>> = {
  full: [delta, kind, before, after, ...fateColumns, name, state],
  medium: [deltaAndKind, before, after, fateLines, nameAndState],
  small,
};

/** Columns where they were not: what is unknown has none. */
export const CHANGE_COLUMN_SETS_WITHOUT_IDS: typeof CHANGE_COLUMN_SETS = {
  full: [delta, kind, before, after, name, state],
  medium: [deltaAndKind, before, after, nameAndState],
  small,
};
