import { useDeferredValue } from 'react';
import { selectChosenDump } from '../../store/selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { CreatorTree } from './CreatorTree.tsx';
import './lineage.css';

/** Who created whom in the chosen dump. */
export function LineageTab() {
  const { status, value, error } = useStandstill((state) => state.lineage);
  const dump = useStandstill(selectChosenDump);
  const known = value?.dumpId === dump?.summary.id ? value : null;
  // A tree is drawn in slices, so that keys and clicks are answered between them.
  const shown = useDeferredValue(known, null);
  const reply = known === null ? null : shown;
  return (
    <div className="lineage" aria-busy={status === 'asking'}>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The creators could not be found: {error}
        </p>
      ) : null}
      {reply === null ? (
        status === 'failed' ? null : (
          <p className="hint muted" role="status">
            {status === 'none' ? 'Choose a dump.' : 'Looking for creators…'}
          </p>
        )
      ) : (
        <>
          <div className="lineage-notes">
            {reply.tree.by === 'none' ? null : (
              <p>
                {formatNumberOf(reply.tree.goroutines, 'goroutine')} of {dump?.name}, each below the one that created
                it.
                {reply.tree.creatorGone === null || reply.tree.creatorGone === 0
                  ? ''
                  : ` Of ${formatCount(reply.tree.creatorGone)} the creator is gone.`}
              </p>
            )}
            {reply.tree.notes.map((note) => (
              <p key={note} className="muted">
                {note}
              </p>
            ))}
          </div>
          {reply.tree.nodes.length === 0 ? null : <CreatorTree key={reply.dumpId} reply={reply} />}
        </>
      )}
    </div>
  );
}
