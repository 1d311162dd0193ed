import type { FramePair, StackPair } from '../../core/compare/stack-pair.ts';
import { isHiddenRuntime } from '../../core/group/waiting-place.ts';
import type { DumpFormat } from '../../core/model/dump.ts';
import type { Frame } from '../../core/model/symbols.ts';
import { splitFile } from '../stack/stack-text.ts';

/**
 * How two stacks compare in a row. `other`: both have something there, of different functions; `unknown`: one has
 * something there that the form of the other dump does not print.
 */
export type PairMark = 'same' | 'line' | 'a' | 'b' | 'other' | 'unknown';

/** Forms of the dumps A and B. */
export interface PairForms {
  readonly a: DumpFormat;
  readonly b: DumpFormat;
}

/** A row of two stacks set against each other, with a sign and words that say without colour what it is. */
export interface PairRow {
  readonly pair: FramePair;
  readonly mark: PairMark;
  /** Empty where both are the same. */
  readonly sign: string;
  readonly words: string;
  /** The row of the creators, last. */
  readonly isCreator: boolean;
}

/** Rows of a pair, innermost first, the creators last. */
export function pairRows({ a, b, frames, createdBy }: StackPair, forms: PairForms): PairRow[] {
  const rowOf = (pair: FramePair, isCreator: boolean): PairRow => {
    // A group that only one dump has is no difference between two stacks.
    const mark = a === null || b === null ? 'same' : markOf(pair, forms, isCreator);
    return { pair, mark, isCreator, ...wordsOf(pair, mark) };
  };
  const rows = frames.map((pair) => rowOf(pair, false));
  return createdBy === null ? rows : [...rows, rowOf(createdBy, true)];
}

function markOf({ a, b, match }: FramePair, forms: PairForms, isCreator: boolean): PairMark {
  if (match !== 'differs') return match;
  if (a !== null && b !== null) return 'other';
  const lacking = b === null ? forms.b : forms.a;
  const name = (a ?? b)?.function ?? '';
  if (isCreator ? !printsCreators(lacking) : !printsRuntime(lacking) && isHiddenRuntime(name)) return 'unknown';
  return b === null ? 'a' : 'b';
}

/** Profiles hold no creators. */
function printsCreators(format: DumpFormat): boolean {
  return format !== 'pprof' && format !== 'count-profile';
}

/** A traceback leaves out the runtime's own frames, unless it is asked for them. */
function printsRuntime(format: DumpFormat): boolean {
  return format !== 'traceback';
}

function wordsOf({ a, b }: FramePair, mark: PairMark): Pick<PairRow, 'sign' | 'words'> {
  switch (mark) {
    case 'same':
      return { sign: '', words: '' };
    case 'a':
      return { sign: '\u2212', words: 'only in A' };
    case 'b':
      return { sign: '+', words: 'only in B' };
    case 'other':
      return { sign: '\u2260', words: 'differs' };
    case 'unknown':
      return { sign: '?', words: `not printed in ${a === null ? 'A' : 'B'}` };
    case 'line':
      return { sign: '\u2260', words: a === null || b === null ? '' : placeWords(a, b) };
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

/** True when a row is known to differ. */
export function rowsDiffer(rows: readonly PairRow[]): boolean {
  return rows.some(({ mark }) => mark !== 'same' && mark !== 'unknown');
}

/** Frames that are the same in both, at least this many in a row, can be folded. */
export const MIN_SAME = 3;

/** A row, or a run of rows that are the same in both dumps. */
export type PairPiece =
  | { readonly kind: 'row'; readonly row: PairRow; readonly index: number }
  | { readonly kind: 'run'; readonly rows: readonly PairRow[]; readonly index: number };

/** Cuts rows into single ones and runs that can be folded. The first row names the place, the last one the creator: these stay in sight. */
export function foldSame(rows: readonly PairRow[]): PairPiece[] {
  const pieces: PairPiece[] = [];
  let at = 0;
  while (at < rows.length) {
    let end = at;
    while (end > 0 && rows[end]?.mark === 'same' && rows[end]?.isCreator === false) end++;
    if (end - at >= MIN_SAME) {
      pieces.push({ kind: 'run', rows: rows.slice(at, end), index: at });
      at = end;
      continue;
    }
    const row = rows[at];
    if (row === undefined) break;
    pieces.push({ kind: 'row', row, index: at });
    at++;
  }
  return pieces;
}
