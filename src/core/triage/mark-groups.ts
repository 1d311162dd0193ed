import { knownState } from '../causes/match-stack.ts';
import type { DumpIndex } from '../group/cells.ts';
import { commonBasis, type KeyBasis, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { longestStack, trimStack } from '../group/stack-classes.ts';
import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import {
  fits,
  fitsState,
  type GroupPattern,
  MAX_PATTERN_FRAMES,
  MAX_PATTERN_NAME,
  MAX_TARGETS,
  type MarkedGroup,
  type MarkKind,
  type MarkPattern,
  type MarkTarget,
  type MarkTargets,
  markOfParts,
} from './marks.ts';

/** Names of the functions of a dump as patterns hold them. */
function createNames({ symbols }: DumpIndex): (frame: number) => string {
  return (frame) => (symbols.fnName[symbols.frameFn[frame] ?? 0] ?? '').slice(0, MAX_PATTERN_NAME);
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

/** What marks say of groups, as a verdict takes it (JudgeInput.wordsOf): by the keys that the dumps have together. */
export function wordsOf(
  marks: readonly MarkPattern[],
): (indexes: readonly DumpIndex[], level: Level) => ReadonlyMap<string, MarkKind> {
  return (indexes, level) => {
    if (marks.length === 0) return new Map();
    const { basis } = commonBasis(indexes, level);
    return new Map(markGroups(indexes, level, basis, marks).map(({ key, mark }) => [key, mark]));
  };
}
