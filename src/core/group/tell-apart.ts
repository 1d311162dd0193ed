import { GrowingInt32 } from '../model/growing.ts';
import { NO_FRAME } from '../model/symbols.ts';
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

/** The parts of a name that a distinction changes. */
export interface Adjustable {
  place: string;
  line: string;
  readonly wait: string;
  tail: string;
}

/**
 * One way to make names differ. `value` is equal exactly where it would not help; only where values differ within names
 * that read alike is `apply` called. Values are numbers, so that 100,000 equal names cost no texts until they differ.
 */
interface Distinction {
  readonly value: (i: number) => number;
  readonly apply: (i: number, draft: Adjustable) => void;
}

/** Callers looked at, from the waiting place outward. */
const CALLERS = 12;
/** Room for a line number beside the number of a text, exact in a double. */
const LINES = 2 ** 31;

/** Adds to drafts that read alike what tells them apart, one kind of thing after the other. */
export function splitAlike(
  level: Level,
  subjects: readonly NameSubject[],
  drafts: readonly Adjustable[],
  texts: FrameTexts,
): void {
  let alike = readingAlike(drafts, texts);
  if (alike.length === 0) return;
  for (const { value, apply } of distinctions(level, subjects, texts)) {
    const still: number[][] = [];
    for (const members of alike) {
      const parts = split(members, value);
      if (parts.length === 1) {
        still.push(members);
        continue;
      }
      for (const part of parts) {
        for (const i of part) {
          const draft = drafts[i];
          if (draft) apply(i, draft);
        }
        if (part.length > 1) still.push(part);
      }
    }
    alike = still;
    if (alike.length === 0) return;
  }
}

/** Indexes of drafts that share place and wait, where more than one does. */
function readingAlike(drafts: readonly Adjustable[], texts: FrameTexts): number[][] {
  const all = drafts.map((_, i) => i);
  return split(all, (i) => texts.add(drafts[i]?.place ?? '')).flatMap((samePlace) =>
    samePlace.length < 2
      ? []
      : split(samePlace, (i) => texts.add(drafts[i]?.wait ?? '')).filter((same) => same.length > 1),
  );
}

/** Members by value, in order of appearance. */
function split(members: readonly number[], value: (i: number) => number): number[][] {
  const parts = new Map<number, number[]>();
  for (const i of members) {
    const at = value(i);
    const part = parts.get(at);
    if (part) part.push(i);
    else parts.set(at, [i]);
  }
  return [...parts.values()];
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
  list.push(...callers(at, exact, texts), creator(at, exact, texts));
  return exact ? [...list, placeFile(at, texts), frameCount(at), typeArguments(at, texts)] : list;
}

type SubjectAt = (i: number) => NameSubject;

function fullCreator(at: SubjectAt, texts: FrameTexts): Distinction {
  return {
    value: (i) => texts.add(creatorInFull(at(i), texts)),
    apply: (i, draft) => {
      draft.place = creatorInFull(at(i), texts);
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
    apply: (i, draft) => {
      draft.line = withColon(line(i));
    },
  };
}

function fullPlace(at: SubjectAt, texts: FrameTexts): Distinction {
  const full = (i: number) =>
    placeOf(at(i)) === NO_FRAME ? -1 : texts.of(at(i).index, placeOf(at(i)), displayFunctionInFull);
  return {
    value: full,
    apply: (i, draft) => {
      draft.place = texts.texts[full(i)] ?? draft.place;
    },
  };
}

function creator(at: SubjectAt, withLine: boolean, texts: FrameTexts): Distinction {
  const line = (i: number) =>
    withLine && creatorOf(at(i)) !== NO_FRAME ? (at(i).index.dump.symbols.frameLine[creatorOf(at(i))] ?? 0) : 0;
  return {
    value: (i) => texts.add(creatorText(at(i), texts)) * LINES + line(i),
    apply: (i, draft) => {
      if (creatorOf(at(i)) === NO_FRAME) return;
      draft.tail += `, by ${creatorText(at(i), texts)}${withColon(line(i))}`;
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
    apply: (i, draft) => {
      draft.tail += ` (${file(i)}${draft.line})`;
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
    apply: (i, draft) => {
      draft.tail += `, ${count(i)} frames`;
    },
  };
}

function typeArguments(at: SubjectAt, texts: FrameTexts): Distinction {
  const printed = (i: number) => (placeOf(at(i)) === NO_FRAME ? -1 : texts.of(at(i).index, placeOf(at(i)), asPrinted));
  return {
    value: printed,
    apply: (i, draft) => {
      draft.tail += `, as ${texts.texts[printed(i)] ?? ''}`;
    },
  };
}

/** One distinction per step outward from the waiting place; plumbing on the way is no step. */
function callers(at: SubjectAt, withLines: boolean, texts: FrameTexts): Distinction[] {
  const frames = new CallerFrames();
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
      apply: (i, draft) => {
        const frame = frames.of(i, at(i), step);
        if (frame === NO_FRAME) return;
        const line = withLines ? withColon(at(i).index.dump.symbols.frameLine[frame] ?? 0) : '';
        draft.tail += `, from ${texts.text(at(i).index, frame)}${line}`;
      },
    };
  });
}

/** The first callers of waiting places that are no plumbing, found when first asked for: CALLERS frames in one column each. */
class CallerFrames {
  readonly #room = new Map<DumpIndex, Uint32Array>();
  /** Per subject where its callers begin in `#frames`. */
  readonly #place: number[] = [];
  readonly #frames = new GrowingInt32();

  /** The caller of subject `i` at `step`, or NO_FRAME. */
  of(i: number, subject: NameSubject, step: number): number {
    this.#place[i] ??= this.#add(subject);
    return this.#frames.at(this.#place[i] + step);
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
