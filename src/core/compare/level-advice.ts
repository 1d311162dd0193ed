import type { DumpIndex } from '../group/cells.ts';
import { displayFunction } from '../group/function-name.ts';
import { commonBasis } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { type FrameIndex, NO_FRAME, type Symbols, stackCount } from '../model/symbols.ts';

/** The level at which groups of some dumps are best matched. */
export interface LevelAdvice {
  readonly level: Level;
  /** Why it is not the exact one; empty when it is. */
  readonly why: string;
}

const EXACT: LevelAdvice = { level: 'exact', why: '' };

/** So many calls at other lines tell another build; one alone may be a second call in the same function. */
const FEW_CALLS = 2;
/** Or so large a share of the calls that both dumps show. */
const LARGE_SHARE = 0.2;

/**
 * `exact` for dumps of one build and form. `functions` when line numbers differ (a redeploy) or the forms do not print the
 * same frames: exact stacks would not meet there. Cost: the frames of all distinct stacks.
 */
export function adviseLevel(indexes: readonly DumpIndex[]): LevelAdvice {
  if (indexes.length < 2) return EXACT;
  const { basis } = commonBasis(indexes, 'exact');
  if (basis.frames === 'shown' || indexes.some((index) => !index.symbols.hasLines)) {
    return {
      level: 'functions',
      why: 'The dumps are of different forms, which do not print the same frames, so groups are matched by functions.',
    };
  }
  const calls = indexes.map((index) => callLines(index.dump.symbols));
  for (let later = 1; later < calls.length; later++) {
    const example = movedCall(calls[later - 1] ?? new Map(), calls[later] ?? new Map());
    if (example === null) continue;
    return {
      level: 'functions',
      why: `Line numbers differ between the dumps (${example}), as after a redeploy, so groups are matched by functions.`,
    };
  }
  return EXACT;
}

/**
 * Lines by call: "caller → callee", or "creator ⇒ goroutine's first function". The line of a call is the same in every
 * dump of a build; the line on top of a stack is not, as a function may wait at several places.
 */
function callLines(symbols: Symbols): Map<string, Set<number>> {
  const lines = new Map<string, Set<number>>();
  const nameOf = (frame: FrameIndex): string => symbols.strings[symbols.frameFunction[frame] ?? 0] ?? '';
  const add = (caller: FrameIndex, arrow: string, callee: FrameIndex): void => {
    const line = symbols.frameLine[caller] ?? 0;
    if (line === 0) return;
    const call = `${nameOf(caller)}\n${arrow}\n${nameOf(callee)}`;
    const known = lines.get(call);
    if (known === undefined) lines.set(call, new Set([line]));
    else known.add(line);
  };
  for (let stack = 0; stack < stackCount(symbols); stack++) {
    const to = symbols.stackStart[stack + 1] ?? 0;
    for (let at = (symbols.stackStart[stack] ?? 0) + 1; at < to; at++) {
      add(symbols.stackFrames[at] ?? 0, '→', symbols.stackFrames[at - 1] ?? 0);
    }
    const creator = symbols.stackCreator[stack] ?? NO_FRAME;
    if (creator !== NO_FRAME && to > (symbols.stackStart[stack] ?? 0))
      add(creator, '⇒', symbols.stackFrames[to - 1] ?? 0);
  }
  return lines;
}

/** A call that stands at other lines, in words, when enough do; null when the two may be of one build. */
function movedCall(before: ReadonlyMap<string, Set<number>>, after: ReadonlyMap<string, Set<number>>): string | null {
  let shared = 0;
  let moved = 0;
  let example: string | null = null;
  for (const [call, lines] of before) {
    const others = after.get(call);
    if (others === undefined) continue;
    shared++;
    if ([...lines].some((line) => others.has(line))) continue;
    moved++;
    const words = wordsOf(call, Math.min(...lines), Math.min(...others));
    // The first in order of the words, so that the order of stacks in a dump changes nothing.
    if (example === null || words < example) example = words;
  }
  return moved >= FEW_CALLS || (moved > 0 && moved / shared >= LARGE_SHARE) ? example : null;
}

function wordsOf(call: string, line: number, other: number): string {
  const [caller = '', arrow = '', callee = ''] = call.split('\n');
  const verb = arrow === '→' ? 'calls' : 'starts';
  return `${displayFunction(caller)} ${verb} ${displayFunction(callee)} at line ${line} in one and ${other} in another`;
}
