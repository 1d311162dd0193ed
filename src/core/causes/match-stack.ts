import type { DumpIndex } from '../group/cells.ts';
import { stateOfCell } from '../group/cells.ts';
import { PairTable } from '../group/pair-table.ts';
import { longestStack, trimStack } from '../group/stack-classes.ts';
import { type SymbolIndex, TRAIT } from '../group/symbol-index.ts';
import { type FrameIndex, NO_FRAME, type StackIndex, stackCount, UNKNOWN_STATE } from '../model/symbols.ts';
import {
  classifyFunctions,
  type EntryNumber,
  EntryTable,
  type FunctionClasses,
  type Role,
  SILENT,
  sayAsMuch,
  weightOf,
} from './function-entries.ts';
import type { Rule, StackPattern } from './rule.ts';
import { signStacks } from './signatures.ts';
import { maskOfClasses, maskOfState } from './state-class.ts';

/** What is asked of stacks: a rule, or one side of a pair. */
export type Subject = Pick<Rule, 'states' | 'stacks'> & Partial<Pick<Rule, 'kind' | 'generic'>>;

/** One StackPattern of a subject, with its parts as entries; NO_ENTRY where a part is not given. */
interface Shape {
  readonly subject: number;
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
  const shapes = subjects.flatMap(({ stacks, kind, generic }, subject) => {
    const claims = kind === 'leak' && generic !== true;
    const entry = (patterns: StackPattern['top'], role: Role, claiming: boolean) =>
      patterns === undefined ? NO_ENTRY : table.add(patterns, role, claiming);
    return stacks.map(
      ({ top, frames = [], createdBy, without }): Shape => ({
        subject,
        top: entry(top, 'top', claims),
        frames: frames.map((patterns) =>
          table.add(patterns, frames.length === 1 && sayAsMuch(patterns) ? 'loose' : 'ordered', claims),
        ),
        createdBy: entry(createdBy, 'creator', false),
        without: entry(without, 'loose', false),
      }),
    );
  });
  return { subjects, shapes, shapeStart, table };
}

/**
 * Which subjects fit the cells of a dump. Cells of which all subjects say the same are one kind; of these there are
 * thousands where there are 100,000 cells.
 */
export interface CellMatches {
  /** Per cell its kind. */
  readonly kind: Uint32Array;
  /** Per kind the subjects that fit, in their order. A generic one fits only where the state is known. */
  readonly candidates: readonly (readonly Candidate[])[];
  readonly compiled: CompiledSubjects;
  readonly classes: FunctionClasses;
  /** See `topFrames`. */
  readonly tops: Int32Array;
}

/** A subject that fits a cell. */
export interface Candidate {
  readonly subject: number;
  /** How much of the stack the subject names: the sum of the weights of what its parts matched. */
  readonly weight: number;
}

/**
 * Asks all subjects of all cells. Stacks are first told apart by what subjects can say of them (`signStacks`), then one of
 * each is asked by the shapes that name one of its functions, and by those that name nobody's in particular. Cost: see
 * `classifyFunctions` and `signStacks`; signatures and the shapes they lead to.
 */
export function matchStacks(index: DumpIndex, compiled: CompiledSubjects): CellMatches {
  const { symbols, cells } = index;
  const classes = classifyFunctions(symbols, compiled.table);
  const tops = topFrames(symbols);
  const longest = compiled.shapes.reduce((most, { frames }) => Math.max(most, frames.length), 0);
  const signatures = signStacks(index, classes, tops, longest);
  const fitting = matchSignatures(index, compiled, classes, tops, signatures.sample);

  const states = statesOfCells(index);
  const kinds = new PairTable(signatures.sample.length, states.masks.length);
  const kind = new Uint32Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    kind[cell] = kinds.add(signatures.of[cells.stack[cell] ?? 0] ?? 0, states.of[cell] ?? 0);
  }
  const accepted = compiled.subjects.map((subject) => maskOfClasses(subject.states));
  const candidates = kinds.first.map((signature, number) => {
    const mask = states.masks[kinds.second[number] ?? 0] ?? 0;
    const known = (mask & STATE_KNOWN) !== 0;
    return (fitting[signature] ?? []).filter(
      ({ subject }) => mask & (accepted[subject] ?? 0) && (known || compiled.subjects[subject]?.generic !== true),
    );
  });
  return { kind, candidates, compiled, classes, tops };
}

/** Per signature the subjects that fit a stack of it, whatever it waits in, in their order. */
function matchSignatures(
  index: DumpIndex,
  compiled: CompiledSubjects,
  classes: FunctionClasses,
  tops: Int32Array,
  samples: readonly StackIndex[],
): Candidate[][] {
  const { symbols } = index;
  const { stackStart, stackFrames, stackCreator } = symbols.symbols;
  const { table, shapes } = compiled;
  const asked = anchorShapes(compiled, classes, index.printsCreators);
  const lastAsked = new Int32Array(shapes.length).fill(-1);
  return samples.map((stack) => {
    /** Of several shapes of one subject the one that says most. */
    const weights = new Map<number, number>();
    const ask = (numbers: readonly number[] | undefined): void => {
      for (const number of numbers ?? []) {
        const shape = shapes[number];
        if (shape === undefined || lastAsked[number] === stack) continue;
        lastAsked[number] = stack;
        const weight = weigh(index, classes, table, shape, stack, tops[stack] ?? NO_FRAME);
        if (weight > (weights.get(shape.subject) ?? 0)) weights.set(shape.subject, weight);
      }
    };
    const askFrame = (frame: FrameIndex, ...roles: Role[]): void => {
      const fn = symbols.frameFn[frame] ?? 0;
      for (const role of frame < 0 ? [] : roles) ask(asked.byClass[role][classes[role].of[fn] ?? SILENT]);
    };
    askFrame(tops[stack] ?? NO_FRAME, 'top');
    askFrame(stackCreator[stack] ?? NO_FRAME, 'creator');
    for (let i = stackStart[stack] ?? 0; i < (stackStart[stack + 1] ?? 0); i++) {
      askFrame(stackFrames[i] ?? 0, 'ordered', 'loose');
    }
    ask(asked.ofAll);
    return [...weights].map(([subject, weight]) => ({ subject, weight })).sort((a, b) => a.subject - b.subject);
  });
}

/** The subjects that fit a cell, in their order. */
export function candidatesOf({ kind, candidates }: CellMatches, cell: number): readonly Candidate[] {
  return candidates[kind[cell] ?? 0] ?? [];
}

/** Whether a subject is among the candidates of a cell. */
export function isCandidate(matches: CellMatches, cell: number, subject: number): boolean {
  return candidatesOf(matches, cell).some((candidate) => candidate.subject === subject);
}

/** Per subject a number of the cells that it fits, added up: `numberOf` is per cell. */
export function addUpBySubject({ kind, candidates, compiled }: CellMatches, numberOf: Float64Array): Float64Array {
  const ofKind = new Float64Array(candidates.length);
  numberOf.forEach((number, cell) => {
    ofKind[kind[cell] ?? 0] = (ofKind[kind[cell] ?? 0] ?? 0) + number;
  });
  const sums = new Float64Array(compiled.subjects.length);
  candidates.forEach((fitting, number) => {
    for (const { subject } of fitting) sums[subject] = (sums[subject] ?? 0) + (ofKind[number] ?? 0);
  });
  return sums;
}

/** The state of a cell as far as it is known: as printed, `semacquire` told apart by frames, else as inferred; else UNKNOWN_STATE. */
export function knownState(index: DumpIndex, cell: number): string {
  const printed = stateOfCell(index, cell);
  if (printed !== UNKNOWN_STATE && printed !== 'semacquire') return printed;
  return index.inferred(index.cells.stack[cell] ?? 0) || printed;
}

/** Above the bits of state classes: a state is printed or betrayed. */
const STATE_KNOWN = 1 << 30;

/** Per cell the number of what is known of its state, and of these the bits of the classes it may be of, with STATE_KNOWN. */
function statesOfCells(index: DumpIndex): { of: Uint32Array; masks: number[] } {
  const masks: number[] = [];
  const known = new Map<string, number>();
  const of = new Uint32Array(index.cells.length);
  for (let cell = 0; cell < of.length; cell++) {
    const state = knownState(index, cell);
    let number = known.get(state);
    if (number === undefined) {
      number = masks.push(maskOfState(state) | (state === UNKNOWN_STATE ? 0 : STATE_KNOWN)) - 1;
      known.set(state, number);
    }
    of[cell] = number;
  }
  return { of, masks };
}

/** Shapes by the class of functions that leads to them. */
interface AskedShapes {
  readonly byClass: Readonly<Record<Role, readonly (readonly number[])[]>>;
  /** Shapes that no function leads to. */
  readonly ofAll: readonly number[];
}

/** Chooses for each shape the part that must name a function of its own: the top, a frame, or the creator where it counts. */
function anchorShapes(
  { shapes, table }: CompiledSubjects,
  classes: FunctionClasses,
  printsCreators: boolean,
): AskedShapes {
  const ofAll: number[] = [];
  const ofEntry = new Map<EntryNumber, number[]>();
  shapes.forEach(({ top, frames, createdBy }, number) => {
    const parts = [top, ...frames, ...(printsCreators ? [createdBy] : [])];
    const anchor = parts.find((entry) => entry !== NO_ENTRY && table.user[entry] !== true);
    const list = anchor === undefined ? ofAll : (ofEntry.get(anchor) ?? []);
    list.push(number);
    if (anchor !== undefined) ofEntry.set(anchor, list);
  });
  const leadingTo = (role: Role) =>
    classes[role].classes.map(({ named }) => [...named.keys()].flatMap((entry) => ofEntry.get(entry) ?? []));
  const byClass = {
    top: leadingTo('top'),
    creator: leadingTo('creator'),
    ordered: leadingTo('ordered'),
    loose: leadingTo('loose'),
  };
  return { byClass, ofAll };
}

/** What the parts of a shape say of a stack together; 0 when one of them does not hold. A shape without parts says 1. `matched` takes the frames. */
function weigh(
  index: DumpIndex,
  classes: FunctionClasses,
  table: EntryTable,
  shape: Shape,
  stack: StackIndex,
  top: FrameIndex,
  matched: FrameIndex[] = [],
): number {
  const { symbols } = index;
  const { stackStart, stackFrames, stackCreator } = symbols.symbols;
  const said = (entry: EntryNumber, frame: FrameIndex): number =>
    frame < 0 ? 0 : weightOf(classes, table, entry, symbols.frameFn[frame] ?? 0);
  let sum = 1;
  if (shape.top !== NO_ENTRY) {
    const weight = said(shape.top, top);
    if (weight === 0) return 0;
    sum += weight;
  }
  if (shape.createdBy !== NO_ENTRY && index.printsCreators) {
    const weight = said(shape.createdBy, stackCreator[stack] ?? NO_FRAME);
    if (weight === 0) return 0;
    sum += weight;
  }
  const to = stackStart[stack + 1] ?? 0;
  let at = stackStart[stack] ?? 0;
  for (const entry of shape.frames) {
    let weight = 0;
    for (; at < to && weight === 0; at++) weight = said(entry, stackFrames[at] ?? 0);
    if (weight === 0) return 0;
    matched.push(stackFrames[at - 1] ?? 0);
    sum += weight;
  }
  if (shape.without !== NO_ENTRY) {
    for (let i = stackStart[stack] ?? 0; i < to; i++) if (said(shape.without, stackFrames[i] ?? 0) > 0) return 0;
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
  { compiled, classes, tops }: CellMatches,
  subject: number,
  stack: StackIndex,
): MatchedFrames {
  const top = tops[stack] ?? NO_FRAME;
  let most = 0;
  let frames: FrameIndex[] = [];
  for (const shape of compiled.shapes.slice(compiled.shapeStart[subject], compiled.shapeStart[subject + 1])) {
    const matched: FrameIndex[] = [];
    const weight = weigh(index, classes, compiled.table, shape, stack, top, matched);
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
