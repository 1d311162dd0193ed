import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDumps } from '../../../src/core/compare/compare-dumps.ts';
import type { FateColumns } from '../../../src/core/compare/comparison.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { LEVELS } from '../../../src/core/group/levels.ts';
import { type DrawnGoroutine, drawDump, drawnDump, drawnGoroutines } from '../../support/dump-builder.ts';

const draw = (goroutines: readonly DrawnGoroutine[]) => indexDump(drawDump(goroutines));

/** Two dumps of one process: B has some goroutines of A, some of them elsewhere, and new ones. */
const ofOneProcess = fc
  .tuple(drawnGoroutines, drawnGoroutines, fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }))
  .map(([before, born, stays]) => {
    const once = before.map((goroutine, at) => ({
      ...goroutine,
      id: at + 1,
      times: 1,
      createdBy: 'main.main /m.go:1',
    }));
    const survivors = once.flatMap((goroutine, at) =>
      stays[at] ? [at % 3 === 0 ? { ...goroutine, frames: ['main.moved /x.go:9'] } : goroutine] : [],
    );
    const later = born.map((goroutine, at) => ({
      ...goroutine,
      id: 100 + at,
      times: 1,
      createdBy: 'main.main /m.go:1',
    }));
    return [draw(once), draw([...survivors, ...later])] as const;
  });

const sum = (column: ArrayLike<number>) => Array.from(column).reduce((all, each) => all + each, 0);

describe('fates by group', () => {
  test('tell of each group who is stuck, moved, was born and left', () => {
    const send = { state: 'chan send', frames: ['main.send /a.go:1'] };
    const rest = { state: 'select', frames: ['main.rest /b.go:1'] };
    const a = draw([
      { id: 1, ...rest },
      { id: 2, ...send },
      { id: 3, ...send },
      { id: 4, ...rest },
    ]);
    const b = draw([
      { id: 1, ...rest },
      { id: 2, ...send },
      { id: 4, ...send },
      { id: 9, ...send },
    ]);
    const { changes } = compareDumps(a, b, 'exact');
    const row = (name: string, { stuck, movedIn, movedOut, born, left }: FateColumns) => {
      const at = changes.name.indexOf(name);
      return [stuck[at], movedIn[at], movedOut[at], born[at], left[at]];
    };
    expect(row('main.send → chan send', changes.fates!)).toEqual([1, 1, 0, 1, 1]);
    expect(row('main.rest → select', changes.fates!)).toEqual([1, 0, 1, 0, 0]);
  });

  test('reconcile with both counts of each group and with the goroutines of both dumps', () => {
    fc.assert(
      fc.property(ofOneProcess, fc.constantFrom(...LEVELS), ([a, b], level) => {
        const { changes, ids, goroutinesBefore, goroutinesAfter } = compareDumps(a, b, level);
        const { stuck, movedIn, movedOut, born, left } = changes.fates!;
        for (let row = 0; row < changes.length; row++) {
          expect(stuck[row]! + movedOut[row]! + left[row]!).toBe(changes.before[row]);
          expect(stuck[row]! + movedIn[row]! + born[row]!).toBe(changes.after[row]);
        }
        expect(sum(movedIn)).toBe(sum(movedOut));
        expect([sum(stuck), sum(born), sum(left)]).toEqual([ids!.sameStack, ids!.born, ids!.left]);
        expect(sum(changes.before)).toBe(goroutinesBefore);
        expect(sum(changes.after)).toBe(goroutinesAfter);
        expect(ids!.survived + ids!.born).toBe(goroutinesAfter);
      }),
    );
  });

  test('counts reconcile for any pair of dumps, whatever their forms, and fates are there only with ids', () => {
    fc.assert(
      fc.property(drawnDump, drawnDump, fc.constantFrom(...LEVELS), (left, right, level) => {
        const { changes, ids } = compareDumps(indexDump(left), indexDump(right), level);
        expect(sum(changes.before)).toBe(left.goroutines);
        expect(sum(changes.after)).toBe(right.goroutines);
        expect(changes.fates === null).toBe(ids === null);
      }),
    );
  });

  test('mirror when the dumps change places', () => {
    fc.assert(
      fc.property(ofOneProcess, fc.constantFrom(...LEVELS), ([a, b], level) => {
        const there = compareDumps(a, b, level).changes;
        const back = compareDumps(b, a, level).changes;
        there.key.forEach((key, row) => {
          const other = back.key.indexOf(key);
          expect(back.fates!.stuck[other]).toBe(there.fates!.stuck[row]);
          expect(back.fates!.born[other]).toBe(there.fates!.left[row]);
          expect(back.fates!.movedIn[other]).toBe(there.fates!.movedOut[row]);
        });
      }),
    );
  });
});
