import { filled } from '../model/filled.ts';
import { NO_FRAME, type StackIndex, stackCount } from '../model/symbols.ts';
import { ContentHash, hashTexts, type Lanes } from './content-hash.ts';
import { type SymbolIndex, TRAIT } from './symbol-index.ts';

/**
 * Stacks judged alike: `of[stack]` is the class of a stack, equal exactly when the content is equal; lanes hold each
 * class's content hash. Classes never depend on a hash: sequences are compared.
 */
export interface StackClasses {
  readonly of: Uint32Array;
  readonly count: number;
  readonly lanes: Lanes;
}

/** Function number of the waiting place of a stack without frames. */
export const NO_PLACE = -1;

/**
 * Writes the frames of a stack that every form of one moment shows to `out` and answers how many: without the runtime
 * frames on top, without `runtime.main`, `runtime.goexit` and runtime helpers further out. A stack of runtime frames
 * only loses what parks it, so that `runtime.bgsweep` stays. `out` must hold the longest stack.
 */
export function trimStack(index: SymbolIndex, stack: StackIndex, out: Uint32Array): number {
  const { symbols, frameFn, fnTraits } = index;
  const start = symbols.stackStart[stack] ?? 0;
  const end = symbols.stackStart[stack + 1] ?? start;
  const traits = (i: number) => fnTraits[frameFn[symbols.stackFrames[i] ?? 0] ?? 0] ?? 0;
  let first = start;
  while (first < end && traits(first) & TRAIT.leading) first++;
  let used = 0;
  if (first === end) {
    first = start;
    while (first < end - 1 && traits(first) & TRAIT.parking) first++;
    let last = end;
    while (last - 1 > first && isBottom(index, symbols.stackFrames[last - 1] ?? 0)) last--;
    for (let i = first; i < last; i++) out[used++] = symbols.stackFrames[i] ?? 0;
    return used;
  }
  for (let i = first; i < end; i++) {
    if (!(traits(i) & TRAIT.hidden)) out[used++] = symbols.stackFrames[i] ?? 0;
  }
  return used;
}

function isBottom(index: SymbolIndex, frame: number): boolean {
  const name = index.fnPrinted[index.frameFn[frame] ?? 0] ?? '';
  return name === 'runtime.goexit' || name === 'runtime.main';
}

/** Frames of the longest stack: the room `trimStack` needs. */
export function longestStack(index: SymbolIndex): number {
  const starts = index.symbols.stackStart;
  let longest = 0;
  for (let s = 0; s + 1 < starts.length; s++) longest = Math.max(longest, (starts[s + 1] ?? 0) - (starts[s] ?? 0));
  return longest;
}

/** Classes by every frame's function, file and line. */
export function exactClasses(index: SymbolIndex): StackClasses {
  const { symbols } = index;
  const items = symbols.stackFrames.map((frame) => index.frameExact[frame] ?? 0);
  return classifySequences(symbols.stackStart, items, index.exactLanes);
}

/** Classes by the frames all forms show: by normalised function, with or without file and line. */
export function trimmedClasses(index: SymbolIndex, withLines: boolean): StackClasses {
  const { symbols } = index;
  const number = withLines ? index.frameLocated : index.frameFn;
  const lanes = withLines ? index.locatedLanes : index.fnLanes;
  const starts = new Uint32Array(symbols.stackStart.length);
  const items = new Uint32Array(symbols.stackFrames.length);
  const frames = new Uint32Array(longestStack(index));
  let used = 0;
  for (let stack = 0; stack < stackCount(symbols); stack++) {
    starts[stack] = used;
    const kept = trimStack(index, stack, frames);
    for (let i = 0; i < kept; i++) items[used++] = number[frames[i] ?? 0] ?? 0;
  }
  starts[stackCount(symbols)] = used;
  return classifySequences(starts, items, lanes);
}

/**
 * Per stack the frame of its waiting place, or NO_FRAME: the first that is no plumbing; in a stack of plumbing the first
 * of its outer kind (`net.(*netFD).Read`); else the innermost frame left by `trimStack`.
 */
export function waitingPlaces(index: SymbolIndex): Int32Array {
  const { symbols, frameFn, fnTraits } = index;
  const places = new Int32Array(stackCount(symbols));
  const frames = new Uint32Array(longestStack(index));
  for (let stack = 0; stack < places.length; stack++) {
    const kept = trimStack(index, stack, frames);
    let carrier = NO_FRAME;
    let parked = NO_FRAME;
    let place = NO_FRAME;
    for (let i = 0; i < kept && place === NO_FRAME; i++) {
      const frame = frames[i] ?? 0;
      const traits = fnTraits[frameFn[frame] ?? 0] ?? 0;
      if (!(traits & (TRAIT.core | TRAIT.carrier | TRAIT.note))) place = frame;
      else if (carrier === NO_FRAME && traits & TRAIT.carrier) carrier = frame;
      else if (parked === NO_FRAME && !(traits & (TRAIT.parking | TRAIT.note))) parked = frame;
    }
    if (place === NO_FRAME) place = carrier;
    if (place === NO_FRAME) place = parked;
    if (place === NO_FRAME && kept > 0) place = frames[0] ?? 0;
    places[stack] = place;
  }
  return places;
}

/** Classes by a function per stack: `fnOf` answers its number or NO_PLACE. */
export function functionClasses(index: SymbolIndex, fnOf: (stack: StackIndex) => number): StackClasses {
  const count = index.fnLanes.a.length;
  const of = new Uint32Array(stackCount(index.symbols));
  for (let stack = 0; stack < of.length; stack++) {
    const fn = fnOf(stack);
    of[stack] = fn < 0 ? count : fn;
  }
  return { of, count: count + 1, lanes: withNone(index.fnLanes) };
}

/** Classes by the package of a function per stack; NO_PLACE is of the same class as a function without a package. */
export function packageClasses(index: SymbolIndex, fnOf: (stack: StackIndex) => number): StackClasses {
  const of = new Uint32Array(stackCount(index.symbols));
  for (let stack = 0; stack < of.length; stack++) of[stack] = index.fnPackage[fnOf(stack)] ?? 0;
  return { of, count: index.packages.length, lanes: hashTexts(index.packages) };
}

/** Classes by the creating frame: by function, file and line. */
export function creatorFrameClasses(index: SymbolIndex): StackClasses {
  const count = index.exactLanes.a.length;
  const { stackCreator } = index.symbols;
  const of = filled(new Uint32Array(stackCreator.length), (stack) => {
    const frame = stackCreator[stack] ?? NO_FRAME;
    return frame < 0 ? count : (index.frameExact[frame] ?? count);
  });
  return { of, count: count + 1, lanes: withNone(index.exactLanes) };
}

/** One class for all stacks, for a part of the key that is left out. `seed` tells reasons apart. */
export function noClasses(index: SymbolIndex, seed: number): StackClasses {
  return {
    of: new Uint32Array(stackCount(index.symbols)),
    count: 1,
    lanes: { a: Uint32Array.of(seed), b: Uint32Array.of(seed) },
  };
}

/** The lanes and one entry more, for "none". */
function withNone(lanes: Lanes): Lanes {
  const a = new Uint32Array(lanes.a.length + 1);
  const b = new Uint32Array(lanes.b.length + 1);
  a.set(lanes.a);
  b.set(lanes.b);
  return { a, b };
}

/**
 * Numbers distinct sequences of items. Sequence i is items[starts[i] .. starts[i + 1]). Open addressing on the content
 * hash, every hit verified item by item: a collision costs a step, never a wrong class. Cost: one pass over the items.
 */
export function classifySequences(starts: Uint32Array, items: Uint32Array, lanes: Lanes): StackClasses {
  const count = Math.max(starts.length - 1, 0);
  const of = new Uint32Array(count);
  let size = 16;
  while (size < count * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  let classes = 0;
  const first = new Uint32Array(count);
  const classA = new Int32Array(count);
  const classB = new Int32Array(count);
  const hash = new ContentHash();

  for (let i = 0; i < count; i++) {
    const from = starts[i] ?? 0;
    const to = starts[i + 1] ?? from;
    hash.reset(to - from);
    hash.addItems(items, from, to, lanes);
    let slot = (hash.a ^ (hash.b << 1)) & (size - 1);
    for (;;) {
      const known = slots[slot] ?? -1;
      if (known < 0) {
        slots[slot] = classes;
        of[i] = classes;
        first[classes] = i;
        classA[classes] = hash.a;
        classB[classes] = hash.b;
        classes++;
        break;
      }
      if (classA[known] === hash.a && sameSequence(starts, items, first[known] ?? 0, i)) {
        of[i] = known;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  const lanesOf = (column: Int32Array) => new Uint32Array(column.subarray(0, classes));
  return { of, count: classes, lanes: { a: lanesOf(classA), b: lanesOf(classB) } };
}

function sameSequence(starts: Uint32Array, items: Uint32Array, left: number, right: number): boolean {
  const l = starts[left] ?? 0;
  const r = starts[right] ?? 0;
  const length = (starts[left + 1] ?? l) - l;
  if ((starts[right + 1] ?? r) - r !== length) return false;
  for (let k = 0; k < length; k++) if (items[l + k] !== items[r + k]) return false;
  return true;
}
