import type { Show } from '../core/trend/verdict.ts';
import type { DumpId } from '../worker/protocol.ts';
import type { ViewState } from './state.ts';

/** The groups without a filter, so that what was counted is among them. */
export const ALL_GROUPS = { tab: 'groups', search: '', states: [], marks: [], onlySuspects: false } as const;

/** The view in which a number of the verdict can be counted; `dumpIds` are what its dumps mean by number. Null when a dump is gone. */
export function viewOf(show: Show, dumpIds: readonly DumpId[]): Partial<ViewState> | null {
  switch (show.kind) {
    case 'timeline':
    case 'instances':
      return { tab: show.kind };
    case 'dump': {
      const dumpId = dumpIds[show.dump];
      return dumpId === undefined ? null : { ...ALL_GROUPS, dumpId, groupKey: null };
    }
    case 'group': {
      const dumpId = dumpIds[show.dump];
      if (dumpId === undefined) return null;
      return { ...ALL_GROUPS, dumpId, level: show.level, groupKey: show.key, fate: null };
    }
    case 'changes': {
      const a = dumpIds[show.a];
      const b = dumpIds[show.b];
      if (a === undefined || b === undefined) return null;
      const { level, key, kinds, fate } = show;
      // The goroutines that left are listed in A, all others in B.
      const dumpId = fate === 'left' ? a : b;
      return {
        tab: 'compare',
        compareMode: 'changes',
        a,
        b,
        level,
        groupKey: key,
        ...(key === null ? {} : { dumpId }),
        changeKinds: kinds,
        // Over all groups: those with most goroutines of that fate first.
        ...(key === null && fate !== null ? { changeSort: { column: fate, descending: true } } : {}),
        fate,
        search: '',
        marks: [],
      };
    }
  }
}
