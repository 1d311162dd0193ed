/**
 * What one line of a stack is. `go`: a Go function with a file line. `native`: a C frame, with or without a file.
 * `elided`: the runtime's note that frames were left out ("...23 frames elided..."). `unavailable`: "goroutine running
 * on other thread; stack unavailable". The last two stand in a stack at the place where they were printed, with the
 * note as their function and no file.
 */
export const FRAME_KINDS = ['go', 'inlined', 'native', 'elided', 'unavailable'] as const;
/** `inlined` is a `go` frame whose body the compiler merged into its caller; printed as `f(...)` without an offset. */
export type FrameKind = (typeof FRAME_KINDS)[number];

/** One line of a stack, materialised for reading. */
export interface Frame {
  /** As printed, without arguments: `main.(*Server).run`, `pkg.Map[...]`. */
  readonly function: string;
  /** As printed: `/srv/app/main.go`; empty when the form names none. */
  readonly file: string;
  /** 1-based; 0 when the form names none. */
  readonly line: number;
  readonly kind: FrameKind;
}

/** Index of a distinct frame in `Symbols`. */
export type FrameIndex = number;
/** Index of a distinct stack in `Symbols`. */
export type StackIndex = number;

/** Value of `stackCreator` when a stack has no `created by`. */
export const NO_FRAME = -1;

/** All distinct text, frames and stacks of one dump. Frames of a stack are innermost first, as printed. */
export interface Symbols {
  readonly strings: readonly string[];
  /** Per frame: index of its function in `strings`. */
  readonly frameFunction: Uint32Array;
  /** Per frame: index of its file in `strings`; the empty string when there is none. */
  readonly frameFile: Uint32Array;
  readonly frameLine: Int32Array;
  /** Per frame: index into FRAME_KINDS. */
  readonly frameKind: Uint8Array;
  /** Stack s owns stackFrames[stackStart[s] .. stackStart[s + 1]); one entry more than there are stacks. */
  readonly stackStart: Uint32Array;
  readonly stackFrames: Uint32Array;
  /** Per stack: the `created by` frame, or NO_FRAME. */
  readonly stackCreator: Int32Array;
  /** Distinct states, verbatim; [0] is UNKNOWN_STATE. */
  readonly states: readonly string[];
  /** Distinct label sets, each sorted by key. */
  readonly labelSets: readonly LabelSet[];
}

/** Key and value pairs of one goroutine, sorted by key. */
export type LabelSet = readonly (readonly [key: string, value: string])[];

/** The state of rows whose form does not print one. Never guessed: what frames betray is said beside it, as inferred. */
export const UNKNOWN_STATE = 'unknown';

/** Number of distinct stacks. */
export function stackCount(symbols: Symbols): number {
  return symbols.stackCreator.length;
}

/** Frame `index` as an object. */
export function frameAt(symbols: Symbols, index: FrameIndex): Frame {
  return {
    function: symbols.strings[symbols.frameFunction[index] ?? 0] ?? '',
    file: symbols.strings[symbols.frameFile[index] ?? 0] ?? '',
    line: symbols.frameLine[index] ?? 0,
    kind: FRAME_KINDS[symbols.frameKind[index] ?? 0] ?? 'go',
  };
}

/** Frames of stack `index`, innermost first, without its creator. */
export function stackFramesAt(symbols: Symbols, index: StackIndex): Frame[] {
  const frames: Frame[] = [];
  const end = symbols.stackStart[index + 1] ?? 0;
  for (let i = symbols.stackStart[index] ?? 0; i < end; i++) frames.push(frameAt(symbols, symbols.stackFrames[i] ?? 0));
  return frames;
}

/** The `created by` frame of stack `index`, or null. */
export function stackCreatorAt(symbols: Symbols, index: StackIndex): Frame | null {
  const creator = symbols.stackCreator[index] ?? NO_FRAME;
  return creator === NO_FRAME ? null : frameAt(symbols, creator);
}
