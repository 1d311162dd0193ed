import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Standstill } from './create-store.ts';
import type { Actions, AppState } from './state.ts';

/** The store of the page; put around all views: `<StandstillContext value={createStandstill(…)}>`. */
export const StandstillContext = createContext<Standstill | null>(null);

/** What `selector` picks; drawn again when that is another value. */
export function useStandstill<T>(selector: (state: AppState) => T): T {
  return useStore(useStandstillContext().store, selector);
}

/** The verbs; always the same object. */
export function useActions(): Actions {
  return useStandstillContext().actions;
}

function useStandstillContext(): Standstill {
  const standstill = useContext(StandstillContext);
  if (standstill === null) throw new Error('a view stands outside of StandstillContext');
  return standstill;
}
