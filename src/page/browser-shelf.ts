import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import {
  KEPT_DAYS,
  type KeptFile,
  type KeptInvestigation,
  MAX_KEPT,
  type OpenedInvestigation,
  type Shelf,
} from '../investigation/shelf.ts';

const DATABASE = 'standstill';
const VERSION = 1;
const DAY_MS = 86_400_000;
/** Milliseconds in which another open page answers that it works on an investigation. */
const ANSWER_MS = 200;

interface FileRecord extends KeptFile {
  readonly investigation: string;
  /** Files in the order they were opened. */
  readonly place: number;
  readonly bytes: number;
}

interface NotesRecord {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly savedAtMs: number;
  readonly brokenOpenings: number;
}

interface Schema extends DBSchema {
  investigations: { key: string; value: NotesRecord };
  files: { key: [investigation: string, file: string]; value: FileRecord; indexes: { investigation: string } };
}

/** What tells pages apart that work on investigations of one browser; the page's own storage keeps it over a reload. */
export interface PageIdentity {
  /** The id this page had before it was loaded again, or null. */
  readonly read: () => string | null;
  readonly write: (id: string) => void;
}

/**
 * A shelf in IndexedDB. Pages say over a BroadcastChannel what they work on, so that none opens what another one has open.
 * (`navigator.locks` would know at once, but is missing on pages served over plain http.)
 */
export function createBrowserShelf(identity: PageIdentity, now: () => number = Date.now): Shelf {
  let database: Promise<IDBPDatabase<Schema>> | null = null;
  let own = identity.read() ?? newId();
  const channel = createPresence(() => own);
  let lastPlace = 0;

  const db = (): Promise<IDBPDatabase<Schema>> => {
    database ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade: (fresh) => {
        fresh.createObjectStore('investigations', { keyPath: 'id' });
        fresh
          .createObjectStore('files', { keyPath: ['investigation', 'key'] })
          .createIndex('investigation', 'investigation');
      },
      // Another page of a newer version waits for this one.
      blocking: (_current, _blocked, event) => {
        const { target } = event;
        if (target instanceof IDBDatabase) target.close();
        database = null;
      },
      terminated: () => {
        database = null;
      },
    });
    database.catch(() => {
      database = null;
    });
    return database;
  };

  const become = (id: string): void => {
    own = id;
    identity.write(id);
  };

  const change = async (id: string, to: Partial<NotesRecord>): Promise<void> => {
    const tx = (await db()).transaction('investigations', 'readwrite');
    const known = await tx.store.get(id);
    await tx.store.put({ title: '', notes: '', brokenOpenings: 0, ...known, ...to, id, savedAtMs: now() });
    await tx.done;
  };

  const forgetOne = async (id: string): Promise<void> => {
    const tx = (await db()).transaction(['investigations', 'files'], 'readwrite');
    await tx.objectStore('investigations').delete(id);
    const keys = await tx.objectStore('files').index('investigation').getAllKeys(id);
    await Promise.all(keys.map((key) => tx.objectStore('files').delete(key)));
    await tx.done;
  };

  /** All that is kept, newest first; what is too old or too many goes, except what an open page works on. */
  const list = async (live: ReadonlySet<string>): Promise<KeptInvestigation[]> => {
    const open = await db();
    const records = await open.getAll('investigations');
    records.sort((a, b) => b.savedAtMs - a.savedAtMs);
    const kept: KeptInvestigation[] = [];
    for (const { id, title, savedAtMs, brokenOpenings } of records) {
      const files = (await open.getAllFromIndex('files', 'investigation', id)).sort((a, b) => a.place - b.place);
      const isOld = now() - savedAtMs > KEPT_DAYS * DAY_MS;
      if (!live.has(id) && id !== own && (isOld || files.length === 0 || kept.length >= MAX_KEPT)) {
        await forgetOne(id);
        continue;
      }
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      kept.push({ id, title, savedAtMs, names: files.map(({ name }) => name), bytes, brokenOpenings });
    }
    return kept;
  };

  return explaining({
    look: async () => {
      const live = await channel.others();
      // A page that was duplicated brings the id of its twin along.
      if (live.has(own)) become(newId());
      else identity.write(own);
      const all = (await list(live)).filter(({ names }) => names.length > 0);
      return {
        own: all.find(({ id }) => id === own) ?? null,
        others: all.filter(({ id }) => id !== own && !live.has(id)),
      };
    },

    open: async (id) => {
      const open = await db();
      const record = await open.get('investigations', id);
      const files = (await open.getAllFromIndex('files', 'investigation', id)).sort((a, b) => a.place - b.place);
      if (record === undefined || files.length === 0) return null;
      become(id);
      lastPlace = files.at(-1)?.place ?? 0;
      await change(id, { brokenOpenings: record.brokenOpenings + 1 });
      return { files: files.map(toKeptFile), notes: record.notes } satisfies OpenedInvestigation;
    },

    opened: () => change(own, { brokenOpenings: 0 }),

    keepFile: async (file) => {
      await change(own, {});
      const place = ++lastPlace;
      await (await db()).put('files', { ...file, investigation: own, place, bytes: file.file.size });
    },

    dropFile: async (key) => (await db()).delete('files', [own, key]),

    keepNotes: (title, notes) => change(own, { title, notes }),

    forget: async (id) => {
      if (id !== undefined) return forgetOne(id);
      const tx = (await db()).transaction(['investigations', 'files'], 'readwrite');
      await tx.objectStore('investigations').clear();
      await tx.objectStore('files').clear();
      await tx.done;
    },
  });
}

function toKeptFile({ key, file, name, path, modifiedMs }: FileRecord): KeptFile {
  return { key, file, name, path, modifiedMs };
}

function newId(): string {
  // Not crypto.randomUUID, which is missing on pages served over plain http.
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}

/** Asks the other open pages what they work on, and answers them. */
function createPresence(own: () => string): { readonly others: () => Promise<ReadonlySet<string>> } {
  const channel = new BroadcastChannel(DATABASE);
  const heard = new Set<string>();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'who') channel.postMessage({ here: own() });
    else if (typeof data === 'object' && data !== null && 'here' in data && typeof data.here === 'string') {
      heard.add(data.here);
    }
  });
  return {
    others: async () => {
      heard.clear();
      channel.postMessage('who');
      await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
      return new Set(heard);
    },
  };
}

/** The same shelf, whose errors say what went wrong in words for people. */
function explaining(shelf: Shelf): Shelf {
  const wrap =
    <A extends readonly unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await method(...args);
      } catch (error) {
        throw new Error(explain(error), { cause: error });
      }
    };
  return {
    look: wrap(shelf.look),
    open: wrap(shelf.open),
    opened: wrap(shelf.opened),
    keepFile: wrap(shelf.keepFile),
    dropFile: wrap(shelf.dropFile),
    keepNotes: wrap(shelf.keepNotes),
    forget: wrap(shelf.forget),
  };
}

function explain(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'The browser gives this page no more room on the disk.';
  if (['SecurityError', 'InvalidStateError', 'UnknownError', 'NotAllowedError'].includes(name)) {
    return 'This browser keeps nothing for this page (a private window, or storage is switched off).';
  }
  return `The browser could not keep it: ${error instanceof Error ? error.message : String(error)}`;
}

const PAGE_KEY = 'standstill.page';

/** The identity of a tab: its own storage outlives a reload and nothing else. */
export const tabIdentity: PageIdentity = {
  read: () => {
    try {
      return sessionStorage.getItem(PAGE_KEY);
    } catch {
      return null;
    }
  },
  write: (id) => {
    try {
      sessionStorage.setItem(PAGE_KEY, id);
    } catch {
      // Without it a reload offers what it would have opened.
    }
  },
};
