import { filled } from '../model/filled.ts';
import { FRAME_KINDS, type FrameIndex, NO_FRAME, type StackIndex } from '../model/symbols.ts';
import type { DumpIndex } from './cells.ts';
import { hashOnward, joinHashes } from './concat-hash.ts';
import { displayFunction, displayFunctionInFull } from './function-name.ts';
import type { TextColumn } from './text-column.ts';

/** A group to be named, by the stack that stands for it. */
export interface NameSubject {
  readonly index: DumpIndex;
  readonly stack: StackIndex;
  /** The state most of its goroutines are in, UNKNOWN_STATE when the form prints none; at level `state` the key's word. */
  readonly state: string;
  /** What frames betray when no state is printed; else empty. */
  readonly inferred: string;
}

const NO_CREATOR = '(no creator)';
const CREATOR_NOT_PRINTED = '(creator not printed)';

/** Texts of frames, made once per distinct function of a dump and numbered so that equal texts have equal numbers. */
export class FrameTexts {
  readonly texts: string[] = [];
  /** Of each text, as `hashOnward(0, text)`. */
  readonly hashes: number[] = [];
  readonly #number = new Map<string, number>();
  readonly #made = new Map<DumpIndex, Map<(symbol: string) => string, Int32Array>>();
  /** What was asked for last, which is mostly asked for again. */
  #last: { readonly index: DumpIndex; readonly display: (symbol: string) => string; readonly made: Int32Array } | null =
    null;

  /** Number of `text`. */
  add(text: string): number {
    let number = this.#number.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.hashes.push(hashOnward(0, text));
      this.#number.set(text, number);
    }
    return number;
  }

  /** Number of the frame's function in the given display. C frames and notes stay as printed. */
  of(index: DumpIndex, frame: FrameIndex, display: (symbol: string) => string): number {
    const { symbols } = index.dump;
    const kind = symbols.frameKind[frame] ?? 0;
    const string = symbols.frameFunction[frame] ?? 0;
    if (kind !== GO && kind !== INLINED) return this.add(symbols.strings[string] ?? '');
    const made = this.#madeOf(index, display);
    const known = made[string] ?? 0;
    if (known > 0) return known - 1;
    const number = this.add(display(symbols.strings[string] ?? ''));
    made[string] = number + 1;
    return number;
  }

  text(index: DumpIndex, frame: FrameIndex, display = displayFunction): string {
    return this.texts[this.of(index, frame, display)] ?? '';
  }

  /** Per string of a dump the number of its text in a display + 1, or 0. */
  #madeOf(index: DumpIndex, display: (symbol: string) => string): Int32Array {
    if (this.#last?.index === index && this.#last.display === display) return this.#last.made;
    const byDisplay = this.#made.get(index) ?? new Map<(symbol: string) => string, Int32Array>();
    this.#made.set(index, byDisplay);
    const made = byDisplay.get(display) ?? new Int32Array(index.dump.symbols.strings.length);
    byDisplay.set(display, made);
    this.#last = { index, display, made };
    return made;
  }
}

const GO = FRAME_KINDS.indexOf('go');
const INLINED = FRAME_KINDS.indexOf('inlined');

/** The function as printed, with the type arguments that pprof files print in full. */
export function asPrinted(symbol: string): string {
  return symbol;
}

/** Subjects in columns: 100,000 of them are looked at again and again in ever other order, and objects of them fit no cache. */
export class Subjects {
  readonly length: number;
  readonly stack: Uint32Array;
  /** Frame of the waiting place, or NO_FRAME. */
  readonly place: Int32Array;
  /** Frame that created its goroutines, or NO_FRAME. */
  readonly creator: Int32Array;
  readonly #indexes: readonly DumpIndex[];
  readonly #indexOf: Uint32Array;

  constructor(list: readonly NameSubject[]) {
    this.length = list.length;
    this.stack = filled(new Uint32Array(list.length), (i) => list[i]?.stack ?? 0);
    this.#indexes = [...new Set(list.map(({ index }) => index))];
    const numbers = new Map(this.#indexes.map((index, at) => [index, at]));
    this.#indexOf = new Uint32Array(list.length);
    this.place = new Int32Array(list.length);
    this.creator = new Int32Array(list.length);
    list.forEach(({ index, stack }, i) => {
      this.#indexOf[i] = numbers.get(index) ?? 0;
      this.place[i] = index.places[stack] ?? NO_FRAME;
      this.creator[i] = index.dump.symbols.stackCreator[stack] ?? NO_FRAME;
    });
  }

  /** The dump of subject `i`. */
  index(i: number): DumpIndex {
    const index = this.#indexes[this.#indexOf[i] ?? -1];
    if (index === undefined) throw new RangeError('No such subject.');
    return index;
  }
}

/** The function that created subject `i`, or why there is none. */
export function creatorText(subjects: Subjects, i: number, texts: FrameTexts, display = displayFunction): string {
  const index = subjects.index(i);
  if (!index.printsCreators) return CREATOR_NOT_PRINTED;
  const frame = subjects.creator[i] ?? NO_FRAME;
  return frame === NO_FRAME ? NO_CREATOR : texts.text(index, frame, display);
}

/** As `creatorText`, with the whole import path. */
export function creatorInFull(subjects: Subjects, i: number, texts: FrameTexts): string {
  return creatorText(subjects, i, texts, displayFunctionInFull);
}

/**
 * Names while they are put together, of numbers of texts: per subject the place, what is added to it, how it waits, and what
 * follows. No text is made before the end, and no hash of one looks at more than its parts.
 */
export class Drafts {
  readonly place: Uint32Array;
  readonly wait: Uint32Array;
  /** What stands right behind the place; an empty text at first. */
  readonly line: Uint32Array;
  readonly #texts: FrameTexts;
  /** Per subject the place of what was appended last in the columns below + 1, or 0. */
  readonly #last: Uint32Array;
  readonly #appended: number[] = [];
  /** As in `#last`: what stands before it. */
  readonly #before: number[] = [];

  constructor(count: number, texts: FrameTexts) {
    this.#texts = texts;
    this.place = new Uint32Array(count);
    this.wait = new Uint32Array(count);
    this.line = new Uint32Array(count).fill(texts.add(''));
    this.#last = new Uint32Array(count);
  }

  /** Adds a text to what follows in name `i`. */
  append(i: number, text: number): void {
    this.#before.push(this.#last[i] ?? 0);
    this.#last[i] = this.#appended.push(text);
  }

  /** The names, and per name a hash. */
  finish(): TextColumn & { readonly hashes: Int32Array } {
    const { texts, hashes } = this.#texts;
    const arrow = this.#texts.add(' → ');
    const empty = this.#texts.add('');
    const nameHashes = new Int32Array(this.place.length);
    const lengths = Uint32Array.from(texts, (text) => text.length);
    const start = new Uint32Array(this.place.length + 1);
    const parts = new Uint32Array(this.place.length * 4 + this.#appended.length);
    let end = 0;
    for (let i = 0; i < nameHashes.length; i++) {
      const from = end;
      const line = this.line[i] ?? empty;
      const wait = this.wait[i] ?? empty;
      parts[end++] = this.place[i] ?? empty;
      if (line !== empty) parts[end++] = line;
      if (wait !== empty) {
        parts[end++] = arrow;
        parts[end++] = wait;
      }
      const appended = end;
      for (let at = this.#last[i] ?? 0; at > 0; at = this.#before[at - 1] ?? 0) {
        parts[end++] = this.#appended[at - 1] ?? 0;
      }
      // Linked from the last one to the first.
      for (let left = appended, right = end - 1; left < right; left++, right--) {
        const part = parts[left] ?? 0;
        parts[left] = parts[right] ?? 0;
        parts[right] = part;
      }
      let hash = 0;
      for (let at = from; at < end; at++) {
        hash = joinHashes(hash, hashes[parts[at] ?? empty] ?? 0, lengths[parts[at] ?? empty] ?? 0);
      }
      nameHashes[i] = hash;
      start[i + 1] = end;
    }
    return { texts, start, parts: parts.subarray(0, end), hashes: nameHashes };
  }
}
