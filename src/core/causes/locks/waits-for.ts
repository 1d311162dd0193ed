import type { Word } from './arguments.ts';
import type { TextFrame } from './goroutine-text.ts';
import type { WaitKind } from './lock-report.ts';

/** `read` for RLock, else `write`: a Lock, and every wait that is no lock. */
export type LockMode = 'read' | 'write';

/** What the frames of one goroutine say it waits for. */
export interface WaitsFor {
  readonly kind: WaitKind;
  readonly mode: LockMode;
  /** Null where no frame shows it. */
  readonly address: number | null;
  /** Place in the frames of who called Lock, Wait, …; their length when there is none. */
  readonly caller: number;
}

const SHELL = /^(?:runtime|internal\/runtime\/[^.]+|runtime\/internal\/[^.]+)\.|^(?:internal\/)?sync\.runtime_\w+$/;
const SEMAPHORE = /^runtime\.semacquire1?$|^(?:internal\/)?sync\.runtime_Semacquire\w*$/;
const MUTEX = /^(?:internal\/)?sync\.\(\*Mutex\)\.(?:Lock|lockSlow)$/;
const RWMUTEX = /^sync\.\(\*RWMutex\)\.(R?Lock)$/;
/** `sync.(*rlocker).Lock` is what RWMutex.RLocker hands out. */
const RLOCKER = /^sync\.\(\*rlocker\)\.Lock$/;
const WAITGROUP = /^sync\.\(\*WaitGroup\)\.Wait$/;
const COND = /^sync\.\(\*Cond\)\.Wait$/;
const NOTIFY_LIST = /^sync\.runtime_notifyListWait$/;
const CHANNEL = /^runtime\.chan(?:send|recv)\d?$/;

/**
 * Reads the frames from the inside out. What each Go version prints, measured with test/fixtures/causes/locks on 1.19 to
 * 1.27, amd64 and 386:
 *
 *     internal/sync.(*Mutex).lockSlow(0xc000092260)          sure on every version and build (to 1.23: sync.)
 *     sync.runtime_SemacquireMutex(0xc00003c758?, …)         never sure on amd64; on 386 the semaphore, mutex+4
 *     runtime.semacquire1(0x3b409e77e004, …)                 the semaphore, sure, at GOTRACEBACK=system or crash
 *     sync.(*RWMutex).Lock(0x50b951?), .RLock(...)           sure on 386 and without inlining only; a writer behind
 *                                                            another writer waits in lockSlow of its first field
 *     sync.(*WaitGroup).Wait(0x509cf7?)                      sure from 1.26 on and on 386
 *     sync.runtime_notifyListWait(0xc00005d098, 0x1)         sure: the list in a Cond, behind its Locker
 *     runtime.chanrecv1(0xc000012345, …)                     only at GOTRACEBACK=system or crash
 *
 * `pointerBytes`: 4 or 8, the width of the process.
 */
export function readWaitsFor(frames: readonly TextFrame[], pointerBytes: number): WaitsFor | null {
  let kind: WaitKind | null = null;
  let mode: LockMode = 'write';
  let address: number | null = null;
  let semaphore: number | null = null;
  let channel = false;
  let at = 0;
  for (; at < frames.length; at++) {
    const frame = frames[at];
    if (frame === undefined) break;
    const name = frame.function;
    const first = sureAddress(frame.args?.[0]);
    if (SEMAPHORE.test(name)) {
      semaphore ??= first;
    } else if (MUTEX.test(name)) {
      kind = 'mutex';
      address ??= first;
    } else if (RWMUTEX.test(name) || RLOCKER.test(name)) {
      kind = 'rwmutex';
      // A mutex waited for below is the first field of the read-write lock, at the same address.
      address ??= first;
      if (name.endsWith('RLock') || RLOCKER.test(name)) mode = 'read';
    } else if (WAITGROUP.test(name)) {
      kind = 'waitgroup';
      address ??= first;
    } else if (NOTIFY_LIST.test(name)) {
      // sync/cond.go: { noCopy, L Locker, notify notifyList }; an interface is two pointers.
      address = first === null ? null : first - 2 * pointerBytes;
    } else if (COND.test(name)) {
      kind = 'cond';
      address ??= first;
    } else if (CHANNEL.test(name)) {
      channel = true;
      address ??= first;
    } else if (!SHELL.test(name)) break;
  }
  if (channel && kind === null) return { kind: 'channel', mode, address, caller: at };
  if (kind === null) return null;
  if (address === null && semaphore !== null) address = semaphore - semaphoreOffset(kind, mode);
  return { kind, mode, address, caller: at };
}

/**
 * Where the semaphore lies in what it belongs to. sync/rwmutex.go: { w Mutex (8 bytes), writerSem, readerSem uint32, … };
 * mutex.go: { state, sema int32 }; waitgroup.go: 8 bytes of counters, sema uint32.
 */
function semaphoreOffset(kind: WaitKind, mode: LockMode): number {
  if (kind === 'rwmutex') return mode === 'read' ? 12 : 8;
  return kind === 'waitgroup' ? 8 : 4;
}

/** The lowest page is never mapped, so smaller values are numbers. */
const LOWEST_ADDRESS = 4096;

/** The value of a word that can be an address and was live when it was printed; else null. */
export function sureAddress(word: Word | null | undefined): number | null {
  return word?.sure === true && word.value >= LOWEST_ADDRESS ? word.value : null;
}
