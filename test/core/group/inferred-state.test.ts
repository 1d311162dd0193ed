import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inferState } from '../../../src/core/group/inferred-state.ts';
import { stackFramesAt } from '../../../src/core/model/symbols.ts';
import { corpusFile, corpusFiles } from '../../support/corpus.ts';
import { readAll, readOne } from '../../support/read-one.ts';

const PARKED = ['runtime.gopark', 'runtime.goparkunlock', 'runtime.semacquire1'];

describe('inferState', () => {
  test.each<[string[], string]>([
    [['runtime.gopark', 'runtime.chansend', 'runtime.chansend1', 'main.f'], 'chan send'],
    [['runtime.gopark', 'runtime.chanrecv', 'runtime.chanrecv2', 'main.f'], 'chan receive'],
    [['runtime.gopark', 'runtime.selectgo', 'main.f'], 'select'],
    [['runtime.gopark', 'runtime.selectgo', 'runtime.reflect_rselect', 'reflect.rselect', 'reflect.Select'], 'select'],
    [['runtime.gopark', 'runtime.block', 'main.f'], 'select (no cases)'],
    [['runtime.gopark', 'runtime.netpollblock', 'internal/poll.runtime_pollWait', 'net.(*netFD).Read'], 'IO wait'],
    [['net.runtime_pollWait', 'net.(*pollDesc).wait'], 'IO wait'],
    [['time.Sleep', 'main.f'], 'sleep'],
    [['runtime.gopark', 'runtime.goparkunlock', 'sync.runtime_notifyListWait', 'sync.(*Cond).Wait'], 'sync.Cond.Wait'],
    // Go 1.19: all locks share the semaphore's name.
    [['sync.runtime_SemacquireMutex', 'sync.(*Mutex).lockSlow', 'sync.(*Mutex).Lock', 'main.f'], 'sync.Mutex.Lock'],
    [['sync.runtime_SemacquireMutex', 'sync.(*RWMutex).RLock', 'main.f'], 'sync.RWMutex.RLock'],
    [['sync.runtime_SemacquireMutex', 'sync.(*RWMutex).Lock', 'main.f'], 'sync.RWMutex.Lock'],
    // A writer behind a writer waits in the mutex inside; the runtime says so, too.
    [
      ['sync.runtime_SemacquireMutex', 'sync.(*Mutex).lockSlow', 'sync.(*Mutex).Lock', 'sync.(*RWMutex).Lock'],
      'sync.Mutex.Lock',
    ],
    [['sync.runtime_Semacquire', 'sync.(*WaitGroup).Wait', 'main.f'], 'sync.WaitGroup.Wait'],
    // Go 1.20 and later.
    [[...PARKED, 'sync.runtime_SemacquireRWMutexR', 'sync.(*RWMutex).RLock'], 'sync.RWMutex.RLock'],
    [[...PARKED, 'sync.runtime_SemacquireRWMutex', 'sync.(*RWMutex).Lock'], 'sync.RWMutex.Lock'],
    // Go 1.24 and later.
    [[...PARKED, 'internal/sync.runtime_SemacquireMutex', 'internal/sync.(*Mutex).lockSlow'], 'sync.Mutex.Lock'],
    [[...PARKED, 'sync.runtime_SemacquireWaitGroup', 'sync.(*WaitGroup).Wait'], 'sync.WaitGroup.Wait'],
    [
      [...PARKED, 'internal/poll.runtime_Semacquire', 'internal/poll.(*fdMutex).rwlock', 'internal/poll.(*FD).Write'],
      'semacquire',
    ],
    [['runtime.notetsleepg', 'os/signal.signal_recv', 'os/signal.loop'], 'syscall'],
    [['runtime.cgocall', 'main._Cfunc_c_worker'], 'syscall'],
    [['syscall.Syscall6', 'os.(*Process).blockUntilWaitable'], 'syscall'],
    [['internal/runtime/syscall/linux.Syscall6', 'syscall.RawSyscall6', 'syscall.Syscall6'], 'syscall'],
    [['runtime.coroswitch_m', 'iter.Pull[...].func1'], 'coroutine'],
    [
      [
        'runtime.goroutineProfileWithLabels',
        'runtime.pprof_goroutineProfileWithLabels',
        'runtime/pprof.writeRuntimeProfile',
      ],
      'running',
    ],
    // debug=1 leaves out the frames that would tell a channel operation.
    [['main.f', 'runtime.chansend1'], ''],
    [['net/http.(*persistConn).writeLoop'], ''],
    [['runtime.mapassign', 'main.f'], ''],
    // Running inside sync is not waiting in it.
    [['sync.(*Mutex).Lock', 'main.f'], ''],
    [[], ''],
  ])('%j gives "%s"', (functions, state) => {
    expect(inferState(functions)).toBe(state);
  });

  // A crash traceback prints both the state and the runtime frames that betray it.
  test('agrees with the states that crash dumps of Go 1.17 to 1.27 print', async () => {
    const wrong = new Set<string>();
    let agreed = 0;
    for (const file of corpusFiles('crash')) {
      const dumps = await readAll(readFileSync(file.path)).catch(() => []);
      for (const dump of dumps) {
        for (let row = 0; row < dump.rows.length; row++) {
          const printed = dump.symbols.states[dump.rows.state[row]!]!;
          const functions = stackFramesAt(dump.symbols, dump.rows.stack[row]!).map((frame) => frame.function);
          const inferred = inferState(functions);
          // Running goroutines and idle threads may stand anywhere; semacquire is what old Go calls every lock.
          if (inferred === '' || /^(running|runnable|idle|semacquire|preempted)/.test(printed)) continue;
          // `chan send (nil chan)` cannot be told from `chan send` by its frames.
          if (printed.startsWith(inferred)) agreed++;
          else wrong.add(`${file.name}: ${printed}, not ${inferred}: ${functions.slice(0, 5).join(' ')}`);
        }
      }
    }
    expect([...wrong]).toEqual([]);
    expect(agreed).toBeGreaterThan(30);
  });

  // pprof shows the runtime frames, a plain traceback of the same moment the states.
  test.each(['caddy-2.11/4-after', 'prog-lockbugs-go1.24/2-during', 'prog-selectleak-go1.27/2-during'])(
    'finds in the pprof file the states that the traceback of the same moment prints: %s',
    async (moment) => {
      const expected = corpusFile(`${moment}.debug2.txt`)?.expected.states;
      const pprof = corpusFile(`${moment}.debug0.pb.gz`);
      if (!expected || !pprof) throw new Error('fixture missing');
      const dump = await readOne(readFileSync(pprof.path));
      const counts = new Map<string, number>();
      for (let row = 0; row < dump.rows.length; row++) {
        const functions = stackFramesAt(dump.symbols, dump.rows.stack[row]!).map((frame) => frame.function);
        const state = inferState(functions);
        counts.set(state, (counts.get(state) ?? 0) + dump.rows.weight![row]!);
      }
      const printed = new Map<string, number>();
      for (const [state, count] of Object.entries(expected)) {
        // `chan send (nil chan)` cannot be told from `chan send` by its frames.
        const base = state.replace(/ \(nil chan\)$/, '');
        printed.set(base, (printed.get(base) ?? 0) + count);
      }
      // The goroutines of the two requests themselves are caught in different states.
      for (const state of ['', 'running', 'runnable', 'IO wait']) {
        counts.delete(state);
        printed.delete(state);
      }
      expect(counts.size).toBeGreaterThan(2);
      expect(new Map([...counts].sort())).toEqual(new Map([...printed].sort()));
    },
  );
});
