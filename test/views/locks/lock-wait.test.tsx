import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { LockReport } from '../../../src/core/causes/locks/lock-report.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import { LockWait } from '../../../src/views/locks/LockWait.tsx';
import type { GoroutineDetail, GroupDetail } from '../../../src/worker/protocol.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { groupDetail } from '../support/groups.ts';
import { goroutinePlace, lockReport, locksReply, waitTarget } from '../support/locks.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

const goroutine = (id: number | null): GoroutineDetail => ({
  row: 100 + (id ?? 0),
  id,
  weight: 1,
  state: 'sync.Mutex.Lock',
  waitMinutes: 9,
  creatorId: null,
  lockedToThread: false,
  leaked: false,
  fate: null,
});
const HOLDER = {
  goroutineId: 17,
  row: 117,
  function: 'main.(*Cache).Put',
  line: 40,
  state: 'sleep',
  why: 'It is past line 36.',
  inferred: true,
} as const;

function show(report: LockReport, over: Partial<GroupDetail> = {}) {
  const detail = groupDetail({
    states: [['sync.Mutex.Lock', 2]],
    lockWaits: 2,
    goroutines: [21, 22].map(goroutine),
    ...over,
  });
  return renderOver(
    {
      dumps: [dumpEntry({ summary: dumpSummary({ lockWaits: 2 }) })],
      view: { ...INITIAL_VIEW, dumpId: dumpId('d0'), groupKey: detail.key },
      detail: { status: 'ready', value: detail, error: null },
      locks: { status: 'ready', value: locksReply(report, [goroutinePlace(17)]), error: null },
    },
    <LockWait detail={detail} />,
  );
}
const part = () => screen.queryByRole('region', { name: 'Lock' });

test('says which lock a group waits for and who seems to hold it, and leads to all locks', async () => {
  const user = userEvent.setup();
  const { actions } = show(lockReport({ targets: [waitTarget({ holder: HOLDER })] }));
  expect(part()).toHaveTextContent('Waits for the mutex at 0xc000010000; held, it seems, by goroutine 17inferred.');
  await user.click(screen.getByRole('button', { name: 'goroutine 17' }));
  expect(actions.showRawText).toHaveBeenCalledExactlyOnceWith(117);
  await user.click(screen.getByRole('button', { name: 'Show all locks' }));
  expect(actions.choose).toHaveBeenCalledExactlyOnceWith({ tab: 'locks' });
});

test('says that the holder is unknown, and why', () => {
  show(lockReport({ targets: [waitTarget({ unknown: 'Nobody else is past it.' })] }));
  expect(part()).toHaveTextContent(
    'Waits for the mutex at 0xc000010000. Who holds it is unknown. Nobody else is past it.',
  );
  expect(part()).not.toHaveTextContent('it seems');
});

test('locks that other groups wait for are not told here', () => {
  show(lockReport({ targets: [waitTarget({ waiters: { ids: [31, 32] }, holder: HOLDER })] }));
  expect(part()).toHaveTextContent('None of its goroutines is among the waiters that are listed by id.');
  expect(part()).not.toHaveTextContent('0xc000010000');
});

test('names the struct where only that is shown', () => {
  const object = { type: 'main.(*Cache)', address: 0xc000096040 };
  show(lockReport({ targets: [waitTarget({ kind: 'rwmutex', address: null, object })] }));
  expect(part()).toHaveTextContent('Waits for the read-write lock in main.(*Cache) at 0xc000096040.');
});

test('is not there for a group that waits for no lock', () => {
  show(lockReport({ targets: [waitTarget({ holder: HOLDER })] }), { lockWaits: 0 });
  expect(part()).toBeNull();
});

test('of a form without ids gives the reason why no lock is named', () => {
  show(
    lockReport({ targets: [waitTarget({ waiters: { ids: [] } })], notes: ['No arguments. Take a dump with debug=2.'] }),
    {
      states: [['unknown', 2]],
      inferredState: 'sync.Mutex.Lock',
      goroutines: [goroutine(null)],
    },
  );
  expect(part()).toHaveTextContent('No arguments. Take a dump with debug=2.');
});
