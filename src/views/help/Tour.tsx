import { useState } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { TOUR } from './tour-steps.ts';
import './help.css';

const KEY = 'standstill.tour';

function wasEnded(): boolean {
  try {
    return localStorage.getItem(KEY) === 'ended';
  } catch {
    return false;
  }
}

/** A short reading of the sample incident, beside it; not shown again once it was ended. */
export function Tour() {
  const [isOver, setOver] = useState(wasEnded);
  const [at, setAt] = useState(0);
  const largest = useStandstill((state) => state.groups.value?.table.key[0] ?? null);
  const { choose } = useActions();
  const step = TOUR[at];
  if (isOver || step === undefined) return null;
  const end = () => {
    setOver(true);
    try {
      localStorage.setItem(KEY, 'ended');
    } catch {
      // It is over for this page.
    }
  };
  const go = (next: number) => {
    const view = TOUR[next]?.view ?? null;
    setAt(next);
    if (view === 'largest') choose({ tab: 'groups', groupKey: largest });
    else if (view !== null) choose(view);
  };
  return (
    <aside className="tour" aria-label="The sample incident, step by step">
      <p className="tour-head">
        <strong>{step.title}</strong>{' '}
        <span className="muted">
          {at + 1} of {TOUR.length}
        </span>
      </p>
      <p aria-live="polite">{step.says}</p>
      <div className="tour-buttons">
        <button type="button" className="button small quiet" onClick={end}>
          {at === TOUR.length - 1 ? 'Done' : 'End the tour'}
        </button>
        {at === 0 ? null : (
          <button type="button" className="button small" onClick={() => go(at - 1)}>
            Back
          </button>
        )}
        {at === TOUR.length - 1 ? null : (
          <button type="button" className="button small primary" onClick={() => go(at + 1)}>
            Next
          </button>
        )}
      </div>
    </aside>
  );
}
