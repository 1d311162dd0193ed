import type { StoreApi } from 'zustand/vanilla';
import type { GoroutineLineage } from '../core/causes/lineage/lineage.ts';
import { normaliseFunctionName } from '../core/group/function-name.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import type { AppState, FamilyReply, LineageReply } from './state.ts';

/** Who created whom: in the whole dump while the Lineage tab is open, of one goroutine while its group is chosen. */
export function lineageQuestions(store: StoreApi<AppState>, { client, about }: QuestionOptions) {
  const lineage: Question<LineageReply> = {
    wish: (state) => (state.view.tab === 'lineage' ? about(state, [state.view.dumpId], []) : LATER),
    misleads: ({ lineage, view }) => lineage.value?.dumpId !== view.dumpId,
    ask: async ({ view: { dumpId } }) => {
      if (dumpId === null) return null;
      const tree = await client.ask('lineage', { dumpId });
      // The groups that the nodes lead to: by creating function, as that level has them.
      const { table } = await client.ask('groups', { dumpId, previousId: null, level: 'created-by' });
      const keys = table.key.map((key, row) => [normaliseFunctionName(table.createdBy[row] ?? ''), key] as const);
      return { dumpId, tree, groupKeys: new Map(keys) };
    },
    get: (state) => state.lineage,
    put: (answer) => store.setState({ lineage: answer }),
  };

  const family: Question<FamilyReply> = {
    wish: (state) => {
      const goroutineId = selectFamilyId(state);
      const { dumpId, level } = state.view;
      // A group that is being opened keeps what is there.
      if (state.view.groupKey !== null && state.detail.status === 'asking') return LATER;
      return goroutineId === null ? NOTHING : about(state, [dumpId], [goroutineId, level]);
    },
    misleads: (state) => state.family.value?.lineage.goroutineId !== selectFamilyId(state),
    ask: async (state) => {
      const { dumpId, level } = state.view;
      const goroutineId = selectFamilyId(state);
      if (dumpId === null || goroutineId === null) return null;
      const lineage = await client.ask('goroutineLineage', { dumpId, goroutineId });
      if (lineage === null) return null;
      const places = await client.ask('places', { dumpId, level, ids: relatives(lineage) });
      return { dumpId, lineage, places: new Map(places.map((place) => [place.id, place])) };
    },
    get: (state) => state.family,
    put: (answer) => store.setState({ family: answer }),
  };

  return { lineage, family };
}

/** The goroutine of the chosen group whose family is told: the one whose text is open, else the first. */
export function selectFamilyId({ view, detail, rawText }: AppState): number | null {
  if (view.groupKey === null || detail.value?.key !== view.groupKey) return null;
  const { goroutines } = detail.value;
  const open = rawText.row === null ? undefined : goroutines.find(({ row }) => row === rawText.row);
  return (open ?? goroutines[0])?.id ?? null;
}

function relatives({ chain, children, ancestors }: GoroutineLineage): number[] {
  return [...new Set([...chain.map(({ id }) => id), ...(children?.ids ?? []), ...ancestors.map(({ id }) => id)])];
}
