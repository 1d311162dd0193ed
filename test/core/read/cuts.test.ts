import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll, readOne } from '../../support/read-one.ts';

const bytesOf = (path: string): Uint8Array => readFileSync(new URL(`../../fixtures/corpus/${path}`, import.meta.url));
const CUTS = 300;
const SEED = 20261123;

/** Goroutine headers that stand whole in these bytes, counted as grep would. */
function wholeHeaders(text: string): number {
  return text.match(/^goroutine \d+ .*\]( \{.*\})?:$/gm)?.length ?? 0;
}

/** True where a cut leaves a text that could be a whole dump: right behind a goroutine. */
const betweenGoroutines = (whole: string, at: number): boolean => /^\n?\n?goroutine \d/.test(whole.slice(at));

describe('a dump that is cut anywhere', () => {
  it.each([
    'prog-poolbugs-go1.19/3-later.debug2.txt',
    'prog-exotic-go1.24/1-all.debug2.txt',
    'prog-tickerleak-go1.19/3-later.debug2.txt',
  ])('as goroutines counts all before the cut and says that it is cut: %s', async (path) => {
    const bytes = bytesOf(path);
    const whole = new TextDecoder('latin1').decode(bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: whole.indexOf('\n') + 2, max: bytes.length - 1 }), async (at) => {
        const left = whole.slice(0, at);
        const dumps = await readAll(bytes.subarray(0, at));
        expect(dumps).toHaveLength(1);
        const { goroutines, lowerBounds, caveats, bytes: ledger } = dumps[0]!;
        // A header cut behind its last colon is whole.
        expect(goroutines).toBe(wholeHeaders(left));
        expect(ledger.understood + ledger.ignored).toBe(ledger.read);
        if (!betweenGoroutines(whole, at)) expect([...lowerBounds, ...caveats]).not.toEqual([]);
      }),
      { numRuns: CUTS, seed: SEED },
    );
  });

  it.each(['prog-exotic-go1.19/2-late.debug1.txt', 'prog-poolbugs-go1.19/2-during.debug1.txt'])(
    'as a count profile counts whole records before the cut and says that it is cut: %s',
    async (path) => {
      const bytes = bytesOf(path);
      const whole = new TextDecoder('latin1').decode(bytes);
      const total = Number(/total (\d+)/.exec(whole)?.[1]);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: whole.indexOf('\n') + 1, max: bytes.length - 1 }), async (at) => {
          const dump = await readOne(bytes.subarray(0, at));
          const records = whole.slice(0, at).match(/^\d+ @/gm) ?? [];
          const counted = records.reduce((sum, record) => sum + Number.parseInt(record, 10), 0);
          expect(dump.goroutines).toBe(counted);
          if (counted < total) expect(dump.lowerBounds).not.toEqual([]);
          expect(dump.declared).toBe(total);
        }),
        { numRuns: CUTS, seed: SEED },
      );
    },
  );

  it('as a packed profile never throws and never passes for whole', async () => {
    const bytes = bytesOf('prog-exotic-go1.24/1-all.debug0.pb.gz');
    const { goroutines } = await readOne(bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: bytes.length - 1 }), async (at) => {
        const dumps = await readAll(bytes.subarray(0, at)).catch((error: Error) => {
          expect(error.message).toMatch(/cut|broken|damaged/);
          return [];
        });
        for (const dump of dumps) {
          expect(dump.lowerBounds).not.toEqual([]);
          expect(dump.goroutines).toBeLessThanOrEqual(goroutines);
        }
      }),
      { numRuns: CUTS, seed: SEED },
    );
  });
});
