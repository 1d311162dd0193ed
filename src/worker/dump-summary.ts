import { countLockWaits } from '../core/causes/locks/waiting-rows.ts';
import { type DumpIndex, stateOfCell } from '../core/group/cells.ts';
import { identify } from '../core/group/fingerprint.ts';
import type { DumpId, DumpSummary, FileId } from './protocol.ts';

/** What the page is told of a dump. Cost: one step a row, for its identity. */
export function summariseDump(index: DumpIndex, id: DumpId, fileId: FileId, name: string): DumpSummary {
  const { dump, cells } = index;
  const states = new Map<string, number>();
  for (let cell = 0; cell < cells.length; cell++) {
    const state = stateOfCell(index, cell);
    states.set(state, (states.get(state) ?? 0) + (cells.count[cell] ?? 0));
  }
  return {
    id,
    fileId,
    name,
    format: dump.format,
    profile: dump.profile,
    provenance: dump.provenance,
    goroutines: dump.goroutines,
    declared: dump.declared,
    truncated: dump.truncated,
    states: mostFirst(states),
    stacks: new Set(cells.stack).size,
    lockWaits: countLockWaits(index, cells.stack.keys()),
    hasIds: dump.rows.goroutineId !== null,
    hasText: dump.rows.byteOffset !== null,
    problems: dump.problems,
    problemCount: dump.problemCount,
    lowerBounds: dump.lowerBounds,
    runningTests: dump.runningTests,
    caveats: dump.caveats,
    bytes: dump.bytes,
    identity: identify(dump),
  };
}

/** Entries of a count, largest first, ties in order of the words. */
export function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
