import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, WEIGHT } from '../../../src/core/causes/function-pattern.ts';
import {
  candidatesOf,
  compileSubjects,
  knownState,
  matchStacks,
  type Subject,
  topFrames,
} from '../../../src/core/causes/match-stack.ts';
import { type StackPattern, type StateClass, USER } from '../../../src/core/causes/rule.ts';
import { maskOfClasses, maskOfState } from '../../../src/core/causes/state-class.ts';
import { type DumpIndex, indexDump } from '../../../src/core/group/cells.ts';
import { normaliseFunctionName } from '../../../src/core/group/function-name.ts';
import { isStandardLibrary, plumbingOf } from '../../../src/core/group/waiting-place.ts';
import type { DumpFormat } from '../../../src/core/model/dump.ts';
import { type Frame, frameAt, stackCreatorAt, stackFramesAt } from '../../../src/core/model/symbols.ts';
import { type DrawnGoroutine, drawDump, drawnDump } from '../../support/dump-builder.ts';

/** Places of the subjects that fit the only goroutine of a dump. */
function fitting(subjects: readonly Subject[], goroutine: DrawnGoroutine, format: DumpFormat = 'traceback'): number[] {
  const index = indexDump(drawDump([goroutine], format));
  const matches = matchStacks(index, compileSubjects(subjects));
  return candidatesOf(matches, 0)
    .map(({ subject }) => subject)
    .sort((a, b) => a - b);
}

function fits(
  stack: StackPattern,
  goroutine: DrawnGoroutine,
  { states = [], format = 'traceback' as DumpFormat }: { states?: readonly StateClass[]; format?: DumpFormat } = {},
): boolean {
  return fitting([{ states, stacks: [stack] }], goroutine, format).length === 1;
}

describe('a pattern of a function', () => {
  test.each([
    ['net/http.(*persistConn).readLoop', 'net/http.(*persistConn).readLoop', true],
    ['net/http.(*persistConn).readLoop', 'net/http.(*persistConn).readLoop.func4', false],
    ['main.leak.func', 'main.leak.func1', true],
    ['main.leak.func', 'main.leak.func2.1', true],
    ['main.leak.func', 'main.leak.gowrap1', true],
    ['main.leak.func', 'main.leak', false],
    ['main.leak*', 'main.leak.func3', true],
    ['main.leak*', 'other/main.leak.func3', false],
    ['*.(*Hub).Register', 'example.com/x/hub.(*Hub).Register', true],
    ['*.(*Hub).Register', 'example.com/x/hub.(*SubHub).Register', false],
    ['main.(*).run', 'main.(*Any).run', true],
    ['main.(*).run', 'main.run', false],
    ['main.(**Conn).run', 'main.(*TCPConn).run', true],
    [
      'k8s.io/*/cacher.(*cacheWatcher).process*',
      'k8s.io/apiserver/pkg/storage/cacher.(*cacheWatcher).processInterval',
      true,
    ],
    // As copied from a dump: escapes, version suffixes, closure numbers, type arguments.
    ['gopkg.in/mgo%2ev2.(*mongoServer).pinger', 'gopkg.in/mgo%2ev2.(*mongoServer).pinger', true],
    ['gopkg.in/natefinch/lumberjack.v2.(*Logger).*', 'gopkg.in/natefinch/lumberjack%2ev2.(*Logger).millRun', true],
    [
      'github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck',
      'github.com/jackc/pgx/v4/pgxpool.(*Pool).backgroundHealthCheck',
      true,
    ],
    ['grpc.newClientStreamWithParams.func4', 'grpc.newClientStreamWithParams.func3', true],
    ['example.com/chanx.process[...]', 'example.com/chanx.process[go.shape.int]', true],
  ])('%s on %s: %s', (pattern, printed, want) => {
    const { text, shape } = compilePattern(pattern);
    const name = normaliseFunctionName(printed);
    expect(shape === null ? text === name : shape.test(name)).toBe(want);
  });

  test('says more the less it leaves open', () => {
    expect(compilePattern('a.b').weight).toBe(WEIGHT.exact);
    expect(compilePattern('a.b*').weight).toBe(WEIGHT.family);
    expect(compilePattern('*.b').weight).toBe(WEIGHT.anyPackage);
    expect(compilePattern('USER').weight).toBe(WEIGHT.user);
  });
});

describe('the top of a stack', () => {
  const send: DrawnGoroutine = { state: 'chan send', frames: ['main.leak.func1 /m.go:3'] };

  test('is the function that waits, whether or not runtime frames are printed', () => {
    const parked = ['runtime.gopark', 'runtime.chansend', 'runtime.chansend1', ...send.frames, 'runtime.goexit'];
    expect(fits({ top: ['main.leak.func'] }, send)).toBe(true);
    expect(fits({ top: ['main.leak.func'] }, { ...send, frames: parked })).toBe(true);
    expect(fits({ top: ['main.leak.func'] }, { ...send, frames: parked }, { format: 'pprof' })).toBe(true);
  });

  test.each([
    ['a lock to Go 1.23', ['sync.runtime_SemacquireMutex', 'sync.(*Mutex).lockSlow', 'sync.(*Mutex).Lock']],
    [
      'a lock from Go 1.24',
      [
        'internal/sync.runtime_SemacquireMutex',
        'internal/sync.(*Mutex).lockSlow',
        'internal/sync.(*Mutex).Lock',
        'sync.(*Mutex).Lock',
      ],
    ],
    ['a WaitGroup', ['sync.runtime_SemacquireWaitGroup', 'sync.(*WaitGroup).Wait']],
    ['sleep', ['time.Sleep']],
    ['the poller', ['internal/poll.runtime_pollWait', 'internal/poll.(*pollDesc).wait', 'internal/poll.(*FD).Read']],
  ])('lies below the frames of %s', (_, above) => {
    expect(fits({ top: ['main.(*T).run'] }, { state: 'semacquire', frames: [...above, 'main.(*T).run'] })).toBe(true);
  });

  test('is what reads for another: an idle connection is not one with an open body', () => {
    const idle = [
      'internal/poll.runtime_pollWait',
      'net.(*conn).Read',
      'bufio.(*Reader).Peek',
      'net/http.(*persistConn).readLoop',
    ];
    const top = ['net/http.(*persistConn).readLoop'];
    expect(fits({ top }, { state: 'select', frames: top })).toBe(true);
    expect(fits({ top }, { state: 'IO wait', frames: idle })).toBe(false);
    expect(fits({ frames: [top] }, { state: 'IO wait', frames: idle })).toBe(true);
  });

  test('of a stack of the runtime alone is the frame that does its work', () => {
    expect(
      fits(
        { top: ['runtime.bgsweep'] },
        { state: 'GC sweep wait', frames: ['runtime.gopark', 'runtime.bgsweep', 'runtime.goexit'] },
      ),
    ).toBe(true);
  });
});

describe('USER', () => {
  const top = ['USER'];
  test.each([
    ['main.work', true],
    ['example.com/shop/orders.(*Queue).take', true],
    ['net/http.(*conn).serve', false],
    ['bufio.(*Reader).fill', false],
    ['golang.org/x/sys/unix.Read', false],
  ])('%s: %s', (frame, want) => {
    expect(fits({ top }, { state: 'select', frames: [frame] })).toBe(want);
  });

  test('is no module that a leak rule names, as that rule knows more of it', () => {
    const frames = ['github.com/IBM/sarama.(*partitionConsumer).responseFeeder'];
    const anybody: Subject = { kind: 'leak', states: [], stacks: [{ top }] };
    const sarama: Subject = { kind: 'leak', states: [], stacks: [{ top: frames }] };
    expect(fitting([anybody], { state: 'chan send', frames })).toEqual([0]);
    expect(fitting([anybody, sarama], { state: 'chan send', frames })).toEqual([1]);
    // A benign rule says nothing of what it means when its guard breaks.
    expect(fitting([anybody, { ...sarama, kind: 'benign' }], { state: 'chan send', frames })).toEqual([0, 1]);
  });
});

describe('the parts of a stack', () => {
  const goroutine: DrawnGoroutine = {
    state: 'select',
    frames: ['a.one', 'b.two', 'c.three'],
    createdBy: 'd.maker /d.go:1',
  };

  test.each<[string, StackPattern, boolean]>([
    ['frames in order', { frames: [['a.one'], ['c.three']] }, true],
    ['frames out of order', { frames: [['c.three'], ['a.one']] }, false],
    ['one of several', { frames: [['x.y', 'b.two']] }, true],
    ['a frame twice that is there once', { frames: [['b.two'], ['b.two']] }, false],
    ['the creator', { createdBy: ['d.maker'] }, true],
    ['another creator', { createdBy: ['d.other'] }, false],
    ['a frame that must not be there', { top: ['a.one'], without: ['c.three'] }, false],
    ['a frame that is not there', { top: ['a.one'], without: ['x.y'] }, true],
    ['nothing', {}, true],
  ])('%s', (_, stack, want) => {
    expect(fits(stack, goroutine)).toBe(want);
  });

  test('a creator holds where the form prints none, and not where a goroutine has none', () => {
    const createdBy = ['d.other'];
    expect(fits({ createdBy }, goroutine, { format: 'pprof' })).toBe(true);
    expect(fits({ createdBy, top: ['a.one'] }, goroutine, { format: 'count-profile' })).toBe(true);
    expect(fits({ createdBy }, { state: 'select', frames: goroutine.frames })).toBe(false);
  });
});

describe('states', () => {
  const frames = ['main.f'];
  test.each<[string, StateClass, boolean]>([
    ['chan send', 'chan send', true],
    ['chan send (nil chan)', 'chan send', false],
    ['chan receive (nil chan)', 'chan nil', true],
    ['chan receive (synctest)', 'chan receive', true],
    ['select (durable)', 'select', true],
    ['select (no cases)', 'select', false],
    ['sync.RWMutex.RLock', 'lock', true],
    ['runnable', 'running', true],
    ['cleanup wait', 'finalizer wait', true],
    ['a word of a Go to come', 'chan send', false],
    // Without frames that tell, semacquire may be either.
    ['semacquire', 'lock', true],
    ['semacquire', 'wait group', true],
  ])('%s is %s: %s', (state, wanted, want) => {
    expect(fits({ top: ['main.f'] }, { state, frames }, { states: [wanted] })).toBe(want);
  });

  test('semacquire is what its frames tell', () => {
    const waiting = { state: 'semacquire', frames: ['sync.runtime_Semacquire', 'sync.(*WaitGroup).Wait', 'main.f'] };
    expect(fits({ top: ['main.f'] }, waiting, { states: ['wait group'] })).toBe(true);
    expect(fits({ top: ['main.f'] }, waiting, { states: ['lock'] })).toBe(false);
  });

  test('a state that is not printed is what frames betray, else any that needs no frames', () => {
    const format = 'count-profile';
    const betrayed = { frames: ['sync.runtime_SemacquireMutex', 'sync.(*Mutex).Lock', 'main.f'] };
    expect(fits({ top: ['main.f'] }, betrayed, { states: ['lock'], format })).toBe(true);
    expect(fits({ top: ['main.f'] }, betrayed, { states: ['chan send'], format })).toBe(false);
    for (const state of ['chan send', 'chan receive', 'select'] as const) {
      expect(fits({ top: ['main.f'] }, { frames }, { states: [state], format })).toBe(true);
    }
    for (const state of ['lock', 'IO wait', 'sleep', 'cond'] as const) {
      expect(fits({ top: ['main.f'] }, { frames }, { states: [state], format })).toBe(false);
    }
  });

  test('a generic subject needs a state', () => {
    const generic: Subject = { states: ['chan send'], stacks: [{ top: ['USER'] }], generic: true };
    expect(fitting([generic], { frames }, 'count-profile')).toEqual([]);
    expect(fitting([generic], { frames: ['runtime.chansend1', 'main.f'] }, 'pprof')).toEqual([0]);
    expect(fitting([generic], { state: 'chan send', frames })).toEqual([0]);
  });
});

describe('asking many subjects', () => {
  const names = fc.constantFrom(
    'USER',
    'main.work',
    'main.work.func',
    'main.*',
    '*.take',
    '*.(*Queue).take',
    'net/http.(*persistConn).readLoop',
    'example.com/shop/orders.(*Queue).take',
    'sync.(*WaitGroup).Wait',
    'time.Sleep',
  );
  const entry = fc.array(names, { minLength: 1, maxLength: 3 });
  const pattern = fc.record(
    { top: entry, frames: fc.array(entry, { maxLength: 2 }), createdBy: entry, without: entry },
    { requiredKeys: [] },
  );
  const subject: fc.Arbitrary<Subject> = fc.record({
    states: fc.uniqueArray(fc.constantFrom<StateClass>('chan send', 'chan receive', 'select', 'running', 'lock'), {
      maxLength: 2,
    }),
    stacks: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    kind: fc.constant('benign' as const),
  });

  test('answers as asking each of each stack would', () => {
    fc.assert(
      fc.property(drawnDump, fc.array(subject, { maxLength: 8 }), (dump, subjects) => {
        const index = indexDump(dump);
        const matches = matchStacks(index, compileSubjects(subjects));
        for (let cell = 0; cell < index.cells.length; cell++) {
          const naive = subjects.flatMap((one, number) => (fitsNaively(index, cell, one) ? [number] : []));
          const quick = candidatesOf(matches, cell).map((candidate) => candidate.subject);
          expect(quick).toEqual(naive);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What match-stack.ts does by numbers and indexes, done with texts: every pattern asked of every frame. */
function fitsNaively(index: DumpIndex, cell: number, { states, stacks }: Subject): boolean {
  const { symbols } = index.dump;
  const stack = index.cells.stack[cell]!;
  const isOne = (frame: Frame, patterns: readonly string[]): boolean => {
    if (frame.kind !== 'go' && frame.kind !== 'inlined') return false;
    const name = normaliseFunctionName(frame.function);
    return patterns.some((pattern) => {
      if (pattern === USER) return !isStandardLibrary(name) && plumbingOf(name) === 'none';
      const { text, shape } = compilePattern(pattern);
      return shape === null ? text === name : shape.test(name);
    });
  };
  const mask = maskOfState(knownState(index, cell));
  if (states.length > 0 && !states.some((state) => mask & maskOfClasses([state]))) return false;
  const frames = stackFramesAt(symbols, stack);
  const top = topFrames(index.symbols)[stack]!;
  const creator = stackCreatorAt(symbols, stack);
  return stacks.some((wanted) => {
    if (wanted.top !== undefined && (top < 0 || !isOne(frameAt(symbols, top), wanted.top))) return false;
    if (wanted.createdBy !== undefined && index.printsCreators) {
      if (creator === null || !isOne(creator, wanted.createdBy)) return false;
    }
    if (frames.some((frame) => isOne(frame, wanted.without ?? []))) return false;
    let from = 0;
    return (wanted.frames ?? []).every((part) => {
      const at = frames.findIndex((frame, i) => i >= from && isOne(frame, part));
      from = at + 1;
      return at >= 0;
    });
  });
}
