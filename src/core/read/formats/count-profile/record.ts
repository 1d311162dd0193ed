import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { type FrameIndex, NO_FRAME, type StackIndex } from '../../../model/symbols.ts';
import { type FrameLine, parseAddresses } from './lines.ts';

/** Frames of one record that are kept. Go records at most 128; other writers may record more. */
export const MAX_RECORD_FRAMES = 10_000;

/** Frames of lines met before, by the line itself: a line in thousands of records is looked up by its texts once. */
export type KnownFrames = Readonly<Record<'go' | 'inlined' | 'native', WeakMap<FrameLine, FrameIndex>>>;

/**
 * The stack of a record: the functions of its `#` lines, or bare addresses where it has none (Go 1.7 and older print no
 * `#` lines with debug=0). A lone address without a line is runtime.goexit, which Go never prints: a goroutine that has
 * not started, or one with no frame to show. Its stack is empty.
 */
export function internStack(
  symbols: SymbolBuilder,
  lines: readonly FrameLine[],
  addresses: string,
  known: KnownFrames,
): StackIndex {
  if (lines.length === 0) {
    const bare = parseAddresses(addresses).slice(0, MAX_RECORD_FRAMES);
    return symbols.stack(
      (bare.length === 1 ? [] : bare).map((address) => symbols.frame(address, '', 0, 'native')),
      NO_FRAME,
    );
  }
  const inlined = findInlined(lines, addresses);
  const frames = lines.map((line, i): FrameIndex => {
    const kind = !line.named ? 'native' : inlined[i] === true ? 'inlined' : 'go';
    const frames = known[kind];
    let frame = frames.get(line);
    if (frame === undefined) {
      frame = symbols.frame(line.function, line.file, line.line, kind);
      frames.set(line, frame);
    }
    return frame;
  });
  return symbols.stack(frames, NO_FRAME);
}

/**
 * Per line whether the compiler merged its function into its caller. Lines with one address are one call: the last is
 * the function that was called, those before it are inlined into it. In a recursion the address itself stands several
 * times in the record line, and each time has its share of the lines.
 */
function findInlined(lines: readonly FrameLine[], addresses: string): boolean[] {
  const inlined: boolean[] = [];
  let calls: Map<number, number> | null = null;
  for (let from = 0; from < lines.length; ) {
    const address = lines[from]?.address;
    let to = from + 1;
    while (to < lines.length && lines[to]?.address === address) to++;
    let perCall = to - from;
    if (perCall > 1) {
      calls ??= countCalls(addresses);
      const pc = Number(address);
      // `#` lines print the call, record lines the return address behind it; Go 1.6 and older print the same in both.
      const times = calls.get(pc + 1) ?? calls.get(pc) ?? 1;
      if (perCall % times === 0) perCall /= times;
    }
    for (let i = from; i < to; i++) inlined.push((i - from + 1) % perCall !== 0);
    from = to;
  }
  return inlined;
}

/** Doubles are exact enough: Go's code lies below 2^53. */
function countCalls(addresses: string): Map<number, number> {
  const calls = new Map<number, number>();
  for (const word of parseAddresses(addresses)) calls.set(Number(word), (calls.get(Number(word)) ?? 0) + 1);
  return calls;
}

/**
 * Whether the outermost printed frame is the one the record line lets expect: the last address or the one before it, as
 * runtime.goexit is never printed. If not, the record was cut.
 */
export function reachesOutermost(lines: readonly FrameLine[], addresses: string): boolean {
  const last = lines.at(-1);
  if (last === undefined) return false;
  const pc = Number(last.address);
  return parseAddresses(addresses)
    .slice(-2)
    .some((word) => Number(word) === pc + 1 || Number(word) === pc);
}
