import type { StoreApi } from 'zustand/vanilla';
import type { FlameDirection, FlameTree, FlameWeight } from '../core/flame/flame-tree.ts';
import type { DumpId } from '../worker/protocol.ts';
import { previousDump } from './dump-order.ts';
import { numberObjects } from './number-objects.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import type { AppState } from './state.ts';

/** How the tree is made. */
export interface FlameSettings {
  readonly direction: FlameDirection;
  readonly weight: FlameWeight;
  /** Against the dump before the one on show. */
  readonly compares: boolean;
}

export const FLAME_SETTINGS: FlameSettings = { direction: 'root-first', weight: 'goroutines', compares: false };

export interface FlameReply extends FlameSettings {
  readonly dumpId: DumpId;
  readonly tree: FlameTree;
}

/** The tree of the dump on show, of what the search finds, while its tab is open. */
export function flameQuestion(store: StoreApi<AppState>, { client, about }: QuestionOptions): Question<FlameReply> {
  const numberOf = numberObjects();
  return {
    wish: (state) => {
      const { view, matches, groups, flameSettings } = state;
      if (view.tab !== 'flame') return LATER;
      if (view.dumpId === null) return NOTHING;
      if (groups.status !== 'ready' || matches.status === 'asking') return LATER;
      return about(state, [view.dumpId], [view.level, numberOf(matches.value), flameSettings, againstOf(state)]);
    },
    misleads: ({ flame, view }) => flame.value?.dumpId !== view.dumpId,
    ask: async (state) => {
      const { dumpId, level } = state.view;
      if (dumpId === null) return null;
      const { direction, weight, compares } = state.flameSettings;
      const against = againstOf(state);
      const rows = state.matches.value;
      const text = state.view.search.trim();
      const tree = await client.ask('flame', { dumpId, against, direction, weight, level, rows, text });
      return { dumpId, tree, direction, weight, compares };
    },
    get: (state) => state.flame,
    put: (flame) => store.setState({ flame }),
  };
}

function againstOf({ flameSettings, dumps, view }: AppState): DumpId | null {
  return flameSettings.compares ? (previousDump(dumps, view.dumpId)?.summary.id ?? null) : null;
}
