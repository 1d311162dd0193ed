import { useDeferredValue, useMemo } from 'react';
import { selectChangeRows } from '../../store/selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { LevelLine, LevelSelect } from '../groups/LevelSelect.tsx';
import { SearchField } from '../groups/SearchField.tsx';
import { CURL_AFTER } from '../intake/how-to-get.ts';
import { LowerBound } from '../LowerBound.tsx';
import { tailOf } from '../words.ts';
import { Compared } from './Compared.tsx';
import { MatrixTab } from './MatrixTab.tsx';
import { ModeSwitch } from './ModeSwitch.tsx';
import { PickAB } from './PickAB.tsx';
import './compare.css';

/** Dumps against each other: two of them, or all. */
export function CompareTab() {
  const count = useStandstill((state) => state.dumps.length);
  const mode = useStandstill((state) => state.view.compareMode);
  if (count < 2) return <OneDump />;
  return (
    <>
      <div className="toolbar compare-tools">
        {mode === 'matrix' ? null : <PickAB />}
        <ModeSwitch />
        <LevelSelect says={false} />
        <SearchField />
      </div>
      <LevelLine />
      {mode === 'matrix' ? <MatrixTab /> : <Two sides={mode === 'sides'} />}
    </>
  );
}

function Two({ sides }: { sides: boolean }) {
  const comparison = useStandstill((state) => state.comparison);
  const rows = useStandstill(selectChangeRows);
  const now = useMemo(
    () => (comparison.value === null ? null : { comparison: comparison.value, rows }),
    [comparison.value, rows],
  );
  // Drawn in slices, like the groups.
  const shown = useDeferredValue(now, null);
  return (
    <>
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
        <Compared comparison={shown.comparison} rows={shown.rows} busy={comparison.status === 'asking'} sides={sides} />
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
