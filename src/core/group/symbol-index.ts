import { filled } from '../model/filled.ts';
import { FRAME_KINDS, type FrameIndex, NO_FRAME, type StackIndex, type Symbols } from '../model/symbols.ts';
import { hashTexts, type Lanes } from './content-hash.ts';
import { normaliseFunctionName, packageOf } from './function-name.ts';
import { PairTable } from './pair-table.ts';
import { isHiddenRuntime, isLeadingRuntime, isParking, plumbingOf } from './waiting-place.ts';

/** Bits of a distinct function. */
export const TRAIT = {
  /** Runtime frames on top of a stack, which text forms leave out. */
  leading: 1,
  /** Runtime frames a plain traceback leaves out anywhere. */
  hidden: 2,
  /** See `isParking`. */
  parking: 4,
  /** Plumbing of the inner kind: runtime, sync, poll, system calls. */
  core: 8,
  /** Plumbing that passes bytes on: net and os shells, bufio, io. */
  carrier: 16,
  /** No Go function of its own: a C frame, or a note that frames are missing. */
  note: 32,
} as const;

/**
 * What grouping needs to know of each frame of a dump, by small numbers that are equal when the content is equal.
 * `exact` numbers differ by function, file or line (not by inlining); `fn` numbers differ by normalised function;
 * `located` numbers by normalised function, file and line. Lanes hold the content's hash.
 */
export interface SymbolIndex {
  readonly symbols: Symbols;
  readonly frameExact: Uint32Array;
  readonly frameFn: Uint32Array;
  readonly frameLocated: Uint32Array;
  readonly exactLanes: Lanes;
  readonly fnLanes: Lanes;
  readonly locatedLanes: Lanes;
  /** Per `fn` number: TRAIT bits, index into `packages`, the function as first printed and normalised (`normaliseFunctionName`). */
  readonly fnTraits: Uint8Array;
  readonly fnPackage: Uint32Array;
  readonly fnPrinted: readonly string[];
  readonly fnName: readonly string[];
  readonly packages: readonly string[];
  /** True when a frame names a line. */
  readonly hasLines: boolean;
}

/** Package of C frames, notes and stacks without frames; the first of `packages`. */
const NO_PACKAGE = '';

/** Notes and C frames without what differs from print to print: the number of elided frames, an address. */
function withoutNumbers(text: string): string {
  return text.replace(/\.\.\.\d+ frames/, '...frames').replace(/ at pc=0x[0-9a-f]+$/, '');
}

/** Numbers distinct texts in order of appearance. */
class TextTable {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();

  add(text: string): number {
    let index = this.#known.get(text);
    if (index === undefined) {
      index = this.texts.push(text) - 1;
      this.#known.set(text, index);
    }
    return index;
  }
}

const NATIVE = FRAME_KINDS.indexOf('native');
const ELIDED = FRAME_KINDS.indexOf('elided');
const UNAVAILABLE = FRAME_KINDS.indexOf('unavailable');

function traitsOf(normalised: string): number {
  const plumbing = plumbingOf(normalised);
  return (
    (isLeadingRuntime(normalised) ? TRAIT.leading : 0) |
    (isHiddenRuntime(normalised) ? TRAIT.hidden : 0) |
    (isParking(normalised) ? TRAIT.parking : 0) |
    (plumbing === 'core' ? TRAIT.core : 0) |
    (plumbing === 'carrier' ? TRAIT.carrier : 0)
  );
}

/** Reads every distinct function of the dump once. Cost: distinct functions and frames, not goroutines. */
export function indexSymbols(symbols: Symbols): SymbolIndex {
  const frames = symbols.frameFunction.length;
  const exactText = new TextTable();
  const fnText = new TextTable();
  const packages = new TextTable();
  packages.add(NO_PACKAGE);
  const fnTraits: number[] = [];
  const fnPackage: number[] = [];
  const fnPrinted: string[] = [];
  const fnName: string[] = [];
  // Per distinct string, of Go frames: numbers of its exact and its normalised text, or -1 while unseen.
  const goExact = new Int32Array(symbols.strings.length).fill(-1);
  const goFn = new Int32Array(symbols.strings.length).fill(-1);

  const addFn = (key: string, printed: string, name: string, packageName: string, traits: number): number => {
    const fn = fnText.add(key);
    if (fn === fnTraits.length) {
      fnTraits.push(traits);
      fnPackage.push(packages.add(packageName));
      fnPrinted.push(printed);
      fnName.push(name);
    }
    return fn;
  };

  const frameText = new Uint32Array(frames);
  const frameFn = new Uint32Array(frames);
  let hasLines = false;
  for (let frame = 0; frame < frames; frame++) {
    const string = symbols.frameFunction[frame] ?? 0;
    const printed = symbols.strings[string] ?? '';
    const kind = symbols.frameKind[frame] ?? 0;
    hasLines ||= (symbols.frameLine[frame] ?? 0) > 0;
    if (kind === NATIVE || kind === ELIDED || kind === UNAVAILABLE) {
      const text = withoutNumbers(printed);
      frameText[frame] = exactText.add(`${kind}:${text}`);
      frameFn[frame] = addFn(`${kind}:${text}`, text, normaliseFunctionName(text), NO_PACKAGE, TRAIT.note);
      continue;
    }
    if ((goExact[string] ?? -1) < 0) {
      goExact[string] = exactText.add(printed);
      const normalised = normaliseFunctionName(printed);
      const packageName = packageOf(normalised === 'panic' ? 'runtime.gopanic' : printed);
      // The package stands apart in the key: `a.b` + `c` and `a` + `b.c` print alike once escapes are gone.
      goFn[string] = addFn(`${packageName}\n${normalised}`, printed, normalised, packageName, traitsOf(normalised));
    }
    frameText[frame] = goExact[string] ?? 0;
    frameFn[frame] = goFn[string] ?? 0;
  }

  const exactTextLanes = hashTexts(exactText.texts);
  const fnLanes = hashTexts(fnText.texts);
  const lines = indexLines(symbols);
  const exact = locate(symbols, lines, frameText, { count: exactText.texts.length, lanes: exactTextLanes });
  const located = locate(symbols, lines, frameFn, { count: fnText.texts.length, lanes: fnLanes });
  return {
    symbols,
    frameExact: exact.of,
    exactLanes: exact.lanes,
    frameFn,
    fnLanes,
    frameLocated: located.of,
    locatedLanes: located.lanes,
    fnTraits: Uint8Array.from(fnTraits),
    fnPackage: Uint32Array.from(fnPackage),
    fnPrinted,
    fnName,
    packages: packages.texts,
    hasLines,
  };
}

/** File and line of each frame, numbered and hashed. */
function indexLines({ frameLine, strings }: Symbols) {
  const numbers = new Map<number, number>();
  const lineOf = filled(new Uint32Array(frameLine.length), (frame) => {
    const line = frameLine[frame] ?? 0;
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  });
  return {
    lineOf,
    distinct: numbers.size,
    lanes: hashTexts([...numbers.keys()].map(String)),
    files: hashTexts(strings),
  };
}

/** Numbers distinct (text, file, line) of all frames and hashes them. */
function locate(
  symbols: Symbols,
  lines: ReturnType<typeof indexLines>,
  texts: Uint32Array,
  { count, lanes: textLanes }: { count: number; lanes: Lanes },
) {
  const withFile = new PairTable(count, symbols.strings.length);
  const fileOf = texts.map((text, frame) => withFile.add(text, symbols.frameFile[frame] ?? 0));
  const withLine = new PairTable(withFile.size, lines.distinct);
  const of = texts.map((_, frame) => withLine.add(fileOf[frame] ?? 0, lines.lineOf[frame] ?? 0));

  const lanes = { a: new Uint32Array(withLine.size), b: new Uint32Array(withLine.size) };
  for (let i = 0; i < withLine.size; i++) {
    const pair = withLine.first[i] ?? 0;
    const text = withFile.first[pair] ?? 0;
    const file = withFile.second[pair] ?? 0;
    const line = withLine.second[i] ?? 0;
    lanes.a[i] = mix(textLanes.a[text] ?? 0, lines.files.a[file] ?? 0, lines.lanes.a[line] ?? 0, 0x9e3779b1);
    lanes.b[i] = mix(textLanes.b[text] ?? 0, lines.files.b[file] ?? 0, lines.lanes.b[line] ?? 0, 0x5f356495);
  }
  return { of, lanes };
}

function mix(text: number, file: number, line: number, factor: number): number {
  let h = Math.imul(text ^ 0x27d4eb2f, factor);
  h = Math.imul((h ^ (h >>> 15)) + file, 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + line, factor);
  return h ^ (h >>> 16);
}

/** Functions of a stack as printed, innermost first. */
export function printedFunctions(symbols: Symbols, stack: StackIndex): string[] {
  const names: string[] = [];
  const end = symbols.stackStart[stack + 1] ?? 0;
  for (let i = symbols.stackStart[stack] ?? 0; i < end; i++) {
    names.push(symbols.strings[symbols.frameFunction[symbols.stackFrames[i] ?? 0] ?? 0] ?? '');
  }
  return names;
}

/** Orders two stacks of a dump by content: frames from the innermost, then the creator. 0 only for equal content. */
export function compareStacks(symbols: Symbols, left: StackIndex, right: StackIndex): number {
  const l = symbols.stackStart[left] ?? 0;
  const r = symbols.stackStart[right] ?? 0;
  const lengths = (symbols.stackStart[left + 1] ?? 0) - l - ((symbols.stackStart[right + 1] ?? 0) - r);
  const shorter = Math.min((symbols.stackStart[left + 1] ?? 0) - l, (symbols.stackStart[right + 1] ?? 0) - r);
  for (let i = 0; i < shorter; i++) {
    const order = compareFrames(symbols, symbols.stackFrames[l + i] ?? 0, symbols.stackFrames[r + i] ?? 0);
    if (order !== 0) return order;
  }
  if (lengths !== 0) return lengths;
  const creators: [number, number] = [symbols.stackCreator[left] ?? NO_FRAME, symbols.stackCreator[right] ?? NO_FRAME];
  if (creators[0] < 0 || creators[1] < 0) return creators[0] < 0 ? (creators[1] < 0 ? 0 : -1) : 1;
  return compareFrames(symbols, creators[0], creators[1]);
}

function compareFrames(symbols: Symbols, left: FrameIndex, right: FrameIndex): number {
  if (left === right) return 0;
  for (const column of [symbols.frameFunction, symbols.frameFile]) {
    const l = symbols.strings[column[left] ?? 0] ?? '';
    const r = symbols.strings[column[right] ?? 0] ?? '';
    if (l !== r) return l < r ? -1 : 1;
  }
  const lines = (symbols.frameLine[left] ?? 0) - (symbols.frameLine[right] ?? 0);
  return lines !== 0 ? lines : (symbols.frameKind[left] ?? 0) - (symbols.frameKind[right] ?? 0);
}
