import { GrowingInt32 } from '../model/growing.ts';
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
  type FrameTexts,
  type NameSubject,
  placeOf,
} from './name-parts.ts';
import { longestStack, trimStack } from './stack-classes.ts';
import { TRAIT } from './symbol-index.ts';

/** Names while they are put together: per subject the place, what is added to it, how it waits, and what follows. */
export interface Drafts {
  /** Numbers of texts. */
  readonly place: number[];
  readonly wait: number[];
  readonly line: string[];
  readonly tail: string[];
}

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
  const list: Distinction[] = exact ? [placeLine(at)] : [];
  list.push(fullPlace(at, texts));
  if (level === 'place') return list;
  list.push(...callers(at, subjects.length, exact, texts), creator(at, exact, texts));
  return exact ? [...list, placeFile(at, texts), frameCount(at), typeArguments(at, texts)] : list;
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

function placeLine(at: SubjectAt): Distinction {
  const line = (i: number) => at(i).index.dump.symbols.frameLine[placeOf(at(i))] ?? 0;
  return {
    value: line,
    apply: (i, drafts) => {
      drafts.line[i] = withColon(line(i));
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
    apply: (i, { tail }) => {
      if (creatorOf(at(i)) === NO_FRAME) return;
      tail[i] += `, by ${creatorText(at(i), texts)}${withColon(line(i))}`;
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
    apply: (i, { tail, line }) => {
      tail[i] += ` (${file(i)}${line[i]})`;
    },
  };
}

function frameCount(at: SubjectAt): Distinction {
  const count = (i: number) => {
    const { stackStart } = at(i).index.dump.symbols;
    return (stackStart[at(i).stack + 1] ?? 0) - (stackStart[at(i).stack] ?? 0);
  };
  return {
    value: count,
    apply: (i, { tail }) => {
      tail[i] += `, ${count(i)} frames`;
    },
  };
}

function typeArguments(at: SubjectAt, texts: FrameTexts): Distinction {
  const printed = (i: number) => (placeOf(at(i)) === NO_FRAME ? -1 : texts.of(at(i).index, placeOf(at(i)), asPrinted));
  return {
    value: printed,
    apply: (i, { tail }) => {
      tail[i] += `, as ${texts.texts[printed(i)] ?? ''}`;
    },
  };
}

/** One distinction per step outward from the waiting place; plumbing on the way is no step. */
function callers(at: SubjectAt, count: number, withLines: boolean, texts: FrameTexts): Distinction[] {
  const frames = new CallerFrames(count);
  return Array.from({ length: CALLERS }, (_, step): Distinction => {
    return {
      // 31 bits of the content's hash: comparable between dumps, and small enough to be a fast Map key. Two contents
      // with one hash are merely not told apart here.
      value: (i) => {
        const frame = frames.of(i, at(i), step);
        if (frame === NO_FRAME) return -1;
        const { symbols } = at(i).index;
        return withLines
          ? (symbols.exactLanes.a[symbols.frameExact[frame] ?? 0] ?? 0) >>> 1
          : (symbols.fnLanes.a[symbols.frameFn[frame] ?? 0] ?? 0) >>> 1;
      },
      apply: (i, { tail }) => {
        const frame = frames.of(i, at(i), step);
        if (frame === NO_FRAME) return;
        const line = withLines ? withColon(at(i).index.dump.symbols.frameLine[frame] ?? 0) : '';
        tail[i] += `, from ${texts.text(at(i).index, frame)}${line}`;
      },
    };
  });
}

/** The first callers of waiting places that are no plumbing, found when first asked for: CALLERS frames in one column each. */
class CallerFrames {
  readonly #room = new Map<DumpIndex, Uint32Array>();
  /** Per subject where its callers begin in `#frames` + 1, or 0. */
  readonly #place: Uint32Array;
  readonly #frames = new GrowingInt32();

  constructor(subjects: number) {
    this.#place = new Uint32Array(subjects);
  }

  /** The caller of subject `i` at `step`, or NO_FRAME. */
  of(i: number, subject: NameSubject, step: number): number {
    let place = this.#place[i] ?? 0;
    if (place === 0) {
      place = this.#add(subject) + 1;
      this.#place[i] = place;
    }
    return this.#frames.at(place - 1 + step);
  }

  #add({ index, stack }: NameSubject): number {
    let frames = this.#room.get(index);
    if (!frames) {
      frames = new Uint32Array(longestStack(index.symbols));
      this.#room.set(index, frames);
    }
    const start = this.#frames.length;
    const kept = trimStack(index.symbols, stack, frames);
    const { fnTraits, frameFn } = index.symbols;
    const wanted = index.places[stack] ?? NO_FRAME;
    let at = 0;
    while (at < kept && frames[at] !== wanted) at++;
    let found = 0;
    for (at++; at < kept && found < CALLERS; at++) {
      const frame = frames[at] ?? 0;
      if ((fnTraits[frameFn[frame] ?? 0] ?? 0) & (TRAIT.core | TRAIT.carrier)) continue;
      this.#frames.push(frame);
      found++;
    }
    for (; found < CALLERS; found++) this.#frames.push(NO_FRAME);
    return start;
  }
}
