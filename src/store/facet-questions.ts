import type { StoreApi } from 'zustand/vanilla';
import type { GroupTable } from '../core/group/group-table.ts';
import type { Facet } from '../core/query/facets.ts';
import { numberObjects } from './number-objects.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import type { AppState } from './state.ts';

/** Facets of the goroutines that the search finds. */
export interface FacetsReply {
  readonly facets: readonly Facet[];
  /** Of all goroutines of the table, whatever the search finds. */
  readonly all: readonly Facet[];
  readonly table: GroupTable;
  /** The rows that were counted; null: all. */
  readonly rows: Uint32Array | null;
}

/** Asked once somebody wants them: the search field was used, or the list of facets opened. */
export function facetQuestion(store: StoreApi<AppState>, { client, about }: QuestionOptions): Question<FacetsReply> {
  let counted: Pick<FacetsReply, 'table' | 'all'> | null = null;
  const numberOf = numberObjects();
  return {
    wish: (state) => {
      const { wantsFacets, groups, matches, view } = state;
      if (!wantsFacets) return LATER;
      if (groups.status === 'none') return NOTHING;
      if (groups.status !== 'ready' || groups.value === null || matches.status === 'asking') return LATER;
      return about(state, [view.dumpId], [numberOf(groups.value.table), numberOf(matches.value)]);
    },
    ask: async ({ view: { dumpId }, groups, matches }) => {
      if (dumpId === null || groups.value === null) return null;
      const { table } = groups.value;
      const rows = matches.value;
      const { level } = table;
      const all = counted?.table === table ? counted.all : await client.ask('facets', { dumpId, level, rows: null });
      counted = { table, all };
      const facets = rows === null ? all : await client.ask('facets', { dumpId, level, rows });
      return { facets, all, table, rows };
    },
    get: (state) => state.facets,
    put: (facets) => store.setState({ facets }),
  };
}
