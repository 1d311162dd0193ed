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
