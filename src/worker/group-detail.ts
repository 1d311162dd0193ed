import { countLockWaits } from '../core/causes/locks/waiting-rows.ts';
import { FATES, type Fate } from '../core/compare/comparison.ts';
import { fateAt } from '../core/compare/match-ids.ts';
import { type DumpIndex, stateOfCell } from '../core/group/cells.ts';
import { groupCells, groupRows, groupWaits } from '../core/group/group-dump.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { type KeyBasis, OWN_BASIS } from '../core/group/keys.ts';
import { textAt } from '../core/group/text-column.ts';
import { FLAG, NO_ID, NO_MINUTES, NONE } from '../core/model/rows.ts';
import { NO_FRAME, stackCreatorAt, stackFramesAt, UNKNOWN_STATE } from '../core/model/symbols.ts';
import { mostFirst } from './dump-summary.ts';
import {
  type GoroutineDetail,
  type GroupDetail,
  MAX_DETAIL_GOROUTINES,
  MAX_DETAIL_LABELS,
  MAX_DETAIL_STACKS,
  type StackDetail,
} from './protocol.ts';

/** What became of the goroutines of a dump, and which of them to list. */
export interface DetailFates {
  /** Per row of the dump a place in FATES. */
  readonly ofRow: Uint8Array;
  /** Null lists all. */
  readonly wanted: Fate | null;
}

/**
 * Everything the stack panel shows of the group with this key; null when the table has none. `basis` is what the table was
 * made on. Cost: a look at each row.
 */
export function detailGroup(
  index: DumpIndex,
  table: GroupTable,
  key: string,
  basis: KeyBasis = OWN_BASIS,
  fates: DetailFates | null = null,
): GroupDetail | null {
  const at = table.key.indexOf(key);
  if (at < 0) return null;
  const { dump } = index;
  const cells = groupCells(index, table.level, key, basis);
  const rows = groupRows(index, table.level, key, basis);
  const stacks = stacksOf(index, cells);
  const labels = labelsOf(index, rows);
  const wanted = fates?.wanted ?? null;
  const listed =
    fates === null || wanted === null ? rows : rows.filter((row) => fateAt(fates.ofRow[row] ?? 0) === wanted);
  return {
    key,
    name: textAt(table.name, at),
    count: table.count[at] ?? 0,
    inferredState: table.inferredState[at] ?? '',
    stacks: stacks.slice(0, MAX_DETAIL_STACKS).map(({ stack, count, state }) => ({
      count,
      state,
      frames: stackFramesAt(dump.symbols, stack),
      createdBy: stackCreatorAt(dump.symbols, stack),
    })),
    stackCount: stacks.length,
    states: countBy(index, cells, (cell) => stateOfCell(index, cell)),
    waits: dump.rows.waitMinutes === null ? null : groupWaits(index, cells),
    lockWaits: countLockWaits(index, cells),
    waitUnknown: table.waitUnknown[at] ?? 0,
    creators: index.printsCreators ? countBy(index, cells, (cell) => creatorOf(index, cell)) : null,
    labels: labels.slice(0, MAX_DETAIL_LABELS),
    labelSetCount: labels.length,
    goroutines: Array.from(firstById(index, listed), (row) => goroutineAt(index, row, fates)),
    rowCount: listed.length,
    fates: fates === null ? null : countFates(rows, fates),
  };
}

/** Distinct stacks, most frequent first, each with the state most of its goroutines are in. */
function stacksOf(index: DumpIndex, cells: Uint32Array): (Pick<StackDetail, 'count' | 'state'> & { stack: number })[] {
  const stacks = new Map<number, { count: number; state: string; most: number }>();
  for (const cell of cells) {
    const count = index.cells.count[cell] ?? 0;
    const stack = index.cells.stack[cell] ?? 0;
    const known = stacks.get(stack);
    if (known === undefined) {
      stacks.set(stack, { count, state: stateOfCell(index, cell), most: count });
      continue;
    }
    known.count += count;
    if (count > known.most) {
      known.most = count;
      known.state = stateOfCell(index, cell);
    }
  }
  return [...stacks]
    .map(([stack, { count, state }]) => ({ stack, count, state }))
    .sort((a, b) => b.count - a.count || a.stack - b.stack);
}

/** Goroutines of the cells by a word, most frequent first; cells without the word are left out. */
function countBy(index: DumpIndex, cells: Uint32Array, wordOf: (cell: number) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const word = wordOf(cell);
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + (index.cells.count[cell] ?? 0));
  }
  return mostFirst(counts);
}

function creatorOf(index: DumpIndex, cell: number): string {
  const { symbols } = index.dump;
  const frame = symbols.stackCreator[index.cells.stack[cell] ?? 0] ?? NO_FRAME;
  return frame === NO_FRAME ? '' : (symbols.strings[symbols.frameFunction[frame] ?? 0] ?? '');
}

function labelsOf(index: DumpIndex, rows: Uint32Array): GroupDetail['labels'][number][] {
  const { symbols, rows: columns } = index.dump;
  if (columns.labels === null) return [];
  const counts = new Map<number, number>();
  for (const row of rows) {
    const set = columns.labels[row] ?? NONE;
    if (set !== NONE) counts.set(set, (counts.get(set) ?? 0) + (columns.weight?.[row] ?? 1));
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([set, goroutines]) => ({ set: symbols.labelSets[set] ?? [], goroutines }));
}

/** The rows to show, in order of id, or of appearance without ids. A native sort of the ids finds the last one shown. */
function firstById(index: DumpIndex, rows: Uint32Array): Uint32Array {
  const ids = index.dump.rows.goroutineId;
  if (ids === null) return rows.slice(0, MAX_DETAIL_GOROUTINES);
  const sorted = Float64Array.from(rows, (row) => ids[row] ?? 0).sort();
  const last = sorted[Math.min(MAX_DETAIL_GOROUTINES, sorted.length) - 1] ?? 0;
  return rows
    .filter((row) => (ids[row] ?? 0) <= last)
    .sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0) || a - b)
    .slice(0, MAX_DETAIL_GOROUTINES);
}

function countFates(rows: Uint32Array, { ofRow }: DetailFates): [Fate, number][] {
  const counts = new Map<Fate, number>();
  for (const row of rows) {
    const fate = fateAt(ofRow[row] ?? 0);
    counts.set(fate, (counts.get(fate) ?? 0) + 1);
  }
  return FATES.flatMap((fate): [Fate, number][] => (counts.has(fate) ? [[fate, counts.get(fate) ?? 0]] : []));
}

function goroutineAt(index: DumpIndex, row: number, fates: DetailFates | null): GoroutineDetail {
  const { rows, symbols } = index.dump;
  const minutes = rows.waitMinutes?.[row] ?? NO_MINUTES;
  const creatorId = rows.creatorId?.[row] ?? NO_ID;
  const flags = rows.flags?.[row] ?? 0;
  return {
    row,
    id: rows.goroutineId?.[row] ?? null,
    weight: rows.weight?.[row] ?? 1,
    state: symbols.states[rows.state[row] ?? 0] ?? UNKNOWN_STATE,
    waitMinutes: minutes === NO_MINUTES ? null : minutes,
    creatorId: creatorId === NO_ID ? null : creatorId,
    lockedToThread: (flags & FLAG.lockedToThread) !== 0,
    leaked: (flags & FLAG.leaked) !== 0,
    fate: fates === null ? null : fateAt(fates.ofRow[row] ?? 0),
  };
}
