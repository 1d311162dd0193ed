import { UNKNOWN_STATE } from '../model/symbols.ts';
import type { StateClass } from './rule.ts';

/**
 * State words of all Go versions by what they mean to a rule. From runtime/runtime2.go of Go 1.4 to 1.27; `semacquire`
 * stood for locks and WaitGroups to Go 1.19 (locks) and 1.23 (WaitGroup), and stands for both where frames do not tell.
 */
const CLASSES: Readonly<Record<StateClass, readonly string[]>> = {
  'chan send': ['chan send'],
  'chan receive': ['chan receive'],
  'chan nil': ['chan send (nil chan)', 'chan receive (nil chan)'],
  select: ['select'],
  'select empty': ['select (no cases)'],
  lock: ['sync.Mutex.Lock', 'sync.RWMutex.Lock', 'sync.RWMutex.RLock', 'semacquire'],
  'wait group': ['sync.WaitGroup.Wait', 'semacquire'],
  cond: ['sync.Cond.Wait'],
  'IO wait': ['IO wait'],
  sleep: ['sleep'],
  syscall: ['syscall'],
  'finalizer wait': ['finalizer wait', 'cleanup wait'],
  'runtime idle': [
    'GC assist marking',
    'GC assist wait',
    'GC mark termination',
    'GC scavenge wait',
    'GC sweep wait',
    'GC weak to strong wait',
    'GC worker (active)',
    'GC worker (idle)',
    'GOMAXPROCS updater (idle)',
    'concurrent sweep wait',
    'dumping heap',
    'flushing proc caches',
    'force gc (idle)',
    'garbage collection',
    'garbage collection scan',
    'mark wait (idle)',
    'page trace flush',
    'stopping the world',
    'timer goroutine (idle)',
    'trace goroutine status',
    'trace proc status',
    'trace reader (blocked)',
    'wait for GC cycle',
  ],
  running: ['running', 'runnable', 'preempted', 'copystack'],
};

/** All classes by name. */
export const STATE_CLASSES = Object.keys(CLASSES) as readonly StateClass[];

const BITS = new Map<StateClass, number>(STATE_CLASSES.map((name, place) => [name, 1 << place]));
/** A word that no class holds: `coroutine`, `debug call`, a word of a Go to come. */
const OTHER = 1 << BITS.size;
const ALL = OTHER * 2 - 1;

/**
 * What a goroutine may be in when its form prints no state and frames betray none. Locks, WaitGroups, conditions, sleep
 * and the poller leave frames that every form prints, so it is none of these.
 */
const BETRAYED: readonly StateClass[] = ['lock', 'wait group', 'cond', 'IO wait', 'sleep'];
const UNBETRAYED = ALL & ~BETRAYED.reduce((mask, name) => mask | bitOf(name), 0);

const MASKS = new Map<string, number>();
for (const [name, words] of Object.entries(CLASSES) as [StateClass, readonly string[]][]) {
  for (const word of words) MASKS.set(word, (MASKS.get(word) ?? 0) | bitOf(name));
}

function bitOf(name: StateClass): number {
  return BITS.get(name) ?? 0;
}

/** Bits of the classes a state may be of. Takes the word as printed, refined or inferred; UNKNOWN_STATE when there is none. */
export function maskOfState(word: string): number {
  if (word === UNKNOWN_STATE) return UNBETRAYED;
  // Go 1.24 printed `select (synctest)` inside a test bubble, 1.25 `select (durable)`.
  return MASKS.get(word.replace(/ \((?:synctest|durable)\)$/, '')) ?? OTHER;
}

/** Bits of the classes a rule accepts; all when it names none. */
export function maskOfClasses(classes: readonly StateClass[]): number {
  return classes.length === 0 ? ALL : classes.reduce((mask, name) => mask | bitOf(name), 0);
}
