import type { DumpIndex } from '../../group/cells.ts';
import { PairTable } from '../../group/pair-table.ts';
import { longestStack, trimStack } from '../../group/stack-classes.ts';
import { NO_FRAME, stackCount } from '../../model/symbols.ts';

/** Stacks by where their goroutines started and who created them. Numbers are places in `strings` of the dump. */
export interface StackKinds {
  /** Per stack. */
  readonly kind: Uint32Array;
  /** Per kind; NO_NAME for a stack without frames, or without a creator. */
  readonly entry: readonly number[];
  readonly creator: readonly number[];
}

/** In place of a string. */
export const NO_NAME = -1;

/** Cost: distinct stacks. Where frames were left out (`...N frames elided...`) the start is the outermost that is printed. */
export function kindsOfStacks(index: DumpIndex): StackKinds {
  const { symbols } = index.dump;
  const names = symbols.strings.length;
  const pairs = new PairTable(names + 1, names + 1);
  const room = new Uint32Array(longestStack(index.symbols));
  const kind = new Uint32Array(stackCount(symbols));
  for (let stack = 0; stack < kind.length; stack++) {
    const kept = trimStack(index.symbols, stack, room);
    const entry = kept === 0 ? names : (symbols.frameFunction[room[kept - 1] ?? 0] ?? names);
    const frame = symbols.stackCreator[stack] ?? NO_FRAME;
    kind[stack] = pairs.add(entry, frame === NO_FRAME ? names : (symbols.frameFunction[frame] ?? names));
  }
  const name = (number: number) => (number === names ? NO_NAME : number);
  return { kind, entry: Array.from(pairs.first, name), creator: Array.from(pairs.second, name) };
}

/** The text of a name; empty for NO_NAME. */
export function nameAt(index: DumpIndex, name: number): string {
  return name === NO_NAME ? '' : (index.dump.symbols.strings[name] ?? '');
}
