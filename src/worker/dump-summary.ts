import { countLockWaits } from '../core/causes/locks/waiting-rows.ts';
import type { DumpIndex } from '../core/group/cells.ts';
import { identify } from '../core/group/fingerprint.ts';
import { stackCount } from '../core/model/symbols.ts';
import type { DumpId, DumpSummary, FileId } from './protocol.ts';

/** What the page is told of a dump. Cost: one step a row, for its identity. */
export function summariseDump(index: DumpIndex, id: DumpId, fileId: FileId, name: string): DumpSummary {
  const { dump, cells } = index;
  const stateCount = new Float64Array(dump.symbols.states.length);
  const hasState = new Uint8Array(stateCount.length);
  const hasStack = new Uint8Array(stackCount(dump.symbols));
  for (let cell = 0; cell < cells.length; cell++) {
    const state = cells.state[cell] ?? 0;
    stateCount[state] = (stateCount[state] ?? 0) + (cells.count[cell] ?? 0);
    hasState[state] = 1;
    hasStack[cells.stack[cell] ?? 0] = 1;
  }
  const states = dump.symbols.states.flatMap((state, at): [string, number][] =>
    hasState[at] === 1 ? [[state, stateCount[at] ?? 0]] : [],
  );
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
    stacks: hasStack.reduce((sum, has) => sum + has, 0),
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
export function mostFirst(counts: Iterable<readonly [string, number]>): [string, number][] {
  return Array.from(counts, ([word, count]): [string, number] => [word, count]).sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  );
}
