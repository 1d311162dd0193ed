import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../../src/core/group/levels.ts';
import type { CountLog } from '../../../src/core/model/count-log.ts';
import type { RaceReport } from '../../../src/core/model/race-report.ts';
import type { Frame } from '../../../src/core/model/symbols.ts';
import { analyse, nameDumps } from '../../../src/core/report/analyse.ts';
import { corpusFiles } from '../../support/corpus.ts';
import { drawDump, drawnDump } from '../../support/dump-builder.ts';
import { type Schema, schemaErrors } from '../../support/json-schema.ts';
import { readOne } from '../../support/read-one.ts';

const schema: Schema = JSON.parse(
  readFileSync(new URL('../../../public/analysis.schema.json', import.meta.url), 'utf8'),
);

describe('the document', () => {
  test('fits its schema, whatever the dumps', () => {
    fc.assert(
      fc.property(fc.array(drawnDump, { maxLength: 3 }), fc.constantFrom(...LEVELS), (dumps, level) => {
        const named = dumps.flatMap((dump, i) => nameDumps(`${i}.txt`, [dump]));
        const document: unknown = JSON.parse(
          JSON.stringify(analyse(named, level, { rejected: [{ name: 'x', why: 'y' }] })),
        );
        expect(schemaErrors(schema, document)).toEqual([]);
      }),
    );
  });

  test('does not fit when something is missing, misspelt or of another kind', () => {
    const document = JSON.parse(
      JSON.stringify(analyse(nameDumps('a.txt', [drawDump([{ frames: ['main.f'] }])]), 'exact')),
    );
    expect(schemaErrors(schema, document)).toEqual([]);
    expect(schemaErrors(schema, { ...document, verdicts: {} })).toEqual(['/verdicts: not in the schema']);
    expect(schemaErrors(schema, { ...document, verdict: { ...document.verdict, call: 'leak' } })).toEqual([
      '/verdict/call: leak is not listed',
    ]);
    const { series: _, ...withoutSeries } = document;
    expect(schemaErrors(schema, withoutSeries)).toEqual(['/series: missing']);
    document.dumps[0].groups[0].count = 1.5;
    document.dumps[0].takenAtFrom = 'guess';
    expect(schemaErrors(schema, document)).toEqual([
      '/dumps/0/takenAtFrom: guess is not listed',
      '/dumps/0/groups/0/count: is no integer',
    ]);
  });

  test('shows a small traceback in full', () => {
    const dump = drawDump(
      [
        {
          state: 'chan send',
          frames: ['orders.publish /p.go:88', '~main.run /m.go:3', '!...12 frames elided...'],
          createdBy: 'main.main /m.go:9',
          minutes: 6,
          labels: [['tenant', 'acme']],
          times: 3,
        },
        {
          state: 'chan send',
          frames: ['orders.publish /p.go:88', '~main.run /m.go:3', '!...12 frames elided...'],
          createdBy: 'main.main /m.go:9',
          labels: [['tenant', 'acme']],
          leaked: true,
        },
        { state: 'running', frames: ['main.main /m.go:1'], locked: true },
      ],
      'traceback',
      {
        provenance: { takenAtMs: Date.UTC(2026, 10, 23, 2, 41, 7), takenAtFrom: 'log-prefix', instance: 'orders-7f9c' },
        problems: [{ line: 17, text: 'goroutine x', why: 'no id' }],
        problemCount: 1,
        bytes: { read: 10, understood: 7, ignored: 3 },
      },
    );
    expect(analyse([{ name: 'a.txt', dump }], 'exact').dumps).toEqual([
      {
        name: 'a.txt',
        format: 'traceback',
        profile: 'goroutine',
        takenAt: '2026-11-23T02:41:07Z',
        takenAtFrom: 'log-prefix',
        instance: 'orders-7f9c',
        goroutines: 5,
        declared: null,
        truncated: false,
        states: { 'chan send': 4, running: 1 },
        waitMinutes: { none: 2, '6': 3 },
        createdBy: { 'main.main': 4, '(none)': 1 },
        lockedToThread: 1,
        leaked: 1,
        elided: 4,
        withAncestors: 0,
        stacks: 2,
        groups: [
          {
            count: 4,
            state: 'chan send',
            name: 'orders.publish → chan send',
            frames: [
              { function: 'orders.publish', file: '/p.go', line: 88, inlined: false },
              { function: 'main.run', file: '/m.go', line: 3, inlined: true },
              { function: '...12 frames elided...', file: '', line: 0, inlined: false },
            ],
            createdBy: { function: 'main.main', file: '/m.go', line: 9 },
            waitMinutes: { min: 6, median: 6, max: 6, unknown: 1 },
            labels: { tenant: 'acme' },
            cause: { id: 'L01', grade: 'proven' },
          },
          {
            count: 1,
            state: 'running',
            name: 'main.main → running',
            frames: [{ function: 'main.main', file: '/m.go', line: 1, inlined: false }],
            createdBy: null,
            waitMinutes: null,
            labels: null,
            cause: null,
          },
        ],
        causes: {
          expected: { goroutines: 0, groups: 0, rules: 0 },
          suspected: { goroutines: 4, groups: 1 },
          pairs: [],
        },
        problems: [{ line: 17, text: 'goroutine x', why: 'no id' }],
        problemCount: 1,
        lowerBounds: [],
        runningTests: [],
        caveats: [],
        bytes: { read: 10, understood: 7, ignored: 3 },
      },
    ]);
  });

  test('says null for what a counted form never prints, and unknown for its states', () => {
    const frames = ['runtime.gopark', 'runtime.chansend1', 'main.f'];
    const [goroutine, leak] = (['goroutine', 'goroutineleak'] as const).map(
      (profile) =>
        analyse(nameDumps('p', [drawDump([{ frames, times: 4 }], 'pprof', { profile, declared: 4 })]), 'exact')
          .dumps[0]!,
    );
    expect(goroutine).toMatchObject({
      states: { unknown: 4 },
      waitMinutes: null,
      createdBy: null,
      lockedToThread: null,
      leaked: null,
      elided: null,
      withAncestors: null,
      declared: 4,
      takenAt: null,
    });
    expect(goroutine?.groups[0]).toMatchObject({
      state: 'unknown',
      inferredState: 'chan send',
      name: 'main.f → chan send',
    });
    expect(leak?.leaked).toBe(4);
  });

  test('calls groups leaked that a leak profile beside the dump holds, in the verdict and as their cause', () => {
    const frames = ['runtime.gopark', 'runtime.chansend1', 'main.f'];
    const full = drawDump([
      { state: 'chan send', frames: ['main.f'], times: 4 },
      { state: 'select', frames: ['main.g'], times: 3 },
    ]);
    const leaks = drawDump([{ frames, times: 4 }], 'pprof', { profile: 'goroutineleak' });
    const document = analyse([...nameDumps('full', [full]), ...nameDumps('leaks', [leaks])], 'functions');
    expect(document.verdict.call).toBe('leaked');
    expect(document.verdict.groups.map(({ name, call, counts }) => [name, call, counts])).toEqual([
      ['main.f → chan send', 'leaked', [4]],
    ]);
    expect(document.dumps[0]?.groups.map(({ name, cause }) => [name, cause?.grade ?? null])).toEqual([
      ['main.f → chan send', 'proven'],
      ['main.g → select', null],
    ]);
    expect(schemaErrors(schema, document)).toEqual([]);
  });

  test('keeps labels apart that not all of a group share, and hostile words harmless', () => {
    const state = '__proto__';
    const drawn = [
      { state, frames: ['main.f'], labels: [['__proto__', 'x']] as const },
      { state, frames: ['main.g'], labels: [['a', 'b']] as const },
      { state, frames: ['main.g'] },
    ];
    const [dump] = JSON.parse(JSON.stringify(analyse(nameDumps('a', [drawDump(drawn)]), 'exact'))).dumps;
    expect(Object.entries(dump.states)).toEqual([['__proto__', 3]]);
    expect(dump.groups.map(({ labels }: { labels: object | null }) => labels && Object.entries(labels))).toEqual([
      null,
      [['__proto__', 'x']],
    ]);
  });

  test('tells the changes between consecutive dumps and counts over all of them', () => {
    const at = (times: number) => drawDump([{ state: 'select', frames: ['main.f /a.go:1'], times }]);
    const many = drawDump(Array.from({ length: 60 }, (_, i) => ({ state: 'select', frames: [`main.f${i} /a.go:1`] })));
    const { changes, series } = analyse(
      [...nameDumps('a.txt', [at(2), at(5)]), { name: 'b.txt', dump: many }],
      'exact',
    );
    expect(changes.map(({ from, to }) => `${from} ${to}`)).toEqual(['a.txt a.txt#2', 'a.txt#2 b.txt']);
    expect(changes[0]).toEqual({
      from: 'a.txt',
      to: 'a.txt#2',
      groups: [
        {
          name: 'main.f → select',
          before: 2,
          after: 5,
          delta: 3,
          kind: 'grew',
          fates: { stuck: 2, movedIn: 0, movedOut: 0, born: 3, left: 0 },
        },
      ],
      ids: { survived: 2, sameStack: 2, left: 0, born: 3 },
      idsWhyNot: '',
      caveats: [],
    });
    expect(series[0]).toEqual({ kind: 'total', name: 'total', counts: [2, 5, 60], fit: null });
    expect(series.at(-1)).toMatchObject({ kind: 'other', name: '11 other groups' });
    const parts = series.slice(1).reduce((sums, { counts }) => sums.map((sum, i) => sum + counts[i]!), [0, 0, 0]);
    expect(parts).toEqual([2, 5, 60]);
  });
});

// What two or more other tools counted in real dumps.
describe('agrees with the counts of other tools', () => {
  // Wrapped dumps need readers of their own.
  const plain = corpusFiles('debug2').filter(
    ({ expected }) => expected.wrapped === undefined && expected.goroutines > 0,
  );
  test.each(plain.map((file) => [file.name, file] as const))('for %s', async (name, { path, expected }) => {
    const dump = await readOne(readFileSync(path), { fileName: name });
    const [analysed] = analyse([{ name, dump }], 'functions').dumps;
    if (!analysed) throw new Error('nothing analysed');
    // The other tools leave the flag in the state.
    const states: Record<string, number> = {};
    let leaked = 0;
    for (const [state, count] of Object.entries(expected.states ?? {})) {
      const plainState = state.replace(/ \(leaked\)$/, '');
      states[plainState] = (states[plainState] ?? 0) + count;
      if (plainState !== state) leaked += count;
    }
    expect([analysed.states, analysed.leaked]).toEqual([states, leaked]);
    for (const key of [
      'goroutines',
      'waitMinutes',
      'createdBy',
      'lockedToThread',
      'elided',
      'withAncestors',
    ] as const) {
      expect([key, analysed[key]]).toEqual([key, expected[key]]);
    }
    expect(analysed.groups.reduce((sum, { count }) => sum + count, 0)).toBe(expected.goroutines);
    expect(schemaErrors(schema, JSON.parse(JSON.stringify(analyse([{ name, dump }], 'exact'))))).toEqual([]);
  });
});

describe('what stands beside the dumps', () => {
  const provenance = drawDump([{ frames: ['main.f'] }]).provenance;
  const log: CountLog = {
    form: 'log',
    key: 'goroutines',
    provenance: { ...provenance, takenAtMs: 1_795_401_667_000, takenAtFrom: 'log-prefix', instance: 'orders-1' },
    timesMs: Float64Array.of(1_795_401_667_000, Number.NaN),
    counts: Float64Array.of(7, 9),
    lines: Int32Array.of(1, 2),
    caveats: [],
  };
  const frames: readonly Frame[] = [{ function: 'main.f', file: '/m.go', line: 3, kind: 'go' }];
  const report: RaceReport = {
    provenance,
    races: [
      {
        line: 4,
        accesses: [
          { what: 'Write', address: '0x00c0', goroutine: 8, frames },
          { what: 'Previous read', address: '0x00c0', goroutine: 'main', frames: null },
        ],
        creations: [{ goroutine: 8, state: 'running', frames }],
        notes: [],
        times: 2,
      },
    ],
    reports: 2,
    caveats: [],
  };

  test('counts follow the dumps, and neither changes nor series are made of them', () => {
    const dump = drawDump([{ frames: ['main.f'] }]);
    const beside = { countLogs: [{ name: 'app.log', log }], races: [{ name: 'r.txt', report }], notes: [] };
    const document = analyse(nameDumps('a.txt', [dump]), 'exact', beside);
    expect(document.dumps.map(({ name, format, goroutines }) => [name, format, goroutines])).toEqual([
      ['a.txt', 'traceback', 1],
      ['app.log', 'count-log', 0],
    ]);
    expect(document.dumps[1]).toMatchObject({
      takenAt: '2026-11-23T02:41:07Z',
      instance: 'orders-1',
      counts: {
        first: 7,
        last: 9,
        min: 7,
        max: 9,
        points: [
          ['2026-11-23T02:41:07Z', 7],
          [null, 9],
        ],
      },
    });
    expect(document.series[0]).toEqual({ kind: 'total', name: 'total', counts: [1], fit: null });
    expect(document.changes).toEqual([]);
    expect(document.races).toMatchObject([
      { name: 'r.txt', line: 4, times: 2, accesses: [{ frames: [{ line: 3 }] }, { frames: null }] },
    ]);
    expect(schemaErrors(schema, JSON.parse(JSON.stringify(document)))).toEqual([]);
  });

  test('dumps of an archive are called by their place in it', () => {
    const inArchive = (entry: string) => {
      const dump = drawDump([{ frames: ['main.f'] }]);
      return { ...dump, provenance: { ...dump.provenance, entry } };
    };
    const names = nameDumps('b.zip', [inArchive('1/stacks.txt'), inArchive('1/stacks.txt'), inArchive('2/stacks.txt')]);
    expect(names.map(({ name }) => name)).toEqual([
      'b.zip!/1/stacks.txt',
      'b.zip!/1/stacks.txt#2',
      'b.zip!/2/stacks.txt',
    ]);
  });
});
