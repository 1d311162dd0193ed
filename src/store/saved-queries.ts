import type { StoreApi } from 'zustand/vanilla';
import type { Actions, AppState } from './state.ts';
import type { QueryShelf } from './surroundings.ts';

/** Searches that are kept; the oldest goes when there are more. */
export const MAX_SAVED_QUERIES = 30;

/** Keeps searches, newest first, each once. */
export function createSavedQueries(store: StoreApi<AppState>, shelf: QueryShelf): Actions['saveQuery'] {
  return (text, keep) => {
    const query = text.trim();
    const others = store.getState().savedQueries.filter((saved) => saved !== query);
    const savedQueries = keep && query !== '' ? [query, ...others].slice(0, MAX_SAVED_QUERIES) : others;
    store.setState({ savedQueries });
    shelf.write(savedQueries);
  };
}
