import { MAX_SEARCH } from '../investigation/read-view.ts';
import type { QueryShelf } from '../store/surroundings.ts';

const KEY = 'standstill.queries';
const MAX_QUERIES = 100;

/** Searches in the browser's storage, which may be forbidden or hold anything. */
export const queryShelf: QueryShelf = {
  read: () => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      if (!Array.isArray(stored)) return [];
      const texts: unknown[] = stored.slice(0, MAX_QUERIES);
      return texts.filter(
        (text): text is string => typeof text === 'string' && text !== '' && text.length <= MAX_SEARCH,
      );
    } catch {
      return [];
    }
  },
  write: (queries) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(queries));
    } catch {
      // They hold for this page.
    }
  },
};
