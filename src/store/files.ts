import type { DumpSummary, FileId } from '../worker/protocol.ts';
import type { DumpEntry, IncomingFile, PendingFile } from './state.ts';

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
