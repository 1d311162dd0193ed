import { useDeferredValue, useMemo } from 'react';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DumpEntry } from '../../store/state.ts';
import { isListed, selectMarked, sumMarks } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatClock, formatCount, formatNumberOf } from '../../ui/format.ts';
import { MarkChips } from '../triage/MarkChips.tsx';
import { tailOf } from '../words.ts';
import { KindChips } from './KindChips.tsx';
import { MatrixGrid } from './MatrixGrid.tsx';
import { endsOf, type Matrix, matrixOf, placesBefore, restName, sumSeriesByKind } from './matrix-rows.ts';
import './matrix.css';

/** All dumps as columns, groups as rows. */
export function MatrixTab() {
  const dumps = useStandstill((state) => state.dumps);
  const series = useStandstill((state) => state.series);
  const now = useMemo(
    () => (series.value !== null && series.value.total.length === dumps.length ? { dumps, table: series.value } : null),
    [dumps, series.value],
  );
  // Drawn in slices, like the groups.
  const shown = useDeferredValue(now, null);
  return (
    <>
      {series.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The counts could not be gathered: {series.error}
        </p>
      ) : null}
      {shown === null ? (
        <p className="hint muted" role="status" aria-label="Matrix">
          {series.status === 'failed' ? 'No counts.' : 'Counting…'}
        </p>
      ) : (
        <Drawn dumps={shown.dumps} table={shown.table} busy={series.status === 'asking'} />
      )}
    </>
  );
}

function Drawn({ dumps, table, busy }: { dumps: readonly DumpEntry[]; table: SeriesTable; busy: boolean }) {
  const kinds = useStandstill((state) => state.view.changeKinds);
  const search = useStandstill((state) => state.view.search);
  const marks = useStandstill((state) => state.view.marks);
  const marked = useStandstill(selectMarked);
  const groupKey = useStandstill((state) => (state.view.marks.length === 0 ? null : state.view.groupKey));
  const before = useMemo(() => placesBefore(dumps), [dumps]);
  const ends = useMemo(() => endsOf(before), [before]);
  const matrix = useMemo(
    () => matrixOf(table, ends, kinds, search, (key) => isListed(key, marked, marks, groupKey)),
    [table, ends, kinds, search, marked, marks, groupKey],
  );
  const markSums = useMemo(() => {
    const { series } = table;
    const lastCounts = series.map(({ counts }) => counts[ends.last] ?? 0);
    return sumMarks(
      series.map(({ key }) => key),
      lastCounts,
      marked,
    );
  }, [table, ends, marked]);
  const sums = useMemo(() => sumSeriesByKind(table, ends), [table, ends]);
  const nameOf = (place: number) => {
    const dump = dumps[place];
    if (dump === undefined) return '';
    return dump.takenAtMs === null ? tailOf(dump.name, 20) : formatClock(dump.takenAtMs);
  };
  return (
    <div className="grid-box matrix" aria-busy={busy}>
      <KindChips sums={sums} kinds={kinds} between={`${nameOf(ends.first)} → ${nameOf(ends.last)}`} />
      <MarkChips sums={markSums} where="in the last dump" />
      <MatrixGrid dumps={dumps} table={table} matrix={matrix} before={before} ends={ends} />
      <Shown table={table} matrix={matrix} last={ends.last} />
    </div>
  );
}

function Shown({ table, matrix, last }: { table: SeriesTable; matrix: Matrix; last: number }) {
  const { choose } = useActions();
  const groups = table.series.length + table.otherGroups;
  const total = table.total[last] ?? 0;
  const rest = restName(matrix);
  return (
    <p className="shown" role="status" aria-label="Shown">
      <span>
        {matrix.shown.length === groups ? '' : `${formatCount(matrix.shown.length)} of `}
        {formatNumberOf(groups, 'group')}
        {matrix.shown.length === groups ? '' : ' shown'}, {formatNumberOf(table.total.length, 'dump')}
      </span>
      <span>
        last dump: <strong>{formatCount(total - (matrix.rest[last] ?? 0))}</strong> goroutines in these
        {rest === '' ? '' : ` + ${formatCount(matrix.rest[last] ?? 0)} in ${rest}`} = {formatCount(total)}
      </span>
      {matrix.hidden === 0 ? null : (
        <button type="button" className="link" onClick={() => choose({ changeKinds: [], search: '', marks: [] })}>
          show all
        </button>
      )}
    </p>
  );
}
