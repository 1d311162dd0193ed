import type { LeakRule } from '../rule.ts';

/** Taking a lock for writing; the family of names from Go 1.0 to 1.27. RLock has a rule of its own. */
const LOCK = [
  'sync.(*Mutex).Lock',
  'sync.(*RWMutex).Lock',
  'internal/sync.(*Mutex).Lock',
  'sync.(*Mutex).lockSlow',
  'internal/sync.(*Mutex).lockSlow',
];

/** Where loggers and their files write under a lock. */
const LOGGERS = [
  'log.(*Logger).*',
  'log/slog.(*).*',
  'github.com/sirupsen/logrus.(*).*',
  'go.uber.org/zap/zapcore.(*).*',
  'github.com/rs/zerolog.(*).*',
  'github.com/arthurkiller/rollingwriter.(*).*',
  'gopkg.in/natefinch/lumberjack%2ev2.(*Logger).*',
  'k8s.io/klog.(*).*',
  'github.com/golang/glog.(*).*',
  'github.com/cihub/seelog.(*).*',
];

/**
 * Shapes of leaks of the family `lock` (LEAKS.md). L43 stands for L44 (one goroutine locks twice), L45 (two lock in
 * opposite order) and L47 (a channel operation under the lock): who waits looks the same in all of them. Who holds the
 * lock is for addresses to prove.
 */
export const LOCK_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L48',
    title: 'logging waits for a writer that is stuck',
    family: 'lock',
    grade: 'strong',
    states: ['lock'],
    stacks: [{ frames: [[...LOCK, 'internal/poll.(*fdMutex).rwlock'], LOGGERS] }],
    needs: { growthOrAge: true, orMinutes: 2 },
    meaning:
      'They wait for the lock of a logger while one goroutine writes under it and cannot go on: a full pipe, a slow disk, a log collector that is gone.',
    check: [
      'Where does the log go, and who reads it? A pipe nobody reads fills up and stops everybody.',
      'Which goroutine is inside the write (os.(*File).Write, a network write, io.(*pipe).write)?',
      'Does a hook or formatter log again below the lock?',
      'Can the log go through a buffer that drops instead of waiting?',
      'Is the disk or the network of the log slow now?',
    ],
    example: {
      before: 'log.SetOutput(connToCollector) // waits when the collector does',
      after: 'log.SetOutput(newDroppingWriter(connToCollector, 1<<12)) // a bounded queue, lost lines are counted',
    },
    sources: ['arthurkiller/rollingWriter#33', 'sirupsen/logrus#1201', 'log/log.go'],
  },
  {
    kind: 'leak',
    id: 'L46',
    title: 'readers pile up at an RWMutex',
    family: 'lock',
    grade: 'strong',
    states: ['lock'],
    stacks: [{ frames: [['sync.(*RWMutex).RLock', 'sync.(*RWMutex).rlockSlow']] }],
    needs: { growthOrAge: true, orMinutes: 2 },
    meaning:
      'Readers wait though readers do not exclude each other: a writer holds the lock, or waits for it behind a reader that never lets go, often one that reads again below its own read lock.',
    check: [
      'Is there a writer at RWMutex.Lock? Then some reader holds the lock: which one is deeper in the same type?',
      'Does a function that holds RLock call another one that takes RLock? A writer in between stops both for ever.',
      'Does a holder wait for a channel, the network or another lock?',
      'Is every RLock followed by a deferred RUnlock, also on early returns?',
      'Is a callback called under the lock?',
    ],
    example: {
      before:
        'func (r *Registry) Each(f func(Service)) {\n\tr.mu.RLock()\n\tdefer r.mu.RUnlock()\n\tfor _, s := range r.services {\n\t\tf(s) // may call r.Get, which takes RLock again\n\t}\n}',
      after:
        'func (r *Registry) Each(f func(Service)) {\n\tr.mu.RLock()\n\tall := slices.Clone(r.services)\n\tr.mu.RUnlock()\n\tfor _, s := range all {\n\t\tf(s)\n\t}\n}',
    },
    sources: ['GoBench: read-write-read lock (5 of 68)', 'sync/rwmutex.go'],
  },
  {
    kind: 'leak',
    id: 'L43',
    title: 'goroutines pile up at a lock',
    family: 'lock',
    grade: 'strong',
    states: ['lock'],
    stacks: [{ frames: [LOCK] }],
    needs: { growthOrAge: true, orMinutes: 2 },
    meaning:
      'They have waited for a lock longer than any holder works. The holder waits itself: for the same lock, for one that another waiter holds, or for a channel.',
    check: [
      'Which goroutine is deeper inside the same type and does not wait for this lock? It is the likely holder.',
      'Does a method that holds the lock call another one that takes it? Go locks are not re-entrant.',
      'Are two locks taken in different order at two places?',
      'Is a channel operation, a network call or a callback done under the lock?',
      'Is every Lock followed by a deferred Unlock, also on early returns and panics?',
      'With sync.Once: does its function call the same Once again?',
    ],
    example: {
      before:
        'func (b *Board) Post(news string) {\n\tb.mu.Lock()\n\tdefer b.mu.Unlock()\n\tb.listener <- news // everybody waits with it\n}',
      after:
        'func (b *Board) Post(news string) {\n\tb.mu.Lock()\n\tlistener := b.listener\n\tb.mu.Unlock()\n\tselect {\n\tcase listener <- news:\n\tdefault: // it will read the board\n\t}\n}',
    },
    sources: [
      'buger/goreplay#871',
      'nikepan/clickhouse-bulk#90',
      'GoBench: double lock (12 of 68), AB-BA (6), channel with lock (13; Grpc1460)',
      'sync/mutex.go',
    ],
  },
];
