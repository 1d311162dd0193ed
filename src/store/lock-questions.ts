import type { StoreApi } from 'zustand/vanilla';
import type { LockReport } from '../core/causes/locks/lock-report.ts';
import { LATER, type Question, type QuestionOptions } from './queries.ts';
import type { AppState, LocksReply } from './state.ts';

/** The locks of the dump on show: asked while the Locks tab is open, or a group that waits for one. */
export function lockQuestion(store: StoreApi<AppState>, { client, about }: QuestionOptions): Question<LocksReply> {
  return {
    wish: (state) => {
      const { tab, dumpId, level } = state.view;
      return tab === 'locks' || selectGroupWaits(state) ? about(state, [dumpId], [level]) : LATER;
    },
    misleads: ({ locks, view }) => locks.value?.dumpId !== view.dumpId,
    ask: async ({ view: { dumpId, level } }) => {
      if (dumpId === null) return null;
      const report = await client.ask('locks', { dumpId });
      const places = await client.ask('places', { dumpId, level, ids: idsOf(report) });
      return { dumpId, report, places: new Map(places.map((place) => [place.id, place])) };
    },
    get: (state) => state.locks,
    put: (locks) => store.setState({ locks }),
  };
}

/** Whether goroutines of the dump on show wait for locks, so that there is something to say of them. */
export function selectHasLocks({ dumps, view }: AppState): boolean {
  return (dumps.find(({ summary }) => summary.id === view.dumpId)?.summary.lockWaits ?? 0) > 0;
}

/** Whether goroutines of the chosen group wait for locks. */
export function selectGroupWaits({ detail, view }: AppState): boolean {
  const { value } = detail;
  return view.groupKey !== null && value !== null && value.key === view.groupKey && value.lockWaits > 0;
}

/** All goroutines that a report names. */
function idsOf({ targets, verdicts }: LockReport): number[] {
  const ids = new Set<number>();
  for (const { waiters, holder, candidates } of targets) {
    for (const id of waiters.ids) ids.add(id);
    if (holder !== null) ids.add(holder.goroutineId);
    for (const { goroutineId } of candidates) ids.add(goroutineId);
  }
  for (const { goroutineIds } of verdicts) for (const id of goroutineIds) ids.add(id);
  return [...ids];
}
