import type { Dump } from '../../../model/dump.ts';
import type { ProblemLog } from '../../../model/problem.ts';
import { FLAG, type Rows, sliceRows } from '../../../model/rows.ts';
import { type Symbols, stackCreatorAt, stackFramesAt } from '../../../model/symbols.ts';
import type { ReadContext } from '../../format.ts';
import { inputLine, provenanceOf } from '../../text/provenance.ts';
import type { TextEnd, TextPart } from '../../text/text-part.ts';
import type { DumpStart } from './dump-starts.ts';
import { runningTestsOf } from './running-tests.ts';

/** All that was read of the tracebacks in a text. */
export interface TracebackRead {
  readonly context: ReadContext;
  readonly symbols: Symbols;
  readonly rows: Rows;
  /** At least one; ascending. */
  readonly starts: readonly DumpStart[];
  readonly understood: number;
  readonly problems: ProblemLog;
  /** The goroutine whose stack the end of the text cuts, or null. */
  readonly cutInside: number | null;
  readonly cutHeader: boolean;
  /** The text ends with the lines of a goroutine, without a blank line or anything else after it. */
  readonly openAtEnd: boolean;
  /** The text begins inside a goroutine. */
  readonly beheaded: boolean;
}

/** One part for each dump. They share their symbols. */
export function tracebackDumps(all: TracebackRead, end: TextEnd): TextPart[] {
  return all.starts.map((start, i) => {
    const next = all.starts[i + 1] ?? null;
    return { offset: start.offset, build: (read, last) => build(all, start, next, end, last, read) };
  });
}

function build(
  all: TracebackRead,
  start: DumpStart,
  next: DumpStart | null,
  end: TextEnd,
  last: boolean,
  read: number,
): Dump {
  const rows = all.starts.length === 1 ? all.rows : sliceRows(all.rows, start.row, next?.row ?? all.rows.length);
  const understood = (next?.understood ?? all.understood) - (all.starts[0] === start ? 0 : start.understood);
  const firstLine = all.starts[0] === start ? 0 : start.line;
  const problems = all.problems.kept.filter(({ line }) => line >= firstLine && (next === null || line < next.line));
  const counted = (next?.problems ?? all.problems.count) - (all.starts[0] === start ? 0 : start.problems);
  const beheaded = all.beheaded && all.starts[0] === start;
  const unread = problems.filter(({ why }) => why === BAD_HEADER).length;
  const ends = next === null && last ? endings(all, end) : { truncated: false, lowerBounds: [], caveats: [] };
  return {
    format: 'traceback',
    profile: 'goroutine',
    provenance: provenanceOf(all.context, start, {
      reason: start.reason,
      formatReason: `line ${inputLine(all.context, start.headerLine)} is a goroutine header`,
    }),
    goroutines: rows.length,
    symbols: all.symbols,
    rows,
    declared: null,
    truncated: ends.truncated || beheaded,
    problems,
    problemCount: Math.max(counted, problems.length),
    lowerBounds: [
      ...(beheaded ? ['The input begins inside a goroutine: that one and those before it are missing.'] : []),
      ...ends.lowerBounds,
      ...(unread > 0 ? [unreadHeaders(unread)] : []),
      ...lessThanWhole(rows),
    ],
    runningTests: start.runningTests.length > 0 ? start.runningTests : runningTestsOf(start.reason, all.symbols, rows),
    caveats: ends.caveats,
    bytes: { read, understood, ignored: read - understood },
  };
}

/** Why a goroutine is missing whose header could not be read. */
export const BAD_HEADER = 'This goroutine header cannot be read; the goroutine was left out.';

function unreadHeaders(count: number): string {
  return `${plural(count, 'goroutine header')} could not be read: ${count === 1 ? 'that goroutine is' : 'those goroutines are'} not counted.`;
}

/** What the end of the text costs the last dump in it. */
function endings(all: TracebackRead, end: TextEnd): Pick<Dump, 'truncated' | 'lowerBounds' | 'caveats'> {
  const cut = (text: string) => ({ truncated: true, lowerBounds: [text], caveats: [] });
  if (all.cutInside !== null) {
    return cut(
      `The input ends inside goroutine ${all.cutInside}: its stack is not whole, and goroutines after it are missing.`,
    );
  }
  if (all.cutHeader)
    return cut('The input ends inside a goroutine header: that goroutine and those after it are missing.');
  if (end.cut) return cut('The input breaks off after the last goroutine shown: goroutines after it are missing.');
  if (all.starts.length === 1 && isBufferSize(end.read)) {
    return cut(
      `The input is exactly ${end.read.toLocaleString('en')} bytes long, the size of a full buffer: goroutines are probably missing (debug=2 stops at 64 MiB).`,
    );
  }
  const last = all.rows.length - 1;
  if (all.openAtEnd && end.endsInLineBreak && lacksItsBeginning(all, last)) {
    return cut(
      `The last goroutine, ${all.rows.goroutineId?.[last]}, does not say who created it: the input was probably cut there, and goroutines after it are missing.`,
    );
  }
  const caveats = end.endsInLineBreak ? [] : ['The input ends without a line break: the last goroutine may be cut.'];
  return { truncated: false, lowerBounds: [], caveats };
}

/** Sizes of buffers dumps are printed into: 16 KiB and its doublings. */
function isBufferSize(bytes: number): boolean {
  return bytes >= 16 * 1024 && Number.isInteger(Math.log2(bytes));
}

/**
 * Every goroutine names its creator but the first one, the system stacks (0) and those the runtime itself started, whose
 * outermost frame is one of the runtime.
 */
function lacksItsBeginning({ rows, symbols }: TracebackRead, row: number): boolean {
  const id = rows.goroutineId?.[row] ?? 0;
  const stack = rows.stack[row] ?? 0;
  if (id <= 1 || stackCreatorAt(symbols, stack) !== null) return false;
  const outermost = stackFramesAt(symbols, stack).at(-1)?.function ?? '';
  return outermost !== 'main.main' && !/^(?:runtime|internal\/runtime)[./]/.test(outermost);
}

/** Stacks that the runtime itself did not print whole. */
function lessThanWhole(rows: Rows): string[] {
  let elided = 0;
  let unavailable = 0;
  for (const flags of rows.flags ?? []) {
    if (flags & FLAG.elided) elided++;
    if (flags & FLAG.unavailable) unavailable++;
  }
  const sentences: string[] = [];
  if (elided > 0) {
    sentences.push(
      `${plural(elided, 'stack')} of over 100 frames: the runtime left out frames of ${elided === 1 ? 'it' : 'them'}.`,
    );
  }
  if (unavailable > 0) {
    sentences.push(
      `${plural(unavailable, 'goroutine')} ran on another thread: ${unavailable === 1 ? 'its stack is' : 'their stacks are'} not in the dump.`,
    );
  }
  return sentences;
}

function plural(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
