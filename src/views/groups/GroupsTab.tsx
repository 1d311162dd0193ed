import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { selectCauses } from '../../store/cause-selectors.ts';
import {
  selectChosenDump,
  selectGroupRows,
  selectPreviousDump,
  selectShown,
  selectStates,
} from '../../store/selectors.ts';
import type { GroupColumn, Sort, TableCauses } from '../../store/state.ts';
import { selectMarkSums } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { type BoxSize, useBoxSize } from '../../ui/use-box-size.ts';
import type { GroupsReply } from '../../worker/protocol.ts';
import { CauseNotes } from '../causes/CauseNotes.tsx';
import { ExpectedLine } from '../causes/ExpectedLine.tsx';
import { SuspectsChip } from '../causes/SuspectsChip.tsx';
import { DataGrid } from '../grid/DataGrid.tsx';
import { type GridMode, gridModeOf, rowHeightOf } from '../grid/grid-mode.ts';
import { LowerBound } from '../LowerBound.tsx';
import { useOpenStack } from '../panel-context.ts';
import { MarkChips } from '../triage/MarkChips.tsx';
import { markedWords } from '../triage/mark-words.ts';
import { Facets } from './Facets.tsx';
import { GROUP_COLUMN_SETS, GROUP_SORTABLE } from './group-columns.tsx';
import { groupRow } from './group-rows.ts';
import { LevelSelect } from './LevelSelect.tsx';
import { QueryMenu } from './QueryMenu.tsx';
import { SearchField } from './SearchField.tsx';
import { StateFilter } from './StateFilter.tsx';
import './groups.css';

/** The groups of the chosen dump. */
export function GroupsTab() {
  const groups = useStandstill((state) => state.groups);
  const states = useStandstill((state) => state.view.states);
  const listed = useStandstill(selectStates);
  const lowerBounds = useStandstill((state) => selectChosenDump(state)?.summary.lowerBounds);
  const rows = useStandstill(selectGroupRows);
  const { choose, wantFacets } = useActions();
  const [showsFacets, setShowsFacets] = useState(false);
  const toggleFacets = () => {
    wantFacets();
    setShowsFacets(!showsFacets);
  };
  const causes = useStandstill(selectCauses);
  const markSums = useStandstill(selectMarkSums);
  const now = useMemo(
    () => (groups.value === null ? null : { reply: groups.value, rows, causes }),
    [groups.value, rows, causes],
  );
  // A new table is drawn in slices, so that keys and clicks are answered between them.
  const shown = useDeferredValue(now, null);
  const box = useRef<HTMLDivElement>(null);
  // Known, mostly, before the groups are.
  const size = useBoxSize(box);
  const mode = gridModeOf(size?.width ?? 0);
  return (
    <>
      <div className="toolbar">
        <SearchField />
        <QueryMenu />
        <LevelSelect />
        <StateFilter states={listed} chosen={states} onChange={(next) => choose({ states: next })} />
        <SuspectsChip />
        <MarkChips sums={markSums} />
        <button
          type="button"
          className={showsFacets ? 'button active' : 'button'}
          aria-pressed={showsFacets}
          onClick={toggleFacets}
        >
          Facets
        </button>
      </div>
      {showsFacets ? <Facets /> : null}
      <LowerBound sentences={lowerBounds ?? []} />
      <CauseNotes />
      {groups.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The groups could not be made: {groups.error}
        </p>
      ) : null}
      <div className={`grid-box groups ${mode}`} ref={box} aria-busy={shown !== null && groups.status === 'asking'}>
        {shown === null ? (
          <Waiting asking={groups.status !== 'none'} />
        ) : (
          <Table reply={shown.reply} rows={shown.rows} causes={shown.causes} size={size} mode={mode} />
        )}
      </div>
    </>
  );
}

function Waiting({ asking }: { asking: boolean }) {
  return (
    <p className="hint muted" role="status" aria-label="Groups">
      {asking ? 'Grouping…' : 'Choose a dump.'}
    </p>
  );
}

/** A third line for the cause where there is no room beside anything. */
const SMALL_ROW = 60;

function Table({
  reply,
  rows,
  causes,
  size,
  mode,
}: {
  reply: GroupsReply;
  rows: Uint32Array;
  causes: TableCauses | null;
  /** Of the box it stands in; null until that is known. */
  size: BoxSize | null;
  mode: GridMode;
}) {
  const sort = useStandstill((state) => state.view.groupSort);
  const groupKey = useStandstill((state) => state.view.groupKey);
  const { choose } = useActions();
  const openStack = useOpenStack();
  const rowAt = useCallback((index: number) => groupRow(reply, index, causes), [reply, causes]);
  const keyOf = useCallback((index: number) => reply.table.key[index] ?? String(index), [reply]);
  const onSort = (groupSort: Sort<GroupColumn>) => choose({ groupSort });
  return (
    <>
      {size === null ? null : rows.length === 0 ? (
        <NothingShown />
      ) : (
        <DataGrid
          label="Groups"
          columns={GROUP_COLUMN_SETS[mode]}
          sortable={GROUP_SORTABLE}
          order={rows}
          rowAt={rowAt}
          keyOf={keyOf}
          rowHeight={mode === 'small' && causes !== null ? SMALL_ROW : rowHeightOf(mode)}
          room={size.height}
          sort={sort}
          onSort={onSort}
          chosenKey={groupKey}
          onChoose={(index) => choose({ groupKey: keyOf(index) })}
          onOpen={openStack}
        />
      )}
      <ExpectedLine />
      <Shown />
    </>
  );
}

/** No filter, and nothing folded. */
const SHOW_ALL = { search: '', states: [], marks: [], onlySuspects: false, showExpected: true } as const;

function NothingShown() {
  const search = useStandstill((state) => state.view.search);
  const states = useStandstill((state) => state.view.states);
  const onlySuspects = useStandstill((state) => state.view.onlySuspects);
  const marks = useStandstill((state) => state.view.marks);
  const isFiltered = search !== '' || states.length > 0 || marks.length > 0 || onlySuspects;
  const { choose } = useActions();
  return (
    <div className="hint">
      <h3>{isFiltered ? 'No group matches' : 'All groups are expected'}</h3>
      <p className="muted">
        {search === '' ? '' : `Searched for “${search}” in functions, files, creators, states and labels. `}
        {states.length === 0 ? '' : `Only ${states.join(', ')} is shown. `}
        {marks.length === 0 ? '' : `${markedWords(marks)} `}
        {onlySuspects ? 'Only suspects are shown. ' : ''}
        {isFiltered ? '' : 'They are folded into the line below.'}
      </p>
      <button type="button" className="button" onClick={() => choose(SHOW_ALL)}>
        Show all
      </button>
    </div>
  );
}

function Shown() {
  const shown = useStandstill(selectShown);
  const previous = useStandstill(selectPreviousDump);
  const { choose } = useActions();
  if (shown === null) return null;
  const all = shown.groups === shown.allGroups;
  return (
    <p className="shown" role="status" aria-label="Shown">
      <span>
        <strong>{formatCount(shown.goroutines)}</strong>
        {all
          ? ` ${shown.goroutines === 1 ? 'goroutine' : 'goroutines'} in `
          : ` of ${formatCount(shown.allGoroutines)} goroutines shown, in ${formatCount(shown.groups)} of `}
        {formatNumberOf(shown.allGroups, 'group')}
        {shown.folded.groups === 0 ? '' : `, ${formatCount(shown.folded.goroutines)} expected folded`}
      </span>
      {all ? null : (
        <button type="button" className="link" onClick={() => choose(SHOW_ALL)}>
          show all
        </button>
      )}
      {previous === null ? null : <span>change: against {previous.name}</span>}
    </p>
  );
}
