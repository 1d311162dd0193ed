import { filled } from '../model/filled.ts';
import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import { type DumpIndex, inferredStateOfCell, stateOfCell } from './cells.ts';
import { type GroupTable, NO_WAIT } from './group-table.ts';
import { type KeyBasis, OWN_BASIS, type Partition, partitionCells } from './keys.ts';
import type { Level } from './levels.ts';
import { largestFirst } from './name-order.ts';
import type { NameSubject } from './name-parts.ts';
import { nameInParts } from './names.ts';
import { compareStacks } from './symbol-index.ts';
import { pickTexts } from './text-column.ts';

/** Groups of cells, cell lists by group: group g owns order[start[g] .. start[g + 1]). */
export interface CellsByGroup {
  readonly start: Uint32Array;
  readonly order: Uint32Array;
}

/** The groups of a dump at a level, largest first. Cost: cells, not goroutines. */
export function groupDump(index: DumpIndex, level: Level, basis: KeyBasis = OWN_BASIS): GroupTable {
  const partition = partitionCells(index, level, basis);
  const byGroup = cellsByGroup(partition);
  const facts = summariseGroups(index, byGroup);
  const names = nameInParts(level, nameSubjects(index, level, partition, facts), partition.key);
  const order = largestFirst(facts.count, names);

  const pick = <T>(from: readonly T[], none: T): T[] => {
    const picked: T[] = [];
    for (const group of order) picked.push(from[group] ?? none);
    return picked;
  };
  const waits = waitColumns(index, byGroup, order);
  return {
    level,
    goroutines: index.dump.goroutines,
    length: order.length,
    key: pick(partition.key, ''),
    name: pickTexts(names, order),
    count: filled(new Float64Array(order.length), (at) => facts.count[order[at] ?? 0] ?? 0),
    state: pick(facts.state, UNKNOWN_STATE),
    inferredState: pick(facts.inferredState, ''),
    stateCount: order.map((group) => facts.stateCount[group] ?? 0),
    ...waits,
    createdBy: pick(facts.createdBy, ''),
    createdByCount: order.map((group) => facts.createdByCount[group] ?? 0),
    stacks: order.map((group) => facts.stacks[group] ?? 0),
    mainStack: order.map((group) => facts.mainStack[group] ?? 0),
  };
}

/** What names are made of, per group. */
export function nameSubjects(
  index: DumpIndex,
  level: Level,
  partition: Partition,
  facts: Pick<GroupFacts, 'mainStack' | 'state' | 'inferredState'>,
): NameSubject[] {
  return facts.mainStack.map((stack, group) => ({
    index,
    stack,
    state: (level === 'state' ? partition.stateWord[group] : facts.state[group]) || UNKNOWN_STATE,
    inferred: facts.inferredState[group] ?? '',
  }));
}

/** Cells of the group with this key at `level`; empty when the dump has no such group. */
export function groupCells(index: DumpIndex, level: Level, key: string, basis: KeyBasis = OWN_BASIS): Uint32Array {
  const partition = partitionCells(index, level, basis);
  const group = partition.key.indexOf(key);
  if (group < 0) return new Uint32Array(0);
  const { start, order } = cellsByGroup(partition);
  return order.slice(start[group], start[group + 1]);
}

/** Rows of the group with this key at `level`, in order of the dump. Cost: one look at each row. */
export function groupRows(
  index: DumpIndex,
  level: Level,
  key: string,
  basis: KeyBasis = OWN_BASIS,
): Uint32Array<ArrayBuffer> {
  const wanted = new Uint8Array(index.cells.length);
  for (const cell of groupCells(index, level, key, basis)) wanted[cell] = 1;
  let count = 0;
  for (const cell of index.rowCell) count += wanted[cell] ?? 0;
  const rows = new Uint32Array(count);
  let used = 0;
  index.rowCell.forEach((cell, row) => {
    if (wanted[cell] === 1) rows[used++] = row;
  });
  return rows;
}

/** Sorts cells by their group. */
export function cellsByGroup(partition: Partition): CellsByGroup {
  const start = new Uint32Array(partition.length + 1);
  for (const group of partition.groupOf) start[group + 1] = (start[group + 1] ?? 0) + 1;
  for (let group = 0; group < partition.length; group++) {
    start[group + 1] = (start[group + 1] ?? 0) + (start[group] ?? 0);
  }
  const next = start.slice();
  const order = new Uint32Array(partition.groupOf.length);
  partition.groupOf.forEach((group, cell) => {
    const at = next[group] ?? 0;
    order[at] = cell;
    next[group] = at + 1;
  });
  return { start, order };
}

/** Per group, what its cells say together. */
export interface GroupFacts {
  readonly count: number[];
  readonly state: string[];
  readonly inferredState: string[];
  readonly stateCount: number[];
  readonly createdBy: string[];
  readonly createdByCount: number[];
  readonly stacks: number[];
  readonly mainStack: number[];
}

/** Cost: one look at each cell; a Map only for groups of more than one cell. */
export function summariseGroups(index: DumpIndex, byGroup: CellsByGroup): GroupFacts {
  const facts: GroupFacts = {
    count: [],
    state: [],
    inferredState: [],
    stateCount: [],
    createdBy: [],
    createdByCount: [],
    stacks: [],
    mainStack: [],
  };
  for (let group = 0; group + 1 < byGroup.start.length; group++) {
    const from = byGroup.start[group] ?? 0;
    const to = byGroup.start[group + 1] ?? from;
    if (to === from + 1) addFactsOfOne(index, byGroup.order[from] ?? 0, facts);
    else addFacts(index, byGroup.order.subarray(from, to), facts);
  }
  return facts;
}

function addFactsOfOne(index: DumpIndex, cell: number, facts: GroupFacts): void {
  const { count, stack } = index.cells;
  const creator = creatorOf(index, stack[cell] ?? 0);
  facts.count.push(count[cell] ?? 0);
  facts.state.push(stateOfCell(index, cell));
  facts.inferredState.push(inferredStateOfCell(index, cell));
  facts.stateCount.push(1);
  facts.createdBy.push(creator);
  facts.createdByCount.push(creator === '' ? 0 : 1);
  facts.stacks.push(1);
  facts.mainStack.push(stack[cell] ?? 0);
}

function addFacts(index: DumpIndex, cells: Uint32Array, facts: GroupFacts): void {
  const { count, state, stack } = index.cells;
  const states = new Map<number, number>();
  const stacks = new Map<number, number>();
  const creators = new Map<string, number>();
  const inferred = new Map<string, number>();
  let total = 0;
  for (const cell of cells) {
    const goroutines = count[cell] ?? 0;
    total += goroutines;
    add(states, state[cell] ?? 0, goroutines);
    add(stacks, stack[cell] ?? 0, goroutines);
    const creator = creatorOf(index, stack[cell] ?? 0);
    if (creator !== '') add(creators, creator, goroutines);
    if ((state[cell] ?? 0) === 0) add(inferred, inferredStateOfCell(index, cell), goroutines);
  }
  const { symbols } = index.dump;
  const stateTexts = symbols.states;
  const mainState = mostFrequent(states, (left, right) => byText(stateTexts[left] ?? '', stateTexts[right] ?? '')) ?? 0;
  facts.count.push(total);
  facts.state.push(stateTexts[mainState] ?? UNKNOWN_STATE);
  facts.inferredState.push(mainState === 0 ? (mostFrequent(inferred, byText) ?? '') : '');
  facts.stateCount.push(states.size);
  facts.createdBy.push(mostFrequent(creators, byText) ?? '');
  facts.createdByCount.push(creators.size);
  facts.stacks.push(stacks.size);
  facts.mainStack.push(mostFrequent(stacks, (left, right) => compareStacks(symbols, left, right)) ?? 0);
}

function add<K>(counts: Map<K, number>, key: K, goroutines: number): void {
  counts.set(key, (counts.get(key) ?? 0) + goroutines);
}

/**
 * The key with the most goroutines either way (a difference profile counts below zero). Equals are decided by content,
 * so that the order of goroutines in a dump changes nothing.
 */
function mostFrequent<K>(counts: ReadonlyMap<K, number>, order: (left: K, right: K) => number): K | undefined {
  let best: { key: K; weight: number } | undefined;
  for (const [key, goroutines] of counts) {
    const weight = Math.abs(goroutines);
    if (!best || weight > best.weight || (weight === best.weight && order(key, best.key) < 0)) best = { key, weight };
  }
  return best?.key;
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The creating function as printed; '' when none is. */
function creatorOf(index: DumpIndex, stack: number): string {
  const { symbols } = index.dump;
  const frame = symbols.stackCreator[stack] ?? NO_FRAME;
  return frame < 0 ? '' : (symbols.strings[symbols.frameFunction[frame] ?? 0] ?? '');
}

/** Wait columns of the groups in `order`. The median is the lower one of the printed minutes. */
function waitColumns(index: DumpIndex, byGroup: CellsByGroup, order: Uint32Array) {
  const { cells } = index;
  const waitMin = new Int32Array(order.length).fill(NO_WAIT);
  const waitMedian = new Int32Array(order.length).fill(NO_WAIT);
  const waitMax = new Int32Array(order.length).fill(NO_WAIT);
  const waitUnknown = new Float64Array(order.length);
  /** Sets the columns at `at` when the cell is one goroutine, with one wait or none; answers whether it is. */
  const setWaitOfOne = (cell: number, at: number): boolean => {
    const wait = cells.waitStart[cell] ?? 0;
    const waits = (cells.waitStart[cell + 1] ?? wait) - wait;
    if (cells.count[cell] !== 1 || waits > 1 || (waits === 1 && cells.waitGoroutines[wait] !== 1)) return false;
    waitUnknown[at] = 1 - waits;
    if (waits === 1) waitMin[at] = waitMedian[at] = waitMax[at] = cells.waitMinutes[wait] ?? NO_WAIT;
    return true;
  };
  order.forEach((group, at) => {
    const from = byGroup.start[group] ?? 0;
    const to = byGroup.start[group + 1] ?? from;
    // Most of many groups are one goroutine: no columns of their own for those.
    if (to === from + 1 && setWaitOfOne(byGroup.order[from] ?? 0, at)) return;
    const members = byGroup.order.subarray(from, to);
    let goroutines = 0;
    for (const cell of members) goroutines += cells.count[cell] ?? 0;
    const { minutes, counts } = waitsOf(index, members);
    let printed = 0;
    for (const count of counts) printed += count;
    waitUnknown[at] = goroutines - printed;
    if (minutes.length === 0) return;
    const middle = Math.ceil(printed / 2);
    let median = 0;
    for (let below = counts[0] ?? 0; below < middle; below += counts[median] ?? 0) median++;
    waitMin[at] = minutes[0] ?? NO_WAIT;
    waitMedian[at] = minutes[median] ?? NO_WAIT;
    waitMax[at] = minutes.at(-1) ?? NO_WAIT;
  });
  return { waitMin, waitMedian, waitMax, waitUnknown };
}

/** Distinct printed minutes, ascending, and how many goroutines print them. */
export interface Waits {
  readonly minutes: Int32Array;
  readonly counts: Float64Array;
}

/** The waits of some cells in pairs, for people to read. */
export function groupWaits(index: DumpIndex, cells: Uint32Array): [minutes: number, goroutines: number][] {
  const { minutes, counts } = waitsOf(index, cells);
  return Array.from(minutes, (value, i) => [value, counts[i] ?? 0]);
}

/** The waits of some cells. Those of one cell stand in order already, which is the case for most groups. */
export function waitsOf(index: DumpIndex, cells: Uint32Array): Waits {
  const { waitStart, waitMinutes, waitGoroutines } = index.cells;
  const only = cells[0] ?? 0;
  if (cells.length === 1) {
    const from = waitStart[only] ?? 0;
    const to = waitStart[only + 1] ?? from;
    return { minutes: waitMinutes.subarray(from, to), counts: waitGoroutines.subarray(from, to) };
  }
  const waits = new Map<number, number>();
  for (const cell of cells) {
    for (let i = waitStart[cell] ?? 0; i < (waitStart[cell + 1] ?? 0); i++) {
      add(waits, waitMinutes[i] ?? 0, waitGoroutines[i] ?? 0);
    }
  }
  const minutes = Int32Array.from(waits.keys()).sort();
  return { minutes, counts: Float64Array.from(minutes, (value) => waits.get(value) ?? 0) };
}
