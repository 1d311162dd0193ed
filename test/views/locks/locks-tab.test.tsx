import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { LockReport } from '../../../src/core/causes/locks/lock-report.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import { LocksTab } from '../../../src/views/locks/LocksTab.tsx';
import type { DumpSummary, GoroutinePlace } from '../../../src/worker/protocol.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { goroutinePlace, lockReport, locksReply, lockVerdict, waitTarget } from '../support/locks.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

const PLACES = [17, 21, 22, 23].map((id) => goroutinePlace(id));

function show(report: LockReport, places: readonly GoroutinePlace[] = PLACES, summary: Partial<DumpSummary> = {}) {
  return renderOver(
    {
      dumps: [dumpEntry({ summary: dumpSummary({ lockWaits: 3, ...summary }) })],
      view: { ...INITIAL_VIEW, tab: 'locks', dumpId: dumpId('d0') },
      locks: { status: 'ready', value: locksReply(report, places), error: null },
    },
    <LocksTab />,
  );
}
const verdicts = () =>
  within(screen.getByRole('region', { name: 'What the addresses say' })).queryAllByRole('heading', { level: 4 });
const bodyRows = () =>
  within(screen.getByRole('table', { name: 'What is waited for' }))
    .getAllByRole('row')
    .slice(1);

describe('the table of what is waited for', () => {
  test('says kind, address, waiters, longest wait, the inferred holder and why', () => {
    const holder = {
      goroutineId: 17,
      row: 117,
      function: 'main.(*Cache).Put',
      line: 40,
      state: 'sleep',
      why: 'Inferred: it is past line 36.',
      inferred: true,
    } as const;
    show(lockReport({ targets: [waitTarget({ holder, object: { type: 'main.(*Cache)', address: 0xc000010000 } })] }));
    const [row] = bodyRows();
    expect(row).toHaveTextContent('Mutex0xc000010000in main.(*Cache) at 0xc000010000');
    expect(within(row as HTMLElement).getByRole('button', { name: '3' })).toBeVisible();
    expect(row).toHaveTextContent('9 min');
    expect(row).toHaveTextContent('goroutine 17inferredIt is past line 36.');
    expect(row).toHaveTextContent('main.work → sync.Mutex.Lock');
  });

  test('says unknown with the reason, and lists who is inside the same object', () => {
    const candidate = {
      goroutineId: 17,
      row: 117,
      function: 'main.(*Cache).Get',
      line: 9,
      state: 'sleep',
      why: 'Inside.',
    };
    show(
      lockReport({
        targets: [
          waitTarget({ address: null, unknown: 'Nothing shows it.', candidates: [candidate], candidateCount: 4 }),
        ],
      }),
    );
    const [row] = bodyRows();
    expect(row).toHaveTextContent('Mutexaddress not printed');
    expect(row).toHaveTextContent('unknownNothing shows it.');
    expect(row).toHaveTextContent('Inside the same object: goroutine 17 main.(*Cache).Getand 3 more');
    expect(row).not.toHaveTextContent('inferred');
  });

  test('a count lists the waiters, and each of them opens its raw text in place', async () => {
    const user = userEvent.setup();
    const { actions, store } = show(lockReport());
    await user.click(screen.getByRole('button', { name: '3' }));
    await user.click(screen.getByRole('button', { name: 'goroutine 22' }));
    expect(actions.showRawText).toHaveBeenCalledExactlyOnceWith(122);
    expect(screen.queryByRole('region', { name: 'Raw text' })).toBeNull();
    act(() =>
      store.setState({
        rawText: {
          status: 'ready',
          row: 122,
          error: null,
          value: { text: 'goroutine 22 [semacquire]:', offset: 9, cut: false },
        },
      }),
    );
    expect(screen.getByRole('button', { name: 'goroutine 22' })).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('region', { name: 'Raw text' })).toHaveTextContent('goroutine 22 [semacquire]:');
    await user.click(screen.getByRole('button', { name: 'goroutine 22' }));
    expect(actions.showRawText).toHaveBeenLastCalledWith(null);
  });

  test('a group leads to the groups', async () => {
    const { actions } = show(lockReport());
    await userEvent.setup().click(screen.getByTitle('main.work → sync.Mutex.Lock Shows the group'));
    expect(actions.choose).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ tab: 'groups', groupKey: 'key of main.work → sync.Mutex.Lock', search: '' }),
    );
  });

  test('of many shows fifty until all are asked for', async () => {
    const targets = Array.from({ length: 60 }, (_, at) => waitTarget({ address: 0xc000000000 + 16 * at }));
    show(lockReport({ targets, targetCount: 700 }));
    expect(bodyRows()).toHaveLength(50);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Show all 60' }));
    expect(bodyRows()).toHaveLength(60);
    expect(screen.getByText('The 60 with most waiters of 700 are listed.')).toBeVisible();
  });
});

describe('what the addresses say', () => {
  test('each kind has its words, how sure it is, and its rule', () => {
    const kinds = ['pile-up', 'double-lock', 'ab-ba', 'read-write-read', 'channel-under-lock', 'logging-lock'] as const;
    show(
      lockReport({
        targets: kinds.map(() => waitTarget()),
        verdicts: kinds.map((kind, at) =>
          lockVerdict({ kind, targets: [at], ruleId: 'L4x', certainty: at === 2 ? 'likely' : 'shown' }),
        ),
      }),
    );
    expect(verdicts().map((heading) => heading.textContent)).toEqual([
      'Pile-up behind one holdershown by addressesL4x',
      'Double lock: it waits for itselfshown by addressesL4x',
      'Locks in opposite order: each waits for the otherlikelyL4x',
      'RLock – Lock – RLock: a reader comes in again behind a writershown by addressesL4x',
      'Channel operation under a lockshown by addressesL4x',
      'Logging under the lock of a loggershown by addressesL4x',
    ]);
  });

  test('of two locks in opposite order says who holds what and waits for what', async () => {
    const { actions } = show(
      lockReport({
        targets: [waitTarget({ address: 0xa0 }), waitTarget({ address: 0xb0 })],
        verdicts: [
          lockVerdict({
            kind: 'ab-ba',
            targets: [0, 1],
            goroutineIds: [17, 21],
            waiters: 6,
            why: ['Goroutine 17 waits.'],
          }),
        ],
      }),
    );
    const rows = within(screen.getByRole('table', { name: 'Who holds what and waits for what' })).getAllByRole('row');
    expect(rows.slice(1).map((row) => row.textContent)).toEqual(['goroutine 170xa0→ 0xb0', 'goroutine 210xb0→ 0xa0']);
    expect(screen.getByText(/6 goroutines in all wait for these locks/)).toBeVisible();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Goroutine 17' }));
    expect(actions.showRawText).toHaveBeenCalledExactlyOnceWith(117);
  });

  test('of a double lock says that it holds and waits for the same', () => {
    show(lockReport({ verdicts: [lockVerdict({ kind: 'double-lock', goroutineIds: [21] })] }));
    const rows = within(screen.getByRole('table', { name: 'Who holds what and waits for what' })).getAllByRole('row');
    expect(rows.slice(1).map((row) => row.textContent)).toEqual(['goroutine 210xc000010000→ 0xc000010000']);
  });

  test('waiters of a WaitGroup lead to the children that are still there', async () => {
    const { actions } = show(
      lockReport({
        targets: [waitTarget({ kind: 'waitgroup', waiters: { ids: [21] } })],
        verdicts: [
          lockVerdict({
            kind: 'wait-group-children',
            certainty: null,
            goroutineIds: [22, 23],
            why: ['Two are still there.'],
          }),
        ],
      }),
    );
    expect(verdicts()[0]).toHaveTextContent('WaitGroup: the children still there');
    await userEvent.setup().click(screen.getByRole('button', { name: 'goroutine 23' }));
    expect(actions.showRawText).toHaveBeenCalledExactlyOnceWith(123);
    // Nobody holds a WaitGroup.
    expect(bodyRows()[0]).toHaveTextContent('none holds it');
  });

  test('unknown stays unknown, apart from what is named', () => {
    show(
      lockReport({
        verdicts: [
          lockVerdict({
            kind: 'unknown',
            certainty: null,
            ruleId: null,
            goroutineIds: [],
            why: ['No holder is shown.'],
          }),
        ],
      }),
    );
    expect(verdicts()).toEqual([]);
    expect(screen.getByRole('region', { name: 'What the addresses say' })).toHaveTextContent(
      'No deadlock and no holder is shown by the addresses of this dump.',
    );
    const unknown = screen.getByRole('region', { name: 'Holder unknown' });
    expect(unknown).toHaveTextContent('No holder is shown.');
    expect(within(unknown).queryByText(/inferred|shown by addresses|likely/)).toBeNull();
  });
});

test('a form without addresses says so and how to get them, and its callers are searched for', async () => {
  const { actions } = show(
    lockReport({
      targets: [
        waitTarget({
          address: null,
          unknown: 'This form of dump prints no addresses.',
          waiters: { count: 61, ids: [], oldestMinutes: null },
        }),
      ],
      notes: ['This form of dump prints no arguments. Take a dump with debug=2.'],
    }),
    [],
    { format: 'count-profile', hasIds: false },
  );
  expect(screen.getByText('This form of dump prints no arguments. Take a dump with debug=2.')).toBeVisible();
  expect(screen.getByText(/^curl -s .*debug=2/)).toBeVisible();
  expect(screen.queryByRole('region', { name: 'What the addresses say' })).toBeNull();
  await userEvent.setup().click(within(bodyRows()[0] as HTMLElement).getByTitle('Searches the groups for it'));
  expect(actions.choose).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ tab: 'groups', search: 'main.work' }),
  );
});

test('the locks of another dump are not shown, and a failure says why', () => {
  const { store } = show(lockReport());
  const { view } = store.getState();
  renderOver(
    {
      dumps: [dumpEntry({ summary: dumpSummary({ id: dumpId('d1') }) })],
      view: { ...view, dumpId: dumpId('d1') },
      locks: { status: 'failed', value: locksReply(lockReport()), error: 'The file is gone.' },
    },
    <LocksTab />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('The locks could not be found: The file is gone.');
  expect(screen.getAllByRole('table', { name: 'What is waited for' })).toHaveLength(1);
});
