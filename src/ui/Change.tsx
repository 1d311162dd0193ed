import type { ChangeKind } from '../core/compare/comparison.ts';
import { formatSigned } from './format.ts';

/** Words of the page for what happened to a group. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  added: 'new',
  grew: 'grown',
  shrank: 'shrunk',
  gone: 'gone',
  same: 'same',
};

/** What happened between two counts of one group. */
export function changeKind(before: number, after: number): ChangeKind {
  if (before === after) return 'same';
  if (before === 0) return 'added';
  if (after === 0) return 'gone';
  return after > before ? 'grew' : 'shrank';
}

/** CSS class that colours a difference. */
export function toneOf(difference: number): string {
  if (difference === 0) return 'muted';
  return difference > 0 ? 'grow' : 'shrink';
}

/** A difference with sign, word and colour: "+7,499 grown". The word can be left out where a column says it. */
export function Change({ before, after, word = true }: { before: number; after: number; word?: boolean }) {
  const kind = changeKind(before, after);
  return (
    <span className={`change ${toneOf(after - before)}`}>
      <span className="change-number">{formatSigned(after - before)}</span>
      {word ? <span className="change-word"> {CHANGE_WORDS[kind]}</span> : null}
    </span>
  );
}
