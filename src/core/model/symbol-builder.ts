import { filled } from './filled.ts';
import { GrowingInt32, GrowingUint8, GrowingUint32 } from './growing.ts';
import { finishHash, mixHash, NOWHERE, NumberIndex } from './number-index.ts';
import {
  FRAME_KINDS,
  type FrameIndex,
  type FrameKind,
  type LabelSet,
  NO_FRAME,
  type StackIndex,
  type Symbols,
  UNKNOWN_STATE,
} from './symbols.ts';

/** Where the symbols of another text stand after `absorb`, by their index there. */
export interface SymbolMap {
  readonly stack: Uint32Array;
  readonly state: Uint32Array;
  readonly labels: Int32Array;
}

/**
 * Interns the text, frames and stacks of one dump while it is read. Each method answers with the index of the value,
 * new or known. Cost: one look-up a call, so hot readers keep their own byte tables in front of it.
 */
export class SymbolBuilder {
  readonly #strings: string[] = [];
  #textBytes = 0;
  readonly #stringIndex = new Map<string, number>();
  readonly #frameIndex = new NumberIndex();
  readonly #frameFunction = new GrowingUint32();
  readonly #frameFile = new GrowingUint32();
  readonly #frameLine = new GrowingInt32();
  readonly #frameKind = new GrowingUint8();
  /** Of the first stacks only, as `appendStack` adds none. */
  readonly #stackIndex = new NumberIndex();
  readonly #stackStart = new GrowingUint32();
  readonly #stackFrames = new GrowingUint32();
  readonly #stackCreator = new GrowingInt32();
  readonly #states: string[] = [UNKNOWN_STATE];
  readonly #stateIndex = new Map<string, number>([[UNKNOWN_STATE, 0]]);
  readonly #labelSets: LabelSet[] = [];
  readonly #labelIndex = new Map<string, number>();

  /** About what is held: texts of one byte a character, frames with their keys, stacks. */
  get bytes(): number {
    return (
      this.#textBytes +
      this.#frameLine.length * 13 +
      this.#frameIndex.bytes +
      this.#stackFrames.length * 4 +
      this.#stackCreator.length * 8 +
      this.#stackIndex.bytes
    );
  }

  string(text: string): number {
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      index = this.#strings.push(text) - 1;
      this.#textBytes += text.length + 60;
      this.#stringIndex.set(text, index);
    }
    return index;
  }

  frame(functionName: string, file: string, line: number, kind: FrameKind): FrameIndex {
    const fn = this.string(functionName);
    const path = this.string(file);
    const kindNumber = FRAME_KINDS.indexOf(kind);
    const hash = finishHash(mixHash(mixHash(mixHash(kindNumber, fn), path), line));
    for (let known = this.#frameIndex.first(hash); known !== NOWHERE; known = this.#frameIndex.next(hash)) {
      if (
        this.#frameFunction.at(known) === fn &&
        this.#frameFile.at(known) === path &&
        this.#frameLine.at(known) === (line | 0) &&
        this.#frameKind.at(known) === kindNumber
      )
        return known;
    }
    const index = this.#frameFunction.length;
    this.#frameFunction.push(fn);
    this.#frameFile.push(path);
    this.#frameLine.push(line);
    this.#frameKind.push(kindNumber);
    this.#frameIndex.add(hash, index);
    return index;
  }

  /** `frames` innermost first; `creator` is the `created by` frame or NO_FRAME. */
  stack(frames: readonly FrameIndex[], creator: FrameIndex | typeof NO_FRAME): StackIndex {
    const hash = hashStack(frames, creator);
    for (let known = this.#stackIndex.first(hash); known !== NOWHERE; known = this.#stackIndex.next(hash)) {
      if (this.#isStack(known, frames, creator)) return known;
    }
    const index = this.appendStack(frames, creator);
    this.#stackIndex.add(hash, index);
    return index;
  }

  #isStack(stack: StackIndex, frames: readonly FrameIndex[], creator: number): boolean {
    const start = this.#stackStart.at(stack);
    return (
      this.#stackCreator.at(stack) === creator &&
      this.#stackEnd(stack) - start === frames.length &&
      frames.every((frame, i) => this.#stackFrames.at(start + i) === frame)
    );
  }

  #stackEnd(stack: StackIndex): number {
    return stack + 1 < this.#stackStart.length ? this.#stackStart.at(stack + 1) : this.#stackFrames.length;
  }

  /** As `stack`, for a caller that knows this stack is new. */
  appendStack(frames: readonly FrameIndex[], creator: FrameIndex | typeof NO_FRAME): StackIndex {
    const index = this.#stackCreator.length;
    this.#stackStart.push(this.#stackFrames.length);
    for (const frame of frames) this.#stackFrames.push(frame);
    this.#stackCreator.push(creator);
    return index;
  }

  /** A stack made before, frames innermost first, and its creator as `stack` takes them. */
  stackParts(stack: StackIndex): { readonly frames: readonly FrameIndex[]; readonly creator: number } {
    const end = this.#stackEnd(stack);
    const frames: FrameIndex[] = [];
    for (let i = this.#stackStart.at(stack); i < end; i++) frames.push(this.#stackFrames.at(i));
    return { frames, creator: this.#stackCreator.at(stack) };
  }

  /** Takes some stacks and states of this one over into an empty one; for a look at what is read so far. */
  pick(stacks: readonly StackIndex[], into: SymbolBuilder): readonly StackIndex[] {
    const frameOf = (frame: FrameIndex): FrameIndex =>
      into.frame(
        this.#strings[this.#frameFunction.at(frame)] ?? '',
        this.#strings[this.#frameFile.at(frame)] ?? '',
        this.#frameLine.at(frame),
        FRAME_KINDS[this.#frameKind.at(frame)] ?? 'go',
      );
    return stacks.map((stack) => {
      const { frames, creator } = this.stackParts(stack);
      return into.stack(frames.map(frameOf), creator < 0 ? creator : frameOf(creator));
    });
  }

  /** Distinct stacks so far. */
  get stackCount(): number {
    return this.#stackCreator.length;
  }

  /** The text of a state that `state` answered with. */
  stateText(state: number): string {
    return this.#states[state] ?? UNKNOWN_STATE;
  }

  /** Functions of the innermost `limit` frames of a stack made before. */
  innermostFunctions(stack: StackIndex, limit: number): string[] {
    const start = this.#stackStart.at(stack);
    const names: string[] = [];
    for (let i = start; i < Math.min(this.#stackEnd(stack), start + limit); i++) {
      names.push(this.#strings[this.#frameFunction.at(this.#stackFrames.at(i))] ?? '');
    }
    return names;
  }

  /** `text` verbatim, without minutes and flags: `chan receive (nil chan)`. */
  state(text: string): number {
    let index = this.#stateIndex.get(text);
    if (index === undefined) {
      index = this.#states.push(text) - 1;
      this.#stateIndex.set(text, index);
    }
    return index;
  }

  /** Sorts a copy by key; equal sets share an index. */
  labels(pairs: LabelSet): number {
    const sorted = [...pairs].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    const key = JSON.stringify(sorted);
    let index = this.#labelIndex.get(key);
    if (index === undefined) {
      index = this.#labelSets.push(sorted) - 1;
      this.#labelIndex.set(key, index);
    }
    return index;
  }

  /**
   * Takes in all of another text's symbols, as if they had been met here in their order; answers where each now stands. Cost:
   * one look-up for each of them and, the first time, one for each stack met here.
   */
  absorb(other: Symbols): SymbolMap {
    for (let known = this.#stackIndex.size; known < this.#stackCreator.length; known++) this.#indexStack(known);
    const frame = other.frameFunction.map((fn, at) =>
      this.frame(
        other.strings[fn] ?? '',
        other.strings[other.frameFile[at] ?? 0] ?? '',
        other.frameLine[at] ?? 0,
        FRAME_KINDS[other.frameKind[at] ?? 0] ?? 'go',
      ),
    );
    const stack = filled(new Uint32Array(other.stackCreator.length), (at) => {
      const creator = other.stackCreator[at] ?? NO_FRAME;
      const frames = other.stackFrames.subarray(other.stackStart[at], other.stackStart[at + 1]);
      return this.stack(
        Array.from(frames, (one) => frame[one] ?? 0),
        creator < 0 ? creator : (frame[creator] ?? 0),
      );
    });
    return {
      stack,
      state: Uint32Array.from(other.states, (text) => this.state(text)),
      labels: Int32Array.from(other.labelSets, (set) => this.labels(set)),
    };
  }

  #indexStack(stack: StackIndex): void {
    const { frames, creator } = this.stackParts(stack);
    this.#stackIndex.add(hashStack(frames, creator), stack);
  }

  finish(): Symbols {
    this.#stackStart.push(this.#stackFrames.length);
    return {
      strings: this.#strings,
      frameFunction: this.#frameFunction.finish(),
      frameFile: this.#frameFile.finish(),
      frameLine: this.#frameLine.finish(),
      frameKind: this.#frameKind.finish(),
      stackStart: this.#stackStart.finish(),
      stackFrames: this.#stackFrames.finish(),
      stackCreator: this.#stackCreator.finish(),
      states: this.#states,
      labelSets: this.#labelSets,
    };
  }
}

function hashStack(frames: readonly FrameIndex[], creator: number): number {
  return finishHash(frames.reduce(mixHash, creator));
}
