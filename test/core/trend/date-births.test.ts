import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { textsOf } from '../../../src/core/group/text-column.ts';
import { dateBirths } from '../../../src/core/trend/date-births.ts';
import type { Moment } from '../../../src/core/trend/moments.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { momentOf } from '../../support/moments.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 2, 0);
const SEND = { state: 'chan send', frames: ['main.send /a.go:1'], createdBy: 'main.main /m.go:2' };
const OTHER = { state: 'select', frames: ['main.rest /a.go:9'], createdBy: 'main.main /m.go:3' };

function dump(
  minute: number | null,
  goroutines: readonly DrawnGoroutine[],
  format: 'traceback' | 'pprof' = 'traceback',
): Moment {
  const takenAtMs = minute === null ? null : START + minute * MINUTE;
  const provenance = { takenAtMs, takenAtFrom: takenAtMs === null ? null : ('file-name' as const) };
  return momentOf(drawDump(goroutines, format, { provenance }));
}

/** The key of the sends in a dump. */
const sends = ({ index }: Moment) => {
  const table = groupDump(index, 'exact');
  return table.key[textsOf(table.name).indexOf('main.send → chan send')]!;
};
const ids = (like: DrawnGoroutine, ...list: number[]) => list.map((id) => ({ ...like, id }));
const bars = (bins: readonly { fromMs: number | null; toMs: number; goroutines: number }[]) =>
  bins
    .filter(({ goroutines }) => goroutines > 0)
    .map(({ fromMs, toMs, goroutines }) => [
      fromMs === null ? null : (fromMs - START) / MINUTE,
      (toMs - START) / MINUTE,
      goroutines,
    ]);

describe('births by id', () => {
  test('lie before the first dump that holds the goroutine, and between dumps where its id lies', () => {
    const a = dump(0, [...ids(OTHER, 1, 100), ...ids(SEND, 40)]);
    const b = dump(24, [...ids(OTHER, 1, 100, 200), ...ids(SEND, 40, 110, 148, 199)]);
    const births = dateBirths([a, b], 1, 'exact', sends(b));
    // 24 parts of a minute each: 110 lies a tenth of the way from 100 to 200, 148 half of it.
    expect(bars(births.byId!.bins)).toEqual([
      [null, 0, 1],
      [2, 3, 1],
      [11, 12, 1],
      [23, 24, 1],
    ]);
    expect(births.byId!.caveats).toHaveLength(2);
    expect((births.medianMs! - START) / MINUTE).toBe(3);
  });

  test('place every goroutine of the group once, in bins that touch', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 2, max: 500 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 500 }),
        (all, newest) => {
          const first = [1, ...all.filter((id) => id <= newest)];
          const moments = [dump(0, ids(SEND, ...first)), dump(10, ids(SEND, 1, ...all))];
          const { bins } = dateBirths(moments, 1, 'exact', sends(moments[1]!)).byId!;
          expect(bins.reduce((sum, { goroutines }) => sum + goroutines, 0)).toBe(all.length + 1);
          expect(bins[0]!.goroutines).toBe(first.length);
          expect(bins.slice(1).map(({ fromMs }) => fromMs)).toEqual(bins.slice(0, -1).map(({ toMs }) => toMs));
        },
      ),
    );
  });

  test.each([
    ['no ids', [dump(0, ids(SEND, 1)), dump(1, [SEND], 'pprof')], 'prints no goroutine ids'],
    ['no time', [dump(0, ids(SEND, 1)), dump(null, ids(SEND, 1))], 'tells no time'],
    ['one dump', [dump(0, ids(OTHER, 9)), dump(0, ids(SEND, 1))].slice(1), 'earlier dump'],
    [
      'another process',
      [dump(0, [{ ...OTHER, id: 1 }]), dump(1, [{ ...SEND, id: 1, createdBy: 'main.init /x.go:77' }])],
      'earlier dump',
    ],
  ])('say why there are none: %s', (_, moments, why) => {
    const at = moments.length - 1;
    const births = dateBirths(moments, at, 'exact', groupDump(moments[at]!.index, 'exact').key[0]!);
    expect(births.byId).toBeNull();
    expect(births.byIdWhyNot).toContain(why);
  });
});

describe('births by wait', () => {
  test('lie as many minutes before the dump as are printed', () => {
    const waits = [1, 1, 5, 23].map((minutes, at) => ({ ...SEND, id: at + 1, minutes }));
    const a = dump(60, [...waits, { ...SEND, id: 9 }]);
    const births = dateBirths([a], 0, 'exact', sends(a));
    expect(bars(births.byWait!.bins)).toEqual([
      [36, 37, 1],
      [54, 55, 1],
      [58, 59, 2],
    ]);
    expect(births.byWait!.unplaced).toBe(1);
    expect(births.byIdWhyNot).not.toBe('');
  });

  test('say why there are none', () => {
    const a = dump(60, ids(SEND, 1));
    expect(dateBirths([a], 0, 'exact', sends(a)).byWaitWhyNot).toContain(
      'No goroutine of the group prints wait minutes',
    );
    const b = dump(60, [SEND], 'pprof');
    expect(dateBirths([b], 0, 'exact', groupDump(b.index, 'exact').key[0]!).byWaitWhyNot).toContain('no wait minutes');
  });
});
