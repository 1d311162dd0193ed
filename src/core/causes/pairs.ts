import type { DumpIndex } from '../group/cells.ts';
import { displayFunction } from '../group/function-name.ts';
import { TRAIT } from '../group/symbol-index.ts';
import { isStandardLibrary } from '../group/waiting-place.ts';
import { NO_FRAME, type StackIndex } from '../model/symbols.ts';
import { formatCount, formatNumberOf } from '../words/numbers.ts';
import { addUpBySubject, type CellMatches, type Subject } from './match-stack.ts';
import type { FunctionPattern } from './rule.ts';

/** Goroutines whose counts say something only beside each other. */
interface Pair {
  readonly sides: readonly Subject[];
  /** Takes the goroutines of each side in the whole dump; null when there is nothing to say. */
  readonly say: (...counts: number[]) => string | null;
}

function onStack(...functions: FunctionPattern[]): Subject {
  return { states: [], stacks: [{ frames: [functions] }] };
}

function onTop(...functions: FunctionPattern[]): Subject {
  return { states: [], stacks: [{ top: functions }] };
}

/** A dump is taken while goroutines start and end: so much of a difference is none. */
function differ(a: number, b: number): boolean {
  return Math.abs(a - b) > Math.max(1, 0.02 * Math.max(a, b));
}

/** Sources: LEAKS.md L19, L33, L49, L53, L11, L56, L17. */
const PAIRS: readonly Pair[] = [
  {
    sides: [
      onStack('net/http.(*persistConn).readLoop'),
      onStack('net/http.(*persistConn).writeLoop'),
      onTop('net/http.(*persistConn).readLoop'),
    ],
    say: (readers, writers, unread) => {
      if (readers === 0 && writers === 0) return null;
      if (differ(readers, writers)) {
        return `HTTP client connections: ${formatCount(readers)} readLoop against ${formatCount(writers)} writeLoop; each connection has one of both.`;
      }
      return unread === 0
        ? null
        : `HTTP client connections: ${formatCount(readers)}, one readLoop and one writeLoop each; ${formatCount(unread)} of them hold a response body that is neither read to its end nor closed.`;
    },
  },
  {
    sides: [
      onStack('database/sql.(*Tx).awaitDone'),
      onStack('database/sql.(*Rows).awaitDone'),
      onTop('database/sql.(*DB).conn'),
    ],
    say: (transactions, rows, waiting) => {
      if (transactions + rows === 0 && waiting === 0) return null;
      const open = [
        ...(transactions > 0 ? [formatNumberOf(transactions, 'transaction')] : []),
        ...(rows > 0 ? [formatNumberOf(rows, 'result set')] : []),
      ];
      const held =
        open.length === 0
          ? 'database/sql: no transaction is open'
          : `database/sql: ${open.join(' and ')} ${transactions + rows === 1 ? 'is' : 'are'} open, one awaitDone each`;
      return waiting === 0
        ? `${held}.`
        : `${held}; ${formatNumberOf(waiting, 'goroutine waits', 'goroutines wait')} for a connection: the pool is used up.`;
    },
  },
  {
    sides: [onStack('database/sql.(*DB).connectionOpener')],
    say: (handles) =>
      handles < 2
        ? null
        : `database/sql: ${formatCount(handles)} connectionOpener, one for each handle that was opened; a service needs one handle for each database.`,
  },
  {
    sides: [
      onStack('net/http.(*connReader).backgroundRead'),
      { states: [], stacks: [{ frames: [['net/http.serverHandler.ServeHTTP']] }] },
    ],
    say: (watchers, handlers) =>
      watchers + handlers === 0
        ? null
        : `HTTP server: ${formatNumberOf(handlers, 'request is', 'requests are')} being handled; ${formatNumberOf(watchers, 'backgroundRead watches', 'backgroundRead watch')} for a client that leaves.`,
  },
  {
    sides: [
      onStack('google.golang.org/grpc/internal/transport.(*http2Client).reader'),
      onStack('google.golang.org/grpc/internal/transport.(*http2Server).HandleStreams'),
      onStack('google.golang.org/grpc/internal/transport.(*loopyWriter).run'),
    ],
    say: (clients, servers, writers) =>
      clients + servers + writers === 0 || !differ(clients + servers, writers)
        ? null
        : `gRPC: ${formatCount(clients)} client and ${formatCount(servers)} server transports read, but ${formatCount(writers)} write; each transport has one of both.`,
  },
  {
    sides: [onTop('io.(*pipe).write', 'io.(*PipeWriter).Write'), onStack('io.(*PipeReader).Read')],
    say: (writers, readers) =>
      writers === 0 || readers > 0
        ? null
        : `io.Pipe: ${formatNumberOf(writers, 'goroutine writes', 'goroutines write')} and none reads.`,
  },
  {
    sides: [onStack('*.readPump', '*.readPump.func'), onStack('*.writePump', '*.writePump.func')],
    say: (readers, writers) =>
      differ(readers, writers)
        ? `Connections with pumps: ${formatCount(readers)} readPump against ${formatCount(writers)} writePump; where one of both has ended, the connection is half dead.`
        : null,
  },
];

/** What matchStacks must ask for `sayPairs`; its place among the subjects is `firstSubject`. */
export const PAIR_SUBJECTS: readonly Subject[] = PAIRS.flatMap(({ sides }) => sides);

/** Sentences about pairs and packs; packs largest first. */
const MAX_PACKS = 10;
/** Fewer of a kind have equal counts by chance. */
const PACK_COUNT = 5;

/** What counts say beside each other, over the whole dump. */
export function sayPairs(index: DumpIndex, matches: CellMatches, firstSubject: number): string[] {
  const counts = addUpBySubject(matches, index.cells.count).subarray(firstSubject);
  let from = 0;
  const sentences: string[] = [];
  for (const { sides, say } of PAIRS) {
    const said = say(...counts.subarray(from, from + sides.length));
    if (said !== null) sentences.push(said);
    from += sides.length;
  }
  return [...sentences, ...sayPacks(index)];
}

/**
 * Kinds of goroutines that one function starts in a fixed ratio: as many workers and dispatchers as pools were made.
 * Only where the form prints creators. The standard library's own constructors are left to PAIRS.
 */
function sayPacks(index: DumpIndex): string[] {
  const packs: { readonly made: number; readonly text: string }[] = [];
  for (const [creator, kinds] of countKinds(index)) {
    const sorted = [...kinds].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
    const made = sorted[0]?.[1] ?? 0;
    if (sorted.length < 2 || made < PACK_COUNT || sorted.some(([, count]) => count % made !== 0)) continue;
    const each = sorted.map(([kind, count]) => `${formatCount(count / made)} ${displayFunction(kind)}`);
    const text = `${displayFunction(creator)} started ${formatCount(made)} packs that are still there, of ${each.join(' and ')} each.`;
    packs.push({ made, text });
  }
  return packs
    .sort((a, b) => b.made - a.made || (a.text < b.text ? -1 : 1))
    .slice(0, MAX_PACKS)
    .map(({ text }) => text);
}

/** Goroutines by the function that started them and the function they run. */
function countKinds(index: DumpIndex): Map<string, Map<string, number>> {
  const { cells } = index;
  const { strings, frameFunction, stackCreator } = index.dump.symbols;
  const byCreator = new Map<string, Map<string, number>>();
  for (let cell = 0; cell < cells.length; cell++) {
    const stack = cells.stack[cell] ?? 0;
    const creatorFrame = stackCreator[stack] ?? NO_FRAME;
    const entryFrame = creatorFrame < 0 ? NO_FRAME : outermostFrame(index, stack);
    if (entryFrame < 0) continue;
    const creator = strings[frameFunction[creatorFrame] ?? 0] ?? '';
    const entry = strings[frameFunction[entryFrame] ?? 0] ?? '';
    let kinds = byCreator.get(creator);
    if (kinds === undefined) {
      if (isStandardLibrary(creator)) continue;
      kinds = new Map();
      byCreator.set(creator, kinds);
    }
    kinds.set(entry, (kinds.get(entry) ?? 0) + (cells.count[cell] ?? 0));
  }
  return byCreator;
}

/** The frame of the function that was started with `go`. */
function outermostFrame({ symbols }: DumpIndex, stack: StackIndex): number {
  const { stackStart, stackFrames } = symbols.symbols;
  for (let i = (stackStart[stack + 1] ?? 0) - 1; i >= (stackStart[stack] ?? 0); i--) {
    const frame = stackFrames[i] ?? 0;
    const traits = symbols.fnTraits[symbols.frameFn[frame] ?? 0] ?? 0;
    if (!(traits & (TRAIT.hidden | TRAIT.note))) return frame;
  }
  return NO_FRAME;
}
