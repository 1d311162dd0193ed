import { type DumpIndex, inferredStateOfCell, stateOfCell } from '../group/cells.ts';
import { groupCells } from '../group/group-dump.ts';
import { commonBasis } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { compareStacks } from '../group/symbol-index.ts';
import { type Frame, type StackIndex, stackCreatorAt, stackFramesAt, UNKNOWN_STATE } from '../model/symbols.ts';

/** A frame of A beside its like of B; null where one side has none there. */
export interface FramePair {
  readonly a: Frame | null;
  readonly b: Frame | null;
  /** `same`: equal in all; `line`: the same function at another file or line; `differs`: only one side has it. */
  readonly match: 'same' | 'line' | 'differs';
}

/** One side of a pair. */
export interface PairSide {
  /** Goroutines of the group at this stack. */
  readonly count: number;
  /** Goroutines of the group at other stacks. */
  readonly others: number;
  /** As printed, else as frames betray it; UNKNOWN_STATE when neither. */
  readonly state: string;
}

/** The stacks that most goroutines of one group have in two dumps, innermost frame first. */
export interface StackPair {
  readonly key: string;
  /** Null where the dump has none of the group. */
  readonly a: PairSide | null;
  readonly b: PairSide | null;
  readonly frames: readonly FramePair[];
  /** Null when neither dump prints a creator. */
  readonly createdBy: FramePair | null;
}

/** Frames of one stack that are set against those of the other; the runtime prints at most 100 and a note. */
const MAX_ALIGNED = 400;

/** The main stacks of the group with this key, frame against frame; null when neither dump has it. */
export function pairStacks(a: DumpIndex, b: DumpIndex, level: Level, key: string): StackPair | null {
  const { basis } = commonBasis([a, b], level);
  const sideA = mainStack(a, groupCells(a, level, key, basis));
  const sideB = mainStack(b, groupCells(b, level, key, basis));
  if (sideA === null && sideB === null) return null;
  const framesA = sideA === null ? [] : stackFramesAt(a.dump.symbols, sideA.stack);
  const framesB = sideB === null ? [] : stackFramesAt(b.dump.symbols, sideB.stack);
  const creatorA = sideA === null ? null : stackCreatorAt(a.dump.symbols, sideA.stack);
  const creatorB = sideB === null ? null : stackCreatorAt(b.dump.symbols, sideB.stack);
  return {
    key,
    a: sideA?.side ?? null,
    b: sideB?.side ?? null,
    frames: alignFrames(framesA, framesB),
    createdBy: creatorA === null && creatorB === null ? null : pairOf(creatorA, creatorB),
  };
}

function mainStack(index: DumpIndex, cells: Uint32Array): { stack: StackIndex; side: PairSide } | null {
  const counts = new Map<StackIndex, number>();
  let total = 0;
  for (const cell of cells) {
    const stack = index.cells.stack[cell] ?? 0;
    const count = index.cells.count[cell] ?? 0;
    counts.set(stack, (counts.get(stack) ?? 0) + count);
    total += count;
  }
  const [main] = [...counts].sort(
    ([left, most], [right, least]) => least - most || compareStacks(index.dump.symbols, left, right),
  );
  if (main === undefined) return null;
  const [stack, count] = main;
  const cell = cells.find((each) => index.cells.stack[each] === stack) ?? 0;
  const printed = stateOfCell(index, cell);
  const state = printed === UNKNOWN_STATE ? inferredStateOfCell(index, cell) || UNKNOWN_STATE : printed;
  return { stack, side: { count, others: total - count, state } };
}

/** Pairs frames of equal functions in order, as many as can be (longest common subsequence). Quadratic in frames. */
export function alignFrames(a: readonly Frame[], b: readonly Frame[]): FramePair[] {
  const rows = Math.min(a.length, MAX_ALIGNED);
  const columns = Math.min(b.length, MAX_ALIGNED);
  const width = columns + 1;
  // best[i * width + j]: most pairs among a[i..] and b[j..].
  const best = new Uint16Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i]?.function === b[j]?.function
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  }
  const pairs: FramePair[] = [];
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[i]?.function === b[j]?.function) {
      pairs.push(pairOf(a[i++] ?? null, b[j++] ?? null));
    } else if (j >= columns || (i < rows && (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0))) {
      pairs.push(pairOf(a[i++] ?? null, null));
    } else {
      pairs.push(pairOf(null, b[j++] ?? null));
    }
  }
  return pairs;
}

function pairOf(a: Frame | null, b: Frame | null): FramePair {
  if (a === null || b === null || a.function !== b.function) return { a, b, match: 'differs' };
  return { a, b, match: a.file === b.file && a.line === b.line ? 'same' : 'line' };
}
