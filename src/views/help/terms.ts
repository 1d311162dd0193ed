/** A word of a dump, in a sentence or two. */
export interface Term {
  readonly term: string;
  readonly says: string;
  /** Where the word comes from. */
  readonly source: string;
}

const WAIT_REASONS = 'runtime/runtime2.go, waitReasonStrings';

/** Words that a dump prints as the state of a goroutine (Go 1.5 to 1.27). */
const STATES: readonly Term[] = [
  {
    term: 'chan send',
    says: 'It has a value for a channel and nobody takes it: the channel has no buffer left and no receiver. Many of them are the most usual leak.',
    source: WAIT_REASONS,
  },
  {
    term: 'chan receive',
    says: 'It waits for a value from a channel, or in a range over one, until somebody sends or closes it.',
    source: WAIT_REASONS,
  },
  {
    term: 'chan receive (nil chan)',
    says: 'It receives from a channel that was never made. That waits for ever.',
    source: WAIT_REASONS,
  },
  {
    term: 'chan send (nil chan)',
    says: 'It sends to a channel that was never made. That waits for ever.',
    source: WAIT_REASONS,
  },
  {
    term: 'select',
    says: 'It waits for the first of several channels. Which one is missing stands in the code: a Done channel among them is how it should end.',
    source: WAIT_REASONS,
  },
  {
    term: 'select (no cases)',
    says: 'An empty select, which waits for ever. Deliberate in main functions of servers, a mistake elsewhere.',
    source: WAIT_REASONS,
  },
  {
    term: 'IO wait',
    says: 'It waits for the network or a pipe: for bytes of a connection, or for a new one. Usual in servers; long waits in a client say that a deadline is missing.',
    source: `${WAIT_REASONS}; runtime/netpoll.go`,
  },
  {
    term: 'semacquire',
    says: 'Up to Go 1.19 any lock or WaitGroup, up to 1.23 a WaitGroup; later only things inside the runtime. The frames show which.',
    source: `${WAIT_REASONS}; runtime/sema.go`,
  },
  {
    term: 'sync.Mutex.Lock',
    says: 'It waits for a lock that another goroutine holds. The holder is somewhere else in the dump, often in a call that does not return.',
    source: `${WAIT_REASONS} (Go 1.20)`,
  },
  {
    term: 'sync.RWMutex.RLock',
    says: 'It wants to read under a lock that a writer holds, or waits for.',
    source: `${WAIT_REASONS} (Go 1.20)`,
  },
  {
    term: 'sync.RWMutex.Lock',
    says: 'It wants to write and waits until all readers have left.',
    source: `${WAIT_REASONS} (Go 1.20)`,
  },
  {
    term: 'sync.WaitGroup.Wait',
    says: 'It waits until others have called Done. One of them has not: look for goroutines that it created.',
    source: `${WAIT_REASONS} (Go 1.24)`,
  },
  {
    term: 'sync.Cond.Wait',
    says: 'It waits until somebody signals a condition.',
    source: `${WAIT_REASONS} (Go 1.11)`,
  },
  { term: 'sleep', says: 'It is in time.Sleep and goes on by itself.', source: WAIT_REASONS },
  {
    term: 'syscall',
    says: 'It is in a call of the operating system or in C code, and holds a thread meanwhile.',
    source: 'runtime/traceback.go, goroutineheader',
  },
  {
    term: 'running',
    says: 'It was on a processor when the dump was taken. The goroutine that takes the dump is always one of them.',
    source: 'runtime/traceback.go, goroutineheader',
  },
  {
    term: 'runnable',
    says: 'It could go on and waits for a processor. Many of them mean that there is more work than processors.',
    source: 'runtime/traceback.go, goroutineheader',
  },
  {
    term: 'finalizer wait',
    says: 'The goroutine of the runtime that runs finalizers has nothing to do.',
    source: WAIT_REASONS,
  },
  { term: 'GC worker (idle)', says: 'A helper of the garbage collector without work.', source: WAIT_REASONS },
  {
    term: 'GC assist wait',
    says: 'It allocates faster than garbage is collected and has to wait for the collector.',
    source: WAIT_REASONS,
  },
  {
    term: 'coroutine',
    says: 'It stands in an iterator (iter.Pull) until the next value is asked for. Without a call of stop it stays.',
    source: `${WAIT_REASONS} (Go 1.22)`,
  },
];

/** Other words of dumps, and of this page. */
const OTHERS: readonly Term[] = [
  {
    term: 'created by',
    says: 'The function whose go statement started it; from Go 1.21 on also the number of the goroutine that did. Who creates is who should end it.',
    source: 'runtime/traceback.go, traceback1',
  },
  {
    term: 'minutes',
    says: 'How long it has waited, in whole minutes; printed from one minute on, and only when the runtime has looked at it meanwhile. A dump that prints none does not say zero.',
    source: 'runtime/traceback.go, goroutineheader',
  },
  {
    term: 'locked to thread',
    says: 'It has called runtime.LockOSThread and keeps one thread of the operating system for itself.',
    source: 'runtime/traceback.go, goroutineheader',
  },
  {
    term: 'leaked',
    says: 'The collector has proved that nothing can wake it any more (goroutineleak profile, Go 1.26).',
    source: 'runtime/traceback.go; runtime/pprof, goroutineleak',
  },
  {
    term: 'inferred',
    says: 'The form of the dump prints no state: it was read from the frames on top of the stack.',
    source: 'this page',
  },
];

/** All words, in the order of the guide. */
export const TERMS: readonly Term[] = [...STATES, ...OTHERS];

/** What a word means; null for words nobody has written down. */
export function termOf(word: string): Term | null {
  const plain = word.replace(/ \((?:durable|leaked|scan|synctest)\)$/, '');
  return TERMS.find(({ term }) => term === plain) ?? null;
}
