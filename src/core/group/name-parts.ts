import { FRAME_KINDS, type FrameIndex, NO_FRAME, type StackIndex } from '../model/symbols.ts';
import type { DumpIndex } from './cells.ts';
import { displayFunction, displayFunctionInFull } from './function-name.ts';

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
  readonly #number = new Map<string, number>();
  readonly #made = new Map<DumpIndex, Map<(symbol: string) => string, number[]>>();

  /** Number of `text`. */
  add(text: string): number {
    let number = this.#number.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#number.set(text, number);
    }
    return number;
  }

  /** Number of the frame's function in the given display. C frames and notes stay as printed. */
  of(index: DumpIndex, frame: FrameIndex, display: (symbol: string) => string): number {
    let byDisplay = this.#made.get(index);
    if (!byDisplay) {
      byDisplay = new Map();
      this.#made.set(index, byDisplay);
    }
    let made = byDisplay.get(display);
    if (!made) {
      made = [];
      byDisplay.set(display, made);
    }
    const { symbols } = index.dump;
    const kind = FRAME_KINDS[symbols.frameKind[frame] ?? 0];
    const string = symbols.frameFunction[frame] ?? 0;
    if (kind !== 'go' && kind !== 'inlined') return this.add(symbols.strings[string] ?? '');
    made[string] ??= this.add(display(symbols.strings[string] ?? ''));
    return made[string];
  }

  text(index: DumpIndex, frame: FrameIndex, display = displayFunction): string {
    return this.texts[this.of(index, frame, display)] ?? '';
  }
}

/** The function as printed, with the type arguments that pprof files print in full. */
export function asPrinted(symbol: string): string {
  return symbol;
}

/** Frame of the subject's waiting place, or NO_FRAME. */
export function placeOf(subject: NameSubject): FrameIndex {
  return subject.index.places[subject.stack] ?? NO_FRAME;
}

/** Frame that created the subject's goroutines, or NO_FRAME. */
export function creatorOf(subject: NameSubject): FrameIndex {
  return subject.index.dump.symbols.stackCreator[subject.stack] ?? NO_FRAME;
}

/** The creating function, or why there is none. */
export function creatorText(subject: NameSubject, texts: FrameTexts, display = displayFunction): string {
  if (!subject.index.printsCreators) return CREATOR_NOT_PRINTED;
  const frame = creatorOf(subject);
  return frame === NO_FRAME ? NO_CREATOR : texts.text(subject.index, frame, display);
}

/** As `creatorText`, with the whole import path. */
export function creatorInFull(subject: NameSubject, texts: FrameTexts): string {
  return creatorText(subject, texts, displayFunctionInFull);
}
