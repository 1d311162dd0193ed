import type { DumpIndex } from '../group/cells.ts';
import { stateOfCell } from '../group/cells.ts';
import { longestStack, trimStack } from '../group/stack-classes.ts';
import { type SymbolIndex, TRAIT } from '../group/symbol-index.ts';
import { type FrameIndex, NO_FRAME, type StackIndex, stackCount, UNKNOWN_STATE } from '../model/symbols.ts';
import {
  type EntryNumber,
  EntryTable,
  entriesOfFunctions,
  type FunctionEntries,
  weightOf,
} from './function-entries.ts';
import type { Rule, StackPattern } from './rule.ts';
import { maskOfClasses, maskOfState } from './state-class.ts';

/** What is asked of stacks: a rule, or one side of a pair. */
export type Subject = Pick<Rule, 'states' | 'stacks'> & Partial<Pick<Rule, 'kind' | 'generic'>>;

/** One StackPattern of a subject, with its parts as entries; NO_ENTRY where a part is not given. */
interface Shape {
  readonly subject: number;
  readonly states: number;
  readonly generic: boolean;
  readonly top: EntryNumber;
  readonly frames: readonly EntryNumber[];
  readonly createdBy: EntryNumber;
  readonly without: EntryNumber;
}
const NO_ENTRY = -1;

/** Subjects ready to be asked of any dump. */
export interface CompiledSubjects {
  readonly subjects: readonly Subject[];
  /** In order of their subjects: subject s has shapes shapeStart[s] .. shapeStart[s + 1). */
  readonly shapes: readonly Shape[];
  readonly shapeStart: readonly number[];
  readonly table: EntryTable;
}

/** Cost: one look at each pattern. */
export function compileSubjects(subjects: readonly Subject[]): CompiledSubjects {
  const table = new EntryTable();
  const shapeStart = [0];
  for (const { stacks } of subjects) shapeStart.push((shapeStart.at(-1) ?? 0) + stacks.length);
  const shapes = subjects.flatMap(({ states, stacks, kind, generic }, subject) => {
    const claims = kind === 'leak' && generic !== true;
    const entry = (patterns: StackPattern['top'], claiming: boolean) =>
      patterns === undefined ? NO_ENTRY : table.add(patterns, claiming);
    return stacks.map(
      ({ top, frames, createdBy, without }): Shape => ({
        subject,
        states: maskOfClasses(states),
        generic: generic === true,
        top: entry(top, claims),
        frames: (frames ?? []).map((patterns) => table.add(patterns, claims)),
        createdBy: entry(createdBy, false),
        without: entry(without, false),
      }),
    );
  });
  return { subjects, shapes, shapeStart, table };
}

/** Which subjects fit the stacks of a dump, whatever they wait in; `candidatesOf` asks for the state, too. */
export interface StackMatches {
  /** Stack s has matches start[s] .. start[s + 1). */
  readonly start: Uint32Array;
  readonly subject: Uint32Array;
  /** How much of the stack the subject names: the sum of the weights of what its parts matched. */
  readonly weight: Uint32Array;
  /** Per cell the bits of the state classes it may be of. */
  readonly cellStates: Uint32Array;
  readonly subjectStates: Uint32Array;
  /** Per cell whether a state is printed or betrayed. */
  readonly stateKnown: Uint8Array;
  readonly compiled: CompiledSubjects;
  readonly entries: FunctionEntries;
  /** See `topFrames`. */
  readonly tops: Int32Array;
}

/**
 * Asks all subjects of all distinct stacks. From each function leads an index to the shapes that name it, so that a stack
 * is asked only by those that name one of its functions, and by those that name nobody's in particular and accept its
 * state. Cost: see `entriesOfFunctions`, then frames of distinct stacks and the shapes they lead to.
 */
export function matchStacks(index: DumpIndex, compiled: CompiledSubjects): StackMatches {
  const { symbols } = index;
  const entries = entriesOfFunctions(symbols, compiled.table);
  const asked = anchorShapes(symbols, compiled.shapes, entries, index.printsCreators);
  const { cellStates, stateKnown, stackStates } = statesOfCells(index);
  const tops = topFrames(symbols);
  const { stackStart, stackFrames, stackCreator } = symbols.symbols;

  const start = new Uint32Array(stackCount(symbols.symbols) + 1);
  const subject: number[] = [];
  const weight: number[] = [];
  const lastAsked = new Int32Array(compiled.shapes.length).fill(-1);
  const ask = (shapes: readonly number[] | undefined, stack: StackIndex): void => {
    if (shapes === undefined) return;
    const states = stackStates[stack] ?? 0;
    for (const number of shapes) {
      const shape = compiled.shapes[number];
      if (shape === undefined || lastAsked[number] === stack || !(shape.states & states)) continue;
      lastAsked[number] = stack;
      const found = weigh(index, entries, shape, stack, tops[stack] ?? NO_FRAME);
      if (found > 0) put(subject, weight, start[stack] ?? 0, shape.subject, found);
    }
  };
  for (let stack = 0; stack + 1 < start.length; stack++) {
    const creator = stackCreator[stack] ?? NO_FRAME;
    if (creator >= 0) ask(asked.byFunction[symbols.frameFn[creator] ?? 0], stack);
    for (let i = stackStart[stack] ?? 0; i < (stackStart[stack + 1] ?? 0); i++) {
      ask(asked.byFunction[symbols.frameFn[stackFrames[i] ?? 0] ?? 0], stack);
    }
    ask(asked.ofAll, stack);
    start[stack + 1] = subject.length;
  }
  return {
    start,
    subject: Uint32Array.from(subject),
    weight: Uint32Array.from(weight),
    cellStates,
    subjectStates: Uint32Array.from(compiled.subjects, ({ states }) => maskOfClasses(states)),
    stateKnown,
    compiled,
    entries,
    tops,
  };
}

/** Notes a match; of several shapes of one subject that fit a stack, the one that says most. */
function put(subjects: number[], weights: number[], from: number, subject: number, weight: number): void {
  const known = subjects.indexOf(subject, from);
  if (known < 0) {
    subjects.push(subject);
    weights.push(weight);
  } else if ((weights[known] ?? 0) < weight) weights[known] = weight;
}

/** A subject that fits a cell: its stack, and its state as far as it is known. */
export interface Candidate {
  readonly subject: number;
  readonly weight: number;
}

/** The subjects that fit a cell. A generic one fits only where the state is known. */
export function candidatesOf(index: DumpIndex, matches: StackMatches, cell: number): Candidate[] {
  const found: Candidate[] = [];
  eachCandidate(index, matches, cell, (subject, weight) => found.push({ subject, weight }));
  return found;
}

/** The same without making anything, for a step of every cell. */
export function eachCandidate(
  index: DumpIndex,
  matches: StackMatches,
  cell: number,
  take: (subject: number, weight: number) => void,
): void {
  const stack = index.cells.stack[cell] ?? 0;
  const states = matches.cellStates[cell] ?? 0;
  const known = matches.stateKnown[cell] === 1;
  const { subjects } = matches.compiled;
  for (let i = matches.start[stack] ?? 0; i < (matches.start[stack + 1] ?? 0); i++) {
    const subject = matches.subject[i] ?? 0;
    if (!(states & (matches.subjectStates[subject] ?? 0))) continue;
    if (!known && subjects[subject]?.generic === true) continue;
    take(subject, matches.weight[i] ?? 0);
  }
}

/** Whether a subject is among the candidates of a cell. */
export function isCandidate(index: DumpIndex, matches: StackMatches, cell: number, subject: number): boolean {
  let found = false;
  eachCandidate(index, matches, cell, (each) => {
    found ||= each === subject;
  });
  return found;
}

/** The state of a cell as far as it is known: as printed, `semacquire` told apart by frames, else as inferred; else UNKNOWN_STATE. */
export function knownState(index: DumpIndex, cell: number): string {
  const printed = stateOfCell(index, cell);
  if (printed !== UNKNOWN_STATE && printed !== 'semacquire') return printed;
  return index.inferred(index.cells.stack[cell] ?? 0) || printed;
}

function statesOfCells(index: DumpIndex) {
  const { cells } = index;
  const cellStates = new Uint32Array(cells.length);
  const stateKnown = new Uint8Array(cells.length);
  const stackStates = new Uint32Array(stackCount(index.dump.symbols));
  for (let cell = 0; cell < cells.length; cell++) {
    const state = knownState(index, cell);
    const stack = cells.stack[cell] ?? 0;
    cellStates[cell] = maskOfState(state);
    stateKnown[cell] = state === UNKNOWN_STATE ? 0 : 1;
    stackStates[stack] = (stackStates[stack] ?? 0) | (cellStates[cell] ?? 0);
  }
  return { cellStates, stateKnown, stackStates };
}

/** Shapes by the function that leads to them. */
interface AskedShapes {
  /** Per function; undefined for most. */
  readonly byFunction: readonly (readonly number[] | undefined)[];
  /** Shapes that no function leads to. */
  readonly ofAll: readonly number[];
}

/** Chooses for each shape the part that must name a function of its own: the top, a frame, or the creator where it counts. */
function anchorShapes(
  symbols: SymbolIndex,
  shapes: readonly Shape[],
  entries: FunctionEntries,
  printsCreators: boolean,
): AskedShapes {
  const byFunction = new Array<number[] | undefined>(symbols.fnPrinted.length);
  const ofAll: number[] = [];
  shapes.forEach(({ top, frames, createdBy }, number) => {
    const parts = [top, ...frames, ...(printsCreators ? [createdBy] : [])];
    const anchor = parts.find((entry) => entry !== NO_ENTRY && entries.user[entry] !== true);
    if (anchor === undefined) {
      ofAll.push(number);
      return;
    }
    for (const fn of entries.named[anchor]?.keys() ?? []) {
      const list = byFunction[fn];
      if (list === undefined) byFunction[fn] = [number];
      else list.push(number);
    }
  });
  return { byFunction, ofAll };
}

/** What the parts of a shape say of a stack together; 0 when one of them does not hold. A shape without parts says 1. `matched` takes the frames. */
function weigh(
  index: DumpIndex,
  entries: FunctionEntries,
  shape: Shape,
  stack: StackIndex,
  top: FrameIndex,
  matched: FrameIndex[] = [],
): number {
  const { symbols } = index;
  const { stackStart, stackFrames, stackCreator } = symbols.symbols;
  let sum = 1;
  if (shape.top !== NO_ENTRY) {
    const weight = top === NO_FRAME ? 0 : weightOf(entries, shape.top, symbols.frameFn[top] ?? 0, true);
    if (weight === 0) return 0;
    sum += weight;
  }
  if (shape.createdBy !== NO_ENTRY && index.printsCreators) {
    const creator = stackCreator[stack] ?? NO_FRAME;
    const weight = creator < 0 ? 0 : weightOf(entries, shape.createdBy, symbols.frameFn[creator] ?? 0, false);
    if (weight === 0) return 0;
    sum += weight;
  }
  const to = stackStart[stack + 1] ?? 0;
  let at = stackStart[stack] ?? 0;
  for (const entry of shape.frames) {
    let weight = 0;
    for (; at < to && weight === 0; at++) {
      weight = weightOf(entries, entry, symbols.frameFn[stackFrames[at] ?? 0] ?? 0, false);
    }
    if (weight === 0) return 0;
    matched.push(stackFrames[at - 1] ?? 0);
    sum += weight;
  }
  if (shape.without !== NO_ENTRY) {
    for (let i = stackStart[stack] ?? 0; i < to; i++) {
      if (weightOf(entries, shape.without, symbols.frameFn[stackFrames[i] ?? 0] ?? 0, false) > 0) return 0;
    }
  }
  return sum;
}

/**
 * Per stack the frame that StackPattern calls its top, or NO_FRAME: the innermost after `trimStack` that is no lock, poll
 * or runtime frame; in a stack of nothing else the one that `trimStack` puts first.
 */
export function topFrames(index: SymbolIndex): Int32Array {
  const tops = new Int32Array(stackCount(index.symbols)).fill(NO_FRAME);
  const frames = new Uint32Array(longestStack(index));
  for (let stack = 0; stack < tops.length; stack++) {
    const kept = trimStack(index, stack, frames);
    const traits = (i: number) => index.fnTraits[index.frameFn[frames[i] ?? 0] ?? 0] ?? 0;
    let at = 0;
    while (at < kept && traits(at) & (TRAIT.core | TRAIT.note)) at++;
    if (at < kept) tops[stack] = frames[at] ?? 0;
    else if (kept > 0 && !(traits(0) & TRAIT.note)) tops[stack] = frames[0] ?? 0;
  }
  return tops;
}

/** The frames of a stack that a subject's parts matched. */
export interface MatchedFrames {
  /** The stack's top, whether or not the subject asks for it; NO_FRAME in a stack without frames. */
  readonly top: FrameIndex;
  readonly frames: readonly FrameIndex[];
  /** The creator, whether or not the subject asks for it; NO_FRAME where none is printed. */
  readonly creator: FrameIndex;
}

/** What a subject matched in a stack that it fits, for telling people. Cost: its shapes, and the frames of the stack. */
export function matchedFrames(
  index: DumpIndex,
  { compiled, entries, tops }: StackMatches,
  subject: number,
  stack: StackIndex,
): MatchedFrames {
  const top = tops[stack] ?? NO_FRAME;
  let most = 0;
  let frames: FrameIndex[] = [];
  for (const shape of compiled.shapes.slice(compiled.shapeStart[subject], compiled.shapeStart[subject + 1])) {
    const matched: FrameIndex[] = [];
    const weight = weigh(index, entries, shape, stack, top, matched);
    if (weight > most) {
      most = weight;
      frames = matched;
    }
  }
  return { top, frames, creator: index.dump.symbols.stackCreator[stack] ?? NO_FRAME };
}

/** The innermost functions of a stack as printed, at most `count`. */
export function innerFunctions(index: DumpIndex, stack: StackIndex, count: number): string[] {
  const { stackStart, stackFrames, frameFunction, strings } = index.dump.symbols;
  const from = stackStart[stack] ?? 0;
  const names: string[] = [];
  for (let i = from; i < Math.min(from + count, stackStart[stack + 1] ?? 0); i++) {
    names.push(strings[frameFunction[stackFrames[i] ?? 0] ?? 0] ?? '');
  }
  return names;
}
