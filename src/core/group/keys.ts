import { NO_FRAME, type StackIndex, UNKNOWN_STATE } from '../model/symbols.ts';
import { type DumpIndex, inferredStateOfCell, stateOfCell } from './cells.ts';
import { ContentHash, distinctKeys, hashTexts, type Lanes } from './content-hash.ts';
import { LEVELS, type Level } from './levels.ts';
import { PairTable } from './pair-table.ts';
import {
  creatorFrameClasses,
  exactClasses,
  functionClasses,
  NO_PLACE,
  noClasses,
  packageClasses,
  type StackClasses,
  trimmedClasses,
} from './stack-classes.ts';

/**
 * What keys are made of. Keys of two dumps can only be equal when both were made on one basis: forms differ in what they
 * print, and what one of them never says must be left out for both.
 */
export interface KeyBasis {
  /**
   * `own`: the state as printed, else as frames betray it. `refined`: the same, and `semacquire` as frames refine it, so
   * that printed states of old Go meet inferred ones. `none`: left out.
   */
  readonly state: 'own' | 'refined' | 'none';
  readonly creators: boolean;
  /** `all`: every printed frame counts at the exact level. `shown`: only frames that every form prints. */
  readonly frames: 'all' | 'shown';
}

/** Everything a dump's own form says. */
export const OWN_BASIS: KeyBasis = { state: 'own', creators: true, frames: 'all' };

/**
 * The cells of a dump in groups at a level. Groups are told apart by content; `key[g]` names that content so that it is
 * found again in another dump.
 */
export interface Partition {
  readonly length: number;
  /** Per cell its group. */
  readonly groupOf: Uint32Array;
  readonly key: readonly string[];
  /** Per group the state word its key holds; empty when the key holds none. */
  readonly stateWord: readonly string[];
}

/** Levels whose key holds the state. */
const WITH_STATE: ReadonlySet<Level> = new Set(['exact', 'functions', 'place', 'state']);

/** The partition of a dump last asked for on its own basis: a table is grouped, then searched, then its causes are named. */
const lastPartitions = new WeakMap<DumpIndex, { readonly level: Level; readonly partition: Partition }>();

/** Groups of `index` at `level`. Cost: cells, plus distinct stacks the first time a level is asked for; none when asked again. */
export function partitionCells(index: DumpIndex, level: Level, basis: KeyBasis = OWN_BASIS): Partition {
  if (basis !== OWN_BASIS) return makePartition(index, level, basis);
  const last = lastPartitions.get(index);
  if (last?.level === level) return last.partition;
  const partition = makePartition(index, level, basis);
  lastPartitions.set(index, { level, partition });
  return partition;
}

function makePartition(index: DumpIndex, level: Level, basis: KeyBasis): Partition {
  const { cells } = index;
  const stacks = stackClasses(index, level, basis);
  const states = stateClasses(index, WITH_STATE.has(level) ? basis.state : 'none');
  const pairs = new PairTable(stacks.count, states.texts.length);
  const groupOf = new Uint32Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    groupOf[cell] = pairs.add(stacks.of[cells.stack[cell] ?? 0] ?? 0, states.of[cell] ?? 0);
  }
  const stateLanes = hashTexts(states.texts);
  return {
    length: pairs.size,
    groupOf,
    key: keysOf(level, pairs, stacks.lanes, stateLanes),
    stateWord: pairs.second.map((state) => states.texts[state] ?? ''),
  };
}

/** Keys of (stack class, state) pairs. */
function keysOf(level: Level, pairs: PairTable, stacks: Lanes, states: Lanes): string[] {
  const hash = new ContentHash();
  const seed = LEVELS.indexOf(level) + 16;
  return distinctKeys(pairs.size, (group) => {
    const stack = pairs.first[group] ?? 0;
    const state = pairs.second[group] ?? 0;
    hash.reset(seed);
    hash.addLanes(stacks.a[stack] ?? 0, stacks.b[stack] ?? 0);
    hash.addLanes(states.a[state] ?? 0, states.b[state] ?? 0);
    return hash;
  });
}

/** Per cell the number of the state its key holds, and the words. */
function stateClasses(index: DumpIndex, mode: KeyBasis['state']): { of: Uint32Array; texts: string[] } {
  const of = new Uint32Array(index.cells.length);
  if (mode === 'none') return { of, texts: [''] };
  const texts: string[] = [];
  const known = new Map<string, number>();
  for (let cell = 0; cell < of.length; cell++) {
    const word = stateWord(index, cell, mode);
    let at = known.get(word);
    if (at === undefined) {
      at = texts.push(word) - 1;
      known.set(word, at);
    }
    of[cell] = at;
  }
  return { of, texts: texts.length > 0 ? texts : [''] };
}

function stateWord(index: DumpIndex, cell: number, mode: 'own' | 'refined'): string {
  const printed = stateOfCell(index, cell);
  if (printed === UNKNOWN_STATE) return inferredStateOfCell(index, cell) || UNKNOWN_STATE;
  if (mode === 'refined' && printed === 'semacquire') return index.inferred(index.cells.stack[cell] ?? 0) || printed;
  return printed;
}

/** Stack classes of a level: frames and creator, as far as the level's key holds them. Kept for the next question. */
function stackClasses(index: DumpIndex, level: Level, basis: KeyBasis): StackClasses {
  const name = `${level} ${basis.creators} ${basis.frames}`;
  const known = index.classes.get(name);
  if (known) return known;
  const made = makeStackClasses(index, level, basis);
  index.classes.set(name, made);
  return made;
}

function makeStackClasses(index: DumpIndex, level: Level, basis: KeyBasis): StackClasses {
  const { symbols } = index;
  switch (level) {
    case 'exact':
      return combine(
        basis.frames === 'all' ? exactClasses(symbols) : trimmedClasses(symbols, true),
        basis.creators ? creatorFrameClasses(symbols) : noClasses(symbols, 0),
      );
    case 'functions':
      return combine(trimmedClasses(symbols, false), basis.creators ? creatorClasses(index) : noClasses(symbols, 0));
    case 'place':
      return functionClasses(symbols, (stack) => placeFunction(index, stack));
    case 'created-by':
      return index.printsCreators ? creatorClasses(index) : noClasses(symbols, 1);
    case 'package':
      return packageClasses(symbols, (stack) => placeFunction(index, stack));
    case 'state':
      return noClasses(symbols, 0);
  }
}

function creatorClasses(index: DumpIndex): StackClasses {
  const { symbols } = index;
  return functionClasses(symbols, (stack) => {
    const frame = symbols.symbols.stackCreator[stack] ?? NO_FRAME;
    return frame < 0 ? NO_PLACE : (symbols.frameFn[frame] ?? NO_PLACE);
  });
}

function placeFunction(index: DumpIndex, stack: StackIndex): number {
  const frame = index.places[stack] ?? NO_FRAME;
  return frame < 0 ? NO_PLACE : (index.symbols.frameFn[frame] ?? NO_PLACE);
}

/** Classes that are equal when both parts are. */
function combine(left: StackClasses, right: StackClasses): StackClasses {
  const pairs = new PairTable(left.count, right.count);
  const of = left.of.map((part, stack) => pairs.add(part, right.of[stack] ?? 0));
  const hash = new ContentHash();
  const lanes = { a: new Uint32Array(pairs.size), b: new Uint32Array(pairs.size) };
  for (let i = 0; i < pairs.size; i++) {
    const l = pairs.first[i] ?? 0;
    const r = pairs.second[i] ?? 0;
    hash.reset(3);
    hash.addLanes(left.lanes.a[l] ?? 0, left.lanes.b[l] ?? 0);
    hash.addLanes(right.lanes.a[r] ?? 0, right.lanes.b[r] ?? 0);
    lanes.a[i] = hash.a;
    lanes.b[i] = hash.b;
  }
  return { of, count: pairs.size, lanes };
}

/** Whether dumps say the same things, and why not. */
export interface CommonBasis {
  readonly basis: KeyBasis;
  /** Sentences for people: what was left out of the key; empty when nothing. */
  readonly caveats: readonly string[];
}

/** The strictest basis on which all of `indexes` can be compared at `level`. */
export function commonBasis(indexes: readonly DumpIndex[], level: Level): CommonBasis {
  const all = (has: (index: DumpIndex) => boolean) => indexes.every(has) || !indexes.some(has);
  const oneForm = all((index) => index.dump.format === 'traceback') && all((index) => index.dump.format === 'pprof');
  const caveats: string[] = [];
  const stateKnown = indexes.some((index) => index.printsState);

  let state: KeyBasis['state'] = 'own';
  if (level === 'state' && !oneForm) {
    state = 'refined';
    caveats.push(
      stateKnown
        ? 'One form prints no state: for its goroutines the state is inferred from frames, else unknown.'
        : 'Neither form prints a state: it is inferred from frames, else unknown, and the two forms do not show the same frames.',
    );
  } else if (WITH_STATE.has(level) && !oneForm) {
    state = 'none';
    if (stateKnown) caveats.push('One form prints no state, so groups are matched without it.');
  }

  const creators = all((index) => index.printsCreators);
  if (!creators && (level === 'exact' || level === 'functions')) {
    caveats.push('One form prints no creators, so groups are matched without them.');
  }
  if (!creators && level === 'created-by') {
    caveats.push('One form prints no creators, so its goroutines stand in a group of their own.');
  }

  const sameFrames = oneForm && all((index) => index.printsRuntimeFrames);
  if (!sameFrames && level === 'exact') {
    caveats.push(
      'The two forms do not show the same runtime frames: those are left out of the match. The level "functions" suits two forms better.',
    );
  }
  if (!all((index) => index.symbols.hasLines || index.symbols.frameFn.length === 0) && level === 'exact') {
    caveats.push('One dump names no lines, so nothing matches at this level. Choose the level "functions".');
  }
  return { basis: { state, creators, frames: sameFrames ? 'all' : 'shown' }, caveats };
}
