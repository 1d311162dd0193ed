import { isSameDump } from '../core/group/fingerprint.ts';
import type { DumpId, DumpSummary, FileId, SavedBeside } from '../worker/protocol.ts';
import { listNames, type Say } from './notices.ts';
import type { DumpEntry, IncomingFile, PendingFile } from './state.ts';

/** Files taken from one drop. */
export const MAX_FILES = 500;

/** What the user said of a dump; survives reading the file again. */
export interface Edit {
  readonly name?: string | undefined;
  readonly takenAtMs?: number | null | undefined;
}

/** A file that waits to be read. */
export function waitingFile(id: FileId, incoming: IncomingFile): PendingFile {
  return { phase: 'waiting', id, name: incoming.name, sizeBytes: incoming.file.size };
}

/** The same file given twice. A file dropped alone and again in its folder is one; two folders may hold files alike. */
export function isSameFile(a: IncomingFile, b: IncomingFile): boolean {
  const sameFolder = a.path === b.path || a.path === a.name || b.path === b.name;
  return sameFolder && a.name === b.name && a.file.size === b.file.size && a.modifiedMs === b.modifiedMs;
}

/** A dump as the page lists it: what reading found, and what the user said of it over that. */
export function toEntry(summary: DumpSummary, edit: Edit = {}): DumpEntry {
  const { takenAtMs, takenAtFrom } = summary.provenance;
  const given = edit.takenAtMs;
  return {
    summary,
    name: edit.name ?? summary.name,
    takenAtMs: given === undefined ? takenAtMs : given,
    takenAtFrom: given === undefined ? takenAtFrom : given === null ? null : 'user',
  };
}

/** The files that are to be read, the first MAX_FILES; says which are open already and which are left. */
export function sortIncoming(
  files: readonly IncomingFile[],
  isOpen: (file: IncomingFile) => boolean,
  say: Say,
): readonly IncomingFile[] {
  const known: string[] = [];
  const taken: IncomingFile[] = [];
  let left = 0;
  for (const incoming of files) {
    if (taken.some((other) => isSameFile(other, incoming)) || isOpen(incoming)) known.push(incoming.name);
    else if (taken.length === MAX_FILES) left++;
    else taken.push(incoming);
  }
  if (known.length > 0) {
    say('info', `${listNames(known)} ${known.length === 1 ? 'is' : 'are'} already open and not read again.`);
  }
  if (left > 0) {
    const total = (left + taken.length).toLocaleString('en-GB');
    say('info', `Only the first ${MAX_FILES} of ${total} files are read. Open the others in a second go.`);
  }
  return taken;
}

/** Dumps that stand in another open file, too: said once, and shown once. */
export function repeatsOf(dumps: readonly DumpSummary[], others: readonly DumpEntry[], say: Say): ReadonlySet<DumpId> {
  const repeated = new Set<DumpId>();
  for (const dump of dumps) {
    const twin = others.find(({ summary }) => isSameDump(summary.identity, dump.identity));
    if (twin === undefined) continue;
    repeated.add(dump.id);
    say('info', `${dump.name} holds the same dump as ${twin.name}; it is shown once.`);
  }
  return repeated;
}

/** The names and times that dumps of a saved investigation had on the page, as edits where they are not what reading finds. */
export function savedEdits(saved: SavedBeside, dumps: readonly DumpSummary[]): [id: DumpId, edit: Edit][] {
  return dumps.flatMap((dump, place): [DumpId, Edit][] => {
    const given = saved.dumps[place];
    if (given === undefined) return [];
    const { takenAtMs, takenAtFrom } = dump.provenance;
    const isOwn = given.takenAtMs === takenAtMs && given.takenAtFrom === takenAtFrom;
    return [[dump.id, { name: given.name, ...(isOwn ? {} : { takenAtMs: given.takenAtMs }) }]];
  });
}
