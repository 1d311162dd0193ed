import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DumpIndex, indexDump } from '../../../src/core/group/cells.ts';
import { groupCells, groupDump } from '../../../src/core/group/group-dump.ts';
import { commonBasis, OWN_BASIS } from '../../../src/core/group/keys.ts';
import { LEVELS, type Level } from '../../../src/core/group/levels.ts';
import { textAt } from '../../../src/core/group/text-column.ts';
import { markGroups, targetsOf } from '../../../src/core/triage/mark-groups.ts';
import { cleanNote, type Mark, type MarkKind, markOfParts, marksOn } from '../../../src/core/triage/marks.ts';
import { type DrawnGoroutine, drawDump, drawnDump, drawnGoroutines } from '../../support/dump-builder.ts';

/** Marks the group that stands at `row` of a dump's table. */
function marksFor(index: DumpIndex, level: Level, row: number, mark: MarkKind): Mark[] {
  const key = groupDump(index, level).key[row]!;
  const { targets } = targetsOf(index, groupCells(index, level, key, OWN_BASIS), (each) => `name of ${each}`);
  return targets.map(({ goroutines: _, ...target }) => ({ ...target, mark, note: '' }));
}

/** Marked groups by name. */
function markedNames(index: DumpIndex, level: Level, marks: readonly Mark[]): string[] {
  const table = groupDump(index, level);
  const marked = new Map(markGroups([index], level, OWN_BASIS, marks).map((each) => [each.key, each.mark]));
  return table.key.flatMap((key, row) => (marked.has(key) ? `${textAt(table.name, row)}: ${marked.get(key)}` : []));
}

const sending: DrawnGoroutine = {
  state: 'chan send',
  frames: ['main.push.func1 /main.go:40', 'main.run /main.go:12'],
  createdBy: 'main.push /main.go:38',
};
const waiting: DrawnGoroutine = {
  state: 'select',
  frames: ['main.watch /main.go:80'],
  createdBy: 'main.push /main.go:39',
};

describe('a mark', () => {
  test('is on the same group after a redeploy and in forms that print less', () => {
    const marks = marksFor(indexDump(drawDump([sending, waiting])), 'exact', 0, 'expected');
    expect(marks).toMatchObject([
      { states: ['chan send'], frames: ['main.push.func', 'main.run'], createdBy: 'main.push' },
    ]);
    const later = drawDump([
      {
        ...sending,
        frames: ['main.push.func2 /main.go:44', 'main.run /main.go:13'],
        createdBy: 'main.push /main.go:41',
      },
      waiting,
    ]);
    expect(markedNames(indexDump(later), 'exact', marks)).toHaveLength(1);
    for (const form of ['pprof', 'count-profile'] as const) {
      const counted = indexDump(
        drawDump(
          [
            { ...sending, frames: ['runtime.gopark', 'runtime.chansend', 'runtime.chansend1', ...sending.frames] },
            waiting,
          ],
          form,
        ),
      );
      expect(markGroups([counted], 'functions', OWN_BASIS, marks), form).toHaveLength(1);
    }
  });

  test('is on no group with another state, creator, frame or depth', () => {
    const marks = marksFor(indexDump(drawDump([sending])), 'exact', 0, 'suspect');
    const others: DrawnGoroutine[] = [
      { ...sending, state: 'chan receive' },
      { ...sending, createdBy: 'main.other /main.go:1' },
      { state: 'chan send', frames: sending.frames },
      { ...sending, frames: sending.frames.slice(0, 1) },
      { ...sending, frames: [...sending.frames, 'main.main /main.go:1'] },
    ];
    for (const other of others) expect(markedNames(indexDump(drawDump([other])), 'exact', marks)).toEqual([]);
  });

  test('goes up to looser groups: one suspect makes them suspect, expected are only whole ones', () => {
    const index = indexDump(drawDump([{ ...sending, times: 5 }, waiting]));
    const byCreator = (marks: readonly Mark[]) =>
      markedNames(index, 'created-by', marks).map((each) => each.split(': ')[1]);
    const one = marksFor(index, 'exact', 0, 'expected');
    const both = marksFor(index, 'created-by', 0, 'expected');
    expect(both).toHaveLength(2);
    expect(byCreator(one)).toEqual([]);
    expect(byCreator(both)).toEqual(['expected']);
    expect(byCreator(marksFor(index, 'exact', 0, 'suspect'))).toEqual(['suspect']);
    expect(byCreator([...both.slice(0, 1), ...marksFor(index, 'exact', 1, 'done')])).toEqual(['expected']);
  });

  test('of several on one group is the last', () => {
    const index = indexDump(drawDump([sending]));
    const marks = [...marksFor(index, 'exact', 0, 'expected'), ...marksFor(index, 'exact', 0, 'done')];
    expect(markedNames(index, 'exact', marks)).toEqual([expect.stringMatching(/: done$/)]);
  });
});

describe('laws', () => {
  test('a marked group is found marked at its level, in its own dump', () => {
    fc.assert(
      fc.property(drawnDump, fc.constantFrom(...LEVELS), fc.nat(20), (dump, level, pick) => {
        const index = indexDump(dump);
        const table = groupDump(index, level);
        if (table.length === 0) return;
        const row = pick % table.length;
        const marks = marksFor(index, level, row, 'done');
        const found = markGroups([index], level, OWN_BASIS, marks);
        expect(found.map(({ key }) => key)).toContain(table.key[row]);
      }),
    );
  });

  test('marks on the page and in the dump agree', () => {
    fc.assert(
      fc.property(drawnDump, drawnDump, fc.nat(20), fc.nat(20), (one, other, pickOne, pickOther) => {
        const from = indexDump(one);
        const to = indexDump(other);
        const rowsFrom = groupDump(from, 'exact').length;
        const table = groupDump(to, 'functions');
        if (rowsFrom === 0 || table.length === 0) return;
        const marks = marksFor(from, 'exact', pickOne % rowsFrom, 'suspect');
        const key = table.key[pickOther % table.length]!;
        const { targets } = targetsOf(to, groupCells(to, 'functions', key, OWN_BASIS), () => '');
        const onPage = markOfParts(marksOn(marks, targets).map((mark) => ({ mark, goroutines: 1 })));
        const inDump = markGroups([to], 'functions', OWN_BASIS, marks).find((each) => each.key === key);
        // A group of states that frames tell apart may hold more than its first stack shows.
        if (onPage !== null) expect(inDump?.mark).toBe(onPage.mark);
      }),
    );
  });

  test('without marks nothing is marked; all marked expected, all is', () => {
    fc.assert(
      fc.property(drawnGoroutines, fc.constantFrom(...LEVELS), (goroutines, level) => {
        const index = indexDump(drawDump(goroutines));
        const table = groupDump(index, level);
        expect(markGroups([index], level, OWN_BASIS, [])).toEqual([]);
        const marks = table.key.flatMap((_, row) => marksFor(index, level, row, 'expected'));
        const { basis } = commonBasis([index, index], level);
        expect(markGroups([index], level, OWN_BASIS, marks)).toHaveLength(table.length);
        expect(markGroups([index, index], level, basis, marks).every(({ mark }) => mark === 'expected')).toBe(true);
      }),
    );
  });
});

test('a note is kept without control characters, and cut', () => {
  expect(cleanNote('  seen by\u0000 Ann\r\nticket 7\u001b[31m ')).toBe('seen by Ann\nticket 7[31m');
  expect(cleanNote('n'.repeat(5000))).toHaveLength(2000);
});
