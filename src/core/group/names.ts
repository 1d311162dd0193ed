import { filled } from '../model/filled.ts';
import { NOWHERE, NumberIndex } from '../model/number-index.ts';
import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import { hashText } from './content-hash.ts';
import { displayFunction } from './function-name.ts';
import type { Level } from './levels.ts';
import { creatorText, FrameTexts, type NameSubject, placeOf } from './name-parts.ts';
import { type Drafts, splitAlike } from './tell-apart.ts';

const NO_STACK = '(no frames)';
const NO_PACKAGE_NAME = '(no package)';

/** Names for people, and what sorts them cheaply. */
export interface GroupNames {
  readonly names: string[];
  /** Per subject the rank of its place among all, in order of text: names are compared only where it is equal. */
  readonly placeRank: Uint32Array;
}

/** The names alone, see `nameAndRank`. */
export function nameGroups(level: Level, subjects: readonly NameSubject[], keys: readonly string[]): string[] {
  return nameAndRank(level, subjects, keys).names;
}

/**
 * Names for people, unique within the list: `orders.(*Publisher).publish → chan send`. Where two would read alike, what
 * tells them apart is added: the line, the import path, the frames that called, the creator; at last a number, in order
 * of `keys`. Cost: one text per subject, and one look at its frames for those that read alike.
 */
export function nameAndRank(level: Level, subjects: readonly NameSubject[], keys: readonly string[]): GroupNames {
  const texts = new FrameTexts();
  const drafts: Drafts = { place: [], wait: [], line: [], tail: [] };
  for (const subject of subjects) {
    drafts.place.push(placeNumber(level, subject, texts));
    drafts.wait.push(PLACED.has(level) ? texts.add(waitWord(subject)) : texts.add(''));
    drafts.line.push('');
    drafts.tail.push('');
  }
  splitAlike(level, subjects, drafts, texts);
  const names = drafts.place.map((place, i) => {
    const wait = texts.texts[drafts.wait[i] ?? 0] ?? '';
    return `${texts.texts[place] ?? ''}${drafts.line[i] ?? ''}${wait === '' ? '' : ` → ${wait}`}${drafts.tail[i] ?? ''}`;
  });
  numberEqual(names, keys);
  return { names, placeRank: rankPlaces(drafts.place, texts.texts) };
}

/** Levels whose groups wait somewhere in one state. */
const PLACED: ReadonlySet<Level> = new Set(['exact', 'functions', 'place']);

/** Number of the text a name begins with. */
function placeNumber(level: Level, subject: NameSubject, texts: FrameTexts): number {
  switch (level) {
    case 'exact':
    case 'functions':
    case 'place': {
      const frame = placeOf(subject);
      return frame === NO_FRAME ? texts.add(NO_STACK) : texts.of(subject.index, frame, displayFunction);
    }
    case 'created-by':
      return texts.add(creatorText(subject, texts));
    case 'package':
      return texts.add(packageName(subject));
    case 'state':
      return texts.add(subject.state);
  }
}

function rankPlaces(places: readonly number[], texts: readonly string[]): Uint32Array {
  const rank = new Uint32Array(texts.length);
  [...new Set(places)]
    .sort((left, right) => ((texts[left] ?? '') < (texts[right] ?? '') ? -1 : 1))
    .forEach((place, at) => {
      rank[place] = at;
    });
  return filled(new Uint32Array(places.length), (at) => rank[places[at] ?? 0] ?? 0);
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

function packageName(subject: NameSubject): string {
  const frame = placeOf(subject);
  if (frame === NO_FRAME) return NO_PACKAGE_NAME;
  const { symbols } = subject.index;
  return symbols.packages[symbols.fnPackage[symbols.frameFn[frame] ?? 0] ?? 0] || NO_PACKAGE_NAME;
}

/** Whether no two texts are equal. A Set of 100,000 texts takes several times as long. */
function areDistinct(texts: readonly string[]): boolean {
  const byHash = new NumberIndex(texts.length);
  return texts.every((text, at) => {
    const hash = hashText(text);
    for (let known = byHash.first(hash); known !== NOWHERE; known = byHash.next(hash)) {
      if (texts[known] === text) return false;
    }
    byHash.add(hash, at);
    return true;
  });
}

/** `name #2`, `name #3` for names that are equal after all; a number that another name already holds is skipped. */
function numberEqual(names: string[], keys: readonly string[]): void {
  if (areDistinct(names)) return;
  const taken = new Set<string>();
  const equal = new Map<string, number[]>();
  names.forEach((name) => {
    if (taken.has(name)) equal.set(name, []);
    else taken.add(name);
  });
  names.forEach((name, i) => void equal.get(name)?.push(i));
  for (const [name, members] of equal) {
    members.sort((left, right) => ((keys[left] ?? '') < (keys[right] ?? '') ? -1 : 1));
    let n = 2;
    for (const i of members.slice(1)) {
      while (taken.has(`${name} #${n}`)) n++;
      names[i] = `${name} #${n++}`;
    }
  }
}
