import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { analyse, nameDumps } from '../../../src/core/report/analyse.ts';
import type { Analysis } from '../../../src/core/report/analysis.ts';
import { PACKS } from '../../support/pack.ts';
import { nodePlatform, sourceOf } from '../../support/platform.ts';
import { WRAPS } from '../../support/wrap.ts';

/** Dumps of several Go versions and forms, small enough for some hundred readings. */
const DUMPS = [
  'prog-poolbugs-go1.19/3-later.debug2.txt',
  'prog-exotic-go1.19/2-late.debug1.txt',
  'prog-exotic-go1.27/1-all.debug2.txt',
  'prog-exotic-go1.27-labels/1-all.debug2.txt',
  'prog-newstates-go1.27/2-goroutineleak.debug2.txt',
  'crash-go1.19/sigquit.txt',
  'crash-go1.19/mapwrite.all.txt',
];

const textOf = (path: string): string =>
  readFileSync(new URL(`../../fixtures/corpus/${path}`, import.meta.url), 'utf8');

/** The analysis without what a wrapper or a container may change: name, time and instance. */
async function analysed(bytes: Uint8Array): Promise<Pick<Analysis, 'dumps' | 'changes' | 'series'>> {
  const outcome = await readDumps(sourceOf(bytes), nodePlatform);
  if (outcome === 'cancelled') throw new Error('cancelled');
  if (outcome.nothing !== null) throw new Error(outcome.nothing);
  const { dumps, changes, series } = analyse(nameDumps('input', outcome.dumps), 'exact');
  const bare = dumps.map((dump) => ({ ...dump, name: '', takenAt: null, takenAtFrom: null, instance: null }));
  return { dumps: bare, changes, series };
}

const wraps = Object.keys(WRAPS);
const packs = Object.keys(PACKS);

describe('a real dump', () => {
  it.each(wraps)('in %s gives the same analysis', async (wrap) => {
    for (const dump of DUMPS) {
      const text = textOf(dump);
      expect(await analysed(WRAPS[wrap]!(text)), dump).toEqual(await analysed(new TextEncoder().encode(text)));
    }
  });

  it.each(packs)('packed as %s gives the same analysis', async (pack) => {
    for (const dump of DUMPS) {
      const bytes = new TextEncoder().encode(textOf(dump));
      expect(await analysed(await PACKS[pack]!('stacks.txt', bytes)), dump).toEqual(await analysed(bytes));
    }
  });

  it('in any wrapper in any container gives the same analysis', async () => {
    const one = fc.record({
      dump: fc.constantFrom(...DUMPS),
      wrap: fc.constantFrom(...wraps),
      pack: fc.constantFrom(...packs),
    });
    await fc.assert(
      fc.asyncProperty(one, async ({ dump, wrap, pack }) => {
        const text = textOf(dump);
        const file = await PACKS[pack]!('stacks.txt', WRAPS[wrap]!(text));
        expect(await analysed(file)).toEqual(await analysed(new TextEncoder().encode(text)));
      }),
      { numRuns: 120 },
    );
  });
});
