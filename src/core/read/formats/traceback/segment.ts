import type { Rows } from '../../../model/rows.ts';
import { type Symbols, stackFramesAt } from '../../../model/symbols.ts';
import type { DumpStarts } from './dump-starts.ts';

/** What stood in a part of a traceback, read by itself. Byte offsets are those of the whole text. */
export interface TracebackSegment {
  readonly symbols: Symbols;
  readonly rows: Rows;
  readonly understood: number;
  readonly lines: number;
  /** Id of its last goroutine. */
  readonly lastId: number;
  /** It ends with the lines of a goroutine. */
  readonly openAtEnd: boolean;
  /** The end of the text cuts its last stack. */
  readonly cutInside: boolean;
}

/**
 * Where dumps begin once the goroutines of `segments` came after the first `row` ones; null when one begins in them. The same
 * decision, goroutine by goroutine, as when one reader had met them all.
 */
export function isOneDump(before: DumpStarts, row: number, segments: readonly TracebackSegment[]): DumpStarts | null {
  let at = row;
  let symbols: Symbols | null = null;
  const starts = before.copy((stack, limit) =>
    symbols === null
      ? []
      : stackFramesAt(symbols, stack)
          .slice(0, limit)
          .map((frame) => frame.function),
  );
  for (const segment of segments) {
    symbols = segment.symbols;
    const { goroutineId, stack, state } = segment.rows;
    const running = symbols.states.indexOf('running');
    for (let i = 0; i < segment.rows.length; i++) {
      const isRunning = state[i] === running;
      if (starts.place(at++, goroutineId?.[i] ?? 0, isRunning, stack[i] ?? 0, false, false)) return null;
    }
  }
  return starts.copy(before.functions);
}
