import { type DumpIndex, stateOfCell } from '../../group/cells.ts';
import { printedFunctions } from '../../group/symbol-index.ts';
import { UNKNOWN_STATE } from '../../model/symbols.ts';
import type { WaitKind } from './lock-report.ts';

/** Words of states, printed or inferred; Go 1.19 and before say `semacquire` for all but conditions. */
const KINDS: ReadonlyMap<string, WaitKind> = new Map<string, WaitKind>([
  ['sync.Mutex.Lock', 'mutex'],
  ['sync.RWMutex.Lock', 'rwmutex'],
  ['sync.RWMutex.RLock', 'rwmutex'],
  ['sync.WaitGroup.Wait', 'waitgroup'],
  ['sync.Cond.Wait', 'cond'],
  ['semacquire', 'unknown'],
]);

const CHANNEL_STATES = new Set(['chan send', 'chan receive']);
const CHANNEL_FRAME = /^runtime\.chan(?:send|recv)\d?$/;

/** Goroutines of these cells of which `findLocks` has something to say. Cost: cells, and distinct stacks. */
export function countLockWaits(index: DumpIndex, cells: Iterable<number>): number {
  const kinds = waitKindsOfCells(index);
  let count = 0;
  for (const cell of cells) if ((kinds[cell] ?? null) !== null) count += index.cells.count[cell] ?? 0;
  return count;
}

/** Per cell what its goroutines wait for, or null for those that wait for no lock. Cost: distinct stacks. */
export function waitKindsOfCells(index: DumpIndex): readonly (WaitKind | null)[] {
  const { cells, dump } = index;
  const kinds: (WaitKind | null)[] = [];
  // Most dumps show no such frame at all.
  const showsChannels = dump.format === 'traceback' && dump.symbols.strings.some((name) => CHANNEL_FRAME.test(name));
  for (let cell = 0; cell < cells.length; cell++) {
    const stack = cells.stack[cell] ?? 0;
    const printed = stateOfCell(index, cell);
    const kind = KINDS.get(printed === UNKNOWN_STATE ? index.inferred(stack) : printed);
    if (kind !== undefined) {
      kinds.push(kind === 'unknown' ? (KINDS.get(index.inferred(stack)) ?? 'unknown') : kind);
      continue;
    }
    const showsChannel =
      showsChannels &&
      CHANNEL_STATES.has(printed) &&
      printedFunctions(dump.symbols, stack).some((name) => CHANNEL_FRAME.test(name));
    kinds.push(showsChannel ? 'channel' : null);
  }
  return kinds;
}
