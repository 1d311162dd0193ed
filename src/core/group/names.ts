import { type FrameIndex, NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import { hashOnward } from './concat-hash.ts';
import { displayFunction } from './function-name.ts';
import type { Level } from './levels.ts';
import { creatorText, Drafts, FrameTexts, type NameSubject, Subjects } from './name-parts.ts';
import type { SymbolIndex } from './symbol-index.ts';
import { splitAlike } from './tell-apart.ts';
import { type TextColumn, textAt, textsOf } from './text-column.ts';

const NO_STACK = '(no frames)';
const NO_PACKAGE_NAME = '(no package)';

/** The names alone, see `nameInParts`. */
export function nameGroups(level: Level, subjects: readonly NameSubject[], keys: readonly string[]): string[] {
  return textsOf(nameInParts(level, subjects, keys));
}

/**
 * Names for people, unique within the list: `orders.(*Publisher).publish → chan send`. Where two would read alike, what
 * tells them apart is added: the line, the import path, the frames that called, the creator; at last a number, in order
 * of `keys`. Cost: a few numbers per subject, and one look at its frames for those that read alike; no name is put together.
 */
export function nameInParts(level: Level, list: readonly NameSubject[], keys: readonly string[]): TextColumn {
  const texts = new FrameTexts();
  const drafts = new Drafts(list.length, texts);
  const subjects = new Subjects(list);
  const hasWait = PLACED.has(level);
  list.forEach((subject, i) => {
    drafts.place[i] = placeNumber(level, subjects, i, subject.state, texts);
    drafts.wait[i] = texts.add(hasWait ? waitWord(subject) : '');
  });
  splitAlike(level, subjects, drafts, texts);
  const { hashes, ...named } = drafts.finish();
  return withNumbers(named, numberEqual(named, hashes, keys), texts);
}

/** Levels whose groups wait somewhere in one state. */
const PLACED: ReadonlySet<Level> = new Set(['exact', 'functions', 'place']);

/** Number of the text that the name of subject `i`, in this state, begins with. */
function placeNumber(level: Level, subjects: Subjects, i: number, state: string, texts: FrameTexts): number {
  switch (level) {
    case 'exact':
    case 'functions':
    case 'place': {
      const frame = subjects.place[i] ?? NO_FRAME;
      return frame === NO_FRAME ? texts.add(NO_STACK) : texts.of(subjects.index(i), frame, displayFunction);
    }
    case 'created-by':
      return texts.add(creatorText(subjects, i, texts));
    case 'package':
      return texts.add(packageName(subjects.index(i).symbols, subjects.place[i] ?? NO_FRAME));
    case 'state':
      return texts.add(state);
  }
}

/** The state verbatim. `semacquire` (to Go 1.23) says too little: the lock or WaitGroup its frames show stands behind it. */
function waitWord(subject: NameSubject): string {
  if (subject.state === UNKNOWN_STATE) return subject.inferred;
  if (subject.state === 'semacquire') {
    const refined = subject.index.inferred(subject.stack);
    return refined === '' || refined === 'semacquire' ? subject.state : `${subject.state} (${refined})`;
  }
  return subject.state;
}

function packageName(symbols: SymbolIndex, frame: FrameIndex): string {
  if (frame === NO_FRAME) return NO_PACKAGE_NAME;
  return symbols.packages[symbols.fnPackage[symbols.frameFn[frame] ?? 0] ?? 0] || NO_PACKAGE_NAME;
}

/** The names with what `numberEqual` found as their last part. */
function withNumbers(named: TextColumn, numbers: ReadonlyMap<number, number>, texts: FrameTexts): TextColumn {
  if (numbers.size === 0) return named;
  const start = new Uint32Array(named.start.length);
  const parts = new Uint32Array(named.parts.length + numbers.size);
  let end = 0;
  for (let i = 0; i + 1 < start.length; i++) {
    for (let at = named.start[i] ?? 0; at < (named.start[i + 1] ?? 0); at++) parts[end++] = named.parts[at] ?? 0;
    const n = numbers.get(i);
    if (n !== undefined) parts[end++] = texts.add(` #${n}`);
    start[i + 1] = end;
  }
  return { ...named, start, parts };
}

/**
 * The number behind `name #2`, `name #3`, by their index, for names that are equal after all; one that another name already
 * holds is skipped. By their hashes, sorted: most differ in them, and a Set of 100,000 texts takes a tenth of a second.
 */
function numberEqual(names: TextColumn, hashes: Int32Array, keys: readonly string[]): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  const sorted = hashes.slice().sort();
  const shared = new Set(sorted.filter((hash, at) => at > 0 && sorted[at - 1] === hash));
  if (shared.size === 0) return numbers;
  const alike = new Map<string, number[]>();
  hashes.forEach((hash, i) => {
    if (!shared.has(hash)) return;
    const name = textAt(names, i);
    const members = alike.get(name);
    if (members === undefined) alike.set(name, [i]);
    else members.push(i);
  });
  // Made when first needed, which it hardly ever is.
  let taken: ReadonlySet<string> | null = null;
  const isTaken = (name: string): boolean => {
    if (!isSortedIn(sorted, hashOnward(0, name))) return false;
    taken ??= new Set(textsOf(names));
    return taken.has(name);
  };
  for (const [name, members] of alike) {
    members.sort((left, right) => ((keys[left] ?? '') < (keys[right] ?? '') ? -1 : 1));
    let n = 2;
    for (const i of members.slice(1)) {
      while (isTaken(`${name} #${n}`)) n++;
      numbers.set(i, n++);
    }
  }
  return numbers;
}

/** Whether a number stands in ascending ones. */
function isSortedIn(sorted: Int32Array, wanted: number): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === wanted;
}
