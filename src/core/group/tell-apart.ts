import { NO_FRAME } from '../model/symbols.ts';
import { AlikeRuns } from './alike-runs.ts';
import type { DumpIndex } from './cells.ts';
import { displayFunctionInFull } from './function-name.ts';
import type { Level } from './levels.ts';
import { asPrinted, creatorInFull, creatorText, type Drafts, type FrameTexts, type Subjects } from './name-parts.ts';
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
/** Subjects whose first callers are found together: the stacks of neighbours stand side by side, and most of many are asked for. */
const NEIGHBOURS = 64;
const PLUMBING = TRAIT.core | TRAIT.carrier;
/** Room for a line number beside the number of a text, exact in a double. */
const LINES = 2 ** 31;

/** Adds to drafts that read alike what tells them apart, one kind of thing after the other. */
export function splitAlike(level: Level, subjects: Subjects, drafts: Drafts, texts: FrameTexts): void {
  const alike = new AlikeRuns(subjects.length);
  alike.split((i) => drafts.place[i] ?? 0);
  alike.split((i) => drafts.wait[i] ?? 0);
  if (alike.length === 0) return;
  for (const { value, apply } of distinctions(level, subjects, texts)) {
    alike.split(value, (i) => apply(i, drafts));
    if (alike.length === 0) return;
  }
}

function distinctions(level: Level, subjects: Subjects, texts: FrameTexts): Distinction[] {
  if (level === 'state' || level === 'package') return [];
  if (level === 'created-by') return [fullCreator(subjects, texts)];
  const exact = level === 'exact';
  const list: Distinction[] = exact ? [placeLine(subjects, texts)] : [];
  list.push(fullPlace(subjects, texts));
  if (level === 'place') return list;
  list.push(...callers(subjects, exact, texts), creator(subjects, exact, texts));
  return exact
    ? [...list, placeFile(subjects, texts), frameCount(subjects, texts), typeArguments(subjects, texts)]
    : list;
}

function fullCreator(subjects: Subjects, texts: FrameTexts): Distinction {
  return {
    value: (i) => texts.add(creatorInFull(subjects, i, texts)),
    apply: (i, { place }) => {
      place[i] = texts.add(creatorInFull(subjects, i, texts));
    },
  };
}

/** `:88`; nothing for 0, which says that no line is known. */
function withColon(line: number): string {
  return line > 0 ? `:${line}` : '';
}

function placeLine(subjects: Subjects, texts: FrameTexts): Distinction {
  const line = (i: number) => subjects.index(i).dump.symbols.frameLine[subjects.place[i] ?? NO_FRAME] ?? 0;
  return {
    value: line,
    apply: (i, drafts) => {
      drafts.line[i] = texts.add(withColon(line(i)));
    },
  };
}

function fullPlace(subjects: Subjects, texts: FrameTexts): Distinction {
  const full = (i: number) => displayedPlace(subjects, i, texts, displayFunctionInFull);
  return {
    value: full,
    apply: (i, { place }) => {
      if (full(i) >= 0) place[i] = full(i);
    },
  };
}

/** Number of the place's text in a display, or -1 where there is none. */
function displayedPlace(subjects: Subjects, i: number, texts: FrameTexts, display: (symbol: string) => string): number {
  const frame = subjects.place[i] ?? NO_FRAME;
  return frame === NO_FRAME ? -1 : texts.of(subjects.index(i), frame, display);
}

function creator(subjects: Subjects, withLine: boolean, texts: FrameTexts): Distinction {
  const frame = (i: number) => subjects.creator[i] ?? NO_FRAME;
  const line = (i: number) => (withLine ? (subjects.index(i).dump.symbols.frameLine[frame(i)] ?? 0) : 0);
  return {
    value: (i) => texts.add(creatorText(subjects, i, texts)) * LINES + line(i),
    apply: (i, drafts) => {
      if (frame(i) === NO_FRAME) return;
      drafts.append(i, texts.add(`, by ${creatorText(subjects, i, texts)}${withColon(line(i))}`));
    },
  };
}

function placeFile(subjects: Subjects, texts: FrameTexts): Distinction {
  const file = (i: number) => {
    const { symbols } = subjects.index(i).dump;
    return symbols.strings[symbols.frameFile[subjects.place[i] ?? NO_FRAME] ?? -1] ?? '';
  };
  return {
    value: (i) => texts.add(file(i)),
    apply: (i, drafts) => drafts.append(i, texts.add(` (${file(i)}${texts.texts[drafts.line[i] ?? 0] ?? ''})`)),
  };
}

function frameCount(subjects: Subjects, texts: FrameTexts): Distinction {
  const count = (i: number) => {
    const { stackStart } = subjects.index(i).dump.symbols;
    const stack = subjects.stack[i] ?? 0;
    return (stackStart[stack + 1] ?? 0) - (stackStart[stack] ?? 0);
  };
  return {
    value: count,
    apply: (i, drafts) => drafts.append(i, texts.add(`, ${count(i)} frames`)),
  };
}

function typeArguments(subjects: Subjects, texts: FrameTexts): Distinction {
  const printed = (i: number) => displayedPlace(subjects, i, texts, asPrinted);
  return {
    value: printed,
    apply: (i, drafts) => {
      drafts.append(i, texts.add(`, as ${texts.texts[printed(i)] ?? ''}`));
    },
  };
}

/** One distinction per step outward from the waiting place; plumbing on the way is no step. */
function callers(subjects: Subjects, withLines: boolean, texts: FrameTexts): Distinction[] {
  const first = new Callers(subjects, FIRST_CALLERS, withLines, NEIGHBOURS);
  const all = new Callers(subjects, CALLERS, withLines, 1);
  const words = new CallerWords(withLines, texts);
  return Array.from({ length: CALLERS }, (_, step): Distinction => {
    const found = step < FIRST_CALLERS ? first : all;
    return {
      value: (i) => found.value(i, step),
      apply: (i, drafts) => {
        const frame = found.frame(i, step);
        if (frame !== NO_FRAME) drafts.append(i, words.of(subjects.index(i), frame));
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
  readonly #subjects: Subjects;
  readonly #each: number;
  readonly #withLines: boolean;
  readonly #together: number;
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

  /** So many callers of `each` subject, found for so many neighbours `together`. */
  constructor(subjects: Subjects, each: number, withLines: boolean, together: number) {
    this.#together = together;
    this.#subjects = subjects;
    this.#each = each;
    this.#withLines = withLines;
    this.#place = new Uint32Array(subjects.length);
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
    const from = i - (i % this.#together);
    const to = Math.min(from + this.#together, this.#subjects.length);
    for (let each = from; each < to; each++) {
      this.#place[each] = this.#used + 1;
      this.#find(each);
    }
    return (this.#place[i] ?? 1) - 1;
  }

  #find(i: number): void {
    const index = this.#subjects.index(i);
    const { symbols } = index;
    let trimmed = this.#room.get(index);
    if (!trimmed) {
      trimmed = new Uint32Array(longestStack(symbols));
      this.#room.set(index, trimmed);
    }
    if (this.#used === this.#frames.length) this.#widen();
    const [frames, values, end] = [this.#frames, this.#values, this.#used + this.#each];
    const kept = trimStack(symbols, this.#subjects.stack[i] ?? 0, trimmed);
    const wanted = this.#subjects.place[i];
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
