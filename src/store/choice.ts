import type { StoreApi } from 'zustand/vanilla';
import type { GroupTable } from '../core/group/group-table.ts';
import type { Level } from '../core/group/levels.ts';
import { MAX_SEARCH, renameDumps } from '../investigation/read-view.ts';
import type { DumpId } from '../worker/protocol.ts';
import { firstToCompare, latestDump } from './dump-order.ts';
import { INITIAL_VIEW, NO_RAW_TEXT } from './initial-state.ts';
import type { Actions, AppState, DumpEntry, ViewState } from './state.ts';

/** Keeps the view in step with the dumps: what the user chose stays, the rest follows. */
export interface Choice {
  readonly choose: Actions['choose'];
  readonly swapAB: Actions['swapAB'];
  /** The level that suits the dumps is known: taken unless the user chose one. */
  readonly adviseLevel: (level: Level) => void;
  readonly useAdvisedLevel: Actions['useAdvisedLevel'];
  /** Dumps came, went or changed places. `complete`: no more files are on their way. */
  readonly follow: (complete: boolean) => void;
  /** A table came: a group chosen in another dump is let go when this one does not have it. */
  readonly tableCame: (table: GroupTable) => void;
  /** Takes a whole view, of a link or a saved investigation, as if all of it was chosen; dumps that are not there are left out. */
  readonly restore: (view: ViewState) => void;
  /** Forgets all choices but level, tab and sorting. */
  readonly reset: () => void;
  /** Whether the user went to another place since this was last asked. What follows by itself and what was restored is no step. */
  readonly takeStep: () => boolean;
}

/** What makes a view another place, from which one would want to come back. */
const PLACE = ['tab', 'dumpId', 'level', 'groupKey', 'a', 'b', 'compareMode'] as const;

export function createChoice(store: StoreApi<AppState>): Choice {
  let choseDump = false;
  let choseA = false;
  let choseB = false;
  let choseLevel = false;
  /** True when the group key was chosen in another dump and may not exist in this one. */
  let keyIsCarried = false;
  /** Place of the chosen dump when dumps were last looked at: its neighbour takes over when it is removed. */
  let place = 0;
  let hasStepped = false;

  /** Changes the view as the user wants it. */
  const go = (change: Partial<ViewState>): void => {
    const before = store.getState().view;
    setView(change);
    const { view } = store.getState();
    hasStepped ||= PLACE.some((name) => before[name] !== view[name]);
  };

  const setView = (change: Partial<ViewState>): void => {
    const { view } = store.getState();
    const next = { ...view, ...change };
    const shows = next.dumpId !== view.dumpId || next.level !== view.level || next.groupKey !== view.groupKey;
    if (next.dumpId !== view.dumpId && change.groupKey === undefined) keyIsCarried = next.groupKey !== null;
    if (change.groupKey !== undefined) keyIsCarried = false;
    // A fate is of the goroutines of one group.
    if (next.groupKey !== view.groupKey && change.fate === undefined) next.fate = null;
    if (isSame(view, next)) return;
    store.setState(shows ? { view: next, rawText: NO_RAW_TEXT } : { view: next });
  };

  return {
    choose: (change) => {
      const { dumps, view } = store.getState();
      const known = (id: DumpId | null) => id === null || dumps.some((dump) => dump.summary.id === id);
      const { dumpId, a, b, ...rest } = change;
      const next: { -readonly [K in keyof ViewState]?: ViewState[K] } = rest;
      if (dumpId !== undefined && known(dumpId)) {
        next.dumpId = dumpId;
        choseDump = dumpId !== null;
      }
      if (a !== undefined && known(a)) {
        next.a = a;
        choseA = a !== null;
      }
      if (b !== undefined && known(b)) {
        next.b = b;
        choseB = b !== null;
      }
      if (next.search !== undefined) next.search = next.search.slice(0, MAX_SEARCH);
      // A key names a group at one level only.
      if (next.level !== undefined) {
        choseLevel = true;
        if (next.level !== view.level && next.groupKey === undefined) next.groupKey = null;
      }
      go(next);
      place = placeOf(dumps, store.getState().view.dumpId) ?? place;
    },

    swapAB: () => {
      const { a, b } = store.getState().view;
      choseA = true;
      choseB = true;
      go({ a: b, b: a });
    },

    adviseLevel: (level) => {
      const { view } = store.getState();
      if (!choseLevel && level !== view.level) setView({ level, groupKey: null });
    },

    useAdvisedLevel: () => {
      choseLevel = false;
      const { view, levelAdvice } = store.getState();
      const level = levelAdvice.value?.level ?? view.level;
      if (level !== view.level) go({ level, groupKey: null });
    },

    follow: (complete) => {
      const { dumps, view } = store.getState();
      const at = placeOf(dumps, view.dumpId);
      const kept = at === null ? undefined : dumps[at];
      if (kept === undefined) choseDump = false;
      const latest = latestDump(dumps);
      const shown =
        complete && !choseDump && latest !== null ? latest : (kept ?? dumps[Math.min(place, dumps.length - 1)] ?? null);

      const find = (id: DumpId | null) => dumps.find((dump) => dump.summary.id === id) ?? null;
      choseA &&= find(view.a) !== null;
      choseB &&= find(view.b) !== null;
      const chosenA = choseA ? find(view.a) : null;
      const b = choseB ? find(view.b) : latestDump(dumps.filter((dump) => dump !== chosenA));
      const a = choseA ? chosenA : firstToCompare(dumps, b);
      const two = dumps.length > 1;
      setView({
        dumpId: shown?.summary.id ?? null,
        a: two || choseA ? (a?.summary.id ?? null) : null,
        b: two || choseB ? (b?.summary.id ?? null) : null,
        ...(shown === null ? { groupKey: null } : {}),
        phases: view.phases.every(([id]) => find(id) !== null)
          ? view.phases
          : view.phases.filter(([id]) => find(id) !== null),
      });
      place = placeOf(dumps, shown?.summary.id ?? null) ?? 0;
    },

    tableCame: (table) => {
      const { groupKey } = store.getState().view;
      if (keyIsCarried && groupKey !== null && !table.key.includes(groupKey)) setView({ groupKey: null });
      keyIsCarried = false;
    },

    restore: (view) => {
      const { dumps } = store.getState();
      const known = (id: DumpId | null) => (placeOf(dumps, id) === null ? null : id);
      const next = renameDumps(view, known);
      choseDump = next.dumpId !== null;
      choseA = next.a !== null;
      choseB = next.b !== null;
      choseLevel = true;
      setView({ ...next, dumpId: next.dumpId ?? latestDump(dumps)?.summary.id ?? null });
      keyIsCarried = false;
      hasStepped = false;
      place = placeOf(dumps, store.getState().view.dumpId) ?? 0;
    },

    reset: () => {
      choseDump = false;
      choseA = false;
      choseB = false;
      hasStepped = false;
      place = 0;
      const { tab, level, groupSort, changeSort } = store.getState().view;
      setView({ ...INITIAL_VIEW, tab, level, groupSort, changeSort });
    },

    takeStep: () => {
      const stepped = hasStepped;
      hasStepped = false;
      return stepped;
    },
  };
}

function placeOf(dumps: readonly DumpEntry[], id: DumpId | null): number | null {
  const at = dumps.findIndex((dump) => dump.summary.id === id);
  return at < 0 ? null : at;
}

function isSame(view: ViewState, next: ViewState): boolean {
  return view === next || Object.entries(next).every(([name, value]) => view[name as keyof ViewState] === value);
}
