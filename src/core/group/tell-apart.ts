import { NO_FRAME } from '../model/symbols.ts';
import { AlikeRuns } from './alike-runs.ts';
import type { DumpIndex } from './cells.ts';
import { displayFunctionInFull } from './function-name.ts';
import type { Level } from './levels.ts';
import {
  asPrinted,
  creatorInFull,
  creatorOf,
  creatorText,
  type Drafts,
  type FrameTexts,
  type NameSubject,
  placeOf,
} from './name-parts.ts';
import { longestStack, trimStack } from './stack-classes.ts';
import { TRAIT } from './symbol-index.ts';

/**
 * One way to make names differ. `value` is equal exactly where it would not help; only where values differ within names
 * that read alike is `apply` called. Values are numbers, so that 100,000 equal names cost no texts until they differ.
 */
interface Distinction {
  readonly value: (i: number) => number;
  readonly apply: (i: number, drafts: Drafts) => void;
}

/** Callers looked at, from the waiting place outward. */
const CALLERS = 12;
/** Most names differ by then: the others are found only for those that do not. */
const FIRST_CALLERS = 2;
const PLUMBING = TRAIT.core | TRAIT.carrier;
/** Room for a line number beside the number of a text, exact in a double. */
const LINES = 2 ** 31;

/** Adds to drafts that read alike what tells them apart, one kind of thing after the other. */
export function splitAlike(level: Level, subjects: readonly NameSubject[], drafts: Drafts, texts: FrameTexts): void {
  const alike = new AlikeRuns(subjects.length);
  alike.split((i) => drafts.place[i] ?? 0);
  alike.split((i) => drafts.wait[i] ?? 0);
  if (alike.length === 0) return;
  for (const { value, apply } of distinctions(level, subjects, texts)) {
    alike.split(value, (i) => apply(i, drafts));
    if (alike.length === 0) return;
  }
}

function distinctions(level: Level, subjects: readonly NameSubject[], texts: FrameTexts): Distinction[] {
  const at = (i: number): NameSubject => {
    const subject = subjects[i];
    if (!subject) throw new RangeError('No such subject.');
    return subject;
  };
  if (level === 'state' || level === 'package') return [];
  if (level === 'created-by') return [fullCreator(at, texts)];
  const exact = level === 'exact';
  const list: Distinction[] = exact ? [placeLine(at, texts)] : [];
  list.push(fullPlace(at, texts));
  if (level === 'place') return list;
  list.push(...callers(at, subjects.length, exact, texts), creator(at, exact, texts));
  return exact ? [...list, placeFile(at, texts), frameCount(at, texts), typeArguments(at, texts)] : list;
}

type SubjectAt = (i: number) => NameSubject;

function fullCreator(at: SubjectAt, texts: FrameTexts): Distinction {
  return {
    value: (i) => texts.add(creatorInFull(at(i), texts)),
    apply: (i, { place }) => {
      place[i] = texts.add(creatorInFull(at(i), texts));
    },
  };
}

/** `:88`; nothing for 0, which says that no line is known. */
function withColon(line: number): string {
  return line > 0 ? `:${line}` : '';
}

function placeLine(at: SubjectAt, texts: FrameTexts): Distinction {
  const line = (i: number) => at(i).index.dump.symbols.frameLine[placeOf(at(i))] ?? 0;
  return {
    value: line,
    apply: (i, drafts) => {
      drafts.line[i] = texts.add(withColon(line(i)));
    },
  };
}

function fullPlace(at: SubjectAt, texts: FrameTexts): Distinction {
  const full = (i: number) =>
    placeOf(at(i)) === NO_FRAME ? -1 : texts.of(at(i).index, placeOf(at(i)), displayFunctionInFull);
  return {
    value: full,
    apply: (i, { place }) => {
      if (full(i) >= 0) place[i] = full(i);
    },
  };
}

function creator(at: SubjectAt, withLine: boolean, texts: FrameTexts): Distinction {
  const line = (i: number) =>
    withLine && creatorOf(at(i)) !== NO_FRAME ? (at(i).index.dump.symbols.frameLine[creatorOf(at(i))] ?? 0) : 0;
  return {
    value: (i) => texts.add(creatorText(at(i), texts)) * LINES + line(i),
    apply: (i, drafts) => {
      if (creatorOf(at(i)) === NO_FRAME) return;
      drafts.append(i, texts.add(`, by ${creatorText(at(i), texts)}${withColon(line(i))}`));
    },
  };
}

function placeFile(at: SubjectAt, texts: FrameTexts): Distinction {
  const file = (i: number) => {
    const { symbols } = at(i).index.dump;
    return symbols.strings[symbols.frameFile[placeOf(at(i))] ?? -1] ?? '';
  };
  return {
    value: (i) => texts.add(file(i)),
    apply: (i, drafts) => drafts.append(i, texts.add(` (${file(i)}${texts.texts[drafts.line[i] ?? 0] ?? ''})`)),
  };
}

function frameCount(at: SubjectAt, texts: FrameTexts): Distinction {
  const count = (i: number) => {
    const { stackStart } = at(i).index.dump.symbols;
    return (stackStart[at(i).stack + 1] ?? 0) - (stackStart[at(i).stack] ?? 0);
  };
  return {
    value: count,
    apply: (i, drafts) => drafts.append(i, texts.add(`, ${count(i)} frames`)),
  };
}

function typeArguments(at: SubjectAt, texts: FrameTexts): Distinction {
  const printed = (i: number) => (placeOf(at(i)) === NO_FRAME ? -1 : texts.of(at(i).index, placeOf(at(i)), asPrinted));
  return {
    value: printed,
    apply: (i, drafts) => {
      drafts.append(i, texts.add(`, as ${texts.texts[printed(i)] ?? ''}`));
    },
  };
}

/** One distinction per step outward from the waiting place; plumbing on the way is no step. */
function callers(at: SubjectAt, count: number, withLines: boolean, texts: FrameTexts): Distinction[] {
  const first = new Callers(at, count, FIRST_CALLERS, withLines);
  const all = new Callers(at, count, CALLERS, withLines);
  const words = new CallerWords(withLines, texts);
  return Array.from({ length: CALLERS }, (_, step): Distinction => {
    const found = step < FIRST_CALLERS ? first : all;
    return {
      value: (i) => found.value(i, step),
      apply: (i, drafts) => {
        const frame = found.frame(i, step);
        if (frame !== NO_FRAME) drafts.append(i, words.of(at(i).index, frame));
      },
    };
  });
}

/** Numbers of the words for callers, made once per frame of a dump. */
class CallerWords {
  readonly #withLines: boolean;
  readonly #texts: FrameTexts;
  /** Per frame the number + 1, or 0. */
  readonly #made = new Map<DumpIndex, Int32Array>();

  constructor(withLines: boolean, texts: FrameTexts) {
    this.#withLines = withLines;
    this.#texts = texts;
  }

  of(index: DumpIndex, frame: number): number {
    const { frameLine } = index.dump.symbols;
    let made = this.#made.get(index);
    if (!made) {
      made = new Int32Array(frameLine.length);
      this.#made.set(index, made);
    }
    const known = made[frame] ?? 0;
    if (known > 0) return known - 1;
    const line = this.#withLines ? withColon(frameLine[frame] ?? 0) : '';
    const number = this.#texts.add(`, from ${this.#texts.text(index, frame)}${line}`);
    made[frame] = number + 1;
    return number;
  }
}

/** The first so many callers of waiting places that are no plumbing, found when first asked for, side by side per subject. */
class Callers {
  readonly #at: SubjectAt;
  readonly #each: number;
  readonly #withLines: boolean;
  readonly #room = new Map<DumpIndex, Uint32Array>();
  /** Per subject where its callers begin in the columns below + 1, or 0. */
  readonly #place: Uint32Array;
  #frames: Int32Array;
  /**
   * 31 bits of the hash of what each caller is known by: comparable between dumps, and -1 for none. Two contents with one
   * hash are merely not told apart here.
   */
  #values: Int32Array;
  #used = 0;

  constructor(at: SubjectAt, subjects: number, each: number, withLines: boolean) {
    this.#at = at;
    this.#each = each;
    this.#withLines = withLines;
    this.#place = new Uint32Array(subjects);
    this.#frames = new Int32Array(each * 64);
    this.#values = new Int32Array(each * 64);
  }

  /** Equal for callers of subjects that read alike. */
  value(i: number, step: number): number {
    const start = this.#startOf(i);
    return this.#values[start + step] ?? -1;
  }

  /** The caller of subject `i` at `step`, or NO_FRAME. */
  frame(i: number, step: number): number {
    const start = this.#startOf(i);
    return this.#frames[start + step] ?? NO_FRAME;
  }

  #startOf(i: number): number {
    const known = this.#place[i] ?? 0;
    if (known > 0) return known - 1;
    const start = this.#used;
    this.#find(this.#at(i));
    this.#place[i] = start + 1;
    return start;
  }

  #find({ index, stack }: NameSubject): void {
    const { symbols } = index;
    let trimmed = this.#room.get(index);
    if (!trimmed) {
      trimmed = new Uint32Array(longestStack(symbols));
      this.#room.set(index, trimmed);
    }
    if (this.#used === this.#frames.length) this.#widen();
    const [frames, values, end] = [this.#frames, this.#values, this.#used + this.#each];
    const kept = trimStack(symbols, stack, trimmed);
    const wanted = index.places[stack] ?? NO_FRAME;
    let used = this.#used;
    let at = 0;
    while (at < kept && trimmed[at] !== wanted) at++;
    for (at++; at < kept && used < end; at++) {
      const frame = trimmed[at] ?? 0;
      const fn = symbols.frameFn[frame] ?? 0;
      if ((symbols.fnTraits[fn] ?? 0) & PLUMBING) continue;
      const lane = this.#withLines ? symbols.exactLanes.a[symbols.frameExact[frame] ?? 0] : symbols.fnLanes.a[fn];
      frames[used] = frame;
      values[used++] = (lane ?? 0) >>> 1;
    }
    for (; used < end; used++) {
      frames[used] = NO_FRAME;
      values[used] = -1;
    }
    this.#used = end;
  }

  #widen(): void {
    const [frames, values] = [this.#frames, this.#values];
    this.#frames = new Int32Array(frames.length * 2);
    this.#values = new Int32Array(values.length * 2);
    this.#frames.set(frames);
    this.#values.set(values);
  }
}
