import type { Address } from '../store/surroundings.ts';

/** The address bar of a window. */
export function addressBar({ location, history, addEventListener, removeEventListener }: Window): Address {
  return {
    read: () => location.hash.replace(/^#/, ''),
    write: (fragment, isStep) => {
      const address = fragment === '' ? `${location.pathname}${location.search}` : `#${fragment}`;
      try {
        if (isStep) history.pushState(null, '', address);
        else history.replaceState(null, '', address);
      } catch {
        // Browsers refuse when it is changed too often, and some for pages from disk: the next change tries again.
      }
    },
    onChange: (listener) => {
      addEventListener('popstate', listener);
      addEventListener('hashchange', listener);
      return () => {
        removeEventListener('popstate', listener);
        removeEventListener('hashchange', listener);
      };
    },
  };
}
