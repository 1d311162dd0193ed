import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFlame, FLAME_DIRECTIONS, FLAME_WEIGHTS, type FlameTree } from '../../../src/core/flame/flame-tree.ts';
import { layoutFlame, pathTo, widthOf } from '../../../src/core/flame/layout.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { readOne } from '../../support/read-one.ts';

const load = async (name: string) =>
  indexDump(await readOne(readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url))));

const FILES = [
  'prog-exotic-go1.24/1-all.debug2.txt',
  'prog-tickerleak-go1.19/3-later.debug2.txt',
  'prog-poolbugs-go1.19/2-during.debug1.txt',
];

/** At every node the total is what ends there and what goes on. */
function expectSums(tree: FlameTree, total: ArrayLike<number>, self: ArrayLike<number>): void {
  for (let node = 0; node < tree.length; node++) {
    let below = 0;
    for (let i = 0; i < tree.childCount[node]!; i++) {
      const child = tree.firstChild[node]! + i;
      expect(tree.parent[child]).toBe(node);
      expect(tree.depth[child]).toBe(tree.depth[node]! + 1);
      below += total[child]!;
    }
    expect(total[node]).toBe(self[node]! + below);
  }
}

describe.each(FILES)('the stacks of %s', (name) => {
  test.each(FLAME_DIRECTIONS.flatMap((direction) => FLAME_WEIGHTS.map((weight) => [direction, weight] as const)))(
    'add up at every node: %s, %s',
    async (direction, weight) => {
      const index = await load(name);
      const tree = buildFlame({ index, cells: null }, null, direction, weight);
      expectSums(tree, tree.total, tree.self);
      const table = groupDump(index, 'exact');
      if (weight === 'goroutines') {
        expect(tree.total[0]).toBe(table.count.reduce((sum, count) => sum + count, 0));
        expect(tree.total[0]).toBe(index.dump.goroutines);
      } else {
        const { rows } = index.dump;
        const minutes = rows.waitMinutes ?? new Int32Array(0);
        expect(tree.total[0]).toBe(minutes.reduce((sum, wait) => sum + Math.max(0, wait), 0));
        const printed = minutes.reduce((count, wait) => count + Number(wait >= 0), 0);
        expect(tree.weightless).toBe(index.dump.goroutines - printed);
      }
    },
  );

  test('have a node for each function below its callers, with the goroutines of all stacks through it', async () => {
    const index = await load(name);
    const tree = buildFlame({ index, cells: null }, null, 'leaf-first', 'goroutines');
    const { symbols } = index.dump;
    // The slow way: goroutines by innermost function.
    const byLeaf = new Map<string, number>();
    index.cells.stack.forEach((stack, cell) => {
      const frame = symbols.stackFrames[symbols.stackStart[stack]!]!;
      const printed =
        symbols.stackStart[stack] === symbols.stackStart[stack + 1]
          ? '(no frames)'
          : symbols.strings[symbols.frameFunction[frame]!]!;
      byLeaf.set(printed, (byLeaf.get(printed) ?? 0) + index.cells.count[cell]!);
    });
    const tops = Array.from({ length: tree.childCount[0]! }, (_, i) => tree.firstChild[0]! + i);
    expect(tops.reduce((sum, node) => sum + tree.total[node]!, 0)).toBe(index.dump.goroutines);
    for (const node of tops) {
      const { printed } = tree.functions[tree.label[node]!]!;
      expect(tree.total[node]).toBeGreaterThanOrEqual(byLeaf.get(printed) ?? 0);
    }
  });
});

test('a comparison is the tree of each dump, whichever is the other', async () => {
  const [a, b] = [
    await load('prog-tickerleak-go1.19/1-before.debug2.txt'),
    await load('prog-tickerleak-go1.19/3-later.debug2.txt'),
  ];
  const side = (index: typeof a) => ({ index, cells: null });
  for (const direction of FLAME_DIRECTIONS) {
    const both = buildFlame(side(b), side(a), direction, 'goroutines');
    expectSums(both, both.total, both.self);
    expectSums(both, both.before!.total, both.before!.self);
    const named = (tree: FlameTree, total: ArrayLike<number>) =>
      Object.fromEntries(
        Array.from({ length: tree.length }, (_, node) => [
          pathTo(tree, node)
            .slice(1)
            .map((at) => tree.functions[tree.label[at]!]!.shown)
            .join(';'),
          total[node]!,
        ]).filter(([, count]) => count !== 0),
      );
    const alone = (index: typeof a) => {
      const tree = buildFlame(side(index), null, direction, 'goroutines');
      return named(tree, tree.total);
    };
    expect(named(both, both.total)).toEqual(alone(b));
    expect(named(both, both.before!.total)).toEqual(alone(a));
    const swapped = buildFlame(side(a), side(b), direction, 'goroutines');
    expect(named(swapped, swapped.total)).toEqual(named(both, both.before!.total));
  }
});

test('only the cells that are wanted count', async () => {
  const index = await load(FILES[0]!);
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: index.cells.length, maxLength: index.cells.length }), (wanted) => {
      const cells = Uint8Array.from(wanted, Number);
      const tree = buildFlame({ index, cells }, null, 'root-first', 'goroutines');
      expect(tree.total[0]).toBe(index.cells.count.reduce((sum, count, cell) => sum + (wanted[cell] ? count : 0), 0));
    }),
    { numRuns: 30 },
  );
});

test('the state of a node is one that more than half of it is in', async () => {
  const index = await load(FILES[1]!);
  const tree = buildFlame({ index, cells: null }, null, 'root-first', 'goroutines');
  const { cells, dump } = index;
  const inState = new Map<string, number>();
  cells.state.forEach((state, cell) => {
    const text = dump.symbols.states[state]!;
    inState.set(text, (inState.get(text) ?? 0) + cells.count[cell]!);
  });
  const [most] = [...inState].sort((x, y) => y[1] - x[1])[0]!;
  const isMajority = inState.get(most)! * 2 > dump.goroutines;
  expect(tree.state[0]).toBe(isMajority ? tree.states.indexOf(most) : -1);
});

describe('the layout', () => {
  test('boxes of a row do not overlap and lie within their parents, at any zoom', async () => {
    const index = await load(FILES[0]!);
    const tree = buildFlame({ index, cells: null }, null, 'root-first', 'goroutines');
    fc.assert(
      fc.property(fc.nat(tree.length - 1), fc.double({ min: 0, max: 0.2, noNaN: true }), (zoom, least) => {
        const { boxes, strips, rows } = layoutFlame(tree, zoom, least);
        const byDepth = new Map<number, { x: number; width: number }[]>();
        for (const box of [...boxes, ...strips]) byDepth.set(box.depth, [...(byDepth.get(box.depth) ?? []), box]);
        for (const row of byDepth.values()) {
          row.sort((a, b) => a.x - b.x);
          row.forEach((box, i) => {
            expect(box.x + box.width).toBeLessThanOrEqual((row[i + 1]?.x ?? 1) + 1e-9);
          });
        }
        expect(Math.max(...byDepth.keys()) + 1).toBe(rows);
        // What is drawn in a row and what is put together are all the children of what is drawn above.
        for (const box of boxes) {
          if (box.node === zoom) expect(box).toMatchObject({ x: 0, width: 1 });
          if (box.depth <= pathTo(tree, zoom).length - 1) continue;
          const parent = boxes.find(({ node }) => node === tree.parent[box.node]);
          expect(box.width / parent!.width).toBeCloseTo(widthOf(tree, box.node) / widthOf(tree, parent!.node), 9);
        }
      }),
      { numRuns: 60 },
    );
  });
});
