import type { DumpIndex } from '../group/cells.ts';
import { normaliseFunctionName } from '../group/function-name.ts';
import type { KeyBasis } from '../group/keys.ts';
import { partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { longestStack, trimStack } from '../group/stack-classes.ts';
import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import { knownState } from './match-stack.ts';
import { maskOfState } from './state-class.ts';

/** What a person says of a group: it is as it should be, it has to be looked into, it has been dealt with. */
export const MARK_KINDS = ['expected', 'suspect', 'done'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/**
 * What a group of the level `functions` is, as data: it survives a redeploy and can be found in any dump, whatever its
 * form. Names are in the form of `normaliseFunctionName`, frames those that every form shows (`trimStack`).
 */
export interface GroupPattern {
  /** Verbatim, `semacquire` as frames refine it; empty where none was printed: then any state fits that frames do not betray. */
  readonly states: readonly string[];
  /** Innermost first, the first MAX_PATTERN_FRAMES. */
  readonly frames: readonly string[];
  /** Empty: nobody, as of the main goroutine. Null where the form prints no creators: then any fits. */
  readonly createdBy: string | null;
}

/** A mark on one group of the level `functions`. */
export interface Mark extends GroupPattern {
  /** The content key of that group in the dump in which it was marked. */
  readonly id: string;
  readonly mark: MarkKind;
  /** The group's name when it was marked, for people. */
  readonly name: string;
  readonly note: string;
}

/** A group of the level `functions` inside the group that is to be marked. */
export interface MarkTarget extends GroupPattern {
  readonly id: string;
  readonly name: string;
  readonly goroutines: number;
}

/** What marking a group marks; `total` may be more than are listed. */
export interface MarkTargets {
  /** Most goroutines first, at most MAX_TARGETS. */
  readonly targets: readonly MarkTarget[];
  readonly total: number;
}

/** Groups of the level `functions` that are marked at once. */
export const MAX_TARGETS = 200;
export const MAX_PATTERN_FRAMES = 128;
/** Characters of a name in a pattern that count. */
export const MAX_PATTERN_NAME = 1000;
export const MAX_NOTE = 2000;

/** A marked group of some dumps. */
export interface MarkedGroup {
  readonly key: string;
  readonly mark: MarkKind;
  /** The mark that most of its goroutines have. */
  readonly markId: string;
}

/** The part of a mark that finds groups. */
export type MarkPattern = GroupPattern & Pick<Mark, 'id' | 'mark'>;

/** Whether a pattern is of goroutines with these frames, this creator and this state. What either side does not say fits. */
function fits(pattern: GroupPattern, frames: readonly string[], createdBy: string | null, state: string): boolean {
  return (
    pattern.frames.length === Math.min(frames.length, MAX_PATTERN_FRAMES) &&
    pattern.frames.every((name, at) => name === frames[at]) &&
    (pattern.createdBy === null || createdBy === null || pattern.createdBy === createdBy) &&
    fitsState(pattern.states, state)
  );
}

function fitsState(states: readonly string[], state: string): boolean {
  return (states.length === 0 ? [UNKNOWN_STATE] : states).some((word) => {
    if (word === state) return true;
    return (isVague(word) || isVague(state)) && (maskOfState(word) & maskOfState(state)) !== 0;
  });
}

/** Words that stand for several states. */
function isVague(word: string): boolean {
  return word === UNKNOWN_STATE || word === 'semacquire';
}

/** Whether a mark is on a group. */
export function isMarkOf(mark: GroupPattern, { frames, createdBy, states }: GroupPattern): boolean {
  return fits(mark, frames, createdBy, states[0] ?? UNKNOWN_STATE);
}

/** Per target the mark on it: of several the last. Cost: targets × marks. */
export function marksOn(marks: readonly Mark[], targets: readonly MarkTarget[]): (Mark | null)[] {
  return targets.map((target) => marks.findLast((mark) => isMarkOf(mark, target)) ?? null);
}

/** Parts of a group with the goroutines in each, and what they are marked. */
export type MarkedParts = readonly { readonly mark: MarkPattern | null; readonly goroutines: number }[];

/**
 * What a group is marked, and the mark most of its goroutines have. Suspect when any part is; expected or done only when
 * every part is one of these, so that nothing is folded away which nobody has looked at.
 */
export function markOfParts(parts: MarkedParts): { readonly mark: MarkKind; readonly markId: string } | null {
  const isSuspect = parts.some(({ mark }) => mark?.mark === 'suspect');
  if (!isSuspect && parts.some(({ mark }) => mark === null)) return null;
  let best: MarkedParts[number] | null = null;
  for (const part of parts) {
    if (part.mark === null || (isSuspect && part.mark.mark !== 'suspect')) continue;
    if (best === null || Math.abs(part.goroutines) > Math.abs(best.goroutines)) best = part;
  }
  return best === null || best.mark === null ? null : { mark: best.mark.mark, markId: best.mark.id };
}

/** Names of the functions of a dump as patterns hold them, each made once. */
function createNames({ symbols }: DumpIndex): (frame: number) => string {
  const names = new Array<string | undefined>(symbols.fnPrinted.length);
  return (frame) => {
    const fn = symbols.frameFn[frame] ?? 0;
    names[fn] ??= normaliseFunctionName(symbols.fnPrinted[fn] ?? '').slice(0, MAX_PATTERN_NAME);
    return names[fn];
  };
}

function creatorOf({ symbols, printsCreators }: DumpIndex, stack: number, nameOf: (frame: number) => string) {
  if (!printsCreators) return null;
  const creator = symbols.symbols.stackCreator[stack] ?? NO_FRAME;
  return creator < 0 ? '' : nameOf(creator);
}

/** What marking the group of these cells marks. `nameOf` names a group of the level `functions` by its key. */
export function targetsOf(index: DumpIndex, cells: Uint32Array, nameOf: (key: string) => string): MarkTargets {
  const { groupOf, key } = partitionCells(index, 'functions');
  const groups = new Map<number, { cell: number; goroutines: number }>();
  for (const cell of cells) {
    const group = groupOf[cell] ?? 0;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { cell, goroutines: index.cells.count[cell] ?? 0 });
    else known.goroutines += index.cells.count[cell] ?? 0;
  }
  const names = createNames(index);
  const frames = new Uint32Array(longestStack(index.symbols));
  const targets = [...groups]
    .sort(([, a], [, b]) => Math.abs(b.goroutines) - Math.abs(a.goroutines))
    .slice(0, MAX_TARGETS)
    .map(([group, { cell, goroutines }]): MarkTarget => {
      const stack = index.cells.stack[cell] ?? 0;
      const kept = Math.min(trimStack(index.symbols, stack, frames), MAX_PATTERN_FRAMES);
      const state = knownState(index, cell);
      const id = key[group] ?? '';
      return {
        id,
        name: nameOf(id).slice(0, MAX_PATTERN_NAME),
        goroutines,
        states: state === UNKNOWN_STATE ? [] : [state],
        frames: Array.from(frames.subarray(0, kept), names),
        createdBy: creatorOf(index, stack, names),
      };
    });
  return { targets, total: groups.size };
}

/**
 * Per cell the place of its mark, the last of those that fit, or -1. Cost: a look at the innermost shown frame of each
 * distinct stack; the frames of those that a mark begins with.
 */
export function marksOfCells(index: DumpIndex, marks: readonly GroupPattern[]): Int32Array {
  const of = new Int32Array(index.cells.length).fill(-1);
  if (marks.length === 0) return of;
  const byTop = new Map<string, number[]>();
  marks.forEach(({ frames }, at) => {
    const top = frames[0] ?? '';
    byTop.set(top, [...(byTop.get(top) ?? []), at]);
  });
  const names = createNames(index);
  const frames = new Uint32Array(longestStack(index.symbols));
  /** Per stack its candidates: marks with its frames and its creator. */
  const known = new Map<number, readonly number[]>();
  const candidatesOf = (stack: number): readonly number[] => {
    const kept = trimStack(index.symbols, stack, frames);
    const candidates = byTop.get(kept === 0 ? '' : names(frames[0] ?? 0));
    if (candidates === undefined) return [];
    const printed = Array.from(frames.subarray(0, Math.min(kept, MAX_PATTERN_FRAMES)), names);
    const creator = creatorOf(index, stack, names);
    return candidates.filter((at) => {
      const mark = marks[at];
      return mark !== undefined && fits({ ...mark, states: [] }, printed, creator, UNKNOWN_STATE);
    });
  };
  for (let cell = 0; cell < of.length; cell++) {
    const stack = index.cells.stack[cell] ?? 0;
    let candidates = known.get(stack);
    if (candidates === undefined) {
      candidates = candidatesOf(stack);
      known.set(stack, candidates);
    }
    if (candidates.length === 0) continue;
    const state = knownState(index, cell);
    of[cell] = candidates.findLast((at) => fitsState(marks[at]?.states ?? [], state)) ?? -1;
  }
  return of;
}

/** The marked groups of some dumps at a level, by key on one basis; a group of several dumps counts whole. */
export function markGroups(
  indexes: readonly DumpIndex[],
  level: Level,
  basis: KeyBasis,
  marks: readonly MarkPattern[],
): MarkedGroup[] {
  const parts = new Map<string, { mark: MarkPattern | null; goroutines: number }[]>();
  for (const index of indexes) {
    const { groupOf, key } = partitionCells(index, level, basis);
    const ofCell = marksOfCells(index, marks);
    groupOf.forEach((group, cell) => {
      const name = key[group] ?? '';
      const part = { mark: marks[ofCell[cell] ?? -1] ?? null, goroutines: index.cells.count[cell] ?? 0 };
      const list = parts.get(name);
      if (list === undefined) parts.set(name, [part]);
      else list.push(part);
    });
  }
  const marked: MarkedGroup[] = [];
  for (const [key, list] of parts) {
    const mark = markOfParts(list);
    if (mark !== null) marked.push({ key, ...mark });
  }
  return marked;
}
