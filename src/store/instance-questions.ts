import type { StoreApi } from 'zustand/vanilla';
import type { DumpId } from '../worker/protocol.ts';
import { numberObjects } from './number-objects.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import { searchable } from './search-tags.ts';
import type { AppState, DumpEntry } from './state.ts';

/** What the search finds in one instance. */
export interface InstanceFound {
  readonly instance: string;
  /** The dump it was looked for in. */
  readonly dumpId: DumpId;
  readonly dumpName: string;
  readonly goroutines: number;
}

/**
 * One dump of each instance that is named, in order of their first dumps: the one on show, of other instances the one taken
 * nearest to it, without times the last one. Empty below two instances.
 */
export function dumpsBeside(dumps: readonly DumpEntry[], shownId: DumpId | null): DumpEntry[] {
  const shown = dumps.find(({ summary }) => summary.id === shownId) ?? null;
  const chosen = new Map<string, DumpEntry>();
  for (const dump of dumps) {
    const { instance } = dump.summary.provenance;
    if (instance === null) continue;
    const best = chosen.get(instance);
    const isBetter =
      best === undefined || dump === shown || (best !== shown && distance(dump, shown) <= distance(best, shown));
    if (isBetter) chosen.set(instance, dump);
  }
  return chosen.size < 2 ? [] : [...chosen.values()];
}

/** Milliseconds between two dumps; infinite where a time is missing. */
function distance(dump: DumpEntry, from: DumpEntry | null): number {
  const [a, b] = [dump.takenAtMs, from?.takenAtMs ?? null];
  return a === null || b === null ? Infinity : Math.abs(a - b);
}

/** How many goroutines the search finds in each instance, most first. Asked dump by dump, so that other questions come between. */
export function instanceQuestion(
  store: StoreApi<AppState>,
  { client, about }: QuestionOptions,
): Question<readonly InstanceFound[]> {
  const numberOf = numberObjects();
  return {
    wish: (state) => {
      const { wantsFacets, matches, groups, view } = state;
      if (!wantsFacets) return LATER;
      const dumps = dumpsBeside(state.dumps, view.dumpId);
      if (dumps.length === 0) return NOTHING;
      const text = view.search.trim();
      if (groups.status !== 'ready' || matches.status === 'asking' || (text !== '' && searchable(text) === null)) {
        return LATER;
      }
      // The text is not part of the wish: its matches come a moment later, and are new ones for every text.
      const ids = dumps.map(({ summary }) => summary.id);
      return about(state, [view.dumpId, ...ids], [view.level, numberOf(matches.value)]);
    },
    ask: async (state) => {
      const { view, groups, matches } = state;
      const text = view.search.trim();
      const table = groups.value?.table ?? null;
      const keys =
        table === null || matches.value === null ? [] : Array.from(matches.value, (row) => table.key[row] ?? '');
      const found: InstanceFound[] = [];
      for (const { summary, name } of dumpsBeside(state.dumps, view.dumpId)) {
        const goroutines =
          text === ''
            ? summary.goroutines
            : await client.ask('countFound', { dumpId: summary.id, level: view.level, text, keys });
        found.push({ instance: summary.provenance.instance ?? '', dumpId: summary.id, dumpName: name, goroutines });
      }
      return found.sort((a, b) => b.goroutines - a.goroutines);
    },
    get: (state) => state.instances,
    put: (instances) => store.setState({ instances }),
  };
}
