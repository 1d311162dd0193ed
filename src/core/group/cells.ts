import type { Dump } from '../model/dump.ts';
import { NO_MINUTES, type Rows } from '../model/rows.ts';
import { type StackIndex, stackCount, UNKNOWN_STATE } from '../model/symbols.ts';
import { inferState } from './inferred-state.ts';
import { PairTable } from './pair-table.ts';
import type { StackClasses } from './stack-classes.ts';
import { waitingPlaces } from './stack-classes.ts';
import { indexSymbols, printedFunctions, type SymbolIndex } from './symbol-index.ts';

/**
 * A dump's rows folded to distinct (stack, state) pairs, the cells. Everything in this room works on cells, so it costs
 * distinct stacks and not goroutines. Stays in the thread that made it.
 */
export interface DumpIndex {
  readonly dump: Dump;
  readonly symbols: SymbolIndex;
  /** Per row its cell. */
  readonly rowCell: Uint32Array;
  readonly cells: Cells;
  /** Per state of the dump and per stack: see `inferredState`. */
  readonly inferred: (stack: StackIndex) => string;
  /** Per stack the frame of its waiting place, or NO_FRAME. */
  readonly places: Int32Array;
  /** Stack classes by level and basis, made when first asked for. */
  readonly classes: Map<string, StackClasses>;
  /** What the form of the dump prints. */
  readonly printsState: boolean;
  readonly printsCreators: boolean;
  readonly printsRuntimeFrames: boolean;
}

/** Columns over cells. */
export interface Cells {
  readonly length: number;
  readonly stack: Uint32Array;
  readonly state: Uint32Array;
  /** Goroutines. May be negative in a difference profile. */
  readonly count: Float64Array;
  /** Cell c owns waits waitStart[c] .. waitStart[c + 1): ascending minutes and how many goroutines print them. */
  readonly waitStart: Uint32Array;
  readonly waitMinutes: Int32Array;
  readonly waitGoroutines: Float64Array;
}

/** One pass over the rows, one over the distinct frames. A million rows of 2,000 stacks: tens of milliseconds. */
export function indexDump(dump: Dump): DumpIndex {
  const { rows } = dump;
  const symbols = indexSymbols(dump.symbols);
  const pairs = new PairTable(stackCount(dump.symbols), dump.symbols.states.length);
  const rowCell = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row++) rowCell[row] = pairs.add(rows.stack[row] ?? 0, rows.state[row] ?? 0);

  const count = new Float64Array(pairs.size);
  for (let row = 0; row < rows.length; row++) {
    const cell = rowCell[row] ?? 0;
    count[cell] = (count[cell] ?? 0) + (rows.weight ? (rows.weight[row] ?? 0) : 1);
  }

  const inferredOf: (string | undefined)[] = [];
  return {
    dump,
    symbols,
    rowCell,
    cells: {
      length: pairs.size,
      stack: Uint32Array.from(pairs.first),
      state: Uint32Array.from(pairs.second),
      count,
      ...foldWaits(rows, rowCell, pairs.size),
    },
    inferred: (stack) => {
      inferredOf[stack] ??= inferState(printedFunctions(dump.symbols, stack));
      return inferredOf[stack];
    },
    places: waitingPlaces(symbols),
    classes: new Map(),
    printsState: dump.symbols.states.length > 1 || dump.format === 'traceback',
    printsCreators: dump.format === 'traceback',
    printsRuntimeFrames: showsRuntimeFrames(dump),
  };
}

/** The state of a cell, verbatim; UNKNOWN_STATE where the form prints none. */
export function stateOfCell(index: DumpIndex, cell: number): string {
  return index.dump.symbols.states[index.cells.state[cell] ?? 0] ?? UNKNOWN_STATE;
}

/** What frames betray of a cell whose state is not printed; empty when it is printed or nothing betrays it. */
export function inferredStateOfCell(index: DumpIndex, cell: number): string {
  return stateOfCell(index, cell) === UNKNOWN_STATE ? index.inferred(index.cells.stack[cell] ?? 0) : '';
}

/** Minutes that are counted in place, 45 days; longer waits are rare enough to be sorted. */
const MAX_COUNTED = 0xffff;

/** Per cell the distinct printed minutes, ascending, and how many goroutines print them. */
function foldWaits(rows: Rows, rowCell: Uint32Array, cells: number) {
  const minutes = rows.waitMinutes;
  const waitStart = new Uint32Array(cells + 1);
  if (!minutes) return { waitStart, waitMinutes: new Int32Array(0), waitGoroutines: new Float64Array(0) };
  if (rows.weight) return foldWeightedWaits(minutes, rows.weight, rowCell, cells);

  const start = new Uint32Array(cells + 1);
  let largest = 0;
  for (let row = 0; row < rows.length; row++) {
    const wait = minutes[row] ?? NO_MINUTES;
    if (wait < 0) continue;
    const at = (rowCell[row] ?? 0) + 1;
    start[at] = (start[at] ?? 0) + 1;
    if (wait > largest) largest = wait;
  }
  for (let cell = 0; cell < cells; cell++) start[cell + 1] = (start[cell + 1] ?? 0) + (start[cell] ?? 0);
  const printed = new Int32Array(start[cells] ?? 0);
  const next = start.slice();
  for (let row = 0; row < rows.length; row++) {
    const wait = minutes[row] ?? NO_MINUTES;
    if (wait < 0) continue;
    const cell = rowCell[row] ?? 0;
    const at = next[cell] ?? 0;
    printed[at] = wait;
    next[cell] = at + 1;
  }

  // The distinct minutes of a cell, written over values that were read already.
  const times = new Uint32Array(Math.min(largest, MAX_COUNTED) + 1);
  const waitGoroutines = new Float64Array(printed.length);
  let used = 0;
  for (let cell = 0; cell < cells; cell++) {
    const from = start[cell] ?? 0;
    const to = start[cell + 1] ?? from;
    waitStart[cell] = used;
    let distinct = from;
    for (let i = from; i < to; i++) {
      const wait = printed[i] ?? 0;
      if (wait > MAX_COUNTED) {
        printed[distinct++] = wait;
        continue;
      }
      const before = times[wait] ?? 0;
      times[wait] = before + 1;
      if (before === 0) printed[distinct++] = wait;
    }
    if (distinct > from + 1) printed.subarray(from, distinct).sort();
    for (let i = from; i < distinct; i++) {
      const wait = printed[i] ?? 0;
      const isRepeat = used > (waitStart[cell] ?? 0) && printed[used - 1] === wait;
      if (!isRepeat) printed[used++] = wait;
      waitGoroutines[used - 1] = (waitGoroutines[used - 1] ?? 0) + (wait > MAX_COUNTED ? 1 : (times[wait] ?? 0));
      if (wait <= MAX_COUNTED) times[wait] = 0;
    }
  }
  waitStart[cells] = used;
  return { waitStart, waitMinutes: printed.slice(0, used), waitGoroutines: waitGoroutines.slice(0, used) };
}

/** The same of rows that stand for several goroutines, as in a condensed dump: few, so that maps do. */
function foldWeightedWaits(minutes: Int32Array, weights: Float64Array, rowCell: Uint32Array, cells: number) {
  const ofCell = Array.from({ length: cells }, () => new Map<number, number>());
  minutes.forEach((wait, row) => {
    const waits = ofCell[rowCell[row] ?? 0];
    if (wait >= 0) waits?.set(wait, (waits.get(wait) ?? 0) + (weights[row] ?? 0));
  });
  const waitStart = new Uint32Array(cells + 1);
  const all = ofCell.flatMap((waits, cell) => {
    waitStart[cell + 1] = (waitStart[cell] ?? 0) + waits.size;
    return [...waits].sort(([a], [b]) => a - b);
  });
  return {
    waitStart,
    waitMinutes: Int32Array.from(all, ([wait]) => wait),
    waitGoroutines: Float64Array.from(all, ([, goroutines]) => goroutines),
  };
}

/**
 * True when stacks start with the runtime's own frames: pprof files and tracebacks at level `system` or `crash`.
 * `runtime.gopark` parks every waiting goroutine and no other form prints it on top.
 */
function showsRuntimeFrames(dump: Dump): boolean {
  if (dump.format === 'pprof') return true;
  return dump.symbols.strings.includes('runtime.gopark');
}
