import type { LockReport, LockVerdict, WaitTarget } from '../../../src/core/causes/locks/lock-report.ts';
import type { LocksReply } from '../../../src/store/state.ts';
import type { GoroutinePlace } from '../../../src/worker/protocol.ts';
import { dumpId } from './summaries.ts';

/** Goroutines that wait for one thing, with what a test cares about put over it. */
export function waitTarget(
  over: Partial<Omit<WaitTarget, 'waiters'>> & { waiters?: Partial<WaitTarget['waiters']> } = {},
): WaitTarget {
  const ids = over.waiters?.ids ?? [21, 22, 23];
  return {
    kind: 'mutex',
    address: 0xc000010000,
    object: null,
    holder: null,
    candidates: [],
    candidateCount: 0,
    unknown: '',
    ...over,
    waiters: {
      count: ids.length,
      ids,
      callers: [['main.work', ids.length]],
      unread: 0,
      oldestMinutes: 9,
      ...over.waiters,
    },
  };
}

/** What is said of one lock. */
export function lockVerdict(over: Partial<LockVerdict> = {}): LockVerdict {
  return {
    kind: 'pile-up',
    certainty: 'shown',
    ruleId: 'L43',
    targets: [0],
    waiters: 3,
    goroutineIds: [17],
    rest: null,
    why: ['3 goroutines wait for the mutex at 0xc000010000.', 'Goroutine 17 [sleep] likely holds it.'],
    ...over,
  };
}

export function lockReport(over: Partial<LockReport> = {}): LockReport {
  const targets = over.targets ?? [waitTarget()];
  return {
    targets,
    targetCount: targets.length,
    verdicts: [],
    waiting: targets.reduce((sum, { waiters }) => sum + waiters.count, 0),
    unread: 0,
    notes: [],
    ...over,
  };
}

/** Where a goroutine stands: its row is its id and a hundred. */
export function goroutinePlace(id: number, group = 'main.work → sync.Mutex.Lock'): GoroutinePlace {
  return { id, row: 100 + id, state: 'sync.Mutex.Lock', waitMinutes: 9, groupKey: `key of ${group}`, groupName: group };
}

/** The store's answer about a dump. */
export function locksReply(report: LockReport, places: readonly GoroutinePlace[] = [], of = 'd0'): LocksReply {
  return { dumpId: dumpId(of), report, places: new Map(places.map((place) => [place.id, place])) };
}
