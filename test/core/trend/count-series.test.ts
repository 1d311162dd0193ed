import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../../src/core/group/levels.ts';
import { countSeries } from '../../../src/core/trend/count-series.ts';
import { corpusFile } from '../../support/corpus.ts';
import { type DrawnGoroutine, drawDump, drawnDump } from '../../support/dump-builder.ts';
import { momentOf } from '../../support/moments.ts';
import { readOne } from '../../support/read-one.ts';

function draw(goroutines: readonly DrawnGoroutine[]) {
  return momentOf(drawDump(goroutines));
}

describe('countSeries', () => {
  test('all series together are the total of each dump, whatever their forms', () => {
    fc.assert(
      fc.property(fc.array(drawnDump, { maxLength: 4 }), fc.constantFrom(...LEVELS), (dumps, level) => {
        const table = countSeries(
          dumps.map((dump) => momentOf(dump)),
          level,
          Number.POSITIVE_INFINITY,
        );
        const sums = dumps.map((_, at) => table.series.reduce((sum, { counts }) => sum + counts[at]!, 0));
        expect(sums).toEqual(dumps.map((dump) => dump.goroutines));
        expect(table.total).toEqual(sums);
        expect(table.otherGroups).toBe(0);
        expect(new Set(table.series.map(({ name }) => name)).size).toBe(table.series.length);
      }),
    );
  });

  test('what grew comes first, then a burst, then what is large, and those left out are counted', () => {
    const at = (name: string, times: number) => ({ state: 'select', frames: [`main.${name} /a.go:1`], times });
    const dumps = [
      draw([at('steady', 50), at('leak', 1), at('gone', 4)]),
      draw([at('steady', 50), at('leak', 20), at('burst', 90)]),
      draw([at('steady', 50), at('leak', 40), at('small', 2)]),
    ];
    const { series, total, otherGroups } = countSeries(dumps, 'exact', 4);
    expect(series.map(({ name, counts }) => `${name}: ${counts.join(' ')}`)).toEqual([
      'main.leak → select: 1 20 40',
      'main.burst → select: 0 90 0',
      'main.steady → select: 50 50 50',
      'main.small → select: 0 0 2',
    ]);
    expect(total).toEqual([55, 160, 92]);
    expect(otherGroups).toBe(1);
    expect(countSeries([], 'exact', 4)).toEqual({
      level: 'exact',
      total: [],
      fit: null,
      series: [],
      otherGroups: 0,
    });
  });

  test('a real leak comes first', async () => {
    const names = ['1-before', '2-during', '3-later'].map((moment) => `prog-tickerleak-go1.19/${moment}.debug2.txt`);
    const files = names.map((name) => corpusFile(name)!);
    const dumps = await Promise.all(files.map(async ({ path }) => momentOf(await readOne(readFileSync(path)))));
    const { series, total } = countSeries(dumps, 'place', 3);
    expect(total).toEqual(files.map(({ expected }) => expected.goroutines));
    const largest = files.map(({ expected }) => expected.states?.['chan receive'] ?? 0);
    expect(series[0]?.name).toMatch(/^main\..* → chan receive$/);
    expect(series[0]?.counts.at(-1)).toBeLessThanOrEqual(largest.at(-1)!);
    expect(series[0]?.counts[0]).toBe(0);
  });
});
