import { describe, expect, test } from 'vitest';
import type { BenignRule, LeakRule } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { tryRules } from '../../../src/core/causes/try-rules.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { textAt } from '../../../src/core/group/text-column.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';

const PUBLISH: LeakRule = {
  id: 'T1',
  kind: 'leak',
  title: 'publish without a receiver',
  family: 'send',
  grade: 'strong',
  states: ['chan send'],
  stacks: [{ top: ['main.(*Publisher).publish*'] }],
  needs: { count: 10 },
  meaning: 'Nobody receives.',
  check: [],
  example: { before: '', after: '' },
  sources: [],
};
const WORKER: BenignRule = {
  id: 'T2',
  kind: 'benign',
  title: 'worker at rest',
  states: [],
  stacks: [{ createdBy: ['main.startWorkers'] }],
  guard: { kind: 'at-most', count: 8 },
  otherwise: null,
  meaning: 'wait for a job',
  sources: [],
};
const publishing: DrawnGoroutine = { state: 'chan send', frames: ['main.(*Publisher).publish.func1', 'main.send'] };
const worker: DrawnGoroutine = { state: 'select', frames: ['main.work'], createdBy: 'main.startWorkers /m.go:3' };
const trial = (goroutines: readonly DrawnGoroutine[], rules = [PUBLISH, WORKER], rising: readonly string[] = []) =>
  tryRules(indexDump(drawDump(goroutines)), rules, { level: 'exact', rising: new Set(rising), dumps: 1 });

describe('a rule tried by itself', () => {
  test('counts what fits and what it speaks for, and says why', () => {
    const [publish, work] = trial([
      { ...publishing, times: 12 },
      { ...publishing, frames: [...publishing.frames, 'main.retry'], times: 3 },
      { ...worker, times: 4 },
    ]);
    expect(publish).toMatchObject({
      fits: { goroutines: 15, groups: 2 },
      speaks: { goroutines: 12, groups: 1 },
      why: ['chan send in main.(*Publisher).publish.func1.', '12 goroutines in this group; from 10 on it tells.'],
    });
    expect(work).toMatchObject({
      fits: { goroutines: 4, groups: 1 },
      speaks: { goroutines: 4, groups: 1 },
      why: [expect.stringContaining('created by main.startWorkers'), '4 in the whole dump; up to 8 are expected.'],
    });
  });

  test('leads to its largest group', () => {
    const goroutines = [
      { ...worker, times: 2 },
      { ...publishing, times: 3 },
    ];
    const { key, name } = groupDump(indexDump(drawDump(goroutines)), 'exact');
    const [publish] = trial(goroutines);
    expect(textAt(name, key.indexOf(publish!.key!))).toContain('publish');
  });

  test('says what it still needs, that its guard is broken, or that nothing fits', () => {
    const [publish, work] = trial([
      { ...worker, times: 9 },
      { ...publishing, times: 9 },
    ]);
    expect(publish).toMatchObject({ fits: { goroutines: 9, groups: 1 }, speaks: { goroutines: 0, groups: 0 } });
    expect(publish!.why.at(-1)).toBe('It does not speak yet: it needs 10 or more in one group.');
    expect(work!.speaks).toEqual({ goroutines: 0, groups: 0 });
    expect(work!.why.at(-1)).toBe('9 in the whole dump, but only 8 are expected in a process.');
    expect(trial([worker], [PUBLISH])).toEqual([
      { fits: { goroutines: 0, groups: 0 }, speaks: { goroutines: 0, groups: 0 }, key: null, why: [] },
    ]);
  });

  test('hears what the verdict says of growth', () => {
    const growing: LeakRule = { ...PUBLISH, needs: { growth: true } };
    const { key } = groupDump(indexDump(drawDump([publishing])), 'exact');
    expect(trial([publishing], [growing])[0]!.speaks.groups).toBe(0);
    expect(trial([publishing], [growing], key)[0]!.speaks.groups).toBe(1);
  });

  test('never speaks for more than fits, whichever rule it is', () => {
    const trials = trial(
      [
        { ...publishing, times: 40 },
        { ...worker, times: 20 },
      ],
      [...ALL_RULES],
    );
    expect(trials).toHaveLength(ALL_RULES.length);
    for (const { fits, speaks } of trials) expect(speaks.goroutines).toBeLessThanOrEqual(fits.goroutines);
  });
});
