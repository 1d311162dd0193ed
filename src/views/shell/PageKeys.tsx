import { lazy, useState } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { afterPaint } from '../../ui/after-paint.ts';
import { SEARCH_FIELD } from '../groups/SearchField.tsx';
import { LazyPart } from '../LazyPart.tsx';
import { keyMapOf } from './page-actions.ts';
import { run, useKeys, usePaletteKey } from './use-keys.ts';
import { usePageActions } from './use-page-actions.ts';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));

/** The keys of the page once something is loaded, and the list of its actions while that is open. */
export function PageKeys({ onKeys, onShare }: { onKeys: () => void; onShare: () => void }) {
  const { choose } = useActions();
  const view = useStandstill((state) => state.view);
  const search = () => {
    if (view.tab !== 'groups' && view.tab !== 'compare') choose({ tab: 'groups' });
    focusSearch();
  };
  const actions = usePageActions({ onKeys, onShare, onSearch: search });
  const [isOpen, setIsOpen] = useState(false);
  usePaletteKey(() => setIsOpen(true));
  useKeys({
    ...keyMapOf(actions),
    Escape: () => {
      if (view.groupKey !== null) return run(() => choose({ groupKey: null }));
      if (view.search !== '' || view.states.length > 0 || view.marks.length > 0 || view.onlySuspects) {
        return run(() => choose({ search: '', states: [], marks: [], onlySuspects: false }));
      }
      return false;
    },
  });
  return isOpen ? (
    <LazyPart what="The list of actions">
      <Palette actions={actions} onClose={() => setIsOpen(false)} />
    </LazyPart>
  ) : null;
}

/** The field is there once its tab is drawn, a few paints after it was chosen. */
function focusSearch(paints = 20): void {
  const field = document.getElementById(SEARCH_FIELD);
  if (field !== null) field.focus();
  else if (paints > 0) afterPaint(() => focusSearch(paints - 1));
}
