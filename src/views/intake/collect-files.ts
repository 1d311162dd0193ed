import type { IncomingFile } from '../../store/state.ts';

/** Files taken from one drop or folder. A wrong folder (a home directory) must not be read to its end. */
export const MAX_FILES = 2000;
/** Folders inside folders that are still looked into. */
export const MAX_DEPTH = 16;

/** What one drop, choice or paste gave, and what was left out of it, said for people; empty when nothing was. */
export interface Collected {
  readonly files: readonly IncomingFile[];
  readonly leftOut: string;
}

/** Files of a file field; those of a folder field carry their path in the folder. */
export function fromFileList(list: Iterable<File>): Collected {
  const collector = new Collector();
  // Browsers without folder fields lack the property.
  for (const file of list) collector.add(file, file.webkitRelativePath || file.name);
  return collector.finish();
}

/**
 * Everything dropped: files, and folders to MAX_DEPTH. The list of items dies when the event ends, so all entries are
 * fetched before the first wait.
 */
export async function fromDrop(transfer: DataTransfer): Promise<Collected> {
  const entries: FileSystemEntry[] = [];
  const plain: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    else if (file !== null) plain.push(file);
  }
  const collector = new Collector();
  for (const file of plain) collector.add(file, file.name);
  await walk(entries, collector);
  return collector.finish();
}

/** Breadth first with a list of its own, so a deep folder cannot exhaust the call stack. */
async function walk(roots: readonly FileSystemEntry[], collector: Collector): Promise<void> {
  const queue = roots.map((entry) => ({ entry, depth: 0 }));
  for (let next = queue.shift(); next !== undefined && !collector.full; next = queue.shift()) {
    const { entry, depth } = next;
    const path = entry.fullPath.replace(/^\/+/, '');
    try {
      if (isFile(entry)) {
        collector.add(await fileOf(entry), path);
      } else if (isFolder(entry)) {
        if (depth > 0 && entry.name.startsWith('.')) collector.hidden++;
        else if (depth >= MAX_DEPTH) collector.deep++;
        else for (const child of await childrenOf(entry)) queue.push({ entry: child, depth: depth + 1 });
      }
    } catch {
      collector.unreadable++;
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** `readEntries` gives at most 100 at a time (Chromium) and says that it is done by giving none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  while (children.length < MAX_FILES * 2) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    for (const entry of batch) children.push(entry);
  }
  return children.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

class Collector {
  readonly #files: IncomingFile[] = [];
  #beyond = 0;
  hidden = 0;
  deep = 0;
  unreadable = 0;

  get full(): boolean {
    return this.#beyond > 0;
  }

  add(file: File, path: string): void {
    // Folders hold files of the system (.DS_Store, .git); a file that was picked by itself is always read.
    if (file.name.startsWith('.') && path.includes('/')) this.hidden++;
    else if (this.#files.length >= MAX_FILES) this.#beyond++;
    else this.#files.push({ file, name: file.name, path, modifiedMs: file.lastModified });
  }

  finish(): Collected {
    const leftOut: string[] = [];
    if (this.#beyond > 0) leftOut.push(`only the first ${MAX_FILES.toLocaleString('en-GB')} files were taken`);
    if (this.hidden > 0) leftOut.push(`${this.hidden} hidden (names that begin with a dot)`);
    if (this.deep > 0) leftOut.push(`${this.deep} folders nested deeper than ${MAX_DEPTH}`);
    if (this.unreadable > 0) leftOut.push(`${this.unreadable} that the browser could not open`);
    return { files: this.#files, leftOut: leftOut.length === 0 ? '' : `Left out: ${leftOut.join(', ')}.` };
  }
}
