/**
 * Reads a state from frames, for forms that print none. The words are the runtime's own wait reasons
 * (runtime/runtime2.go, Go 1.24 and later), so that they line up with printed ones. Old Go printed `semacquire` for
 * locks and WaitGroups; frames tell those apart.
 */

/** Decisive on their own, wherever in the parking prefix they stand. */
const DECISIVE: readonly (readonly [shape: RegExp, state: string])[] = [
  [/^(?:runtime\.chansend\d?|reflect\.chansend0?)$/, 'chan send'],
  [/^(?:runtime\.chanrecv\d?|reflect\.chanrecv)$/, 'chan receive'],
  [/^(?:runtime\.selectgo|runtime\.reflect_rselect|reflect\.rselect)$/, 'select'],
  [/^runtime\.block$/, 'select (no cases)'],
  [/^(?:runtime\.netpollblock|(?:internal\/poll|net)\.runtime_pollWait)$/, 'IO wait'],
  [/^(?:time\.Sleep|runtime\.timeSleep)$/, 'sleep'],
  [/^sync\.runtime_notifyListWait$/, 'sync.Cond.Wait'],
  [/^sync\.runtime_SemacquireRWMutexR$/, 'sync.RWMutex.RLock'],
  [/^sync\.runtime_SemacquireRWMutex$/, 'sync.RWMutex.Lock'],
  [/^sync\.runtime_SemacquireWaitGroup$/, 'sync.WaitGroup.Wait'],
  [/^runtime\.coroswitch/, 'coroutine'],
  [/^runtime\.gcParkAssist$/, 'GC assist wait'],
  // runtime/sigqueue.go parks in a note that counts as a system call: a traceback prints [syscall] for it.
  [/^(?:os\/signal\.signal_recv|runtime\.notetsleepg)$/, 'syscall'],
  [/^syscall\.(?:Raw)?[Ss]yscall/, 'syscall'],
  [/^(?:runtime\/internal|internal\/runtime)\/syscall(?:\/\w+)?\.Syscall6$/, 'syscall'],
  [/^runtime\.(?:cgocall|entersyscall\w*)$/, 'syscall'],
  // Whoever writes the profile runs while it does so.
  [/^runtime(?:\.(?:pprof_)?|\/pprof\.(?:runtime_)?)goroutine(?:Leak)?Profile\w*$/, 'running'],
  [/^runtime\/pprof\.(?:writeGoroutineStacks|writeRuntimeProfile)$|^runtime\.Stack$/, 'running'],
];

/** What a semaphore was acquired for, by the frames below it; innermost first. */
const SEMAPHORE_USE: readonly (readonly [shape: RegExp, state: string])[] = [
  [/^(?:internal\/)?sync\.\(\*Mutex\)\.(?:lockSlow|Lock)$/, 'sync.Mutex.Lock'],
  [/^sync\.\(\*RWMutex\)\.RLock$/, 'sync.RWMutex.RLock'],
  [/^sync\.\(\*RWMutex\)\.Lock$/, 'sync.RWMutex.Lock'],
  [/^sync\.\(\*WaitGroup\)\.(?:Wait|Go)/, 'sync.WaitGroup.Wait'],
];
const SEMAPHORE =
  /^(?:runtime\.semacquire\d?|(?:sync|internal\/sync|internal\/poll|net)\.runtime_Semacquire(?:Mutex)?)$/;

/** Frames that may stand above or between the telling ones; any other frame ends the search. */
const PREFIX =
  /^(?:runtime|sync|internal\/(?:sync|poll|runtime\/.+|syscall\/.+)|syscall|reflect|runtime\/internal\/.+)\./;
/** Telling frames stand within the first few: gopark → … → semacquire → runtime_SemacquireMutex → lockSlow → Lock. */
const DEPTH = 12;

/**
 * The state the frames betray, or '' when they betray none. `functions` innermost first, as printed. A channel operation
 * in debug=1 text betrays nothing: that form leaves out the runtime frames on top.
 */
export function inferState(functions: readonly string[]): string {
  let semaphore = false;
  for (let i = 0; i < functions.length && i < DEPTH; i++) {
    const name = functions[i] ?? '';
    if (SEMAPHORE.test(name)) {
      semaphore = true;
      continue;
    }
    if (semaphore) {
      const use = SEMAPHORE_USE.find(([shape]) => shape.test(name));
      if (use) return use[1];
    } else {
      const decisive = DECISIVE.find(([shape]) => shape.test(name));
      if (decisive) return decisive[1];
    }
    if (!PREFIX.test(name)) break;
  }
  return semaphore ? 'semacquire' : '';
}
