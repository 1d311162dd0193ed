import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import type { ChangeKind, Comparison } from '../../core/compare/comparison.ts';
import { selectChangeRows } from '../../store/selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CHANGE_WORDS, toneOf } from '../../ui/Change.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatCount, formatNumberOf, formatSigned } from '../../ui/format.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { rowHeightOf, useGridMode } from '../grid/use-grid-mode.ts';
import { LevelSelect } from '../groups/LevelSelect.tsx';
import { SearchField } from '../groups/SearchField.tsx';
import { CURL_AFTER } from '../intake/how-to-get.ts';
import { LowerBound } from '../LowerBound.tsx';
import { useOpenStack } from '../panel-context.ts';
import { tailOf } from '../words.ts';
import { CHANGE_COLUMN_SETS, CHANGE_SORTABLE } from './change-columns.tsx';
import { changeRow, type KindSum, largestCount, sumByKind } from './change-rows.ts';
import { PickAB } from './PickAB.tsx';
import './compare.css';

/** Two dumps side by side. */
export function CompareTab() {
  const count = useStandstill((state) => state.dumps.length);
  const comparison = useStandstill((state) => state.comparison);
  const rows = useStandstill(selectChangeRows);
  const now = useMemo(
    () => (comparison.value === null ? null : { comparison: comparison.value, rows }),
    [comparison.value, rows],
  );
  // Drawn in slices, like the groups.
  const shown = useDeferredValue(now, null);
  if (count < 2) return <OneDump />;
  return (
    <>
      <div className="toolbar">
        <PickAB />
        <LevelSelect />
        <SearchField />
      </div>
      <LowerBounds />
      {comparison.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The dumps could not be compared: {comparison.error}
        </p>
      ) : null}
      {shown === null ? (
        <p className="hint muted" role="status" aria-label="Comparison">
          {comparison.status === 'none' ? 'Choose two dumps, A and B.' : 'Comparing…'}
        </p>
      ) : (
        <Compared comparison={shown.comparison} rows={shown.rows} busy={comparison.status === 'asking'} />
      )}
    </>
  );
}

/** Differences of a dump that is not whole are no differences of the process. */
function LowerBounds() {
  const dumps = useStandstill((state) => state.dumps);
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  return (
    a === b
      ? [{ mark: 'A', id: a }]
      : [
          { mark: 'A', id: a },
          { mark: 'B', id: b },
        ]
  ).map(({ mark, id }) => {
    const dump = dumps.find(({ summary }) => summary.id === id);
    return dump === undefined ? null : (
      <LowerBound key={mark} sentences={dump.summary.lowerBounds} of={`${mark}, ${tailOf(dump.name)}`} />
    );
  });
}

function OneDump() {
  return (
    <div className="hint">
      <h3>Drop a second dump to compare</h3>
      <p className="muted">
        Take it from the same process a few minutes later, best after the load has fallen. The page then shows what is
        new, gone, grown and shrunk, and how many of the same goroutines are still there.
      </p>
      <div className="command">
        <div className="command-head">
          <span className="muted">Save a second dump</span>
          <CopyButton text={CURL_AFTER} what="command" className="button small" />
        </div>
        <pre>{CURL_AFTER}</pre>
      </div>
    </div>
  );
}

function Compared({ comparison, rows, busy }: { comparison: Comparison; rows: Uint32Array; busy: boolean }) {
  const sort = useStandstill((state) => state.view.changeSort);
  const kinds = useStandstill((state) => state.view.changeKinds);
  const groupKey = useStandstill((state) => state.view.groupKey);
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const { choose } = useActions();
  const openStack = useOpenStack();
  const box = useRef<HTMLDivElement>(null);
  const mode = useGridMode(box);
  const { changes } = comparison;
  const largest = useMemo(() => largestCount(changes), [changes]);
  const sums = useMemo(() => sumByKind(changes), [changes]);
  const rowAt = useCallback((index: number) => changeRow(changes, largest, index), [changes, largest]);
  const keyOf = useCallback((index: number) => changes.key[index] ?? String(index), [changes]);
  return (
    <div className={`grid-box changes ${mode}`} ref={box} aria-busy={busy}>
      <Facts comparison={comparison} same={a === b} />
      <KindChips sums={sums} kinds={kinds} />
      <DataGrid
        label="Changes from A to B"
        columns={CHANGE_COLUMN_SETS[mode]}
        sortable={CHANGE_SORTABLE}
        order={rows}
        rowAt={rowAt}
        keyOf={keyOf}
        rowHeight={mode === 'full' ? 36 : rowHeightOf(mode)}
        sort={sort}
        onSort={(changeSort) => choose({ changeSort })}
        chosenKey={groupKey}
        onChoose={(index) => choose({ dumpId: (changes.after[index] ?? 0) === 0 ? a : b, groupKey: keyOf(index) })}
        onOpen={openStack}
      />
      <Totals comparison={comparison} rows={rows} sums={sums} />
    </div>
  );
}

function Facts({ comparison, same }: { comparison: Comparison; same: boolean }) {
  const { ids, idsWhyNot, caveats } = comparison;
  return (
    <div className="compare-facts">
      {same ? <p className="caveat">A and B are the same dump.</p> : null}
      {ids === null ? (
        <p className="muted">Goroutine ids were not compared. {idsWhyNot}</p>
      ) : (
        <p>
          By goroutine id: <strong>{formatCount(ids.survived)}</strong> survived ({formatCount(ids.sameStack)} at the
          same stack), <strong>{formatCount(ids.left)}</strong> left, <strong>{formatCount(ids.born)}</strong> born
        </p>
      )}
      {caveats.length === 0 ? null : (
        <ul className="caveat">
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function KindChips({ sums, kinds }: { sums: readonly KindSum[]; kinds: readonly ChangeKind[] }) {
  const { choose } = useActions();
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">Kinds of change to show</legend>
      {sums.map(({ kind, groups, difference }) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={kinds.includes(kind)}
          disabled={groups === 0 && !kinds.includes(kind)}
          title={`${formatNumberOf(groups, 'group')}, ${formatSigned(difference)} goroutines`}
          onClick={() =>
            choose({ changeKinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind] })
          }
        >
          {CHANGE_WORDS[kind]} <strong>{formatCount(groups)}</strong>
          {difference === 0 ? null : <span className={toneOf(difference)}> {formatSigned(difference)}</span>}
        </button>
      ))}
    </fieldset>
  );
}

/** Shows that the parts sum up: A, plus every kind of change, is B. */
function Totals({
  comparison,
  rows,
  sums,
}: {
  comparison: Comparison;
  rows: ArrayLike<number>;
  sums: readonly KindSum[];
}) {
  const { choose } = useActions();
  const { changes, goroutinesBefore, goroutinesAfter } = comparison;
  const all = rows.length === changes.length;
  return (
    <p className="shown" role="status" aria-label="Totals">
      <span>
        A <strong>{formatCount(goroutinesBefore)}</strong>
        {sums.map(({ kind, difference }) =>
          difference === 0 ? null : (
            <span key={kind} className={toneOf(difference)}>
              {' '}
              {formatSigned(difference)} {CHANGE_WORDS[kind]}
            </span>
          ),
        )}{' '}
        = B <strong>{formatCount(goroutinesAfter)}</strong>
      </span>
      <span>
        {all ? '' : `${formatCount(rows.length)} of `}
        {formatNumberOf(changes.length, 'group')}
        {all ? '' : ' shown'}
      </span>
      {all ? null : (
        <button type="button" className="link" onClick={() => choose({ changeKinds: [], search: '' })}>
          show all
        </button>
      )}
    </p>
  );
}
