import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/trend/judge.ts';
import type { Moment } from '../../../src/core/trend/moments.ts';
import type { Verdict } from '../../../src/core/trend/verdict.ts';
import { textOf } from '../../../src/core/words/sentence.ts';
import { type DrawnDump, type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { momentOf } from '../../support/moments.ts';
import { dumpsOf, inputOf } from '../../worker/dumps.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 2, 30);
const REAL = 'prog-newstates-go1.27';

const SEND = { state: 'chan send', frames: ['orders.publish /a.go:88'], createdBy: 'orders.serve /a.go:80' };
const LOOP = { state: 'runnable', frames: ['orders.poll /l.go:7'], createdBy: 'orders.start /l.go:3' };
const GLOBAL = { state: 'chan send', frames: ['cache.evict /c.go:9'], createdBy: 'cache.start /c.go:4' };
const MAIN = { id: 1, state: 'select', frames: ['main.main /m.go:5'] };

const many = (like: DrawnGoroutine, from: number, count: number, minutes?: number): DrawnGoroutine[] =>
  Array.from({ length: count }, (_, at) => ({ ...like, id: from + at, ...(minutes === undefined ? {} : { minutes }) }));

function at(minute: number, name: string, instance: string | null = null): Pick<DrawnDump, 'provenance'> {
  return {
    provenance: { fileName: name, takenAtMs: START + minute * MINUTE, takenAtFrom: 'file-name', instance },
  };
}
const full = (minute: number, goroutines: readonly DrawnGoroutine[], instance: string | null = null): Moment =>
  momentOf(drawDump([MAIN, ...goroutines], 'traceback', at(minute, `dump-${minute}.txt`, instance)));
const profile = (minute: number, records: readonly DrawnGoroutine[], instance: string | null = null): Moment =>
  momentOf(drawDump(records, 'count-profile', { ...at(minute, 'leaks.txt', instance), profile: 'goroutineleak' }));
/** A record of a leak profile: it prints neither state nor creator. */
const held = ({ frames }: DrawnGoroutine, times: number): DrawnGoroutine => ({ frames, times });

const of = (...moments: Moment[]): Verdict => judge({ moments, curves: [], level: 'functions', limit: null });
const calls = ({ groups }: Verdict) => groups.map(({ name, call, counts }) => [name, call, counts.at(-1)]);
const evidenceOf = ({ groups }: Verdict, name: string) =>
  groups.filter((group) => group.name.startsWith(name)).map(({ evidence }) => evidence.map(textOf).join(' '))[0];

describe('a counted leak profile beside a full dump', () => {
  test('makes the groups it holds leaked, and says which profile holds how many', () => {
    const verdict = of(full(0, many(SEND, 10, 7)), profile(1, [held(SEND, 5)]));
    expect(verdict.call).toBe('leaked');
    expect(calls(verdict)).toEqual([['orders.publish → chan send', 'leaked', 7]]);
    expect(evidenceOf(verdict, 'orders.publish')).toBe(
      '5 of 7 are proven leaked: the leak profile leaks.txt holds them, so nothing can reach what they wait for.',
    );
    expect(textOf(verdict.headline)).toContain('orders.publish');
    expect(verdict.processes).toMatchObject([{ dumps: [0, 1], judged: [0], profiles: [1] }]);
  });

  test('holds whatever the order of time: what is leaked once is so later on', () => {
    const verdict = of(profile(0, [held(SEND, 5)]), full(9, many(SEND, 10, 5)), full(12, many(SEND, 10, 5)));
    expect(calls(verdict)).toEqual([['orders.publish → chan send', 'leaked', 5]]);
  });

  test('leaves what it cannot see to the other evidence, as suspected', () => {
    const verdict = of(
      full(0, [...many(SEND, 10, 5), ...many(GLOBAL, 100, 20, 30)]),
      full(10, [...many(SEND, 10, 5), ...many(GLOBAL, 100, 20, 40), ...many(GLOBAL, 200, 40, 5)]),
      full(20, [...many(SEND, 10, 5), ...many(GLOBAL, 100, 20, 50), ...many(GLOBAL, 200, 80, 5)]),
      profile(21, [held(SEND, 5)]),
    );
    expect(calls(verdict)).toEqual([
      ['orders.publish → chan send', 'leaked', 5],
      ['cache.evict → chan send', 'growing', 100],
    ]);
    expect(evidenceOf(verdict, 'cache.evict')).toContain(
      'Suspected, not proven: the leak profile leaks.txt does not hold them',
    );
    expect(evidenceOf(verdict, 'orders.publish')).not.toContain('Suspected');
  });

  test('does not count as a second dump, so the only full one is still judged by age', () => {
    const verdict = of(full(0, [...many(SEND, 10, 5), ...many(GLOBAL, 100, 50, 30)]), profile(1, [held(SEND, 5)]));
    expect(calls(verdict)).toEqual([
      ['orders.publish → chan send', 'leaked', 5],
      ['cache.evict → chan send', 'suspicious', 50],
    ]);
  });

  test('proves nothing of another instance, nor of what it does not hold', () => {
    const verdict = of(
      full(0, many(SEND, 10, 5), 'a'),
      full(0, [...many(SEND, 10, 5), ...many(LOOP, 50, 3)], 'b'),
      profile(1, [held(SEND, 5)], 'b'),
    );
    expect(verdict.processes.map(({ name, call }) => [name, call])).toEqual([
      ['a', 'cannot-tell'],
      ['b', 'leaked'],
    ]);
    expect(verdict.groups.map(({ name, process }) => [name, process])).toEqual([['orders.publish → chan send', 1]]);
  });

  test('says so where it cannot tell whose they are, and which are not there', () => {
    const twice = (from: number) => [...many(SEND, from, 4), ...many({ ...SEND, state: 'select' }, from + 50, 4)];
    const verdict = of(full(0, twice(10)), profile(1, [held(SEND, 3), held(LOOP, 2)]));
    expect(verdict.call).toBe('leaked');
    expect(verdict.groups).toEqual([]);
    expect(verdict.evidence.map(textOf)).toContain(
      '3 of these stand in groups of dump-0.txt that look alike in the profile, so none of these groups is called leaked. 2 of these are not in dump-0.txt.',
    );
  });

  test('is judged alone when there is nothing else', () => {
    const verdict = of(profile(1, [held(SEND, 5), held(GLOBAL, 2)]));
    expect(calls(verdict)).toEqual([
      ['orders.publish', 'leaked', 5],
      ['cache.evict', 'leaked', 2],
    ]);
  });
});

test('goroutines marked (leaked) in one dump are proven in a later one that marks none', () => {
  const verdict = of(
    full(0, many({ ...SEND, leaked: true }, 10, 5)),
    full(9, [...many(SEND, 10, 5), ...many(SEND, 100, 2)]),
  );
  expect(calls(verdict)).toEqual([['orders.publish → chan send', 'leaked', 7]]);
  expect(evidenceOf(verdict, 'orders.publish')).toBe(
    '5 of 7 are proven leaked: dump-0.txt marks them (leaked), so nothing can reach what they wait for.',
  );
});

describe('real leak profiles', () => {
  async function moment(name: string): Promise<Moment> {
    const bytes = readFileSync(new URL(`../../fixtures/corpus/${REAL}/${name}`, import.meta.url));
    return momentOf((await dumpsOf(inputOf(new Uint8Array(bytes), name)))[0]!);
  }

  // Eighty are leaked; in the first full dump twenty look like others that are not, once states and creators are gone.
  test.each([
    ['1-beforeleakprofile.debug2.txt', '2-goroutineleak.debug1.txt', 60],
    ['1-beforeleakprofile.debug2.txt', '2-goroutineleak.debug0.pb.gz', 60],
    ['1-beforeleakprofile.debug1.txt', '2-goroutineleak.debug1.txt', 80],
    ['1-beforeleakprofile.debug0.pb.gz', '2-goroutineleak.debug0.pb.gz', 80],
    ['4-later.debug2.txt', '2-goroutineleak.debug1.txt', 80],
  ])('%s beside %s: %i goroutines stand in groups that are called leaked', async (dump, leaks, goroutines) => {
    const verdict = of(await moment(dump), await moment(leaks));
    expect(verdict.call).toBe('leaked');
    const leaked = verdict.groups.filter(({ call }) => call === 'leaked');
    const proven = leaked.map(({ evidence }) =>
      Number(/^(\d+) (?:of \d+ )?are proven leaked/.exec(textOf(evidence[0]!))?.[1]),
    );
    expect(proven.reduce((sum, count) => sum + count, 0)).toBe(goroutines);
    expect(verdict.groupsJudged).toBeGreaterThan(leaked.length + 5);
  });
});
