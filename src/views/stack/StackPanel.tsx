import { useDeferredValue, useEffect, useRef } from 'react';
import { selectChosenDump } from '../../store/selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { DumpFacts } from './DumpFacts.tsx';
import { GroupView } from './GroupView.tsx';
import './stack.css';

/** Right side: the chosen group, or what is known of the chosen dump. */
export function StackPanel({ focusWish, onClose }: { focusWish: number; onClose: () => void }) {
  // Drawn in slices: a click on another row is answered while a group is.
  const groupKey = useDeferredValue(useStandstill((state) => state.view.groupKey));
  const detail = useDeferredValue(useStandstill((state) => state.detail));
  const dump = useDeferredValue(useStandstill(selectChosenDump));
  const { choose } = useActions();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focusWish > 0) panel.current?.focus();
  }, [focusWish]);
  const close = () => {
    choose({ groupKey: null });
    onClose();
  };
  if (dump === null) return null;
  return (
    <aside
      className="stack-panel"
      aria-label={groupKey === null ? 'Dump' : 'Stack'}
      aria-busy={groupKey !== null && detail.status === 'asking'}
      ref={panel}
      tabIndex={-1}
    >
      {groupKey === null ? (
        <DumpFacts dump={dump} />
      ) : detail.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The group could not be opened: {detail.error}
        </p>
      ) : detail.value === null ? (
        <p className="hint muted">
          {detail.status === 'asking' ? 'Opening the group…' : 'This dump has no goroutine of that group.'}
        </p>
      ) : (
        <GroupView
          key={detail.value.key}
          detail={detail.value}
          summary={dump.summary}
          dumpName={dump.name}
          onClose={close}
        />
      )}
    </aside>
  );
}
