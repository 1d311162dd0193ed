import type { MarkKind } from '../../core/triage/marks.ts';
import type { MarkFilter } from '../../store/state.ts';

/** A sign beside each word, so that colour never tells alone. */
export const MARK_SIGNS: Readonly<Record<MarkKind, string>> = { expected: '○', suspect: '!', done: '✓' };

export const MARK_WORDS: Readonly<Record<MarkFilter, string>> = {
  expected: 'Expected',
  suspect: 'Suspect',
  done: 'Done',
  unmarked: 'Unmarked',
};

export const MARK_HINTS: Readonly<Record<MarkKind, string>> = {
  expected: 'As it should be: folded with the expected groups',
  suspect: 'Has to be looked into: listed with the suspects',
  done: 'Dealt with: greyed',
};

/** Which groups a filter by mark lists: "Only groups that are marked done or not marked are listed." */
export function markedWords(marks: readonly MarkFilter[]): string {
  const marked = marks.filter((each) => each !== 'unmarked');
  const which = [
    ...(marked.length === 0 ? [] : [`marked ${marked.join(' or ')}`]),
    ...(marked.length < marks.length ? ['not marked'] : []),
  ];
  return `Only groups that are ${which.join(' or ')} are listed.`;
}
