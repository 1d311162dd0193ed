import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goroutineLineage } from '../../../../src/core/causes/lineage/goroutine-lineage.ts';
import { type LineageTree, MAX_DEPTH, MAX_TREE_NODES } from '../../../../src/core/causes/lineage/lineage.ts';
import { lineageTree } from '../../../../src/core/causes/lineage/tree.ts';
import { indexDump } from '../../../../src/core/group/cells.ts';
import { corpusFile } from '../../../support/corpus.ts';
import { drawnDump } from '../../../support/dump-builder.ts';
import { textsOf } from '../../../support/lock-texts.ts';
import { readOne } from '../../../support/read-one.ts';

/** `7 main.work main.serve 3`: id, where it started, created by, in which goroutine; the last two may be missing. */
function goroutine(drawn: string): string {
  const [id, entry, by, creator] = drawn.split(' ');
  const within = creator === undefined ? '' : ` in goroutine ${creator}`;
  const created = by === undefined ? '' : `created by ${by}${within}\n\t/app/main.go:5 +0x1d\n`;
  return `goroutine ${id} [chan receive]:\nmain.wait(0x1)\n\t/app/main.go:9 +0x1\n${entry}()\n\t/app/main.go:8 +0x1\n${created}`;
}

const indexOf = async (drawn: readonly string[]) => indexDump(await readOne(`${drawn.map(goroutine).join('\n')}\n`));

/** One line per node, indented: goroutines / with descendants, start, creator, how many creators are gone. */
function draw({ nodes }: LineageTree): string[] {
  return nodes.map(
    ({ depth, entry, createdBy, goroutines, withDescendants, creatorGone }) =>
      `${'  '.repeat(depth)}${goroutines}/${withDescendants} ${entry}${createdBy === '' ? '' : ` by ${createdBy}`}${creatorGone > 0 ? ` (${creatorGone} gone)` : ''}`,
  );
}

describe('the tree of creators', () => {
  test('goroutines hang below the goroutine that created them, whatever their ids', async () => {
    const index = await indexOf([
      '1 main.main',
      '20 main.serve main.main 1',
      '7 main.work main.serve 20',
      '8 main.work main.serve 20',
      '21 main.serve main.main 1',
      '9 main.work main.serve 21',
      '30 main.flush main.work 9',
      '40 main.work main.serve 99',
    ]);
    const tree = lineageTree(index);
    expect(draw(tree)).toEqual([
      '1/7 main.main',
      '  2/6 main.serve by main.main',
      '    3/4 main.work by main.serve',
      '      1/1 main.flush by main.work',
      '1/1 main.work by main.serve (1 gone)',
    ]);
    expect(tree).toMatchObject({ by: 'ids', goroutines: 8, creatorGone: 1, nodeCount: 5, notes: [] });
    expect(tree.nodes.map(({ parent }) => parent)).toEqual([-1, 0, 1, 2, -1]);
  });

  test('without ids a kind hangs below another only where just one can have created it', async () => {
    const one = await indexOf([
      '1 main.main',
      '2 main.serve main.main',
      '3 main.work main.serve',
      '4 main.work main.serve',
    ]);
    expect(draw(lineageTree(one))).toEqual([
      '1/4 main.main',
      '  1/3 main.serve by main.main',
      '    2/2 main.work by main.serve',
    ]);
    expect(lineageTree(one)).toMatchObject({ by: 'functions', creatorGone: null });
    const two = await indexOf(['2 main.serve main.main', '3 main.serve main.other', '4 main.work main.serve']);
    expect(draw(lineageTree(two))).toEqual([
      '1/1 main.serve by main.main',
      '1/1 main.serve by main.other',
      '1/1 main.work by main.serve',
    ]);
  });

  test('a form without creators says so', async () => {
    const dump = await readOne('goroutine profile: total 2\n2 @ 0x1\n#\t0x1\tmain.f+0x1\t/app/main.go:9\n\n');
    expect(lineageTree(indexDump(dump))).toMatchObject({ by: 'none', nodes: [], creatorGone: null });
  });

  test('text that makes goroutines create each other ends', async () => {
    const index = await indexOf(['1 main.a main.b 2', '2 main.b main.a 1', '3 main.c main.c 3']);
    expect(lineageTree(index).nodes.reduce((sum, { goroutines }) => sum + goroutines, 0)).toBe(3);
    expect(goroutineLineage(index, 1, null)?.chain.map(({ id }) => id)).toEqual([2, 1]);
  });

  test('a long line of creators is folded in the last generation', async () => {
    const line = Array.from({ length: 3000 }, (_, i) => `${i + 1} main.step${i === 0 ? '' : ` main.step ${i}`}`);
    const tree = lineageTree(await indexOf(line));
    expect(Math.max(...tree.nodes.map(({ depth }) => depth))).toBe(MAX_DEPTH - 1);
    expect(tree.nodes[0]?.withDescendants).toBe(3000);
    expect(tree.nodes.at(-1)?.goroutines).toBe(3000 - (MAX_DEPTH - 1));
  });

  test('the largest nodes are answered, with those above them', async () => {
    const many = Array.from({ length: 700 }, (_, i) => `${i + 10} main.f${i} main.main 1`);
    const tree = lineageTree(await indexOf(['1 main.main', ...many, '900 main.f7 main.main 1']));
    expect(tree.nodes).toHaveLength(MAX_TREE_NODES);
    expect(tree.nodeCount).toBe(701);
    expect(tree.nodes[0]).toMatchObject({ entry: 'main.main', withDescendants: 702 });
    expect(tree.nodes[1]).toMatchObject({ entry: 'main.f7', goroutines: 2, parent: 0 });
  });

  test('nodes hold every goroutine once, and parents at least what their children hold', () => {
    fc.assert(
      fc.property(drawnDump, (dump) => {
        const { by, nodes, nodeCount } = lineageTree(indexDump(dump));
        if (by === 'none') return;
        expect(nodes.length).toBe(nodeCount);
        expect(nodes.reduce((sum, { goroutines }) => sum + goroutines, 0)).toBe(dump.goroutines);
        nodes.forEach((node, at) => {
          expect(node.parent).toBeLessThan(at);
          const below = nodes
            .filter(({ parent }) => parent === at)
            .reduce((sum, child) => sum + child.withDescendants, 0);
          expect(node.withDescendants).toBe(node.goroutines + below);
        });
      }),
    );
  });

  test('ids that name any goroutine as creator still give every goroutine one place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 12 }), async (creators) => {
        const index = await indexOf(
          creators.map((creator, i) => `${i + 1} main.f${i % 3} main.f${creator % 3} ${creator}`),
        );
        const tree = lineageTree(index);
        expect(tree.nodes.reduce((sum, { goroutines }) => sum + goroutines, 0)).toBe(creators.length);
        expect(tree.creatorGone).toBe(creators.filter((creator) => creator > creators.length).length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the family of one goroutine', () => {
  const drawn = [
    '1 main.main',
    '2 main.serve main.main 1',
    '3 main.work main.serve 2',
    '4 main.work main.serve 2',
    '5 main.flush main.serve 2',
    '6 main.late main.work 77',
    '7 main.later main.late 6',
  ];

  test('creators up to main, and children by kind', async () => {
    const index = await indexOf(drawn);
    const family = goroutineLineage(index, 2, null);
    expect(family).toMatchObject({
      creator: 'here',
      children: { count: 3, ids: [3, 4, 5] },
      evidence: ['Goroutine 2 created 3 of the goroutines that are still there.'],
    });
    expect(family?.children?.kinds).toEqual([
      { entry: 'main.work', state: 'chan receive', goroutines: 2 },
      { entry: 'main.flush', state: 'chan receive', goroutines: 1 },
    ]);
    expect(goroutineLineage(index, 3, null)?.chain).toEqual([
      { id: 2, row: 1, createdBy: 'main.serve', entry: 'main.serve', state: 'chan receive' },
      { id: 1, row: 0, createdBy: 'main.main', entry: 'main.main', state: 'chan receive' },
    ]);
  });

  test('a creator that is gone is evidence', async () => {
    const index = await indexOf(drawn);
    expect(goroutineLineage(index, 6, null)).toMatchObject({
      creator: 'gone',
      chain: [{ id: 77, row: null, createdBy: 'main.work', entry: null, state: null }],
      evidence: [
        'Goroutine 77, which created it in main.work, is gone.',
        'Goroutine 6 created 1 of the goroutines that are still there.',
      ],
    });
    expect(goroutineLineage(index, 7, null)?.evidence).toEqual([
      'Goroutine 77, at the top of its line of creators, is gone.',
    ]);
  });

  test('main has no creator, old text does not name it, and an id that is not there has no family', async () => {
    expect(goroutineLineage(await indexOf(drawn), 1, null)).toMatchObject({ creator: 'none', chain: [] });
    const old = await indexOf(['2 main.serve main.main']);
    expect(goroutineLineage(old, 2, null)).toMatchObject({ creator: 'unknown', children: null, chain: [] });
    expect(goroutineLineage(old, 3, null)).toBeNull();
  });

  test('a real dump with ancestors', async () => {
    const file = corpusFile('prog-exotic-go1.19-ancestors/1-all.debug2.txt');
    const text = readFileSync(file?.path ?? '', 'utf8');
    const dump = await readOne(text);
    const row = dump.rows.goroutineId?.indexOf(74) ?? -1;
    const [own] = await textsOf(dump, text)([row]);
    const family = goroutineLineage(indexDump(dump), 74, own ?? null);
    expect(family?.creator).toBe('unknown');
    expect(family?.ancestors.map(({ id, isHere }) => [id, isHere])).toEqual([[1, true]]);
    expect(family?.ancestors[0]?.frames.slice(0, 3).map((frame) => frame.function)).toEqual([
      'net/http.(*Server).Serve',
      'net/http.(*Server).ListenAndServe',
      'main.main',
    ]);
  });

  test('a real dump: who created the goroutines of lockbugs', async () => {
    const file = corpusFile('prog-lockbugs-go1.24/2-during.debug2.txt');
    const index = indexDump(await readOne(readFileSync(file?.path ?? '', 'utf8')));
    const tree = lineageTree(index);
    await expect(`${draw(tree).join('\n')}\n`).toMatchFileSnapshot('./prog-lockbugs-go1.24.tree.txt');
  });
});
