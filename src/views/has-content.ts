import type { AppState } from '../store/state.ts';

/** True when there is anything to look at: a dump, counts or races. */
export function hasContent({ dumps, counts, races }: AppState): boolean {
  return dumps.length > 0 || counts.length > 0 || races.length > 0;
}
