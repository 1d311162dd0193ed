import { useCallback, useMemo, useRef } from 'react';
import type { ChangeTable, Comparison } from '../../core/compare/comparison.ts';
import type { AppState } from '../../store/state.ts';
import { selectChangeMarkSums } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { gridModeOf, rowHeightOf } from '../grid/grid-mode.ts';
import { useOpenStack } from '../panel-context.ts';
import { MarkChips } from '../triage/MarkChips.tsx';
import { tailOf } from '../words.ts';
import { CompareFacts } from './CompareFacts.tsx';
import { CHANGE_COLUMN_SETS, CHANGE_COLUMN_SETS_WITHOUT_IDS, CHANGE_SORTABLE } from './change-columns.tsx';
import { changeRow, largestCount, sumByKind } from './change-rows.ts';
import { KindChips } from './KindChips.tsx';
import { SidePair } from './SidePair.tsx';
import { SIDE_COLUMN_SETS } from './side-columns.tsx';
import { Totals } from './Totals.tsx';

/** A and B: as one table of changes, or as two tables that scroll together with the two stacks below. */
export function Compared({
  comparison,
  rows,
  busy,
  sides,
}: {
  comparison: Comparison;
  rows: Uint32Array;
  busy: boolean;
  sides: boolean;
}) {
  const sort = useStandstill((state) => state.view.changeSort);
  const kinds = useStandstill((state) => state.view.changeKinds);
  const markSums = useStandstill(selectChangeMarkSums);
  const groupKey = useStandstill((state) => state.view.groupKey);
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const { choose } = useActions();
  const openStack = useOpenStack();
  const box = useRef<HTMLDivElement>(null);
  const size = useBoxSize(box);
  const mode = gridModeOf(size?.width ?? 0);
  const { changes, goroutinesBefore, goroutinesAfter } = comparison;
  const scale = useMemo(
    () => ({ largest: largestCount(changes), allBefore: goroutinesBefore, allAfter: goroutinesAfter }),
    [changes, goroutinesBefore, goroutinesAfter],
  );
  const sums = useMemo(() => sumByKind(changes), [changes]);
  const rowAt = useCallback((index: number) => changeRow(changes, scale, index), [changes, scale]);
  const keyOf = useCallback((index: number) => changes.key[index] ?? String(index), [changes]);
  const columns = changes.fates === null ? CHANGE_COLUMN_SETS_WITHOUT_IDS : CHANGE_COLUMN_SETS;
  const chosen = groupKey === null ? -1 : changes.key.indexOf(groupKey);
  return (
    <div className={`grid-box changes ${mode}${sides ? ' sides' : ''}`} ref={box} aria-busy={busy}>
      <CompareFacts comparison={comparison} same={a === b} />
      <KindChips sums={sums} kinds={kinds} />
      <MarkChips sums={markSums} where="in B" />
      {sides && mode !== 'small' ? <SideHeads changes={changes} /> : null}
      {size === null ? null : (
        <DataGrid
          label={sides ? 'A and B side by side' : 'Changes from A to B'}
          columns={sides ? SIDE_COLUMN_SETS[mode] : columns[mode]}
          sortable={CHANGE_SORTABLE}
          order={rows}
          rowAt={rowAt}
          keyOf={keyOf}
          rowHeight={mode === 'full' && !sides ? 36 : rowHeightOf('medium')}
          room={size.height}
          sort={sort}
          onSort={(changeSort) => choose({ changeSort })}
          chosenKey={groupKey}
          onChoose={(index) => choose({ dumpId: (changes.after[index] ?? 0) === 0 ? a : b, groupKey: keyOf(index) })}
          // Side by side a click shows the two stacks below, so nothing is laid over them.
          onOpen={(byKey) => (byKey || !sides ? openStack(byKey) : undefined)}
        />
      )}
      <Totals comparison={comparison} shown={rows.length} sums={sums} />
      {sides ? <SidePair name={changes.name[chosen] ?? null} narrow={mode === 'small'} /> : null}
    </div>
  );
}

/** What the two halves of the table are. */
function SideHeads({ changes }: { changes: ChangeTable }) {
  const dumps = useStandstill((state) => state.dumps);
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const groups = useMemo(
    () => ({
      a: changes.before.filter((count) => count > 0).length,
      b: changes.after.filter((count) => count > 0).length,
    }),
    [changes],
  );
  return (
    <div className="side-heads">
      <SideHead mark="A" dumps={dumps} id={a} groups={groups.a} />
      <SideHead mark="B" dumps={dumps} id={b} groups={groups.b} />
    </div>
  );
}

function SideHead({
  mark,
  dumps,
  id,
  groups,
}: {
  mark: 'A' | 'B';
  dumps: AppState['dumps'];
  id: AppState['view']['a'];
  groups: number;
}) {
  const dump = dumps.find(({ summary }) => summary.id === id);
  if (dump === undefined) return null;
  return (
    <p className="clip" title={dump.name}>
      <span className="ab-mark">{mark}</span>
      <strong>{tailOf(dump.name, 34)}</strong>
      <span className="muted">
        {' '}
        {formatNumberOf(dump.summary.goroutines, 'goroutine')} in {formatNumberOf(groups, 'group')}
      </span>
    </p>
  );
}
