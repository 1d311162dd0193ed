import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import type { Level } from './levels.ts';
import { creatorText, FrameTexts, type NameSubject, placeOf } from './name-parts.ts';
import { splitAlike } from './tell-apart.ts';

const NO_STACK = '(no frames)';
const NO_PACKAGE_NAME = '(no package)';

/** A name while it is put together: the place, what is added to it, how it waits, and what follows. */
interface Draft {
  place: string;
  line: string;
  readonly wait: string;
  tail: string;
}

/**
 * Names for people, unique within the list: `orders.(*Publisher).publish → chan send`. Where two would read alike, what
 * tells them apart is added: the line, the import path, the frames that called, the creator; at last a number, in order
 * of `keys`. Cost: one text per subject, and one look at its frames for those that read alike.
 */
export function nameGroups(level: Level, subjects: readonly NameSubject[], keys: readonly string[]): string[] {
  const texts = new FrameTexts();
  const drafts = subjects.map((subject) => draft(level, subject, texts));
  splitAlike(level, subjects, drafts, texts);
  const names = drafts.map(({ place, line, wait, tail }) => `${place}${line}${wait === '' ? '' : ` → ${wait}`}${tail}`);
  numberEqual(names, keys);
  return names;
}

function draft(level: Level, subject: NameSubject, texts: FrameTexts): Draft {
  switch (level) {
    case 'exact':
    case 'functions':
    case 'place': {
      const frame = placeOf(subject);
      const place = frame === NO_FRAME ? NO_STACK : texts.text(subject.index, frame);
      return { place, line: '', wait: waitWord(subject), tail: '' };
    }
    case 'created-by':
      return { place: creatorText(subject, texts), line: '', wait: '', tail: '' };
    case 'package':
      return { place: packageName(subject), line: '', wait: '', tail: '' };
    case 'state':
      return { place: subject.state, line: '', wait: '', tail: '' };
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

function packageName(subject: NameSubject): string {
  const frame = placeOf(subject);
  if (frame === NO_FRAME) return NO_PACKAGE_NAME;
  const { symbols } = subject.index;
  return symbols.packages[symbols.fnPackage[symbols.frameFn[frame] ?? 0] ?? 0] || NO_PACKAGE_NAME;
}

/** `name #2`, `name #3` for names that are equal after all; a number that another name already holds is skipped. */
function numberEqual(names: string[], keys: readonly string[]): void {
  const taken = new Set<string>();
  const equal = new Map<string, number[]>();
  names.forEach((name) => {
    if (taken.has(name)) equal.set(name, []);
    else taken.add(name);
  });
  if (equal.size === 0) return;
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
