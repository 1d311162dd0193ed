import type { StoreApi } from 'zustand/vanilla';
import type { FileId } from '../worker/protocol.ts';
import { MAX_FILES } from './files.ts';
import type { Say } from './notices.ts';
import type { AppState, IncomingFile, PendingFile } from './state.ts';
import type { FetchFile } from './surroundings.ts';

/** Files fetched at once. */
const MAX_AT_ONCE = 4;
/** What lists the files of a folder. */
export const INDEX_NAME = 'index.json';
/** Characters of an index that are read. */
const MAX_INDEX = 1_000_000;
const MAX_NAME = 500;

/** Fetches dumps from addresses and hands them to the intake, each as a row of its own meanwhile. */
export interface Sources {
  /** Addresses of files, or of folders (ending in "/") whose index lists them. */
  readonly fetchSources: (addresses: readonly string[]) => void;
  /** True when it was one of these. */
  readonly cancel: (id: FileId) => boolean;
  readonly cancelAll: () => void;
}

export interface SourcesOptions {
  readonly store: StoreApi<AppState>;
  readonly fetchFile: FetchFile;
  readonly addFiles: (files: readonly IncomingFile[]) => void;
  readonly say: Say;
}

export function createSources({ store, fetchFile, addFiles, say }: SourcesOptions): Sources {
  const running = new Map<FileId, AbortController>();
  const queue: { readonly id: FileId; readonly address: string; readonly folder: string | null }[] = [];
  let last = 0;
  let active = 0;

  const show = (id: FileId, next: PendingFile | null): void =>
    store.setState(({ pending }) => ({
      pending: pending.flatMap((file) => (file.id !== id ? file : next === null ? [] : next)),
    }));

  const enqueue = (address: string, folder: string | null): void => {
    const id = `source${++last}` as FileId;
    queue.push({ id, address, folder });
    running.set(id, new AbortController());
    store.setState(({ pending }) => ({
      pending: [...pending, { phase: 'waiting', id, name: address, sizeBytes: 0 }],
    }));
  };

  const goOn = (): void => {
    while (active < MAX_AT_ONCE) {
      const next = queue.shift();
      if (next === undefined) return;
      active++;
      void take(next.id, next.address, next.folder).finally(() => {
        active--;
        running.delete(next.id);
        goOn();
      });
    }
  };

  const take = async (id: FileId, address: string, folder: string | null): Promise<void> => {
    const signal = running.get(id)?.signal;
    if (signal === undefined || signal.aborted) return;
    const isFolder = address.endsWith('/');
    const at = isFolder ? `${address}${INDEX_NAME}` : address;
    const fetched = await fetchFile(at, {
      signal,
      onProgress: (bytesRead, totalBytes) =>
        show(id, { phase: 'reading', id, name: address, sizeBytes: Math.max(totalBytes, bytesRead), bytesRead }),
    });
    if (signal.aborted) return;
    const fail = (why: string): void => show(id, { phase: 'failed', id, name: address, why });
    if (fetched.kind === 'failed') {
      fail(isFolder ? `${fetched.why} A folder is listed by the ${INDEX_NAME} in it.` : fetched.why);
      return;
    }
    if (!isFolder) {
      show(id, null);
      const { file, name, modifiedMs } = fetched;
      addFiles([{ file, name, path: folder === null ? name : `${folder}${name}`, modifiedMs, isCarried: true }]);
      return;
    }
    const names = namesIn(await fetched.file.slice(0, MAX_INDEX).text());
    if (typeof names === 'string') {
      fail(names);
      return;
    }
    show(id, null);
    if (names.length > MAX_FILES) {
      say('info', `${at} lists ${names.length.toLocaleString('en-GB')} files; the first ${MAX_FILES} are fetched.`);
    }
    for (const name of names.slice(0, MAX_FILES)) enqueue(`${address}${encodeURIComponent(name)}`, folderName(address));
  };

  return {
    fetchSources: (addresses) => {
      for (const address of addresses) enqueue(address, null);
      goOn();
    },
    cancel: (id) => {
      const controller = running.get(id);
      if (controller === undefined) return false;
      controller.abort();
      running.delete(id);
      show(id, null);
      return true;
    },
    cancelAll: () => {
      for (const [id, controller] of running) {
        controller.abort();
        show(id, null);
      }
      running.clear();
      queue.length = 0;
    },
  };
}

/** "inc-42/" of "dumps/inc-42/". */
function folderName(address: string): string {
  return `${address.replace(/\/+$/, '').split('/').at(-1) ?? ''}/`;
}

/**
 * The files of an index: a list of names, or of objects with `name` as nginx' `autoindex_format json` and Caddy's `browse`
 * write them. Names stay inside the folder. A sentence when it is something else.
 */
function namesIn(text: string): readonly string[] | string {
  const wanted = `${INDEX_NAME} must be a list of file names, such as ["before.txt", "after.txt.gz"]`;
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return `${wanted}; it is not valid JSON.`;
  }
  if (!Array.isArray(list)) return `${wanted}; it is no list.`;
  const names: string[] = [];
  for (const each of list) {
    const entry: unknown = each;
    const isObject = typeof entry === 'object' && entry !== null;
    if (isObject && 'type' in entry && entry.type === 'directory') continue;
    if (isObject && 'is_dir' in entry && entry.is_dir === true) continue;
    const name = isObject && 'name' in entry ? entry.name : entry;
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME || /[/\\]|^\.{1,2}$/.test(name)) {
      return `${wanted}; one of them is no name of a file in this folder.`;
    }
    if (name !== INDEX_NAME) names.push(name);
  }
  return names.length === 0 ? `${INDEX_NAME} lists no file.` : names;
}
