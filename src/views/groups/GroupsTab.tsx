import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import {
  selectChosenDump,
  selectGroupRows,
  selectPreviousDump,
  selectShown,
  selectStates,
} from '../../store/selectors.ts';
import type { GroupColumn, Sort } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { GroupsReply } from '../../worker/protocol.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { rowHeightOf, useGridMode } from '../grid/use-grid-mode.ts';
import { LowerBound } from '../LowerBound.tsx';
import { useOpenStack } from '../panel-context.ts';
import { GROUP_COLUMN_SETS, GROUP_SORTABLE } from './group-columns.tsx';
import { groupRow } from './group-rows.ts';
import { LevelSelect } from './LevelSelect.tsx';
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
  const { choose } = useActions();
  const now = useMemo(() => (groups.value === null ? null : { reply: groups.value, rows }), [groups.value, rows]);
  // A new table is drawn in slices, so that keys and clicks are answered between them.
  const shown = useDeferredValue(now, null);
  return (
    <>
      <div className="toolbar">
        <SearchField />
        <LevelSelect />
        <StateFilter states={listed} chosen={states} onChange={(next) => choose({ states: next })} />
      </div>
      <LowerBound sentences={lowerBounds ?? []} />
      {groups.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The groups could not be made: {groups.error}
        </p>
      ) : null}
      {shown === null ? (
        <Waiting asking={groups.status !== 'none'} />
      ) : (
        <Table reply={shown.reply} rows={shown.rows} busy={groups.status === 'asking'} />
      )}
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

function Table({ reply, rows, busy }: { reply: GroupsReply; rows: Uint32Array; busy: boolean }) {
  const sort = useStandstill((state) => state.view.groupSort);
  const groupKey = useStandstill((state) => state.view.groupKey);
  const { choose } = useActions();
  const openStack = useOpenStack();
  const box = useRef<HTMLDivElement>(null);
  const mode = useGridMode(box);
  const rowAt = useCallback((index: number) => groupRow(reply, index), [reply]);
  const keyOf = useCallback((index: number) => reply.table.key[index] ?? String(index), [reply]);
  const onSort = (groupSort: Sort<GroupColumn>) => choose({ groupSort });
  return (
    <div className={`grid-box groups ${mode}`} ref={box} aria-busy={busy}>
      {rows.length === 0 ? (
        <NothingShown />
      ) : (
        <DataGrid
          label="Groups"
          columns={GROUP_COLUMN_SETS[mode]}
          sortable={GROUP_SORTABLE}
          order={rows}
          rowAt={rowAt}
          keyOf={keyOf}
          rowHeight={rowHeightOf(mode)}
          sort={sort}
          onSort={onSort}
          chosenKey={groupKey}
          onChoose={(index) => choose({ groupKey: keyOf(index) })}
          onOpen={openStack}
        />
      )}
      <Shown />
    </div>
  );
}

function NothingShown() {
  const search = useStandstill((state) => state.view.search);
  const states = useStandstill((state) => state.view.states);
  const { choose } = useActions();
  return (
    <div className="hint">
      <h3>No group matches</h3>
      <p className="muted">
        {search === '' ? '' : `Searched for “${search}” in functions, files, creators, states and labels. `}
        {states.length === 0 ? '' : `Only ${states.join(', ')} is shown.`}
      </p>
      <button type="button" className="button" onClick={() => choose({ search: '', states: [] })}>
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
      </span>
      {all ? null : (
        <button type="button" className="link" onClick={() => choose({ search: '', states: [] })}>
          show all
        </button>
      )}
      {previous === null ? null : <span>change: against {previous.name}</span>}
    </p>
  );
}
