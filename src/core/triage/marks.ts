import { maskOfState } from '../causes/state-class.ts';
import { UNKNOWN_STATE } from '../model/symbols.ts';

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

/** A note as it is kept: without control characters but line ends, and no longer than MAX_NOTE. */
export function cleanNote(note: string): string {
  return note
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .slice(0, MAX_NOTE)
    .trim();
}

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
export function fits(
  pattern: GroupPattern,
  frames: readonly string[],
  createdBy: string | null,
  state: string,
): boolean {
  return (
    pattern.frames.length === Math.min(frames.length, MAX_PATTERN_FRAMES) &&
    pattern.frames.every((name, at) => name === frames[at]) &&
    (pattern.createdBy === null || createdBy === null || pattern.createdBy === createdBy) &&
    fitsState(pattern.states, state)
  );
}

export function fitsState(states: readonly string[], state: string): boolean {
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
