import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DumpIndex, indexDump } from '../../../src/core/group/cells.ts';
import { groupCells, groupDump, groupRows, groupWaits } from '../../../src/core/group/group-dump.ts';
import { type GroupTable, NO_WAIT } from '../../../src/core/group/group-table.ts';
import { partitionCells } from '../../../src/core/group/keys.ts';
import { LEVELS, type Level } from '../../../src/core/group/levels.ts';
import { textsOf } from '../../../src/core/group/text-column.ts';
import { type DrawnGoroutine, drawDump, drawnDump, drawnGoroutines } from '../../support/dump-builder.ts';

/** A table as lines: count, name. */
function lines(table: GroupTable): string[] {
  return textsOf(table.name).map((name, row) => `${table.count[row]} ${name}`);
}

function groupsOf(goroutines: readonly DrawnGoroutine[], level: Level): string[] {
  return lines(groupDump(indexDump(drawDump(goroutines)), level));
}

/** From strict to loose; each pair's second may never tell apart what the first joins. */
const COARSER: readonly (readonly [Level, Level])[] = [
  ['exact', 'functions'],
  ['functions', 'place'],
  ['place', 'package'],
  ['functions', 'created-by'],
  ['exact', 'state'],
  ['place', 'state'],
];

describe('laws', () => {
  test('the counts of the groups add up to the goroutines at every level', () => {
    fc.assert(
      fc.property(drawnDump, fc.constantFrom(...LEVELS), (dump, level) => {
        const table = groupDump(indexDump(dump), level);
        expect(table.count.reduce((sum, count) => sum + count, 0)).toBe(dump.goroutines);
        expect(table.goroutines).toBe(dump.goroutines);
      }),
    );
  });

  test.each(COARSER)('%s joins no two goroutines that %s tells apart', (strict, loose) => {
    fc.assert(
      fc.property(drawnDump, (dump) => {
        const index = indexDump(dump);
        const fine = partitionCells(index, strict);
        const coarse = partitionCells(index, loose);
        const seen = new Map<number, number>();
        fine.groupOf.forEach((group, cell) => {
          const known = seen.get(group);
          expect(known ?? coarse.groupOf[cell]).toBe(coarse.groupOf[cell]);
          seen.set(group, coarse.groupOf[cell]!);
        });
        expect(coarse.length).toBeLessThanOrEqual(fine.length);
      }),
    );
  });

  test('the order of goroutines changes nothing', () => {
    fc.assert(
      fc.property(
        drawnGoroutines.chain((drawn) =>
          fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length })),
        ),
        fc.constantFrom(...LEVELS),
        ([drawn, shuffled], level) => {
          const [left, right] = [drawn, shuffled].map((list) => {
            const { mainStack: _, name, ...rest } = groupDump(indexDump(drawDump(list)), level);
            return { ...rest, name: textsOf(name) };
          });
          expect(right).toEqual(left);
        },
      ),
    );
  });

  test('keys and names are unique, and keys come from content alone', () => {
    fc.assert(
      fc.property(drawnDump, drawnGoroutines, fc.constantFrom(...LEVELS), (dump, others, level) => {
        const table = groupDump(indexDump(dump), level);
        expect(new Set(table.key).size).toBe(table.length);
        expect(new Set(textsOf(table.name)).size).toBe(table.length);
        if (dump.format !== 'traceback') return;
        // The same goroutines behind others, where every index is another.
        const { symbols, rows } = dump;
        const again = drawDump([...others, ...redrawn({ symbols, rows })]);
        const keys = new Set(groupDump(indexDump(again), level).key);
        expect(table.key.filter((key) => !keys.has(key))).toEqual([]);
      }),
    );
  });

  test('the rows of the groups are all rows, each once', () => {
    fc.assert(
      fc.property(drawnDump, fc.constantFrom(...LEVELS), (dump, level) => {
        const index = indexDump(dump);
        const table = groupDump(index, level);
        const all = table.key.flatMap((key) => [...groupRows(index, level, key)]);
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: dump.rows.length }, (_, row) => row));
      }),
    );
  });

  test('waits agree with a plain count over the rows', () => {
    fc.assert(
      fc.property(drawnGoroutines, fc.constantFrom(...LEVELS), (drawn, level) => {
        const dump = drawDump(drawn);
        const index = indexDump(dump);
        const table = groupDump(index, level);
        table.key.forEach((key, row) => {
          const minutes = [...groupRows(index, level, key)].map((at) => dump.rows.waitMinutes![at]!);
          const printed = minutes.filter((wait) => wait >= 0).sort((a, b) => a - b);
          expect(table.waitUnknown[row]).toBe(minutes.length - printed.length);
          expect([table.waitMin[row], table.waitMedian[row], table.waitMax[row]]).toEqual(
            printed.length === 0
              ? [NO_WAIT, NO_WAIT, NO_WAIT]
              : [printed[0], printed[Math.ceil(printed.length / 2) - 1], printed.at(-1)],
          );
          const waits = groupWaits(index, groupCells(index, level, key));
          expect(waits.flatMap(([wait, count]) => new Array<number>(count).fill(wait))).toEqual(printed);
        });
      }),
    );
  });
});

/** The goroutines of a traceback as they would be drawn. */
function redrawn({ symbols, rows }: Pick<DumpIndex['dump'], 'symbols' | 'rows'>): DrawnGoroutine[] {
  const draw = (frame: number): string => {
    const name = symbols.strings[symbols.frameFunction[frame]!]!;
    const mark = ['', '~', '!', '!', '!'][symbols.frameKind[frame]!]!;
    const file = symbols.strings[symbols.frameFile[frame]!]!;
    return `${mark}${name}${file === '' ? '' : ` ${file}:${symbols.frameLine[frame]}`}`;
  };
  return Array.from({ length: rows.length }, (_, row) => {
    const stack = rows.stack[row]!;
    const creator = symbols.stackCreator[stack]!;
    return {
      state: symbols.states[rows.state[row]!]!,
      frames: [...symbols.stackFrames.subarray(symbols.stackStart[stack], symbols.stackStart[stack + 1])].map(draw),
      ...(creator < 0 ? {} : { createdBy: draw(creator) }),
    };
  });
}

describe('what each level looks at', () => {
  const deploys: DrawnGoroutine[] = [
    {
      state: 'chan send',
      frames: ['example.com/o/v2/orders.(*Q).take.func1 /o.go:10', 'main.run /m.go:1'],
      createdBy: 'main.main.func2 /m.go:9',
    },
    {
      state: 'chan send',
      frames: ['example.com/o/v3/orders.(*Q).take.func2.1 /o.go:20', 'main.run /m.go:2'],
      createdBy: 'main.main.func3 /m.go:9',
    },
  ];

  test('a redeploy changes lines and closure numbers: two exact groups, one by functions', () => {
    expect(groupsOf(deploys, 'exact')).toEqual([
      '1 orders.(*Q).take.func1 → chan send',
      '1 orders.(*Q).take.func2.1 → chan send',
    ]);
    expect(groupsOf(deploys, 'functions')).toEqual(['2 orders.(*Q).take.func1 → chan send']);
  });

  test('inlining and the number of elided frames tell no stacks apart', () => {
    expect(groupsOf([{ frames: ['~main.f /a.go:1'] }, { frames: ['main.f /a.go:1'] }], 'exact')).toHaveLength(1);
    const elided = [
      { frames: ['main.f', '!...12 frames elided...'] },
      { frames: ['main.f', '!...99 frames elided...'] },
    ];
    expect(groupsOf(elided, 'exact')).toHaveLength(1);
    expect(groupsOf([...elided, { frames: ['main.f'] }], 'functions')).toHaveLength(2);
    expect(
      groupsOf([{ frames: ['!non-Go function at pc=0x1f'] }, { frames: ['!non-Go function at pc=0x2f'] }], 'exact'),
    ).toHaveLength(1);
  });

  test('the file, the line, the creator and the state tell exact groups apart', () => {
    const base = { state: 'select', frames: ['main.f /a.go:1'], createdBy: 'main.main /m.go:1' };
    for (const other of [
      { ...base, frames: ['main.f /b.go:1'] },
      { ...base, frames: ['main.f /a.go:2'] },
      { ...base, createdBy: 'main.main /m.go:2' },
      { ...base, state: 'chan send' },
    ]) {
      expect(groupsOf([base, other], 'exact')).toHaveLength(2);
    }
    expect(groupsOf([base, { ...base, minutes: 3 }, { ...base, labels: [['a', 'b']] }], 'exact')).toHaveLength(1);
  });

  test('runtime frames that only some forms show are trimmed from the level of functions on', () => {
    const plain = { state: 'chan receive', frames: ['main.f /a.go:1'] };
    const crash = {
      state: 'chan receive',
      frames: [
        'runtime.gopark',
        'runtime.chanrecv',
        'runtime.chanrecv1',
        'main.f /a.go:1',
        'runtime.main',
        'runtime.goexit',
      ],
    };
    expect(groupsOf([plain, crash], 'exact')).toHaveLength(2);
    expect(groupsOf([plain, crash], 'functions')).toEqual(['2 main.f → chan receive']);
    const panicking = [
      { frames: ['panic', 'main.f'] },
      { frames: ['runtime.gopanic', 'main.f'] },
      { frames: ['main.g', 'panic', 'runtime.goPanicIndex', 'main.f'] },
      { frames: ['main.g', 'runtime.gopanic', 'main.f'] },
    ];
    expect(groupsOf(panicking, 'functions')).toEqual(['2 main.f → running', '2 main.g → running']);
  });

  test('a form without states is grouped by what its frames betray', () => {
    const dump = drawDump(
      [
        { frames: ['runtime.gopark', 'runtime.chansend1', 'main.f /a.go:1'], times: 3 },
        { frames: ['runtime.gopark', 'runtime.chanrecv1', 'main.f /a.go:2'], times: 2 },
        { frames: ['main.f /a.go:3'] },
      ],
      'pprof',
    );
    const table = groupDump(indexDump(dump), 'functions');
    expect(lines(table)).toEqual(['3 main.f → chan send', '2 main.f → chan receive', '1 main.f']);
    expect(table.state).toEqual(['unknown', 'unknown', 'unknown']);
    expect(table.inferredState).toEqual(['chan send', 'chan receive', '']);
    expect(lines(groupDump(indexDump(dump), 'state'))).toEqual(['3 chan send', '2 chan receive', '1 unknown']);
    expect(lines(groupDump(indexDump(dump), 'created-by'))).toEqual(['6 (creator not printed)']);
  });

  test('a difference profile may count below zero', () => {
    const dump = drawDump(
      [
        { frames: ['main.f /a.go:1'], times: -5 },
        { frames: ['main.g /a.go:1'], times: 2 },
      ],
      'pprof',
    );
    expect(lines(groupDump(indexDump(dump), 'exact'))).toEqual(['2 main.g', '-5 main.f']);
  });

  test('columns say what the group holds', () => {
    const table = groupDump(
      indexDump(
        drawDump([
          { state: 'select', frames: ['main.a /a.go:1'], createdBy: 'main.x /m.go:1', minutes: 4, times: 2 },
          { state: 'select', frames: ['main.b /a.go:1'], createdBy: 'main.y /m.go:2', minutes: 9 },
          { state: 'IO wait', frames: ['main.b /a.go:1'], createdBy: 'main.y /m.go:2' },
        ]),
      ),
      'package',
    );
    expect({ ...table, name: textsOf(table.name), key: [], mainStack: [] }).toEqual({
      level: 'package',
      goroutines: 4,
      length: 1,
      key: [],
      name: ['main'],
      count: Float64Array.of(4),
      state: ['select'],
      inferredState: [''],
      stateCount: Uint32Array.of(2),
      waitMin: Int32Array.of(4),
      waitMedian: Int32Array.of(4),
      waitMax: Int32Array.of(9),
      waitUnknown: Float64Array.of(1),
      createdBy: ['main.x'],
      createdByCount: Uint32Array.of(2),
      stacks: Uint32Array.of(2),
      mainStack: [],
    });
  });
});
