import { expect, test } from 'vitest';
import { parseArguments } from '../../../../src/core/causes/locks/arguments.ts';
import { parseGoroutineText, pointerReceiver } from '../../../../src/core/causes/locks/goroutine-text.ts';
import { readWaitsFor } from '../../../../src/core/causes/locks/waits-for.ts';

const sure = (value: number) => ({ value, sure: true });
const unsure = (value: number) => ({ value, sure: false });

test.each([
  ['', []],
  ['...', null],
  ['0xc0000140c8', [sure(0xc0000140c8)]],
  ['0xc0000140c8?, 0x0?, 0x1', [unsure(0xc0000140c8), unsure(0), sure(1)]],
  ['{0x1, 0x2}, 0x3', [null, sure(3)]],
  ['0x1, {{0x2?, 0x3}, {0x4, ...}}, 0x5', [sure(1), null, sure(5)]],
  ['0x1, _, 0x2', [sure(1), null, sure(2)]],
  ['0x1, 0x2, ...', [sure(1), sure(2)]],
  ['0xa4a2984, 0x0, 0x1', [sure(0xa4a2984), sure(0), sure(1)]],
  ['0x2e302e302e373231?, 0x1', [null, sure(1)]],
  ['{}', [null]],
  ['1, x', [null, null]],
])('arguments %s', (text, wanted) => {
  expect(parseArguments(text)).toEqual(wanted);
});

test.each([
  ['main.(*Server).run', 'main.(*Server)'],
  ['example.com/a/b.(*Map[...]).Get', 'example.com/a/b.(*Map[...])'],
  ['sync.(*Mutex).lockSlow', 'sync.(*Mutex)'],
  ['main.(*Server).run.func1', null],
  ['main.(*Server).run.gowrap2', null],
  ['main.Server.run', null],
  ['main.run', null],
  ['main.main.func1', null],
])('receiver of %s', (name, wanted) => {
  expect(pointerReceiver(name)).toBe(wanted);
});

test('the text of a goroutine: frames, files with blanks and colons, creator and ancestors', () => {
  const text = [
    'goroutine 7 [sync.Mutex.Lock, 3 minutes, locked to thread]:',
    'internal/sync.(*Mutex).lockSlow(0xc000092260)',
    '\t/usr/local/go/src/internal/sync/mutex.go:149 +0x15d fp=0xc000047f18 sp=0xc000047ef0 pc=0x43d3f6',
    'sync.(*Mutex).Lock(...)',
    '\tC:/Users/Jane Doe/sync/mutex.go:46',
    '...23 frames elided...',
    'main.(*T).run(0xc000092250, {0x1?, 0x2})\r',
    '\t/app/main.go:22 +0x9c\r',
    'created by main.main in goroutine 1',
    '\t/app/main.go:66 +0x87',
    '[originating from goroutine 1]:',
    'main.main(...)',
    '\t/app/main.go:66 +0x87',
    'created by main.init',
    '\t/app/main.go:9 +0x1',
  ].join('\n');
  const { frames, ancestors } = parseGoroutineText(text);
  expect(frames.map((frame) => `${frame.function} ${frame.file}:${frame.line}`)).toEqual([
    'internal/sync.(*Mutex).lockSlow /usr/local/go/src/internal/sync/mutex.go:149',
    'sync.(*Mutex).Lock C:/Users/Jane Doe/sync/mutex.go:46',
    'main.(*T).run /app/main.go:22',
  ]);
  expect(frames[1]?.args).toBeNull();
  expect(frames[2]?.args).toEqual([sure(0xc000092250), null]);
  expect(ancestors).toEqual([
    { id: 1, frames: [{ function: 'main.main', args: null, file: '/app/main.go', line: 66 }] },
  ]);
});

test.each([
  [
    'a mutex, Go 1.24 on',
    [
      'internal/sync.runtime_SemacquireMutex(0x0?)',
      'internal/sync.(*Mutex).lockSlow(0xc000010000)',
      'internal/sync.(*Mutex).Lock(...)',
      'sync.(*Mutex).Lock(...)',
      'main.f(0x1)',
    ],
    'mutex write 0xc000010000 main.f',
  ],
  [
    'a mutex before',
    [
      'sync.runtime_SemacquireMutex(0xc0000990b0?)',
      'sync.(*Mutex).lockSlow(0xc000010000)',
      'sync.(*Mutex).Lock(...)',
      'main.f(0x1)',
    ],
    'mutex write 0xc000010000 main.f',
  ],
  [
    'a writer behind a writer',
    [
      'sync.runtime_SemacquireMutex(0x0?)',
      'sync.(*Mutex).lockSlow(0xc000010000)',
      'sync.(*Mutex).Lock(...)',
      'sync.(*RWMutex).Lock(0x50b951?)',
      'main.f(0x1)',
    ],
    'rwmutex write 0xc000010000 main.f',
  ],
  [
    'a reader',
    ['sync.runtime_SemacquireRWMutexR(0xc000010000?)', 'sync.(*RWMutex).RLock(...)', 'main.f(0x1)'],
    'rwmutex read - main.f',
  ],
  [
    'a reader through RLocker',
    ['sync.runtime_SemacquireRWMutexR(0x0?)', 'sync.(*RWMutex).RLock(...)', 'sync.(*rlocker).Lock(0x0?)', 'main.f()'],
    'rwmutex read - main.f',
  ],
  [
    'a reader on 386',
    ['sync.runtime_SemacquireRWMutexR(0xa4a2990, 0x0)', 'sync.(*RWMutex).RLock(0xa4a2984)', 'main.f(0x1)'],
    'rwmutex read 0xa4a2984 main.f',
  ],
  [
    'a WaitGroup to 1.25',
    ['sync.runtime_Semacquire(0xc000084170?)', 'sync.(*WaitGroup).Wait(0x509cf7?)', 'main.f()'],
    'waitgroup write - main.f',
  ],
  [
    'a WaitGroup from 1.26 on',
    ['sync.runtime_SemacquireWaitGroup(0xc000084170?, 0x80?)', 'sync.(*WaitGroup).Wait(0xc000084168)', 'main.f()'],
    'waitgroup write 0xc000084168 main.f',
  ],
  [
    'a condition',
    ['sync.runtime_notifyListWait(0xc00005d098, 0x1)', 'sync.(*Cond).Wait(0x50034c?)', 'main.f()'],
    'cond write 0xc00005d088 main.f',
  ],
  [
    'a channel after SIGQUIT',
    [
      'runtime.gopark(0x0?, 0x0?)',
      'runtime.chanrecv(0xc000052060, 0x0, 0x1)',
      'runtime.chanrecv1(0x0?, 0x0?)',
      'main.f()',
    ],
    'channel write 0xc000052060 main.f',
  ],
  [
    'a descriptor in use',
    ['internal/poll.runtime_Semacquire(0xc000052060?)', 'internal/poll.(*fdMutex).rwlock(0xc000052060)', 'main.f()'],
    'none',
  ],
])('what frames wait for: %s', (_, calls, wanted) => {
  const text = ['goroutine 1 [x]:', ...calls.flatMap((call) => [call, '\t/a.go:1 +0x1'])].join('\n');
  const { frames } = parseGoroutineText(text);
  const waits = readWaitsFor(frames, 8);
  const said =
    waits === null
      ? 'none'
      : `${waits.kind} ${waits.mode} ${waits.address === null ? '-' : `0x${waits.address.toString(16)}`} ${frames[waits.caller]?.function}`;
  expect(said).toBe(wanted);
});
