import type { DumpIndex } from '../../group/cells.ts';
import { stateOfCell } from '../../group/cells.ts';
import { printedFunctions } from '../../group/symbol-index.ts';
import { NO_MINUTES } from '../../model/rows.ts';
import { type GoroutineText, parseGoroutineText, type TextFrame } from './goroutine-text.ts';
import type { WaitKind } from './lock-report.ts';
import { readWaitsFor, type WaitsFor } from './waits-for.ts';

/** Texts of rows in the order asked for; null where the text cannot be had. */
export type ReadTexts = (rows: readonly number[]) => Promise<readonly (string | null)[]>;

/** A goroutine whose text was read. */
export interface KnownGoroutine {
  readonly row: number;
  readonly id: number;
  readonly state: string;
  /** Null when none is printed. */
  readonly minutes: number | null;
  readonly frames: readonly TextFrame[];
  /** Null for one that waits for no lock, or whose kind of wait its cell tells but not its text. */
  readonly waitsFor: WaitsFor | null;
}

/** Reads and parses goroutines; those without text are left out. */
export async function knowGoroutines(
  index: DumpIndex,
  rows: readonly number[],
  kinds: readonly (WaitKind | null)[],
  readTexts: ReadTexts,
): Promise<KnownGoroutine[]> {
  const texts = await readTexts(rows);
  const parsed: { row: number; text: GoroutineText }[] = [];
  rows.forEach((row, i) => {
    const text = texts[i];
    if (typeof text === 'string') parsed.push({ row, text: parseGoroutineText(text) });
  });
  const pointerBytes = pointerWidth(parsed.map(({ text }) => text.frames));
  return parsed.map(({ row, text: { frames } }) => {
    const cell = index.rowCell[row] ?? 0;
    const minutes = index.dump.rows.waitMinutes?.[row] ?? NO_MINUTES;
    const waits = (kinds[cell] ?? null) !== null;
    return {
      row,
      id: index.dump.rows.goroutineId?.[row] ?? 0,
      state: stateOfCell(index, cell),
      minutes: minutes === NO_MINUTES ? null : minutes,
      frames,
      waitsFor: waits ? readWaitsFor(frames, pointerBytes) : null,
    };
  });
}

/** 8 when any word is wider than 32 bits: every heap of a 64-bit process lies above 4 GiB (runtime/malloc.go). */
function pointerWidth(stacks: readonly (readonly TextFrame[])[]): number {
  const wide = stacks.some((frames) =>
    frames.some(({ args }) => args?.some((word) => word !== null && word.value >= 2 ** 32) ?? false),
  );
  return wide ? 8 : 4;
}

/** Rows of cells that pass, at most `limit`: a share of every cell first, so that no distinct stack is left out. */
export function rowsOfCells(index: DumpIndex, passes: (cell: number) => boolean, limit: number): number[] {
  const passing = new Uint8Array(index.cells.length);
  let cells = 0;
  let all = 0;
  for (let cell = 0; cell < index.cells.length; cell++) {
    if (!passes(cell)) continue;
    passing[cell] = 1;
    cells++;
    all += index.cells.count[cell] ?? 0;
  }
  const share = all <= limit ? limit : Math.max(1, Math.floor(limit / Math.max(1, cells)));
  const taken = new Uint32Array(index.cells.length);
  const rows: number[] = [];
  for (let row = 0; row < index.rowCell.length && rows.length < limit; row++) {
    const cell = index.rowCell[row] ?? 0;
    if (passing[cell] !== 1 || (taken[cell] ?? 0) >= share) continue;
    taken[cell] = (taken[cell] ?? 0) + 1;
    rows.push(row);
  }
  return rows;
}

/** Functions and lines of a stack, as frames without arguments. */
export function framesWithoutArguments(index: DumpIndex, stack: number): TextFrame[] {
  const { symbols } = index.dump;
  const start = symbols.stackStart[stack] ?? 0;
  return printedFunctions(symbols, stack).map((name, i) => ({
    function: name,
    args: null,
    file: '',
    line: symbols.frameLine[symbols.stackFrames[start + i] ?? 0] ?? 0,
  }));
}
