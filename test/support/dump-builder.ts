import fc from 'fast-check';
import type { Dump, DumpFormat } from '../../src/core/model/dump.ts';
import { FLAG, GoroutineRowBuilder, NO_ID, NO_MINUTES, NONE, RecordRowBuilder } from '../../src/core/model/rows.ts';
import { SymbolBuilder } from '../../src/core/model/symbol-builder.ts';
import { type FrameKind, type LabelSet, NO_FRAME } from '../../src/core/model/symbols.ts';

/** A goroutine, or in a counted form a record. Frames innermost first, each drawn as `frame` in `drawFrame` understands it. */
export interface DrawnGoroutine {
  /** Ids count up from 1 when left out. */
  readonly id?: number;
  readonly state?: string;
  readonly frames: readonly string[];
  /** `main.main /app/main.go:12`. */
  readonly createdBy?: string;
  readonly minutes?: number;
  readonly labels?: LabelSet;
  readonly locked?: boolean;
  readonly leaked?: boolean;
  /** Goroutines it stands for: rows of a traceback, the weight of a record. */
  readonly times?: number;
}

/** What else a drawn dump may be. */
export type DrawnDump = Partial<Omit<Dump, 'rows' | 'symbols' | 'goroutines' | 'provenance'>> & {
  readonly provenance?: Partial<Dump['provenance']>;
};

/** Parses `pkg.fn /path/file.go:12`, `pkg.fn` (no file), with `~` in front for inlined and `!` for a note or C frame. */
function drawFrame(text: string): [name: string, file: string, line: number, kind: FrameKind] {
  const kind: FrameKind = text.startsWith('~')
    ? 'inlined'
    : /^!\.\.\./.test(text)
      ? 'elided'
      : text.startsWith('!goroutine running')
        ? 'unavailable'
        : text.startsWith('!')
          ? 'native'
          : 'go';
  const plain = kind === 'go' ? text : text.slice(1);
  const match = kind === 'elided' || kind === 'unavailable' ? null : /^(.*?) (\S*):(\d+)$/.exec(plain);
  return match ? [match[1]!, match[2]!, Number(match[3]), kind] : [plain, '', 0, kind];
}

/** A dump of these goroutines in the given form. Counted forms leave out what they never print. */
export function drawDump(
  goroutines: readonly DrawnGoroutine[],
  format: DumpFormat = 'traceback',
  more: DrawnDump = {},
): Dump {
  const symbols = new SymbolBuilder();
  const rows = new GoroutineRowBuilder();
  const records = new RecordRowBuilder();
  let nextId = 1;
  for (const drawn of goroutines) {
    const frames = drawn.frames.map((text) => symbols.frame(...drawFrame(text)));
    const labels = drawn.labels ? symbols.labels(drawn.labels) : NONE;
    if (format !== 'traceback') {
      records.add(drawn.times ?? 1, symbols.stack(frames, NO_FRAME), labels);
      continue;
    }
    const creator = drawn.createdBy === undefined ? NO_FRAME : symbols.frame(...drawFrame(drawn.createdBy));
    const stack = symbols.stack(frames, creator);
    const elided = drawn.frames.some((frame) => frame.startsWith('!...'));
    const flags =
      (drawn.locked ? FLAG.lockedToThread : 0) | (drawn.leaked ? FLAG.leaked : 0) | (elided ? FLAG.elided : 0);
    for (let i = 0; i < (drawn.times ?? 1); i++) {
      const id = (drawn.id ?? nextId) + (drawn.id === undefined ? 0 : i);
      nextId = Math.max(nextId, id) + 1;
      const state = symbols.state(drawn.state ?? 'running');
      rows.add(id, stack, state, drawn.minutes ?? NO_MINUTES, flags, NO_ID, labels, NONE, 0, 0);
    }
  }
  const total = format === 'traceback' ? rows.length : records.total;
  const { provenance, ...rest } = more;
  return {
    format,
    profile: 'goroutine',
    goroutines: total,
    declared: null,
    truncated: false,
    problems: [],
    problemCount: 0,
    lowerBounds: [],
    runningTests: [],
    caveats: [],
    bytes: { read: 0, understood: 0, ignored: 0 },
    ...rest,
    provenance: {
      fileName: 'drawn.txt',
      path: 'drawn.txt',
      fileBytes: 0,
      containers: [],
      entry: null,
      encoding: null,
      wrapper: null,
      lane: null,
      formatReason: 'drawn by a test',
      takenAtMs: null,
      takenAtFrom: null,
      instance: null,
      reason: null,
      ...provenance,
    },
    symbols: symbols.finish(),
    rows: format === 'traceback' ? rows.finish() : records.finish(),
  };
}

/** Functions that are alike in some ways and not in others, so that levels have something to join. */
const FUNCTIONS = [
  'main.work',
  'main.work.func1',
  'main.work.func2',
  'main.work.func2.1',
  'example.com/shop/v2/orders.(*Queue).take',
  'example.com/shop/v3/orders.(*Queue).take',
  'example.com/other/orders.(*Queue).take',
  'main.Map[...]',
  'main.Map[go.shape.int]',
  'runtime.gopark',
  'runtime.chanrecv1',
  'runtime.selectgo',
  'runtime.goexit',
  'runtime.main',
  'panic',
  'runtime.gopanic',
  'sync.runtime_Semacquire',
  'sync.(*WaitGroup).Wait',
  'internal/poll.runtime_pollWait',
  'net.(*conn).Read',
  'bufio.(*Reader).fill',
  'net/http.(*persistConn).readLoop',
  'time.Sleep',
];
const NOTES = [
  '!...12 frames elided...',
  '!...13 frames elided...',
  '!goroutine running on other thread; stack unavailable',
  '!pthread_cond_wait',
];

const frames: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom('', '~'), fc.constantFrom(...FUNCTIONS), fc.constantFrom('a.go:1', 'a.go:2', 'b.go:1'))
      .map(([mark, name, at]) => `${mark}${name} /${at}`),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NOTES) },
);

const goroutine: fc.Arbitrary<DrawnGoroutine> = fc.record(
  {
    state: fc.constantFrom('chan send', 'chan receive', 'semacquire', 'select', 'running'),
    frames: fc.array(frames, { maxLength: 5 }),
    createdBy: fc.constantFrom(
      'main.main /m.go:1',
      'main.main /m.go:2',
      'main.main.func1 /m.go:3',
      'main.main.func2 /m.go:3',
    ),
    // Long waits are counted another way than usual ones.
    minutes: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0xffff, 0x10000, 0x10001, 2 ** 31 - 1)),
    labels: fc.constantFrom<LabelSet>([['tenant', 'acme']], [['tenant', 'b']]),
    times: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['frames', 'state'] },
);

/** Goroutines from a small world, so that many are alike. */
export const drawnGoroutines: fc.Arbitrary<DrawnGoroutine[]> = fc.array(goroutine, { maxLength: 14 });

/** Dumps of any form. */
export const drawnDump: fc.Arbitrary<Dump> = fc
  .tuple(drawnGoroutines, fc.constantFrom<DumpFormat>('traceback', 'traceback', 'pprof', 'count-profile'))
  .map(([goroutines, format]) => drawDump(goroutines, format));
