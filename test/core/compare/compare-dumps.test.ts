import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDumps } from '../../../src/core/compare/compare-dumps.ts';
import { CHANGE_KINDS, type Comparison } from '../../../src/core/compare/comparison.ts';
import { previousCounts } from '../../../src/core/compare/previous-counts.ts';
import { type DumpIndex, indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { LEVELS, type Level } from '../../../src/core/group/levels.ts';
import { textsOf } from '../../../src/core/group/text-column.ts';
import type { DumpFormat } from '../../../src/core/model/dump.ts';
import { corpusFile } from '../../support/corpus.ts';
import { type DrawnDump, type DrawnGoroutine, drawDump, drawnDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

/** Changes as lines: kind, before > after, name. */
function lines({ changes }: Comparison): string[] {
  return changes.name.map(
    (name, row) => `${CHANGE_KINDS[changes.kind[row]!]} ${changes.before[row]} > ${changes.after[row]} ${name}`,
  );
}

function draw(
  goroutines: readonly DrawnGoroutine[],
  format: DumpFormat = 'traceback',
  more: DrawnDump = {},
): DumpIndex {
  return indexDump(drawDump(goroutines, format, more));
}

async function load(name: string): Promise<DumpIndex> {
  const file = corpusFile(name);
  if (!file) throw new Error(`${name} is missing`);
  return indexDump(await readOne(readFileSync(file.path), { fileName: name }));
}

const MIRRORED = { added: 'gone', gone: 'added', grew: 'shrank', shrank: 'grew', same: 'same' } as const;

/** Changes by key, so that their order does not matter. */
function byKey({ changes }: Comparison): Map<string, { before: number; after: number; kind: keyof typeof MIRRORED }> {
  return new Map(
    changes.key.map((key, row) => [
      key,
      { before: changes.before[row]!, after: changes.after[row]!, kind: CHANGE_KINDS[changes.kind[row]!]! },
    ]),
  );
}

describe('laws', () => {
  test('before and after add up to the two dumps, whatever their forms', () => {
    fc.assert(
      fc.property(drawnDump, drawnDump, fc.constantFrom(...LEVELS), (a, b, level) => {
        const { changes } = compareDumps(indexDump(a), indexDump(b), level);
        expect(changes.before.reduce((sum, count) => sum + count, 0)).toBe(a.goroutines);
        expect(changes.after.reduce((sum, count) => sum + count, 0)).toBe(b.goroutines);
        expect(new Set(changes.key).size).toBe(changes.length);
        expect(new Set(changes.name).size).toBe(changes.length);
      }),
    );
  });

  test('a dump against itself is all the same', () => {
    fc.assert(
      fc.property(drawnDump, fc.constantFrom(...LEVELS), (dump, level) => {
        const comparison = compareDumps(indexDump(dump), indexDump(dump), level);
        expect([...comparison.changes.kind].every((kind) => CHANGE_KINDS[kind] === 'same')).toBe(true);
        expect(comparison.changes.before).toEqual(comparison.changes.after);
        expect(comparison.changes.name.toSorted()).toEqual(textsOf(groupDump(indexDump(dump), level).name).toSorted());
        expect(comparison.caveats).toEqual([]);
        if (dump.format === 'traceback') {
          const all = dump.goroutines;
          expect(comparison.ids).toEqual({ survived: all, sameStack: all, left: 0, born: 0 });
        }
      }),
    );
  });

  test('B against A mirrors A against B', () => {
    fc.assert(
      fc.property(drawnDump, drawnDump, fc.constantFrom(...LEVELS), (a, b, level) => {
        const there = compareDumps(indexDump(a), indexDump(b), level);
        const back = compareDumps(indexDump(b), indexDump(a), level);
        const mirrored = [...byKey(back)].map(
          ([key, { before, after, kind }]) => [key, { before: after, after: before, kind: MIRRORED[kind] }] as const,
        );
        expect(new Map(mirrored)).toEqual(byKey(there));
        expect(back.idsWhyNot === '').toBe(there.idsWhyNot === '');
        expect(back.ids && { ...back.ids, left: back.ids.born, born: back.ids.left }).toEqual(there.ids);
      }),
    );
  });

  test('survived and left are A, survived and born are B', () => {
    fc.assert(
      fc.property(drawnDump, drawnDump, (a, b) => {
        const { ids } = compareDumps(indexDump(a), indexDump(b), 'exact');
        if (!ids) return;
        expect(ids.survived + ids.left).toBe(a.goroutines);
        expect(ids.survived + ids.born).toBe(b.goroutines);
        expect(ids.sameStack).toBeLessThanOrEqual(ids.survived);
      }),
    );
  });
});

describe('changes', () => {
  const f = { state: 'chan send', frames: ['main.f /a.go:1'] };
  const g = { state: 'select', frames: ['main.g /a.go:2'] };
  const h = { state: 'select', frames: ['main.h /a.go:3'] };
  const k = { state: 'select', frames: ['main.k /a.go:4'] };
  const m = { state: 'select', frames: ['main.m /a.go:5'] };

  test('are sorted by growth', () => {
    const a = draw([{ ...f, times: 2 }, { ...g, times: 5 }, h, { ...m, times: 3 }]);
    const b = draw([
      { ...f, times: 9 },
      { ...g, times: 4 },
      { ...k, times: 2 },
      { ...m, times: 3 },
    ]);
    expect(lines(compareDumps(a, b, 'exact'))).toEqual([
      'grew 2 > 9 main.f → chan send',
      'added 0 > 2 main.k → select',
      'same 3 > 3 main.m → select',
      'shrank 5 > 4 main.g → select',
      'gone 1 > 0 main.h → select',
    ]);
  });

  test('of a redeploy keep names apart that read alike in the two dumps', () => {
    const a = draw([{ state: 'select', frames: ['main.f /a.go:88'] }]);
    const b = draw([{ state: 'select', frames: ['main.f /a.go:90'] }]);
    expect(lines(compareDumps(a, b, 'exact'))).toEqual([
      'added 0 > 1 main.f:90 → select',
      'gone 1 > 0 main.f:88 → select',
    ]);
    expect(lines(compareDumps(a, b, 'functions'))).toEqual(['same 1 > 1 main.f → select']);
  });
});

describe('two forms of one moment', () => {
  const traceback: DrawnGoroutine[] = [
    { state: 'chan send', frames: ['main.Map[...] /a.go:1'], createdBy: 'main.main /m.go:1', times: 3 },
    {
      state: 'semacquire',
      frames: ['sync.runtime_SemacquireMutex /s.go:1', 'sync.(*Mutex).Lock /s.go:2', 'main.g /a.go:2'],
    },
  ];
  const pprof: DrawnGoroutine[] = [
    { frames: ['runtime.gopark /r.go:1', 'runtime.chansend1 /r.go:2', 'main.Map[go.shape.int] /a.go:1'], times: 3 },
    {
      frames: [
        'runtime.gopark /r.go:1',
        'sync.runtime_SemacquireMutex /s.go:1',
        'sync.(*Mutex).Lock /s.go:2',
        'main.g /a.go:2',
      ],
    },
  ];

  test.each<Level>(['exact', 'functions', 'place', 'package', 'state'])(
    'match at level %s, and what was left out is said',
    (level) => {
      for (const [a, b] of [
        [draw(traceback), draw(pprof, 'pprof')],
        [draw(pprof, 'pprof'), draw(traceback)],
      ] as const) {
        const comparison = compareDumps(a, b, level);
        expect(lines(comparison).every((line) => line.startsWith('same'))).toBe(true);
        expect(comparison.caveats.length > 0).toBe(level !== 'package');
        expect(comparison.idsWhyNot).toBe('The pprof form prints no goroutine ids.');
      }
    },
  );

  test('names and states come from the form that prints states', () => {
    const { changes, caveats } = compareDumps(draw(traceback), draw(pprof, 'pprof'), 'functions');
    expect(changes.name).toEqual(['main.Map[...] → chan send', 'main.g → semacquire (sync.Mutex.Lock)']);
    expect(changes.state).toEqual(['chan send', 'semacquire']);
    expect(caveats).toEqual([
      'One form prints no state, so groups are matched without it.',
      'One form prints no creators, so groups are matched without them.',
    ]);
  });

  test('have no creators in common', () => {
    const comparison = compareDumps(draw(traceback), draw(pprof, 'pprof'), 'created-by');
    expect(lines(comparison)).toEqual([
      'added 0 > 4 (creator not printed)',
      'gone 1 > 0 (no creator)',
      'gone 3 > 0 main.main',
    ]);
    expect(comparison.caveats).toHaveLength(1);
  });

  // The same moment of real programs: what is left over are the goroutines of the three requests themselves.
  test.each(['prog-lockbugs-go1.24/2-during', 'caddy-2.11/4-after', 'nats-2.9.10/1-before'])(
    'agree for %s',
    async (moment) => {
      const all = await Promise.all(
        ['debug2.txt', 'debug0.pb.gz', 'debug1.txt'].map((end) => load(`${moment}.${end}`)),
      );
      for (const [a, b] of [all, all.slice(1), [all[2], all[0]]]) {
        const { changes } = compareDumps(a!, b!, 'functions');
        const moved = changes.before.reduce((sum, before, row) => sum + Math.abs(before - changes.after[row]!), 0);
        expect(moved).toBeLessThanOrEqual(4);
      }
    },
  );
});

describe('caveats', () => {
  test('name a dump that is cut short and a leak profile', () => {
    const whole = draw([{ frames: ['main.f'] }]);
    const cut = draw([{ frames: ['main.f'] }], 'traceback', { truncated: true, profile: 'goroutineleak' });
    expect(compareDumps(whole, cut, 'functions').caveats).toEqual([
      'The later dump is cut short: its counts are lower bounds.',
      'One dump is a leak profile: in its counted forms it holds only goroutines that are proven leaked.',
    ]);
    expect(compareDumps(cut, whole, 'functions').caveats[0]).toBe(
      'The earlier dump is cut short: its counts are lower bounds.',
    );
  });

  test('say that a plain and a crash traceback show different frames', () => {
    const plain = draw([{ state: 'select', frames: ['main.f /a.go:1'] }]);
    const crash = draw([
      { state: 'select', frames: ['runtime.gopark', 'runtime.selectgo', 'main.f /a.go:1', 'runtime.goexit'] },
    ]);
    const comparison = compareDumps(plain, crash, 'exact');
    expect(lines(comparison)).toEqual(['same 1 > 1 main.f → select']);
    expect(comparison.caveats).toHaveLength(1);
    expect(comparison.ids).toEqual({ survived: 1, sameStack: 1, left: 0, born: 0 });
  });
});

describe('previousCounts', () => {
  test('gives each row of a table the count of the same group before, and nothing between two forms', () => {
    const before = draw([{ frames: ['main.f /a.go:1'], times: 2 }]);
    const now = draw([{ frames: ['main.g /a.go:1'] }, { frames: ['main.f /a.go:1'], times: 5 }]);
    expect(previousCounts(groupDump(now, 'exact'), now, before)).toEqual(Float64Array.of(2, 0));
    expect(previousCounts(groupDump(now, 'exact'), now, draw([], 'pprof'))).toBeNull();
    expect(previousCounts(groupDump(now, 'package'), now, draw([], 'pprof'))).toBeNull();
  });
});
