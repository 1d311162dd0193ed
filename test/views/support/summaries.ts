import type { DumpEntry } from '../../../src/store/state.ts';
import type { DumpId, DumpSummary, FileId } from '../../../src/worker/protocol.ts';

/** A dump id of a plain word. */
export const dumpId = (word: string): DumpId => word as DumpId;
/** A file id of a plain word. */
export const fileId = (word: string): FileId => word as FileId;

/** Every summary is of another dump. */
let summaries = 0;

/** A summary as the reader gives it, with what a test cares about put over it. */
export function dumpSummary(over: Partial<DumpSummary> = {}): DumpSummary {
  return {
    id: dumpId('d0'),
    fileId: fileId('f0'),
    name: 'before.txt',
    format: 'traceback',
    profile: 'goroutine',
    provenance: {
      fileName: 'before.txt',
      path: 'before.txt',
      fileBytes: 1000,
      containers: [],
      entry: null,
      encoding: null,
      wrapper: null,
      lane: null,
      formatReason: 'line 1 is a goroutine header',
      takenAtMs: null,
      takenAtFrom: null,
      instance: null,
      reason: null,
    },
    goroutines: 10,
    declared: null,
    truncated: false,
    states: [
      ['chan send', 8],
      ['select', 2],
    ],
    stacks: 2,
    lockWaits: 0,
    hasIds: true,
    hasText: true,
    problems: [],
    problemCount: 0,
    identity: {
      fingerprint: String(summaries++),
      format: 'traceback',
      takenAtMs: null,
      takenAtFrom: null,
      instance: null,
    },
    lowerBounds: [],
    runningTests: [],
    caveats: [],
    bytes: { read: 1000, understood: 1000, ignored: 0 },
    ...over,
  };
}

/** An entry of the dumps list. */
export function dumpEntry(
  over: Partial<Pick<DumpEntry, 'takenAtMs' | 'name'>> & { summary?: DumpSummary } = {},
): DumpEntry {
  const summary = over.summary ?? dumpSummary();
  const takenAtMs = over.takenAtMs ?? null;
  return { summary, name: over.name ?? summary.name, takenAtMs, takenAtFrom: takenAtMs === null ? null : 'file-name' };
}
