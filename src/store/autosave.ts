import type { StoreApi } from 'zustand/vanilla';
import { formatRuleFile } from '../core/triage/rule-file.ts';
import { formatLink } from '../investigation/link/format-link.ts';
import type { KeptFile, Shelf } from '../investigation/shelf.ts';
import type { FileId } from '../worker/protocol.ts';
import { type KeptNotes, readKeptNotes } from './kept-notes.ts';
import { linkOf } from './linked-dumps.ts';
import type { Say } from './notices.ts';
import type { Schedule } from './queries.ts';
import type { Actions, AppState, IncomingFile } from './state.ts';
import type { KeepSetting } from './surroundings.ts';

/** Bytes of all files of one investigation that are kept. */
export const MAX_KEPT_BYTES = 256 * 2 ** 20;
/** Files up to this size are kept before they are read, so that they survive a tab that dies over one; larger ones would slow their reading down. */
const KEPT_AT_ONCE = 32 * 2 ** 20;
/** Milliseconds until a change of the view, a mark or a name is kept. */
const NOTES_MS = 500;
/** After so many openings that never ended the files are opened only when the user says so. */
const MAX_BROKEN = 2;

export interface AutosaveOptions {
  readonly store: StoreApi<AppState>;
  /** Null where nothing is kept: in a report. */
  readonly shelf: Shelf | null;
  readonly setting: KeepSetting;
  readonly say: Say;
  readonly schedule: Schedule;
  readonly fileOf: (id: FileId) => IncomingFile | null;
  readonly verbs: Pick<Actions, 'addFiles' | 'renameDump' | 'setTakenAt' | 'removeDump' | 'setUnwrap' | 'setCountKeys'>;
  /** Opens the fragment of a link unless the address has one. */
  readonly openLink: (fragment: string) => void;
  /** Takes marks and rules as they were, in place of what the files say. */
  readonly restoreTeam: (rules: KeptNotes['team']) => void;
}

/** Keeps what is open on this computer, so that it survives a reload and a crash. */
export interface Autosave extends Pick<Actions, 'setKeeping' | 'openKept' | 'forgetKept'> {
  readonly start: () => Promise<void>;
  readonly stop: () => void;
}

export function createAutosave(options: AutosaveOptions): Autosave {
  const { store, shelf, setting, say, schedule, fileOf, verbs, openLink, restoreTeam } = options;
  const kept = new Map<FileId, { readonly key: string; readonly bytes: number }>();
  /** Keys of this page differ from those of the page it was before a reload. */
  const firstKey = Date.now().toString(36);
  const refused = new Set<FileId>();
  let isFollowing = false;
  let isRestoring = false;
  let isDue = false;
  let cancelNotes: (() => void) | null = null;
  let lastNotes = '';
  let stopListening = (): void => {};
  /** One thing at a time, in order. */
  let chain: Promise<void> = Promise.resolve();

  const show = (change: Partial<AppState['kept']>): void =>
    store.setState(({ kept: now }) => ({ kept: { ...now, ...change } }));

  const fail = (error: unknown): void => {
    if (!isFollowing) return;
    isFollowing = false;
    const why = error instanceof Error ? error.message : String(error);
    show({ status: 'failed', why });
    say('error', `What is open is not kept for a reload. ${why}`);
  };

  const then = (work: (to: Shelf) => Promise<void>): void => {
    if (shelf !== null) chain = chain.then(() => (isFollowing ? work(shelf) : undefined)).catch(fail);
  };

  /** Keeps files that came and lets go of those that went. */
  const followFiles = (state: AppState): void => {
    const settled = new Set<FileId>([
      ...state.dumps.map(({ summary }) => summary.fileId),
      ...[...state.counts, ...state.races, ...state.ruleFiles].map(({ fileId }) => fileId),
    ]);
    const coming = state.pending.filter((file) => !('why' in file));
    for (const [id, { key }] of kept) {
      if (settled.has(id) || coming.some((file) => file.id === id)) continue;
      kept.delete(id);
      then((to) => to.dropFile(key));
    }
    for (const id of new Set([...coming.map((file) => file.id), ...settled])) {
      const incoming = kept.has(id) || refused.has(id) ? null : fileOf(id);
      if (incoming === null || incoming.isCarried === true) continue;
      const { file, name, path, modifiedMs, keptAs } = incoming;
      if (keptAs !== undefined) {
        kept.set(id, { key: keptAs, bytes: file.size });
        continue;
      }
      if (file.size > KEPT_AT_ONCE && !settled.has(id)) continue;
      const bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0);
      if (bytes + file.size > MAX_KEPT_BYTES) {
        refused.add(id);
        say(
          'info',
          `${name} is not kept for a reload: files of more than ${MAX_KEPT_BYTES / 2 ** 20} MB in all are not.`,
        );
        continue;
      }
      const key = `${firstKey}-${id}`;
      kept.set(id, { key, bytes: file.size });
      then((to) => to.keepFile({ key, file, name, path, modifiedMs }));
    }
  };

  const keepNotes = (): void => {
    cancelNotes = null;
    const state = store.getState();
    if (isRestoring || kept.size === 0) return;
    const notes = notesOf(state);
    if (notes === lastNotes) return;
    lastNotes = notes;
    then((to) => to.keepNotes(state.view.title, notes));
  };

  const listen = (): void => {
    if (!isFollowing) return;
    if (!isDue) {
      isDue = true;
      // When all that changes at once has changed: between two steps a file may be nowhere.
      queueMicrotask(() => {
        isDue = false;
        if (isFollowing) followFiles(store.getState());
      });
    }
    cancelNotes?.();
    cancelNotes = schedule(keepNotes, NOTES_MS);
  };

  const restore = async (to: Shelf, id: string): Promise<void> => {
    const opened = await to.open(id);
    if (opened === null) {
      show({ offers: store.getState().kept.offers.filter((offer) => offer.id !== id) });
      say('info', 'It is no longer kept in this browser.');
      return;
    }
    isRestoring = true;
    show({ offers: [] });
    const notes = readKeptNotes(opened.notes);
    if (notes !== null) {
      verbs.setCountKeys(notes.countKeys);
      openLink(notes.link);
    }
    verbs.addFiles(opened.files.map(toIncoming));
    await untilRead();
    followFiles(store.getState());
    const keys = new Set([...kept.values()].map(({ key }) => key));
    for (const { key } of opened.files) if (!keys.has(key)) then((place) => place.dropFile(key));
    if (notes !== null) applyNotes(notes);
    isRestoring = false;
    listen();
    await to.opened();
  };

  const untilRead = (): Promise<void> =>
    new Promise((resolve) => {
      const isRead = ({ pending }: AppState) => pending.every((file) => 'why' in file);
      if (isRead(store.getState())) return resolve();
      const stop = store.subscribe((state) => {
        if (!isRead(state)) return;
        stop();
        resolve();
      });
    });

  const applyNotes = ({ dumps, asTheyStand, team }: KeptNotes): void => {
    // Two instances may have dumps of one content; they come in the order they were kept in.
    const known = new Map<string, (typeof dumps)[number][]>();
    for (const dump of dumps) known.set(dump.hash, [...(known.get(dump.hash) ?? []), dump]);
    for (const { summary } of store.getState().dumps) {
      const dump = known.get(summary.identity.fingerprint)?.shift();
      if (dump === undefined) verbs.removeDump(summary.id);
      else {
        if (dump.name !== summary.name) verbs.renameDump(summary.id, dump.name);
        if (dump.takenAtMs !== undefined) verbs.setTakenAt(summary.id, dump.takenAtMs);
      }
    }
    for (const name of asTheyStand) {
      const id = store.getState().dumps.find(({ summary }) => summary.provenance.path === name)?.summary.fileId;
      if (id !== undefined) verbs.setUnwrap(id, false);
    }
    restoreTeam(team);
  };

  return {
    start: async () => {
      if (shelf === null) return;
      if (!setting.read()) {
        show({ status: 'off' });
        return;
      }
      try {
        const { own, others } = await shelf.look();
        isFollowing = true;
        show({ status: 'on' });
        stopListening = store.subscribe(listen);
        const isFree = store.getState().dumps.length === 0 && store.getState().pending.length === 0;
        if (own !== null && isFree && own.brokenOpenings < MAX_BROKEN) await restore(shelf, own.id);
        else if (isFree) show({ offers: [...(own === null ? [] : [own]), ...others] });
        listen();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        isFollowing = false;
        show({ status: 'failed', why });
      }
    },
    stop: () => {
      cancelNotes?.();
      stopListening();
      isFollowing = false;
    },
    setKeeping: (on) => {
      setting.write(on);
      if (shelf === null) return;
      if (!on) {
        isFollowing = false;
        kept.clear();
        show({ status: 'off', offers: [] });
        shelf.forget().catch(() => undefined);
        return;
      }
      isFollowing = true;
      refused.clear();
      lastNotes = '';
      show({ status: 'on', why: '' });
      stopListening();
      stopListening = store.subscribe(listen);
      listen();
    },
    openKept: (id) => {
      if (shelf !== null) void restore(shelf, id).catch(fail);
    },
    forgetKept: (id) => {
      if (shelf === null) return;
      const { offers } = store.getState().kept;
      show({ offers: id === undefined ? [] : offers.filter((offer) => offer.id !== id) });
      if (id === undefined) {
        isFollowing = false;
        kept.clear();
        show({ status: 'forgotten' });
      }
      shelf.forget(id).catch((error: unknown) => say('error', error instanceof Error ? error.message : String(error)));
    },
  };
}

function toIncoming({ key, file, name, path, modifiedMs }: KeptFile): IncomingFile {
  return { file, name, path, modifiedMs, keptAs: key };
}

/** What is kept beside the files. */
function notesOf(state: AppState): string {
  const given = (takenAtFrom: string | null, takenAtMs: number | null, found: number | null) =>
    takenAtFrom === 'user' || (takenAtMs === null && found !== null) ? { takenAtMs } : {};
  return JSON.stringify({
    link: formatLink(linkOf(state, { sources: [], data: null })),
    team: JSON.parse(formatRuleFile({ rules: state.ownRules, marks: state.marks })),
    countKeys: state.countKeys,
    asTheyStand: state.dumps
      .filter(({ summary }) => state.asTheyStand.includes(summary.fileId))
      .map(({ summary }) => summary.provenance.path),
    dumps: state.dumps.map(({ summary, name, takenAtMs, takenAtFrom }) => ({
      hash: summary.identity.fingerprint,
      name,
      ...given(takenAtFrom, takenAtMs, summary.provenance.takenAtMs),
    })),
  });
}
