import type { BenignRule, Guard } from '../rule.ts';

const ONE: Guard = { kind: 'at-most', count: 1 };

const GOLEAK = 'go.uber.org/goleak options.go';

/**
 * What the runtime, package testing and the main function keep for themselves. Frames and states as printed by crash
 * dumps at level `system` of Go 1.19 to 1.27 (test/fixtures/causes/benign/dumps/runtimeidle-…): a plain dump hides most.
 */
export const BENIGN_RUNTIME: readonly BenignRule[] = [
  {
    id: 'B01',
    kind: 'benign',
    title: 'collector workers',
    states: ['runtime idle'],
    stacks: [{ frames: [['runtime.gcBgMarkWorker']], createdBy: ['runtime.gcBgMarkStartWorkers*'] }],
    guard: { kind: 'per-processor' },
    otherwise: null,
    meaning: 'wait for the next garbage collection, one per processor',
    sources: ['runtime/mgc.go'],
  },
  {
    id: 'B02',
    kind: 'benign',
    title: 'sweeper, scavenger and forced collection',
    states: ['runtime idle'],
    stacks: [
      { frames: [['runtime.bgsweep', 'runtime.bgscavenge']], createdBy: ['runtime.gcenable*'] },
      { frames: [['runtime.forcegchelper']], createdBy: ['runtime.init*'] },
    ],
    // One of each.
    guard: { kind: 'at-most', count: 3 },
    otherwise: null,
    meaning: 'the runtime gives memory back, one of each per process',
    sources: ['runtime/mgc.go', 'runtime/mgcscavenge.go', 'runtime/proc.go'],
  },
  {
    id: 'B03',
    kind: 'benign',
    title: 'finalizers and cleanups',
    states: ['finalizer wait'],
    // On top: above a finalizer that runs stands its own code.
    stacks: [
      {
        top: ['runtime.runfinq', 'runtime.runFinalizers', 'runtime.runCleanups'],
        createdBy: ['runtime.createfing*', 'runtime.(*cleanupQueue).*'],
      },
    ],
    // Finalizers have one goroutine, cleanups up to a quarter of the processors (runtime/mcleanup.go, Go 1.25).
    guard: { kind: 'per-processor' },
    otherwise: null,
    meaning: 'wait for finalizers and cleanups to run',
    sources: ['runtime/mfinal.go', 'runtime/mcleanup.go'],
    versions: 'runfinq to 1.24, runFinalizers and runCleanups from 1.25',
  },
  {
    id: 'B04',
    kind: 'benign',
    title: 'signal mask keeper',
    states: ['select'],
    stacks: [{ frames: [['runtime.ensureSigM.func']], createdBy: ['runtime.ensureSigM'] }],
    guard: ONE,
    otherwise: null,
    meaning: 'keeps a thread that can receive every signal',
    sources: ['runtime/signal_unix.go', GOLEAK],
  },
  {
    id: 'B05',
    kind: 'benign',
    title: 'signal receiver',
    states: ['syscall', 'running'],
    stacks: [{ frames: [['os/signal.signal_recv'], ['os/signal.loop']], createdBy: ['os/signal.*'] }],
    guard: ONE,
    otherwise: null,
    meaning: 'waits for the next signal of the system',
    sources: ['os/signal/signal_unix.go', GOLEAK],
  },
  {
    id: 'B05-context',
    kind: 'benign',
    title: 'context that a signal ends',
    states: ['select'],
    stacks: [{ top: ['os/signal.NotifyContext.func'], createdBy: ['os/signal.NotifyContext'] }],
    // One for each call whose stop was not called; called for each request it would be a leak.
    guard: { kind: 'at-most', count: 4 },
    otherwise: null,
    meaning: 'waits for the signal that ends the program',
    sources: ['os/signal/signal.go', 'test/fixtures/series'],
    versions: '1.16 on',
  },
  {
    id: 'B06',
    kind: 'benign',
    title: 'execution trace reader',
    states: ['runtime idle', 'chan receive', 'running'],
    stacks: [
      {
        frames: [['runtime.ReadTrace'], ['runtime/trace.Start.func', 'runtime/trace.(*traceMultiplexer).*']],
        createdBy: ['runtime/trace.Start', 'runtime/trace.(*traceMultiplexer).*'],
      },
      { frames: [['runtime.traceStartReadCPU.func']], createdBy: ['runtime.traceStartReadCPU'] },
      { frames: [['runtime.(*traceAdvancerState).start.func']], createdBy: ['runtime.(*traceAdvancerState).start'] },
    ],
    // Reader, reader of CPU samples, advancer.
    guard: { kind: 'at-most', count: 3 },
    otherwise: null,
    meaning: 'writes the execution trace while one is taken',
    sources: ['runtime/trace/trace.go', 'runtime/tracecpu.go', GOLEAK],
  },
  {
    id: 'B07',
    kind: 'benign',
    title: 'the goroutine that takes this dump',
    states: ['running'],
    stacks: [
      {
        frames: [
          [
            'runtime/pprof.writeGoroutineStacks',
            'runtime/pprof.writeRuntimeProfile',
            'runtime/pprof.runtime_goroutineProfileWithLabels',
            'runtime/pprof.runtime_goroutineLeakProfileWithLabels',
            'runtime.Stack',
          ],
        ],
      },
    ],
    // Several people may fetch at once.
    guard: { kind: 'at-most', count: 8 },
    otherwise: null,
    meaning: 'writes the dump you are reading',
    sources: ['runtime/pprof/pprof.go'],
  },
  {
    id: 'B08',
    kind: 'benign',
    title: 'CPU profile under way',
    states: ['syscall', 'sleep', 'running', 'select'],
    stacks: [
      { frames: [['runtime/pprof.profileWriter']], createdBy: ['runtime/pprof.StartCPUProfile'] },
      { top: ['net/http/pprof.sleep'], frames: [['net/http/pprof.Profile', 'net/http/pprof.Trace']] },
      { top: ['net/http/pprof.handler.serveDeltaProfile'] },
    ],
    guard: { kind: 'at-most', count: 8 },
    otherwise: null,
    meaning: 'collects a profile that somebody asked for',
    sources: ['runtime/pprof/pprof.go', 'net/http/pprof/pprof.go'],
  },
  {
    id: 'B09',
    kind: 'benign',
    title: 'tests that wait for their subtests',
    states: ['chan receive', 'running'],
    stacks: [
      { top: ['testing.(*T).Run', 'testing.(*F).Fuzz', 'testing.runFuzzing', 'testing.runFuzzTests'] },
      { frames: [['testing.(*M).startAlarm.func']] },
    ],
    // Parents of all running tests: nesting times packages' -parallel.
    guard: { kind: 'pool', count: 1000 },
    otherwise: null,
    meaning: 'a test waits for the tests inside it; only in test binaries',
    sources: ['testing/testing.go', GOLEAK],
  },
  {
    id: 'B10',
    kind: 'benign',
    title: 'main sleeps',
    states: ['sleep'],
    stacks: [{ frames: [['time.Sleep'], ['main.main']] }],
    guard: ONE,
    otherwise: null,
    meaning: 'the main function sleeps while others work',
    sources: ['LEAKS.md B10'],
  },
  {
    id: 'B11',
    kind: 'benign',
    title: 'GOMAXPROCS updater',
    states: ['runtime idle'],
    stacks: [{ frames: [['runtime.updateMaxProcsGoroutine']], createdBy: ['runtime.defaultGOMAXPROCSUpdateEnable'] }],
    guard: ONE,
    otherwise: null,
    meaning: 'follows the processor limit of the container',
    sources: ['runtime/proc.go'],
    versions: '1.25 on',
  },
  {
    id: 'B60',
    kind: 'benign',
    title: 'main waits for the end of the program',
    states: ['chan receive', 'select', 'select empty', 'wait group', 'cond', 'IO wait', 'syscall'],
    stacks: [{ frames: [['main.main']] }],
    guard: ONE,
    otherwise: null,
    meaning: 'the main function waits for a signal, its servers or its workers',
    sources: ['LEAKS.md B60', 'dumps of caddy, etcd, prometheus, dockerd, nats in test/fixtures/corpus'],
  },
];
