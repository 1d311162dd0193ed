import { useCallback, useSyncExternalStore } from 'react';

/** Below this the stack opens as a sheet over the page instead of a column beside the table. */
export const SHEET_QUERY = '(max-width: 1099px)';
/** Below this the dumps are a strip on top and the tables keep their main columns. */
export const NARROW_QUERY = '(max-width: 759px)';

/** Whether a media query matches, and again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
