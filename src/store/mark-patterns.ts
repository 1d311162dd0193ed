import type { Mark, MarkPattern } from '../core/triage/marks.ts';
import { remember } from './remember.ts';

/** A number for each list that is only ever replaced: equal numbers, equal lists. */
export function numberLists(): (list: object) => number {
  let lists = 0;
  const numbers = new WeakMap<object, number>();
  return (list) => {
    const known = numbers.get(list) ?? lists++;
    numbers.set(list, known);
    return known;
  };
}

/** The part of marks that finds groups; the same list again for as long as only notes change. */
export function markPatterns(): (marks: readonly Mark[]) => readonly MarkPattern[] {
  let last: readonly MarkPattern[] = [];
  return remember((marks: readonly Mark[]): readonly MarkPattern[] => {
    const next = marks.map(({ note: _, name: __, ...pattern }) => pattern);
    const isSame =
      next.length === last.length &&
      next.every(({ id, mark, states, frames, createdBy }, at) => {
        const old = last[at];
        return (
          old?.id === id &&
          old.mark === mark &&
          old.states === states &&
          old.frames === frames &&
          old.createdBy === createdBy
        );
      });
    if (!isSame) last = next;
    return last;
  });
}
