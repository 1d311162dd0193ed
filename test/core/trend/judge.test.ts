import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/trend/judge.ts';
import type { CountCurve, Moment } from '../../../src/core/trend/moments.ts';
import type { Call, Verdict } from '../../../src/core/trend/verdict.ts';
import { textOf } from '../../../src/core/words/sentence.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { momentOf } from '../../support/moments.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 2, 30);

const SEND = { state: 'chan send', frames: ['orders.publish /a.go:88'], createdBy: 'orders.serve /a.go:80' };
const CALL = {
  state: 'syscall',
  frames: ['main._Cfunc_wait /c.go:3', 'main.ask /a.go:8'],
  createdBy: 'main.main /a.go:2',
};
const REST = {
  state: 'IO wait',
  frames: ['internal/poll.runtime_pollWait /p.go:1', 'main.serve /m.go:9'],
  createdBy: 'main.main /m.go:3',
};

/** Goroutines with ids from `from` on. */
const many = (like: DrawnGoroutine, from: number, count: number, minutes?: number): DrawnGoroutine[] =>
  Array.from({ length: count }, (_, at) => ({ ...like, id: from + at, ...(minutes === undefined ? {} : { minutes }) }));

/** A dump some minutes after the start, of an instance or none. */
function dump(
  minute: number,
  goroutines: readonly DrawnGoroutine[],
  over: { name?: string; instance?: string; format?: 'pprof' } = {},
): Moment {
  const { name = `dump-${minute}.txt`, instance = null, format = 'traceback' } = over;
  return momentOf(
    drawDump([{ id: 1, state: 'select', frames: ['main.main /m.go:5'] }, ...goroutines], format, {
      provenance: { fileName: name, takenAtMs: START + minute * MINUTE, takenAtFrom: 'file-name', instance },
    }),
  );
}

const of = (moments: readonly Moment[], curves: readonly CountCurve[] = [], limit: number | null = null): Verdict =>
  judge({ moments, curves, level: 'functions', limit });

/** What the series of the brief look like. Ids are never reused; `minute` is when the dump was taken. */
const CASES: Record<string, { call: Call; moments: Moment[] }> = {
  'a send nobody receives, rising from dump to dump': {
    call: 'growing',
    moments: [
      dump(0, many(SEND, 10, 20, 2)),
      dump(10, [...many(SEND, 10, 20, 12), ...many(SEND, 100, 300, 5)]),
      dump(20, [...many(SEND, 10, 20, 22), ...many(SEND, 100, 300, 15), ...many(SEND, 1000, 310, 4)]),
    ],
  },
  'the same, as the total falls with the traffic': {
    call: 'growing',
    moments: [
      dump(0, [...many(REST, 5000, 900), ...many(SEND, 10, 20, 2)]),
      dump(10, [...many(REST, 6000, 600), ...many(SEND, 10, 60, 9)]),
      dump(20, [...many(REST, 9000, 300), ...many(SEND, 10, 105, 9)]),
    ],
  },
  'a leak during load that stays when the load has fallen': {
    call: 'raised',
    moments: [dump(0, []), dump(10, many(SEND, 100, 500, 3)), dump(20, many(SEND, 100, 500, 13))],
  },
  'a burst that recovers': {
    call: 'spike',
    moments: [dump(0, []), dump(5, many(REST, 100, 800)), dump(10, many(REST, 2000, 3))],
  },
  'requests that come and go at a higher rate': {
    call: 'cannot-tell',
    moments: [dump(0, many(REST, 10, 30)), dump(5, many(REST, 1000, 200)), dump(10, many(REST, 5000, 400))],
  },
  'locks that the same goroutines wait for, older each time': {
    call: 'stuck',
    moments: [3, 9, 15].map((minutes) =>
      dump(minutes, [
        ...many(
          { state: 'sync.Mutex.Lock', frames: ['sync.(*Mutex).Lock /s.go:1', 'bank.(*Account).lock /b.go:3'] },
          10,
          4,
          minutes,
        ),
        ...many(REST, 100, 20),
      ]),
    ),
  },
  'C calls that do not return': {
    call: 'growing',
    moments: [
      dump(0, many(CALL, 10, 20, 2)),
      dump(10, [...many(CALL, 10, 20, 12), ...many(CALL, 100, 300, 5)]),
      dump(20, [...many(CALL, 10, 20, 22), ...many(CALL, 100, 300, 15), ...many(CALL, 1000, 310, 4)]),
    ],
  },
  'system calls that return, of the same goroutines': {
    call: 'cannot-tell',
    moments: [dump(0, many(CALL, 10, 20)), dump(10, many(CALL, 10, 60)), dump(20, many(CALL, 10, 120))],
  },
  'an idle server': {
    call: 'steady',
    moments: [0, 10, 20].map((minute) => dump(minute, many(REST, 10, 40, 30 + minute))),
  },
  'fewer and fewer': {
    call: 'shrinking',
    moments: [dump(0, many(REST, 10, 400)), dump(5, many(REST, 10, 200)), dump(10, many(REST, 10, 20))],
  },
  'one dump of an idle server': { call: 'cannot-tell', moments: [dump(0, many(REST, 10, 40, 300))] },
  'one dump with many old sends': { call: 'suspicious', moments: [dump(0, many(SEND, 10, 400, 12))] },
  'goroutines that the collector proved leaked': {
    call: 'leaked',
    moments: [dump(0, many({ ...SEND, leaked: true }, 10, 3, 12))],
  },
};

describe('the call', () => {
  test.each(Object.entries(CASES))('for %s', (_, { call, moments }) => {
    const verdict = of(moments);
    expect([verdict.call, textOf(verdict.headline)]).toEqual([call, expect.stringContaining('goroutine')]);
  });

  test('from one dump is never growing, raised, spike, stuck or steady', () => {
    for (const { moments } of Object.values(CASES)) {
      for (const moment of moments) {
        expect(['leaked', 'suspicious', 'cannot-tell']).toContain(of([moment]).call);
      }
    }
  });

  test('does not depend on the order of loading', () => {
    const all = Object.values(CASES);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.infiniteStream(fc.double({ noNaN: true, min: 0, max: 1 })),
        ({ moments }, keys) => {
          const shuffled = moments
            .map((moment) => ({ moment, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ moment }) => moment);
          const [here, there] = [of(moments), of(shuffled)];
          expect(there.call).toBe(here.call);
          expect(textOf(there.headline)).toBe(textOf(here.headline));
          expect(there.groups.map(({ key, call }) => [key, call])).toEqual(
            here.groups.map(({ key, call }) => [key, call]),
          );
        },
      ),
    );
  });

  test('does not depend on when it all was', () => {
    for (const { call, moments } of Object.values(CASES)) {
      const later = moments.map((moment) => ({ ...moment, takenAtMs: (moment.takenAtMs ?? 0) + 77 * MINUTE }));
      expect(of(later).call).toBe(call);
      expect(textOf(of(later).headline)).toBe(textOf(of(moments).headline));
    }
  });

  test('is the same for ten times the goroutines', () => {
    for (const [name, { call, moments }] of Object.entries(CASES)) {
      const tenfold = moments.map((moment) => {
        const { rows, symbols } = moment.index.dump;
        const goroutines = Array.from({ length: rows.length }, (_, row) => row).flatMap((row) =>
          Array.from({ length: 10 }, (_, copy): DrawnGoroutine => {
            const stack = rows.stack[row]!;
            const frame = (at: number) =>
              `${symbols.strings[symbols.frameFunction[at]!]} ${symbols.strings[symbols.frameFile[at]!]}:${symbols.frameLine[at]}`;
            const frames = Array.from(
              symbols.stackFrames.slice(symbols.stackStart[stack], symbols.stackStart[stack + 1]),
              frame,
            );
            const creator = symbols.stackCreator[stack]!;
            return {
              id: rows.goroutineId![row]! * 10 + copy,
              state: symbols.states[rows.state[row]!]!,
              frames,
              ...(creator < 0 ? {} : { createdBy: frame(creator) }),
              ...(rows.waitMinutes![row]! < 0 ? {} : { minutes: rows.waitMinutes![row]! }),
              leaked: (rows.flags![row]! & 2) !== 0,
            };
          }),
        );
        return momentOf(drawDump(goroutines, 'traceback', { provenance: moment.index.dump.provenance }));
      });
      expect([name, of(tenfold).call]).toEqual([name, call]);
    }
  });
});

describe('forms without ids', () => {
  const counted = (minute: number, sends: number) =>
    dump(minute, [{ ...SEND, times: sends }], { format: 'pprof', name: `dump-${minute}.pb.gz` });

  test('are raised by their counts alone from three dumps on, as those may be traffic', () => {
    const verdict = of([counted(0, 10), counted(10, 200), counted(20, 400)]);
    expect(verdict.call).toBe('raised');
    expect(verdict.wouldChange.join(' ')).toContain('debug=2');
    expect(of([counted(0, 10), counted(10, 400)]).call).toBe('cannot-tell');
  });

  test('are judged together with those that print ids', () => {
    const old = dump(10, [...many(SEND, 10, 20, 9), ...many(SEND, 100, 200, 5)]);
    const last = dump(20, [...many(SEND, 10, 20, 19), ...many(SEND, 100, 200, 15), ...many(SEND, 900, 200, 4)]);
    expect(of([counted(0, 20), old, last])).toMatchObject({ call: 'growing', groups: [{ counts: [20, 220, 420] }] });
  });
});

describe('phases', () => {
  const moments = [
    dump(0, many(REST, 10, 20)),
    dump(10, [...many(REST, 10, 20), ...many(REST, 100, 300)]),
    dump(20, [...many(REST, 10, 20), ...many(REST, 100, 300)]),
  ];

  test('decide whether what is up may still be load', () => {
    const marked = (phases: readonly Moment['phase'][]) =>
      of(moments.map((moment, at) => ({ ...moment, phase: phases[at] ?? null })));
    expect(marked(['before', 'load', 'after'])).toMatchObject({ call: 'raised', phasesGuessed: false });
    expect(marked(['before', 'load', 'load'])).toMatchObject({ call: 'cannot-tell' });
    expect(textOf(marked(['before', 'load', 'after']).evidence.at(-1)!)).toContain(
      'After the load had fallen, 100 % of the rise',
    );
  });

  test('are guessed from a curve that falls, and said to be', () => {
    const burst = [dump(0, []), dump(5, many(REST, 100, 800)), dump(10, [])];
    expect(of(burst)).toMatchObject({ phases: ['before', 'load', 'after'], phasesGuessed: true });
    expect(of(moments)).toMatchObject({ phases: [null, null, null], phasesGuessed: false });
    expect(of(burst).evidence.map(textOf).join(' ')).toContain(
      'After the load had fallen, as guessed, 0 % of the rise',
    );
  });
});

describe('processes', () => {
  test('a restart parts them, is named, and its goroutines are not set against those before', () => {
    const old = [dump(0, many(SEND, 10_000, 50, 5)), dump(10, many(SEND, 10_000, 120, 9))];
    const young = [dump(20, many(SEND, 10, 10, 1)), dump(30, many(SEND, 10, 11, 9))];
    const { processes } = of([...old, ...young]);
    expect(processes.map(({ dumps, totals }) => [dumps, totals])).toEqual([
      [
        [0, 1],
        [51, 121],
      ],
      [
        [2, 3],
        [11, 12],
      ],
    ]);
  });

  test('a restarted pod keeps its name', () => {
    const pod = { instance: 'orders-1' };
    const { processes } = of([dump(0, many(SEND, 10_000, 50), pod), dump(20, many(SEND, 10, 10), pod)]);
    expect(processes.map(({ name }) => name)).toEqual(['orders-1', 'orders-1 after its restart']);
  });

  const pods = (counts: readonly number[], at = 0) =>
    counts.map((count, pod) =>
      dump(at, many(REST, 10, count), { instance: `pod-${pod}`, name: `pod-${pod}-${at}.txt` }),
    );

  test('equal pods never raise an outlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 60 }), (count, goroutines) => {
        const { processes, fleet } = of(pods(new Array(count).fill(goroutines)));
        expect(processes.map(({ odd }) => odd)).toEqual(new Array(count).fill(null));
        expect(fleet?.processes).toHaveLength(count);
      }),
      { numRuns: 30 },
    );
  });

  test('the odd pod is named, with the number it stands out by', () => {
    const { processes, fleet } = of(pods([40, 42, 39, 41, 400, 40]));
    expect(processes.flatMap(({ name, odd }) => (odd === null ? [] : [[name, textOf(odd)]]))).toEqual([
      ['pod-4', 'pod-4 has 401 goroutines, while the instances have 42 in the middle.'],
    ]);
    const rms = Math.sqrt([40, 42, 39, 41, 400, 40].reduce((sum, count) => sum + count * count, 0) / 6);
    expect(fleet?.groups[0]?.rms).toBeCloseTo(rms, 9);
  });

  test('the most alarming pod decides, and it is said how many do alike', () => {
    const leaking = [0, 10, 20].map((at) =>
      dump(at, many(SEND, 10, 10 + at * 20, at), { instance: 'pod-9', name: `p9-${at}` }),
    );
    const verdict = of([...leaking, ...pods([40, 41], 0), ...pods([40, 41], 20)]);
    expect(verdict.call).toBe('growing');
    expect(textOf(verdict.headline)).toMatch(/^1 of 3 instances; pod-9: /);
  });
});

describe('counts without stacks', () => {
  const curve = (counts: readonly number[], over: Partial<CountCurve> = {}): CountCurve => ({
    name: 'app.log',
    instance: null,
    timesMs: counts.map((_, at) => START + at * MINUTE),
    counts,
    ...over,
  });
  const rising = Array.from({ length: 60 }, (_, at) => 50 + at * 10 + (at % 3));
  const burst = Array.from({ length: 60 }, (_, at) => (at > 20 && at < 35 ? 900 : 50) + (at % 4));

  test.each([
    ['growing', rising],
    ['spike', burst],
    ['steady', burst.map(() => 50)],
    ['shrinking', [...rising].reverse()],
    ['cannot-tell', [10, 20]],
  ])('alone are %s', (call, counts) => {
    const verdict = of([], [curve(counts)]);
    expect(verdict.call).toBe(call);
    expect(verdict.next.text).toContain('Take a dump');
  });

  test('say of one dump what its own moment cannot', () => {
    expect(of([dump(30, many(REST, 10, 300))], [curve(rising)]).call).toBe('growing');
  });

  test('of a burst after the dumps overrule what the dumps saw of it', () => {
    const moments = [dump(0, []), dump(22, many(REST, 100, 800)), dump(30, many(REST, 100, 800))];
    expect(of(moments).call).toBe('raised');
    expect(of(moments, [curve(burst)]).call).toBe('spike');
  });

  test('of another instance are judged by themselves', () => {
    const { processes } = of([dump(0, [], { instance: 'a' })], [curve(rising, { instance: 'b', name: 'b.log' })]);
    expect(processes.map(({ name, call }) => [name, call])).toEqual([
      ['a', 'cannot-tell'],
      ['b', 'growing'],
    ]);
  });
});

describe('growth', () => {
  const growing = [0, 10, 20].map((minute) => dump(minute, many(SEND, 10, 10 + minute * 6, minute + 1)));

  test('is fitted from three dumps on, and tells when a limit is reached', () => {
    expect(of(growing.slice(0, 2)).fit).toBeNull();
    const { fit, forecast } = of(growing, [], 1000);
    expect(fit?.slopePerHour).toBeCloseTo(360, 6);
    // 131 goroutines at 20 minutes, six a minute: 869 more take 144.8 minutes.
    expect((forecast!.atMs! - START) / MINUTE).toBeCloseTo(20 + (1000 - 131) / 6, 3);
    expect(of(growing.slice(0, 2), [], 1000).forecast).toBeNull();
  });

  test('has numbers that lead to what they count', () => {
    const shows = of(growing)
      .evidence.flat()
      .flatMap((part) => (typeof part === 'string' ? [] : [part.show]));
    const [group] = of(growing).groups;
    expect(shows).toContainEqual({ kind: 'group', dump: 2, level: 'functions', key: group!.key });
    expect(shows).toContainEqual({
      kind: 'changes',
      a: 1,
      b: 2,
      level: 'functions',
      key: group!.key,
      kinds: [],
      fate: 'born',
    });
  });
});

test('nothing loaded gives no verdict to trust', () => {
  expect(of([])).toMatchObject({ call: 'cannot-tell', groups: [], processes: [], fleet: null });
});
