import type { FramePair, StackPair } from '../../core/compare/stack-pair.ts';
import type { Frame } from '../../core/model/symbols.ts';
import { splitFile } from '../stack/stack-text.ts';

/** How two stacks compare in a row. `other`: both have something there, of different functions. */
export type PairMark = 'same' | 'line' | 'a' | 'b' | 'other';

/** How a row is marked. */
export function markOf({ a, b, match }: FramePair): PairMark {
  if (match !== 'differs') return match;
  if (b === null) return 'a';
  return a === null ? 'b' : 'other';
}

/** A sign and words for a row, which say without colour what it is; empty where both are the same. */
export function markWords(pair: FramePair): { readonly sign: string; readonly words: string } {
  switch (markOf(pair)) {
    case 'same':
      return { sign: '', words: '' };
    case 'a':
      return { sign: '\u2212', words: 'only in A' };
    case 'b':
      return { sign: '+', words: 'only in B' };
    case 'other':
      return { sign: '\u2260', words: 'differs' };
    case 'line':
      return { sign: '\u2260', words: pair.a === null || pair.b === null ? '' : placeWords(pair.a, pair.b) };
  }
}

/** Where one function stands in A and in B: "line 88 → 91", "publish.go:88 → send.go:91". */
function placeWords(a: Frame, b: Frame): string {
  if (a.file === '' || b.file === '') return `file printed only in ${a.file === '' ? 'B' : 'A'}`;
  const [inA, inB] = [splitFile(a.file), splitFile(b.file)];
  if (inA.name !== inB.name) return `${inA.name}:${a.line} → ${inB.name}:${b.line}`;
  const line = a.line === b.line ? '' : lineWords(a.line, b.line);
  if (a.file === b.file) return line;
  return line === '' ? 'another folder' : `${line}, another folder`;
}

/** Lines of 0 are not printed. */
function lineWords(a: number, b: number): string {
  if (a === 0 || b === 0) return `line printed only in ${a === 0 ? 'B' : 'A'}`;
  return `line ${a} → ${b}`;
}

/** True when the two dumps hold the group at stacks that are not the same in all. */
export function stacksDiffer({ a, b, frames, createdBy }: StackPair): boolean {
  if (a === null || b === null) return false;
  return frames.some(({ match }) => match !== 'same') || (createdBy !== null && createdBy.match !== 'same');
}

/** Frames that are the same in both, at least this many in a row, can be folded. */
export const MIN_SAME = 3;

/** A row, or a run of rows that are the same in both dumps. */
export type PairPiece =
  | { readonly kind: 'row'; readonly pair: FramePair; readonly index: number }
  | { readonly kind: 'run'; readonly pairs: readonly FramePair[]; readonly index: number };

/** Cuts rows into single ones and runs that can be folded. The first row names the place and stays in sight. */
export function foldSame(pairs: readonly FramePair[]): PairPiece[] {
  const pieces: PairPiece[] = [];
  let at = 0;
  while (at < pairs.length) {
    let end = at;
    while (end > 0 && pairs[end]?.match === 'same') end++;
    if (end - at >= MIN_SAME) {
      pieces.push({ kind: 'run', pairs: pairs.slice(at, end), index: at });
      at = end;
      continue;
    }
    const pair = pairs[at];
    if (pair === undefined) break;
    pieces.push({ kind: 'row', pair, index: at });
    at++;
  }
  return pieces;
}
