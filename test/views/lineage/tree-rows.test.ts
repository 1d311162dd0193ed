import { describe, expect, test } from 'vitest';
import { firstOpen, treeRows, treeStep } from '../../../src/views/lineage/tree-rows.ts';
import { lineageTree } from '../support/lineage.ts';

/** main > serve > (work, log); main > tick. */
const TREE = lineageTree([
  ['main.main', -1, 1, 100],
  ['main.serve', 0, 2, 90],
  ['main.work', 1, 80, 80],
  ['main.log', 1, 8, 8],
  ['main.tick', 0, 9, 9],
]);
const names = (open: readonly number[]) => treeRows(TREE, new Set(open)).map(({ node }) => node.entry);

describe('rows of the tree', () => {
  test('are those whose ancestors are all open', () => {
    expect(names([])).toEqual(['main.main']);
    expect(names([1])).toEqual(['main.main']);
    expect(names([0])).toEqual(['main.main', 'main.serve', 'main.tick']);
    expect(names([0, 1])).toEqual(['main.main', 'main.serve', 'main.work', 'main.log', 'main.tick']);
  });

  test('know their place among their siblings and whether they are open', () => {
    const rows = treeRows(TREE, new Set([0, 2]));
    expect(rows.map(({ place, siblings, childCount, open }) => [place, siblings, childCount, open])).toEqual([
      [1, 1, 2, true],
      [1, 2, 2, false],
      [2, 2, 0, false],
    ]);
  });
});

describe('what is open at first', () => {
  test('is all of a small tree', () => {
    expect([...firstOpen(TREE)]).toEqual([0, 1]);
  });

  test('is a lone top however many are below it, and then as much as a screen holds, largest first', () => {
    const many = lineageTree([
      ['main.main', -1, 1, 2000],
      ...Array.from({ length: 60 }, (_, at) => [`main.f${at}`, 0, 10, 20] as const),
      ['main.below', 1, 10, 10],
    ]);
    expect([...firstOpen(many)]).toEqual([0]);
    const twoTops = lineageTree([
      ['main.small', -1, 1, 30],
      ...Array.from({ length: 29 }, (_, at) => [`main.s${at}`, 0, 1, 1] as const),
      ['main.large', -1, 1, 90],
      ...Array.from({ length: 20 }, (_, at) => [`main.l${at}`, 30, 4, 4] as const),
    ]);
    expect([...firstOpen(twoTops)]).toEqual([30]);
  });
});

describe('keys', () => {
  const rows = treeRows(TREE, new Set([0]));
  const step = (key: string, position: number) => treeStep(key, rows, position, 2);

  test('go from row to row and stay inside', () => {
    expect(step('ArrowDown', 0)).toEqual({ go: 1 });
    expect(step('ArrowDown', 2)).toEqual({ go: 2 });
    expect(step('ArrowUp', 0)).toEqual({ go: 0 });
    expect(step('PageDown', 0)).toEqual({ go: 2 });
    expect(step('PageUp', 2)).toEqual({ go: 0 });
    expect(step('End', 0)).toEqual({ go: 2 });
    expect(step('Home', 2)).toEqual({ go: 0 });
  });

  test('right opens, then goes to the first child; left closes, then goes to the parent', () => {
    expect(step('ArrowRight', 1)).toEqual({ toggle: 1 });
    expect(step('ArrowRight', 0)).toEqual({ go: 1 });
    expect(step('ArrowRight', 2)).toBeNull();
    expect(step('ArrowLeft', 0)).toEqual({ toggle: 0 });
    expect(step('ArrowLeft', 2)).toEqual({ go: 0 });
    expect(treeStep('ArrowLeft', treeRows(TREE, new Set()), 0, 2)).toBeNull();
  });

  test('that mean nothing here are left to the page', () => {
    expect(step('a', 0)).toBeNull();
    expect(treeStep('ArrowDown', [], -1, 2)).toBeNull();
  });
});
