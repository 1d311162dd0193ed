/**
 * What it means that a goroutine stands at a place for minutes.
 * - `lock`: a mutex; a holder that works lets go within moments
 * - `send`: a channel send; a receiver that lives takes it
 * - `never`: a nil channel, or a pipe whose other end is gone: nothing can wake it
 * - `join`: a WaitGroup; healthy where something waits for the whole program
 * - `work`: running, runnable, in a system call: not waiting
 * - `rest`: receive, select, network, sleep, condition: where healthy goroutines rest for hours
 */
export type RestKind = 'lock' | 'send' | 'never' | 'join' | 'work' | 'rest';

const BY_STATE: ReadonlyMap<string, RestKind> = new Map<string, RestKind>([
  ['sync.Mutex.Lock', 'lock'],
  ['sync.RWMutex.Lock', 'lock'],
  ['sync.RWMutex.RLock', 'lock'],
  ['chan send', 'send'],
  ['chan send (nil chan)', 'never'],
  ['chan receive (nil chan)', 'never'],
  ['sync.WaitGroup.Wait', 'join'],
  ['running', 'work'],
  ['runnable', 'work'],
  ['syscall', 'work'],
]);

/** The write end of io.Pipe waits in a select for a reader; on both ends the pipe's own frame is on top (io/pipe.go). */
const PIPE_WRITE = /^io\.\(\*(?:pipe\)\.write|PipeWriter\)\.Write)$/;
const TOP_FRAMES = 6;

/**
 * `state` as printed or inferred, refined: `semacquire` (to Go 1.23) must have been told apart by its frames before.
 * `functions` innermost first.
 */
export function restKind(state: string, functions: readonly string[]): RestKind {
  const known = BY_STATE.get(state);
  if (known !== undefined) return known;
  if (state === 'select' && functions.slice(0, TOP_FRAMES).some((name) => PIPE_WRITE.test(name))) return 'never';
  return 'rest';
}

/** Whether healthy goroutines do not stand there for minutes. */
export function isUnhealthyRest(kind: RestKind): boolean {
  return kind === 'lock' || kind === 'send' || kind === 'never';
}
