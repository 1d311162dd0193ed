import { describe, expect, test } from 'vitest';
import { indexDump } from '../../../src/core/group/cells.ts';
import { isHiddenRuntime, isPlumbing, isStandardLibrary, plumbingOf } from '../../../src/core/group/waiting-place.ts';
import { drawDump } from '../../support/dump-builder.ts';

/** The function at which a goroutine with these frames waits. */
function placeOf(frames: readonly string[]): string | undefined {
  const { symbols, places } = indexDump(drawDump([{ frames }]));
  return symbols.symbols.strings[symbols.symbols.frameFunction[places[0]!]!];
}

describe('plumbing', () => {
  test.each([
    ['runtime.gopark', 'core'],
    ['internal/runtime/syscall/linux.Syscall6', 'core'],
    ['runtime/internal/syscall.Syscall6', 'core'],
    ['sync.(*Mutex).lockSlow', 'core'],
    ['internal/sync.(*Mutex).lockSlow', 'core'],
    ['internal/poll.(*FD).Read', 'core'],
    ['net.runtime_pollWait', 'core'],
    ['syscall.Syscall', 'core'],
    ['internal/syscall/unix.Waitid', 'core'],
    ['golang.org/x/sys/unix.EpollWait', 'core'],
    ['time.Sleep', 'core'],
    ['os/signal.signal_recv', 'core'],
    ['panic', 'core'],
    ['net.(*netFD).accept', 'carrier'],
    ['net.(*conn).Read', 'carrier'],
    ['net.(*TCPListener).Accept', 'carrier'],
    ['os.(*File).Read', 'carrier'],
    ['bufio.(*Reader).fill', 'carrier'],
    ['io.ReadFull', 'carrier'],
    ['crypto/tls.(*Conn).readRecordOrCCS', 'carrier'],
    ['net/http.(*persistConn).readLoop', 'none'],
    ['net/http.(*connReader).Read', 'none'],
    ['os/signal.loop', 'none'],
    ['io.(*pipe).write', 'none'],
    ['runtime/pprof.writeGoroutineStacks', 'none'],
    ['syscalls.Read', 'none'],
    ['example.com/runtime.run', 'none'],
    ['main._Cfunc_c_worker', 'none'],
    ['', 'none'],
  ])('%s is of kind %s', (name, kind) => {
    expect(plumbingOf(name)).toBe(kind);
    expect(isPlumbing(name)).toBe(kind !== 'none');
  });

  test.each([
    ['net/http.(*Server).Serve', true],
    ['vendor/golang.org/x/net/http/httpguts.f', true],
    ['panic', true],
    ['main.main', false],
    ['example.com/orders.Run', false],
    ['golang.org/x/sync/errgroup.(*Group).Wait', false],
    // A module path needs no dot.
    ['crash/deadtest.TestHang.func1.1', false],
    ['pthread_cond_wait', false],
  ])('%s standard library: %s', (name, standard) => {
    expect(isStandardLibrary(name)).toBe(standard);
  });

  test.each([
    ['runtime.goexit', true],
    ['runtime.main', true],
    ['internal/runtime/syscall.Syscall6', true],
    ['runtime.Gosched', false],
    ['runtime.gopanic', false],
    ['runtime/pprof.Do', false],
  ])('%s hidden from plain tracebacks: %s', (name, hidden) => {
    expect(isHiddenRuntime(name)).toBe(hidden);
  });
});

describe('the waiting place', () => {
  test.each<[string, string[], string | undefined]>([
    ['is the blocked function itself', ['main.leak.func1'], 'main.leak.func1'],
    [
      'lies under the runtime frames of a crash or pprof',
      ['runtime.gopark', 'runtime.chansend', 'runtime.chansend1', 'orders.(*Publisher).publish', 'runtime.goexit'],
      'orders.(*Publisher).publish',
    ],
    [
      'lies under a lock',
      [
        'internal/sync.runtime_SemacquireMutex',
        'internal/sync.(*Mutex).lockSlow',
        'sync.(*Mutex).Lock',
        'main.(*Registry).notify',
      ],
      'main.(*Registry).notify',
    ],
    [
      'lies under reads that pass bytes on',
      [
        'internal/poll.runtime_pollWait',
        'internal/poll.(*FD).Read',
        'net.(*netFD).Read',
        'net.(*conn).Read',
        'net/http.(*persistConn).Read',
        'bufio.(*Reader).fill',
      ],
      'net/http.(*persistConn).Read',
    ],
    [
      'is the shell of the descriptor when all is plumbing',
      ['internal/poll.runtime_pollWait', 'internal/poll.(*FD).Read', 'net.(*netFD).Read', 'bufio.(*Reader).ReadString'],
      'net.(*netFD).Read',
    ],
    [
      'is the lock when nothing else is there',
      ['sync.runtime_Semacquire', 'sync.(*WaitGroup).Wait'],
      'sync.(*WaitGroup).Wait',
    ],
    [
      'of a runtime goroutine is its loop',
      ['runtime.gopark', 'runtime.goparkunlock', 'runtime.bgsweep', 'runtime.gcenable.gowrap1', 'runtime.goexit'],
      'runtime.bgsweep',
    ],
    ['passes over C frames', ['!pthread_cond_wait', 'runtime.cgocall', 'main._Cfunc_wait'], 'main._Cfunc_wait'],
    ['passes over a note', ['!...12 frames elided...', 'main.f'], 'main.f'],
    [
      'is the note when there is nothing else',
      ['!goroutine running on other thread; stack unavailable'],
      'goroutine running on other thread; stack unavailable',
    ],
    ['is nothing in an empty stack', [], undefined],
  ])('%s', (_, frames, place) => {
    expect(placeOf(frames)).toBe(place);
  });
});
