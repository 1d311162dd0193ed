import { createStore, type StoreApi } from 'zustand/vanilla';
import { makeReport } from '../investigation/report.ts';
import type { Shelf } from '../investigation/shelf.ts';
import type { Client } from '../worker/protocol.ts';
import { createAddressKeeper } from './address.ts';
import { createAutosave } from './autosave.ts';
import { createCalm } from './calm.ts';
import { createChoice } from './choice.ts';
import { INITIAL_STATE, NO_RAW_LINES, NO_RAW_TEXT } from './initial-state.ts';
import { createIntake } from './intake.ts';
import { createSay } from './notices.ts';
import { type Schedule, startQueries } from './queries.ts';
import { createSavedQueries } from './saved-queries.ts';
import { createShare } from './share.ts';
import { viewOf } from './show.ts';
import { createSources } from './sources.ts';
import type { Actions, AppState } from './state.ts';
import {
  type Address,
  type FetchFile,
  fetchNothing,
  KEEP_NOTHING,
  type KeepSetting,
  NO_ADDRESS,
  NO_QUERIES,
  NO_SOURCES,
  type QueryShelf,
  type SourceShelf,
} from './surroundings.ts';
import { createTriage } from './triage.ts';
import { createWatch } from './watch.ts';

/** What the file inside a report is called while it is read, and when it cannot be read. */
const CARRIED_NAME = 'The investigation inside this page';

/** A store with its verbs. */
export interface Standstill {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'getInitialState' | 'subscribe'>;
  readonly actions: Actions;
  /** Opens the investigation that came inside the page, if `find` gives one; says so when it throws. */
  readonly openCarried: (find: () => Blob | null) => void;
  /** Stops all questions and closes the client. */
  readonly dispose: () => void;
}

export interface StandstillOptions {
  readonly client: Client;
  /** Runs something later; a timer unless a test hands in its own. */
  readonly schedule?: Schedule;
  /** Where links are opened from and the view is kept; nowhere unless given. */
  readonly address?: Address;
  readonly fetchFile?: FetchFile;
  /** Where what is open is kept for a reload; nowhere unless given. */
  readonly shelf?: Shelf;
  readonly keepSetting?: KeepSetting;
  /** Where searches are kept; nowhere unless given. */
  readonly queryShelf?: QueryShelf;
  readonly sourceShelf?: SourceShelf;
  /** The source of the page as one file, which reports are made from; asked for only when one is made. */
  readonly oneFilePage?: () => Promise<string>;
}

/** An empty store over a client, which it owns from now on. */
export function createStandstill(options: StandstillOptions): Standstill {
  const { client, schedule = onTimer, address = NO_ADDRESS, fetchFile = fetchNothing, oneFilePage = noPage } = options;
  const { shelf = null, keepSetting = KEEP_NOTHING, queryShelf = NO_QUERIES, sourceShelf = NO_SOURCES } = options;
  const store = createStore<AppState>(() => ({
    ...INITIAL_STATE,
    savedQueries: queryShelf.read(),
    sourceRules: sourceShelf.read(),
  }));
  const say = createSay(store);
  const calm = createCalm();
  const choice = createChoice(store);
  const triage = createTriage(store, say);
  const { markGroup, keepRule, removeRule, showRules } = triage;
  const { isLost, analystCrashed, fileOf, ...intake } = createIntake({ store, client, choice, calm, say, triage });
  const stopQueries = startQueries(store, { client, schedule, choice, calm, isLost });
  const stopListening = client.onCrash(analystCrashed);
  const { addFiles } = intake;
  const sources = createSources({ store, fetchFile, addFiles, say });
  const { fetchSources } = sources;
  const link = createAddressKeeper({ store, address, choice, say, schedule, addFiles, fetchSources });
  link.start();
  const autosave = createAutosave({
    store,
    shelf,
    setting: keepSetting,
    say,
    schedule,
    fileOf,
    verbs: intake,
    openLink: link.openIfFree,
    restoreTeam: triage.restore,
  });
  void autosave.start();
  const watch = createWatch({ store, fetchFile, addFiles, schedule, now: Date.now });
  return {
    store,
    actions: {
      ...intake,
      cancelFile: (id) => {
        if (!sources.cancel(id)) intake.cancelFile(id);
      },
      cancelAll: () => {
        sources.cancelAll();
        intake.cancelAll();
      },
      ...createShare(store, client),
      settleLink: link.settleLink,
      startWatch: watch.startWatch,
      stopWatch: watch.stopWatch,
      setKeeping: autosave.setKeeping,
      openKept: autosave.openKept,
      forgetKept: autosave.forgetKept,
      markGroup,
      keepRule,
      removeRule,
      showRules,
      choose: choice.choose,
      setFlame: (change) => store.setState(({ flameSettings }) => ({ flameSettings: { ...flameSettings, ...change } })),
      setSourceRules: (sourceRules) => {
        store.setState({ sourceRules });
        sourceShelf.write(sourceRules);
      },
      wantFacets: () => store.setState({ wantsFacets: true }),
      saveQuery: createSavedQueries(store, queryShelf),
      swapAB: choice.swapAB,
      useAdvisedLevel: choice.useAdvisedLevel,
      show: (what) => {
        const change = viewOf(what, store.getState().verdict.value?.dumpIds ?? []);
        if (change !== null) choice.choose(change);
      },
      markPhase: (ids, phase) => {
        const others = store.getState().view.phases.filter(([id]) => !ids.includes(id));
        choice.choose({ phases: phase === null ? others : [...others, ...ids.map((id) => [id, phase] as const)] });
      },
      showRawLines: (at) =>
        store.setState({ rawLines: { ...NO_RAW_LINES, dumpId: at?.dumpId ?? null, line: at?.line ?? 0 } }),
      removeRaces: (id) => store.setState(({ races }) => ({ races: races.filter(({ fileId }) => fileId !== id) })),
      dismissFileNotes: (id) =>
        store.setState(({ fileNotes }) => ({ fileNotes: fileNotes.filter(({ fileId }) => fileId !== id) })),
      showRawText: (row) => store.setState({ rawText: { ...NO_RAW_TEXT, row } }),
      dismissNotice: (id) =>
        store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
      makeReport: async (packed, title, name) => {
        const bytes = new TextEncoder().encode(makeReport(await oneFilePage(), packed, title));
        return { name: `${name}.html`, type: 'text/html', bytes };
      },
    },
    openCarried: (find) => {
      try {
        const file = find();
        if (file !== null)
          intake.addFiles([{ file, name: CARRIED_NAME, path: CARRIED_NAME, modifiedMs: null, isCarried: true }]);
      } catch {
        say(
          'error',
          'The investigation inside this page is damaged: the file is not as it was made. Get it once more.',
        );
      }
    },
    dispose: () => {
      stopListening();
      link.stop();
      autosave.stop();
      watch.dispose();
      sources.cancelAll();
      stopQueries();
      client.dispose();
    },
  };
}

function noPage(): Promise<string> {
  return Promise.reject(new Error('This page cannot make reports.'));
}

function onTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
