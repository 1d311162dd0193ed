import { useDeferredValue } from 'react';
import type { SeriesTable } from '../../core/trend/series.ts';
import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { LevelSelect } from '../groups/LevelSelect.tsx';
import { CURL_AFTER } from '../intake/how-to-get.ts';
import { Drawn } from './Drawn.tsx';
import './timeline.css';

const NO_TABLE: SeriesTable = { level: 'exact', total: [], fit: null, series: [], otherGroups: 0 };

/** Counts over all dumps, and those that came without stacks. */
export function TimelineTab() {
  // Drawn in slices, like the other tabs.
  const dumps = useDeferredValue(useStandstill((state) => state.dumps));
  const counts = useDeferredValue(useStandstill((state) => state.counts));
  const series = useDeferredValue(useStandstill((state) => state.series));
  if (dumps.length < 2 && counts.length === 0) return <OneDump />;
  const gathered = series.value !== null && series.value.total.length === dumps.length ? series.value : null;
  // Counts need no dump, nor the answer about them.
  const table = dumps.length === 0 || series.status === 'failed' ? (gathered ?? NO_TABLE) : gathered;
  return (
    <div className="timeline" aria-busy={series.status === 'asking'}>
      {dumps.length === 0 ? null : (
        <div className="toolbar">
          <LevelSelect />
        </div>
      )}
      {series.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The counts could not be gathered: {series.error}
        </p>
      ) : null}
      {table === null || (table === NO_TABLE && counts.length === 0) ? (
        <p className="hint muted" role="status" aria-label="Timeline">
          {series.status === 'failed' ? 'No counts.' : 'Counting…'}
        </p>
      ) : (
        <Drawn dumps={dumps} table={table} counts={counts} />
      )}
    </div>
  );
}

function OneDump() {
  return (
    <div className="hint">
      <h3>One dump is one point</h3>
      <p className="muted">
        Drop dumps of other moments of the same process to see counts over time. A count that stays up after the load
        has fallen is the mark of a leak, so take one then.
      </p>
      <div className="command">
        <div className="command-head">
          <span className="muted">Save another dump</span>
          <CopyButton text={CURL_AFTER} what="command" className="button small" />
        </div>
        <pre>{CURL_AFTER}</pre>
      </div>
    </div>
  );
}
