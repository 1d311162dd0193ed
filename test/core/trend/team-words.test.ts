import { describe, expect, test } from 'vitest';
import { commonBasis } from '../../../src/core/group/keys.ts';
import { judge } from '../../../src/core/trend/judge.ts';
import type { Moment } from '../../../src/core/trend/moments.ts';
import type { TeamWord } from '../../../src/core/trend/team-words.ts';
import type { Verdict } from '../../../src/core/trend/verdict.ts';
import { markGroups } from '../../../src/core/triage/mark-groups.ts';
import type { MarkPattern } from '../../../src/core/triage/marks.ts';
import { textOf } from '../../../src/core/words/sentence.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { momentOf } from '../../support/moments.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 2, 30);

const SEND = { state: 'chan send', frames: ['orders.publish /a.go:88'], createdBy: 'orders.serve /a.go:80' };
const EVICT = { state: 'chan send', frames: ['cache.evict /c.go:9'], createdBy: 'cache.start /c.go:4' };
const WAIT = { state: 'select', frames: ['mail.wait /w.go:9'], createdBy: 'mail.start /w.go:4' };
const PUBLISH = 'orders.publish → chan send';
const CACHE = 'cache.evict → chan send';

const many = (like: DrawnGoroutine, from: number, count: number, minutes?: number): DrawnGoroutine[] =>
  Array.from({ length: count }, (_, at) => ({ ...like, id: from + at, ...(minutes === undefined ? {} : { minutes }) }));
const dump = (minute: number, goroutines: readonly DrawnGoroutine[]): Moment =>
  momentOf(
    drawDump([{ id: 1, state: 'select', frames: ['main.main /m.go:5'] }, ...goroutines], 'traceback', {
      provenance: { fileName: `dump-${minute}.txt`, takenAtMs: START + minute * MINUTE, takenAtFrom: 'file-name' },
    }),
  );
/** Rises by `step` from dump to dump; those that came stay. */
const rising = (like: DrawnGoroutine, from: number, first: number, step: number) => (at: number) =>
  many(like, from, first + step * at, 3 + 10 * at);
const series = (...parts: ((at: number) => DrawnGoroutine[])[]): Moment[] =>
  [0, 1, 2].map((at) => dump(at * 10, [...many(WAIT, 10, 20), ...parts.flatMap((part) => part(at))]));

const on = ({ frames, state, createdBy }: typeof SEND, mark: TeamWord): MarkPattern => ({
  id: `${mark} ${frames[0]}`,
  mark,
  states: [state],
  frames: frames.map((frame) => frame.split(' ')[0]!),
  createdBy: createdBy.split(' ')[0]!,
});
const of = (moments: readonly Moment[], ...marks: readonly MarkPattern[]): Verdict =>
  judge({
    moments,
    curves: [],
    level: 'functions',
    limit: null,
    wordsOf: (indexes, level) =>
      new Map(markGroups(indexes, level, commonBasis(indexes, level).basis, marks).map(({ key, mark }) => [key, mark])),
  });
const told = ({ groups }: Verdict) => groups.map(({ name, call, mark, leftOut }) => [name, call, mark, leftOut]);

describe('a group marked expected or done', () => {
  test.each(['expected', 'done'] as const)('%s: is no longer what the call is about, and it is said', (mark) => {
    const moments = series(rising(SEND, 1000, 10, 300));
    expect(of(moments).call).toBe('growing');
    const verdict = of(moments, on(SEND, mark));
    expect(verdict.call).toBe('steady');
    expect(textOf(verdict.headline)).toBe(`31 → 631 goroutines in 20 min. 1 group marked ${mark} is left out.`);
    const link = verdict.headline.find((part) => typeof part !== 'string' && part.text.startsWith('1 group'));
    expect(link).toMatchObject({ show: { kind: 'group', dump: 2, key: verdict.groups[0]?.key } });
    expect(told(verdict)).toEqual([[PUBLISH, 'growing', mark, true]]);
    expect(verdict.wouldChange.at(-1)).toContain('Taking the mark off');
  });

  test('leaves the call to the next one', () => {
    const verdict = of(series(rising(SEND, 1000, 10, 300), rising(EVICT, 5000, 5, 40)), on(SEND, 'expected'));
    expect(verdict.call).toBe('growing');
    expect(textOf(verdict.headline)).toContain(`${CACHE}. 1 group marked expected is left out.`);
    expect(told(verdict)).toEqual([
      [CACHE, 'growing', null, false],
      [PUBLISH, 'growing', 'expected', true],
    ]);
  });

  test('several are counted, with the largest named', () => {
    const verdict = of(
      series(rising(SEND, 1000, 10, 300), rising(EVICT, 5000, 5, 40)),
      on(SEND, 'expected'),
      on(EVICT, 'done'),
    );
    expect(verdict.call).toBe('steady');
    expect(textOf(verdict.headline)).toContain(
      `2 groups marked expected or done are left out, the largest: ${PUBLISH}.`,
    );
  });

  test('that neither rises nor stands still is left out of nothing', () => {
    const verdict = of(series(rising(SEND, 1000, 10, 300)), on(WAIT, 'expected'));
    expect(textOf(verdict.headline)).not.toContain('left out');
    expect(told(verdict)).toEqual([[PUBLISH, 'growing', null, false]]);
  });

  test('is not what one dump is said to be full of', () => {
    const one = [dump(0, [...many(SEND, 10, 50), ...many(WAIT, 100, 20)])];
    expect(textOf(of(one).headline)).toContain(PUBLISH);
    const headline = textOf(of(one, on(SEND, 'expected')).headline);
    expect(headline).not.toContain(PUBLISH);
    expect(headline).toContain('mail.wait → select. 1 group marked expected is left out.');
  });

  test('never folds what is proven leaked', () => {
    const verdict = of([dump(0, many({ ...SEND, leaked: true }, 10, 5))], on(SEND, 'expected'));
    expect(verdict.call).toBe('leaked');
    expect(told(verdict)).toEqual([[PUBLISH, 'leaked', 'expected', false]]);
    expect(textOf(verdict.headline)).not.toContain('left out');
    const word = /proven leaked: .*\. Marked expected, but what is proven leaked stays\.$/;
    expect(verdict.groups[0]?.evidence.map(textOf)).toEqual([expect.stringMatching(word)]);
    // Of the whole, too, it stands beside the group's name.
    const [said] = verdict.evidence.map(textOf).filter((each) => word.test(each));
    expect(said).toMatch(PUBLISH);
  });

  test('explains counts without stacks that rise with it', () => {
    const curve = {
      name: 'log',
      instance: null,
      timesMs: Float64Array.from({ length: 12 }, (_, at) => START + at * 2 * MINUTE),
      counts: Float64Array.from({ length: 12 }, (_, at) => 31 + at * 55),
    };
    const moments = series(rising(SEND, 1000, 10, 300));
    const verdict = judge({
      moments,
      curves: [curve],
      level: 'functions',
      limit: null,
      wordsOf: (indexes, level) =>
        new Map(
          markGroups(indexes, level, commonBasis(indexes, level).basis, [on(SEND, 'done')]).map(({ key, mark }) => [
            key,
            mark,
          ]),
        ),
    });
    expect(verdict.call).toBe('steady');
  });
});

describe('a group marked suspect', () => {
  test('stands first, also when others weigh more', () => {
    const verdict = of(series(rising(SEND, 1000, 10, 300), rising(EVICT, 5000, 5, 40)), on(EVICT, 'suspect'));
    expect(verdict.groups.map(({ name, mark }) => [name, mark])).toEqual([
      [CACHE, 'suspect'],
      [PUBLISH, null],
    ]);
    expect(verdict.call).toBe('growing');
  });

  test('is listed though it is steady, without changing the call', () => {
    const verdict = of(series(rising(SEND, 1000, 10, 300)), on(WAIT, 'suspect'));
    expect(told(verdict)).toEqual([
      ['mail.wait → select', 'steady', 'suspect', false],
      [PUBLISH, 'growing', null, false],
    ]);
    expect(verdict.groups[0]?.evidence.map(textOf)).toEqual(['Marked suspect.']);
    expect(verdict.call).toBe('growing');
  });
});
