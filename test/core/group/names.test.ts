import { describe, expect, test } from 'vitest';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import type { Level } from '../../../src/core/group/levels.ts';
import { textAt, textsOf } from '../../../src/core/group/text-column.ts';
import type { DumpFormat } from '../../../src/core/model/dump.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';

function namesOf(goroutines: readonly DrawnGoroutine[], level: Level = 'exact', format: DumpFormat = 'traceback') {
  return textsOf(groupDump(indexDump(drawDump(goroutines, format)), level).name).toSorted();
}

describe('a name', () => {
  test.each<[DrawnGoroutine, string]>([
    [
      { state: 'chan send', frames: ['example.com/acme/orders.(*Publisher).publish'] },
      'orders.(*Publisher).publish → chan send',
    ],
    [{ state: 'chan receive (nil chan)', frames: ['main.leak.func1'] }, 'main.leak.func1 → chan receive (nil chan)'],
    [{ state: 'running', frames: [] }, '(no frames) → running'],
    [
      { state: 'semacquire', frames: ['sync.runtime_SemacquireMutex', 'sync.(*RWMutex).RLock', 'main.(*Cache).Get'] },
      'main.(*Cache).Get → semacquire (sync.RWMutex.RLock)',
    ],
    [
      { state: 'sync.Mutex.Lock', frames: ['internal/sync.runtime_SemacquireMutex', 'sync.(*Mutex).Lock', 'main.f'] },
      'main.f → sync.Mutex.Lock',
    ],
    [{ state: 'semacquire', frames: ['main.f'] }, 'main.f → semacquire'],
    [{ state: 'syscall', frames: ['!pthread_cond_wait'] }, 'pthread_cond_wait → syscall'],
  ])('%j', (goroutine, name) => {
    expect(namesOf([goroutine])).toEqual([name]);
  });

  test('of the other levels says what they group by', () => {
    const goroutine = {
      state: 'IO wait',
      frames: ['net/http.(*conn).serve'],
      createdBy: 'net/http.(*Server).Serve /s.go:1',
    };
    expect(namesOf([goroutine, { frames: ['main.main'] }], 'created-by')).toEqual([
      '(no creator)',
      'http.(*Server).Serve',
    ]);
    expect(namesOf([goroutine, { frames: [] }], 'package')).toEqual(['(no package)', 'net/http']);
    expect(namesOf([goroutine], 'state')).toEqual(['IO wait']);
  });
});

describe('two groups that would read alike', () => {
  const state = 'chan send';

  test('are told apart by their line', () => {
    expect(
      namesOf([
        { state, frames: ['a/orders.publish /p.go:88'] },
        { state, frames: ['a/orders.publish /p.go:90'] },
      ]),
    ).toEqual(['orders.publish:88 → chan send', 'orders.publish:90 → chan send']);
  });

  test('are told apart by their import path', () => {
    expect(
      namesOf(
        [
          { state, frames: ['a/orders.publish'] },
          { state, frames: ['b/orders.publish'] },
        ],
        'place',
      ),
    ).toEqual(['a/orders.publish → chan send', 'b/orders.publish → chan send']);
    expect(
      namesOf(
        [
          { frames: [], createdBy: 'a/orders.New /a.go:1' },
          { frames: [], createdBy: 'b/orders.New /a.go:1' },
        ],
        'created-by',
      ),
    ).toEqual(['a/orders.New', 'b/orders.New']);
  });

  test('are told apart by the first caller that differs, plumbing left out', () => {
    const frames = ['main.wait /a.go:1', 'main.step /a.go:2'];
    const drawn = [
      { state, frames: [...frames, 'bufio.(*Reader).Read /b.go:1', 'main.left /a.go:3'] },
      { state, frames: [...frames, 'bufio.(*Reader).Peek /b.go:2', 'main.right /a.go:4'] },
    ];
    expect(namesOf(drawn, 'functions')).toEqual([
      'main.wait → chan send, from main.left',
      'main.wait → chan send, from main.right',
    ]);
    expect(namesOf(drawn, 'exact')).toEqual([
      'main.wait → chan send, from main.left:3',
      'main.wait → chan send, from main.right:4',
    ]);
  });

  test('are told apart by their creator', () => {
    const drawn = [66, 67].map((line) => ({ state, frames: ['main.f /a.go:1'], createdBy: `main.main /m.go:${line}` }));
    expect(namesOf(drawn)).toEqual(['main.f → chan send, by main.main:66', 'main.f → chan send, by main.main:67']);
  });

  test('are told apart by their file', () => {
    const drawn = ['a', 'b'].map((file) => ({ state, frames: [`main.f /${file}.go:1`] }));
    expect(namesOf(drawn)).toEqual(['main.f → chan send (/a.go)', 'main.f → chan send (/b.go)']);
  });

  test('are told apart by their depth, and by type arguments that only pprof prints', () => {
    expect(namesOf([{ frames: ['main.f', 'bufio.x'] }, { frames: ['main.f'] }], 'exact', 'pprof')).toEqual([
      'main.f',
      'main.f, from bufio.x',
    ]);
    const deep = (depth: number) => ({ frames: new Array<string>(depth).fill('main.deep /a.go:1') });
    expect(namesOf([deep(40), deep(50)], 'exact', 'pprof')).toEqual(['main.deep, 40 frames', 'main.deep, 50 frames']);
    expect(
      namesOf([{ frames: ['main.Map[go.shape.int]'] }, { frames: ['main.Map[go.shape.string]'] }], 'exact', 'pprof'),
    ).toEqual(['main.Map[...], as main.Map[go.shape.int]', 'main.Map[...], as main.Map[go.shape.string]']);
  });

  // Which of them comes first depends on their keys, so several are tried.
  test.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])(
    'are numbered when nothing else is left, past numbers that are taken: %s',
    (name) => {
      const drawn = [
        { state, frames: [`main.${name}`, 'bufio.(*Reader).a'] },
        { state, frames: [`main.${name}`, 'bufio.(*Reader).b'] },
        { state: 'chan send #2', frames: [`main.${name}`] },
      ];
      const plain = `main.${name} → chan send`;
      expect(namesOf(drawn, 'functions')).toEqual([plain, `${plain} #2`, `${plain} #3`]);
      const index = indexDump(drawDump(drawn));
      const table = groupDump(index, 'functions');
      expect(textAt(table.name, table.state.indexOf('chan send #2'))).toBe(`${plain} #2`);
    },
  );
});
