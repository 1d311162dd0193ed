import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLocks } from '../../../../src/core/causes/locks/find-locks.ts';
import type { LockReport } from '../../../../src/core/causes/locks/lock-report.ts';
import { indexDump } from '../../../../src/core/group/cells.ts';
import { corpusFile } from '../../../support/corpus.ts';
import { drawnDump } from '../../../support/dump-builder.ts';
import { locksOf, textOfFile, textsOf } from '../../../support/lock-texts.ts';
import { readOne } from '../../../support/read-one.ts';

/** A goroutine as text; a call is `main.f(0x1):22`, its line last. */
function goroutine(id: number, state: string, ...calls: string[]): string {
  const frames = calls.map((call) => {
    const at = call.lastIndexOf(':');
    return `${call.slice(0, at)}\n\t/app/main.go:${call.slice(at + 1)} +0x1d\n`;
  });
  return `goroutine ${id} [${state}]:\n${frames.join('')}created by main.main in goroutine 1\n\t/app/main.go:5 +0x1d\n`;
}

const onMutex = (address: string) => [
  'internal/sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?):95',
  `internal/sync.(*Mutex).lockSlow(${address}):149`,
  'internal/sync.(*Mutex).Lock(...):70',
  'sync.(*Mutex).Lock(...):46',
];
const onReadLock = ['sync.runtime_SemacquireRWMutexR(0x0?, 0x0?, 0x0?):100', 'sync.(*RWMutex).RLock(...):74'];

const A = '0xc000010008';
const OBJECT = '0xc000010000';
const B = '0xc000020008';
const OTHER = '0xc000020000';

/** Three that wait for A in get at line 20, and whoever else is there. */
const pile = (minutes = '') => [
  goroutine(31, `sync.Mutex.Lock${minutes}`, ...onMutex(A), `main.(*Store).get(${OBJECT}):20`),
  goroutine(32, 'sync.Mutex.Lock', ...onMutex(A), `main.(*Store).get(${OBJECT}):20`),
  goroutine(33, 'sync.Mutex.Lock', ...onMutex(A), `main.(*Store).get(${OBJECT}):20`),
];

const dumpOf = (...goroutines: string[]) => `${goroutines.join('\n')}\n`;

/** Kind, blamed ids and holders of all verdicts, as one line each. */
function told(report: LockReport): string[] {
  return report.verdicts.map(({ kind, certainty, goroutineIds, targets, waiters }) => {
    const holders = targets.map((at) => report.targets[at]?.holder?.goroutineId ?? '-');
    return `${kind} ${certainty ?? '-'} [${goroutineIds}] waiters ${waiters} holders ${holders}`;
  });
}

describe('a holder is named where a line shows it', () => {
  test.each([
    [
      'in a send past the lock',
      goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`),
      'channel-under-lock shown [9] waiters 3 holders 9',
    ],
    [
      'running past the lock',
      goroutine(9, 'running', `main.(*Store).get(${OBJECT}):25`),
      'pile-up shown [9] waiters 3 holders 9',
    ],
    [
      'in a call past the lock',
      goroutine(9, 'syscall', 'syscall.Syscall(0x1):8', `main.(*Store).get(${OBJECT}):25`),
      'pile-up shown [9] waiters 3 holders 9',
    ],
    [
      'waiting for children past the lock',
      goroutine(
        9,
        'sync.WaitGroup.Wait',
        'sync.runtime_SemacquireWaitGroup(0x0?):1',
        'sync.(*WaitGroup).Wait(0x0?):2',
        `main.(*Store).get(${OBJECT}):25`,
      ),
      'pile-up shown [9] waiters 3 holders 9',
    ],
    [
      'in a network write past the lock',
      goroutine(
        9,
        'IO wait',
        'internal/poll.runtime_pollWait(0x1):1',
        'internal/poll.(*FD).Write(0x1):2',
        `main.(*Store).get(${OBJECT}):25`,
      ),
      'pile-up shown [9] waiters 3 holders 9',
    ],
    [
      'waiting for another lock past the lock',
      goroutine(
        9,
        'sync.Mutex.Lock',
        ...onMutex(B),
        `main.(*Other).put(${OTHER}):50`,
        `main.(*Store).get(${OBJECT}):25`,
      ),
      'pile-up shown [9] waiters 3 holders 9',
    ],
  ])('%s', async (_, holder, wanted) => {
    expect(told(await locksOf(dumpOf(...pile(), holder)))).toContain(wanted);
  });

  test('in a receive only when it began with the wait of the others', async () => {
    const at = (minutes: string) => goroutine(9, `chan receive${minutes}`, `main.(*Store).get(${OBJECT}):25`);
    const calls = async (waiters: string, holder: string) => told(await locksOf(dumpOf(...pile(waiters), at(holder))));
    const unknown = ['unknown - [] waiters 3 holders -'];
    expect(await calls(', 12 minutes', ', 12 minutes')).toEqual(['channel-under-lock shown [9] waiters 3 holders 9']);
    expect(await calls(', 12 minutes', ', 13 minutes')).toEqual(['channel-under-lock shown [9] waiters 3 holders 9']);
    expect(await calls(', 12 minutes', ', 300 minutes')).toEqual(unknown);
    expect(await calls(', 12 minutes', ', 3 minutes')).toEqual(unknown);
    expect(await calls('', '')).toEqual(unknown);
    expect(await calls('', ', 12 minutes')).toEqual(unknown);
  });
});

describe('no holder is named', () => {
  test.each([
    ['that stands before the lock', goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):18`)],
    ['that stands at the line of the lock', goroutine(9, 'running', `main.(*Store).get(${OBJECT}):20`)],
    ['of another instance', goroutine(9, 'chan send', `main.(*Store).get(${OTHER}):25`)],
    ['whose receiver is not sure', goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}?):25`)],
    ['whose call is inlined', goroutine(9, 'chan send', 'main.(*Store).get(...):25', 'main.handle():7')],
    ['in another method of the object', goroutine(9, 'chan send', `main.(*Store).produce(${OBJECT}):60`)],
    ['in a loop of the object', goroutine(9, 'select', `main.(*Store).loop(${OBJECT}):60`)],
    ['in a closure of the method', goroutine(9, 'chan send', `main.(*Store).get.func1(${OBJECT}):25`)],
    ['in a method of the same name of another type', goroutine(9, 'chan send', `main.(*Shop).get(${OBJECT}):25`)],
    [
      'of two past the lock',
      `${goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`)}\n${goroutine(10, 'chan send', `main.(*Store).get(${OBJECT}):26`)}`,
    ],
    [
      'at a place where two stand past one lock elsewhere',
      [
        goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`),
        goroutine(10, 'chan send', `main.(*Store).get(${OTHER}):25`),
        goroutine(11, 'chan send', `main.(*Store).get(${OTHER}):25`),
      ].join('\n'),
    ],
    ['that is nobody', ''],
  ])('%s', async (_, near) => {
    const report = await locksOf(dumpOf(...pile(), ...(near === '' ? [] : [near])));
    expect(told(report)).toEqual(['unknown - [] waiters 3 holders -']);
    expect(report.targets[0]?.unknown).not.toBe('');
  });

  test('who locks, lets go and locks again waits at its second line for what it no longer holds', async () => {
    const again = goroutine(9, 'sync.Mutex.Lock', ...onMutex(A), `main.(*Store).get(${OBJECT}):28`);
    expect(told(await locksOf(dumpOf(...pile(), again)))).toEqual(['unknown - [] waiters 4 holders -']);
  });

  test('memory of a neighbour is not taken for the object of a lock', async () => {
    // Two calls of one line are unequally far from their locks: the lock is not in the receiver.
    const report = await locksOf(
      dumpOf(
        goroutine(31, 'sync.Mutex.Lock', ...onMutex('0xc000010100'), `main.(*Pool).do(${OBJECT}):20`),
        goroutine(32, 'sync.Mutex.Lock', ...onMutex('0xc000020180'), `main.(*Pool).do(${OTHER}):20`),
        goroutine(9, 'chan send', `main.(*Pool).do(${OBJECT}):25`),
      ),
    );
    expect(told(report)).toEqual(['unknown - [] waiters 1 holders -', 'unknown - [] waiters 1 holders -']);
    expect(report.targets.map(({ candidateCount }) => candidateCount)).toEqual([0, 0]);
  });

  test('a reader does not keep readers out when no writer waits', async () => {
    const readers = [31, 32].map((id) =>
      goroutine(id, 'sync.RWMutex.RLock', ...onReadLock, `main.(*Table).sum(${OBJECT}):20`),
    );
    const reader = goroutine(9, 'chan send', `main.(*Table).sum(${OBJECT}):25`);
    expect(told(await locksOf(dumpOf(...readers, reader)))).toEqual(['unknown - [] waiters 2 holders -']);
  });
});

describe('rings and locks taken twice', () => {
  const shelf = goroutine(
    7,
    'sync.Mutex.Lock',
    ...onMutex(B),
    `main.(*Other).enter(${OTHER}):50`,
    `main.(*Store).move(${OBJECT}):30`,
  );
  const room = goroutine(
    8,
    'sync.Mutex.Lock',
    ...onMutex(A),
    `main.(*Store).count(${OBJECT}):40`,
    `main.(*Other).clean(${OTHER}):60`,
  );

  test('two that stand in the object of each other', async () => {
    const report = await locksOf(dumpOf(shelf, room));
    expect(told(report)).toEqual(['ab-ba likely [8,7] waiters 2 holders -,-']);
  });

  test('a third inside one of the objects leaves it open', async () => {
    const third = goroutine(9, 'chan send', `main.(*Store).run(${OBJECT}):70`);
    expect(told(await locksOf(dumpOf(shelf, room, third))).every((line) => line.startsWith('unknown'))).toBe(true);
  });

  test('one function with its arguments swapped, and not when it waits for the first', async () => {
    const swapped = (line: number, wants: 0 | 1) =>
      dumpOf(
        goroutine(
          7,
          'sync.Mutex.Lock',
          ...onMutex([OBJECT, OTHER][wants] ?? ''),
          `main.transfer(${OBJECT}, ${OTHER}):${line}`,
        ),
        goroutine(
          8,
          'sync.Mutex.Lock',
          ...onMutex([OTHER, OBJECT][wants] ?? ''),
          `main.transfer(${OTHER}, ${OBJECT}):${line}`,
        ),
      );
    expect(told(await locksOf(swapped(22, 1)))).toEqual(['ab-ba likely [8,7] waiters 2 holders -,-']);
    expect(told(await locksOf(swapped(19, 0))).every((line) => line.startsWith('unknown'))).toBe(true);
  });

  test('a lock taken twice is shown by a line, and only suspected without', async () => {
    const twice = goroutine(
      9,
      'sync.Mutex.Lock',
      ...onMutex(A),
      `main.(*Store).notify(${OBJECT}):50`,
      `main.(*Store).get(${OBJECT}):25`,
    );
    expect(told(await locksOf(dumpOf(...pile(), twice)))).toEqual(['double-lock shown [9] waiters 4 holders -']);
    const alone = await locksOf(dumpOf(twice));
    expect(told(alone)).toEqual(['unknown - [] waiters 1 holders -']);
    expect(alone.verdicts[0]?.why.at(-1)).toBe(
      'Inferred, not proven: goroutine 9 waits for this lock inside a call of main.(*Store).get (main.go:25) of the same object. If that locks before it calls on, the goroutine waits for itself (a double lock); no line in this dump shows that it does.',
    );
  });

  test('a receiver that is lost counts where the calls around it show it', async () => {
    const lost = 'main.(*Rates).Get(0xbebc200?, {0x1, 0x3})';
    const waiting = goroutine(31, 'sync.Mutex.Lock', ...onMutex(A), `${lost}:28`, `main.(*Rates).loop(${OBJECT}):38`);
    const twice = (inner: string, outer: string) =>
      goroutine(
        35,
        'sync.Mutex.Lock',
        ...onMutex(A),
        `main.(*Rates).load(${inner}):20`,
        `${lost}:31`,
        `main.${outer}:38`,
      );
    const calls = async (inner: string, outer: string) => told(await locksOf(dumpOf(waiting, twice(inner, outer))));
    const unknown = ['unknown - [] waiters 2 holders -'];
    expect(await calls(OBJECT, `(*Rates).loop(${OBJECT})`)).toEqual(['double-lock shown [35] waiters 2 holders -']);
    expect(await calls(OBJECT, `(*Rates).loop(${OTHER})`)).toEqual(unknown);
    expect(await calls(OBJECT, `(*Shop).loop(${OBJECT})`)).toEqual(unknown);
    expect(await calls('0x1?', `(*Rates).loop(${OBJECT})`)).toEqual(unknown);
  });

  test('two that are past a lock and wait for it cannot both have it', async () => {
    const twice = [8, 9].map((id) =>
      goroutine(
        id,
        'sync.Mutex.Lock',
        ...onMutex(A),
        `main.(*Store).notify(${OBJECT}):50`,
        `main.(*Store).get(${OBJECT}):25`,
      ),
    );
    expect(told(await locksOf(dumpOf(...pile(), ...twice)))).toEqual(['unknown - [] waiters 5 holders -']);
  });
});

describe('forms without addresses', () => {
  test.each(['prog-lockbugs-go1.24/2-during.debug1.txt', 'prog-lockbugs-go1.24/2-during.debug0.pb.gz'])(
    '%s',
    async (name) => {
      const file = corpusFile(name);
      const { readFileSync } = await import('node:fs');
      const dump = await readOne(new Uint8Array(readFileSync(file?.path ?? '')));
      const report = await findLocks(indexDump(dump), async (rows) => rows.map(() => null));
      expect(report.waiting).toBe(129);
      expect([report.unread, ...report.targets.map(({ waiters }) => waiters.unread)].every((n) => n === 0)).toBe(true);
      expect(report.verdicts).toEqual([]);
      expect(report.notes[0]).toContain('prints no arguments');
      expect(report.targets.map(({ kind, address, waiters }) => [kind, address, waiters.count])).toEqual(
        expect.arrayContaining([['cond', null, 20]]),
      );
    },
  );

  test('a file that cannot be read back gives targets without addresses', async () => {
    const text = dumpOf(...pile());
    const dump = await readOne(text);
    const report = await findLocks(indexDump(dump), async (rows) => rows.map(() => null));
    expect(report.targets.map(({ kind, address, waiters }) => [kind, address, waiters.count])).toEqual([
      ['mutex', null, 3],
    ]);
    // Nothing is unread for want of room: `notes` says why no text could be had.
    expect([report.waiting, report.unread, report.targets[0]?.waiters.unread]).toEqual([3, 0, 0]);
    expect(report.notes).toEqual([
      'The text of this dump cannot be read back, so nothing shows which lock a goroutine waits for. Open the file it came from.',
    ]);
    expect(report.targets[0]?.unknown).toBe('The text of this dump cannot be read back.');
  });
});

test.each([
  ['prog-lockbugs-go1.19/3-later.debug2.txt', 'ab-ba shown [10,11] waiters 42 holders 11,10'],
  ['prog-lockbugs-go1.24/2-during.debug2.txt', 'ab-ba shown [22,23] waiters 42 holders 23,22'],
  ['prog-lockbugs-go1.19-386/1-during.debug2.txt', 'ab-ba shown [20,21] waiters 42 holders 21,20'],
])('the order of locks in %s', async (name, wanted) => {
  const lines = told(await locksOf(textOfFile(corpusFile(name)?.path ?? '')));
  expect(lines.filter((line) => line.startsWith('ab-ba'))).toHaveLength(1);
  expect(lines[0]?.replace(/holders .*/, '')).toBe(wanted.replace(/holders .*/, ''));
});

test('every waiting goroutine is in one target, whatever the dump holds', async () => {
  await fc.assert(
    fc.asyncProperty(drawnDump, async (dump) => {
      const report = await findLocks(indexDump(dump), async (rows) => rows.map(() => null));
      expect(report.targets.reduce((sum, { waiters }) => sum + waiters.count, 0)).toBe(report.waiting);
    }),
  );
});

test('goroutines of one lock wait together whatever the order they are printed in', async () => {
  const all = [
    ...pile(),
    goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`),
    goroutine(7, 'sync.Mutex.Lock', ...onMutex(B), `main.(*Other).enter(${OTHER}):50`),
    goroutine(
      8,
      'sync.Cond.Wait',
      'sync.runtime_notifyListWait(0xc00005d098, 0x1):500',
      'sync.(*Cond).Wait(0x5?):70',
      'main.f():3',
    ),
  ];
  const plain = told(await locksOf(dumpOf(...all)));
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (shuffled) => {
      expect(told(await locksOf(dumpOf(...shuffled)))).toEqual(plain);
    }),
    { numRuns: 20 },
  );
});

test('of two arguments near a lock the one at its address leads to it', async () => {
  const near = '0xc000010020';
  const report = await locksOf(
    dumpOf(
      goroutine(31, 'sync.Mutex.Lock', ...onMutex(near), `main.transfer(${near}, ${OBJECT}):19`),
      goroutine(9, 'chan send', `main.transfer(${near}, ${OTHER}):25`),
    ),
  );
  expect(told(report)).toEqual(['channel-under-lock shown [9] waiters 1 holders 9']);
});

test('two that are past one lock at different places and wait for it leave it open', async () => {
  const twice = (id: number, line: number) =>
    goroutine(
      id,
      'sync.Mutex.Lock',
      ...onMutex(A),
      `main.(*Store).notify(${OBJECT}):50`,
      `main.(*Store).get(${OBJECT}):${line}`,
    );
  expect(told(await locksOf(dumpOf(...pile(), twice(8, 25), twice(9, 27))))).toEqual([
    'unknown - [] waiters 5 holders -',
  ]);
});

test('no holder is named when not all that may hold the lock were read', async () => {
  const loops = (count: number) =>
    Array.from({ length: count }, (_, i) => goroutine(100 + i, 'select', `main.(*Store).loop(${OTHER}):60`));
  const holder = goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`);
  expect((await locksOf(dumpOf(...pile(), ...loops(1900), holder))).targets[0]?.holder?.goroutineId).toBe(9);
  const many = await locksOf(dumpOf(...pile(), ...loops(2100), holder));
  expect(many.targets[0]).toMatchObject({ holder: null, unknown: 'More goroutines may hold it than were read.' });
  expect(many.notes).toEqual(['More goroutines may hold these locks than were read, so no holder is named.']);
});

test('more waiters than are read: the rest stand in a target without an address', async () => {
  const many = Array.from({ length: 4200 }, (_, i) =>
    goroutine(100 + i, 'sync.Mutex.Lock', ...onMutex(A), `main.(*Store).get(${OBJECT}):20`),
  );
  const text = dumpOf(...many, goroutine(9, 'chan send', `main.(*Store).get(${OBJECT}):25`));
  const dump = await readOne(text);
  const asked: number[] = [];
  const read = textsOf(dump, text);
  const report = await findLocks(indexDump(dump), (rows) => {
    asked.push(rows.length);
    return read(rows);
  });
  expect(asked).toEqual([4000, 1]);
  expect(report.unread).toBe(200);
  expect(
    report.targets.map(({ address, waiters, holder }) => [
      address === null,
      waiters.count,
      holder?.goroutineId ?? null,
    ]),
  ).toEqual([
    [false, 4000, 9],
    [true, 200, null],
  ]);
  expect(report.notes).toEqual([
    '4,200 goroutines wait, and the text of 4,000 of them was read, some of every stack. The other 200 stand without an address below: they may wait for the same locks.',
  ]);
  expect(report.targets.map(({ waiters, unknown }) => [waiters.count, waiters.unread, unknown])).toContainEqual([
    200,
    200,
    'The text of 200 goroutines was not read, as too many wait at once.',
  ]);
});

describe('a condition, which nobody holds', () => {
  const waits = (id: number, object: string) =>
    goroutine(
      id,
      'sync.Cond.Wait, 7 minutes',
      'sync.runtime_notifyListWait(0xc0000660d0, 0x97):527',
      'sync.(*Cond).Wait(0x1b2459d5890?):70',
      `main.(*Barrier).await(${object}):33`,
    );
  const conditionOf = async (...goroutines: string[]) => {
    const { targets, verdicts } = await locksOf(dumpOf(...goroutines));
    expect(verdicts).toEqual([]);
    return targets.map(({ kind, address, holder, candidates, unknown }) => ({
      at: [kind, address, holder],
      inside: candidates.map(({ goroutineId }) => goroutineId),
      unknown,
    }));
  };
  const at = ['cond', 0xc0000660c0, null];
  const nobody =
    'No other goroutine is in a method of main.(*Barrier) at 0xc000010000, so none shows that it will signal. Consumers that wait for work look the same.';

  test('it is said when nobody else is in the object of those who wait', async () => {
    const other = goroutine(9, 'sleep', `main.(*Barrier).play(${OTHER}):60`);
    expect(await conditionOf(waits(31, OBJECT), waits(32, OBJECT), other)).toEqual([
      { at, inside: [], unknown: nobody },
    ]);
  });

  test('who else is in it may signal', async () => {
    const other = goroutine(9, 'sleep', `main.(*Barrier).play(${OBJECT}):60`);
    const unknown = 'Who else is in a method of main.(*Barrier) at 0xc000010000 may signal it.';
    expect(await conditionOf(waits(31, OBJECT), other)).toEqual([{ at, inside: [9], unknown }]);
  });

  test('nothing is said where the waiters are in different objects, or in none', async () => {
    expect(await conditionOf(waits(31, OBJECT), waits(32, OTHER))).toEqual([{ at, inside: [], unknown: '' }]);
    expect(await conditionOf(waits(31, `${OBJECT}?`))).toEqual([{ at, inside: [], unknown: '' }]);
  });
});

test('a real barrier that nobody opens: five wait, and none shows that it will signal', async () => {
  const folder = new URL('../../../fixtures/series/dumps/barrier-rounds/', import.meta.url).pathname;
  const last = readdirSync(folder).find((name) => name.includes('after-later'));
  const { targets } = await locksOf(textOfFile(`${folder}${last}`));
  const [barrier] = targets.filter(({ kind }) => kind === 'cond');
  expect([barrier?.waiters.count, barrier?.candidates, barrier?.holder]).toEqual([5, [], null]);
  expect(barrier?.unknown).toMatch(/^No other goroutine is in a method of series\/barrier\.\(\*Barrier\) at 0xc/);
});
