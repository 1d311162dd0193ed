import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CauseContext } from '../../../src/core/causes/causes.ts';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import {
  type BenignRule,
  type Cause,
  type LeakRule,
  type Needs,
  type Rule,
  USER,
} from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { LEVELS, type Level } from '../../../src/core/group/levels.ts';
import { textAt } from '../../../src/core/group/text-column.ts';
import type { DumpFormat } from '../../../src/core/model/dump.ts';
import { type DrawnDump, type DrawnGoroutine, drawDump, drawnDump } from '../../support/dump-builder.ts';

const SEND: LeakRule = {
  id: 'L01',
  kind: 'leak',
  title: 'send that nobody receives',
  family: 'send',
  grade: 'strong',
  generic: true,
  states: ['chan send'],
  stacks: [{ top: [USER] }],
  needs: {},
  meaning: 'Nobody receives.',
  check: ['Who receives?'],
  example: { before: 'a', after: 'b' },
  sources: ['here'],
};
const leak = (over: Partial<LeakRule>): LeakRule => ({ ...SEND, generic: false, ...over });

const RESTING: BenignRule = {
  id: 'B14',
  kind: 'benign',
  title: 'kept connection',
  states: ['IO wait'],
  stacks: [{ frames: [['net/http.(*persistConn).readLoop']] }],
  guard: { kind: 'pool', count: 1000 },
  otherwise: 'L50',
  meaning: 'wait for the next answer',
  sources: ['here'],
};
const MANY_CONNECTIONS = leak({ id: 'L50', family: 'network', grade: 'moderate', title: 'transport per request' });
const idle: DrawnGoroutine = {
  state: 'IO wait',
  frames: ['internal/poll.runtime_pollWait', 'net.(*conn).Read', 'net/http.(*persistConn).readLoop'],
  createdBy: 'net/http.(*Transport).dialConn',
};
const sending: DrawnGoroutine = { state: 'chan send', frames: ['main.push.func1'], createdBy: 'main.push' };

interface Ask {
  readonly rules?: readonly Rule[];
  readonly own?: number;
  readonly level?: Level;
  readonly format?: DumpFormat;
  /** Groups that rise, by a part of their name. */
  readonly rising?: string;
  readonly dumps?: number;
  readonly more?: DrawnDump;
}

function tableOf(goroutines: readonly DrawnGoroutine[], ask: Ask = {}) {
  const index = indexDump(drawDump(goroutines, ask.format, ask.more));
  const table = groupDump(index, ask.level ?? 'exact');
  const rising = new Set(
    table.key.filter((_, row) => ask.rising !== undefined && textAt(table.name, row).includes(ask.rising)),
  );
  const context: CauseContext = {
    rules: ask.rules ?? [SEND, MANY_CONNECTIONS, RESTING],
    ...(ask.own === undefined ? {} : { own: ask.own }),
    rising,
    dumps: ask.dumps ?? (rising.size > 0 ? 2 : 1),
  };
  return { table, ...nameCauses(index, table, context) };
}

/** The cause of the largest group. */
const causeOf = (goroutines: readonly DrawnGoroutine[], ask: Ask = {}): Cause | null =>
  tableOf(goroutines, ask).causes[0] ?? null;

describe('a benign stack', () => {
  test('says three things at 10, at 5,000 and growing', () => {
    const few = causeOf([{ ...idle, times: 10 }]);
    const many = causeOf([{ ...idle, times: 5000 }]);
    const growing = causeOf([{ ...idle, times: 10 }], { rising: 'persistConn' });
    expect(few).toMatchObject({ ruleId: 'B14', kind: 'benign', brokenGuardOf: null, family: null });
    expect(many).toMatchObject({
      ruleId: 'L50',
      kind: 'leak',
      brokenGuardOf: 'B14',
      family: 'network',
      grade: 'moderate',
    });
    expect(growing).toMatchObject({ ruleId: 'L50', kind: 'leak', brokenGuardOf: 'B14' });
    expect([few, many, growing].map((cause) => cause?.why.at(-1))).toEqual([
      '10 in the whole dump; up to 1,000 are expected while they do not grow.',
      '5,000 in the whole dump; from 1,000 on they are too many for a pool.',
      '10 in the whole dump, and they grew and did not come back; a pool stays level.',
    ]);
  });

  test('breaks its guard over the whole dump, not by groups', () => {
    const groups = Array.from({ length: 20 }, (_, i) => ({
      ...idle,
      frames: [...idle.frames, `main.caller${i}`],
      times: 60,
    }));
    expect(tableOf(groups).suspected).toEqual({ goroutines: 1200, groups: 20 });
    expect(tableOf(groups.slice(0, 10)).expected).toEqual({ goroutines: 600, groups: 10, rules: 1 });
  });

  test('must match wholly: state, frames and creator', () => {
    const whole: BenignRule = {
      ...RESTING,
      states: ['select'],
      stacks: [{ top: ['main.run'], createdBy: ['main.New'] }],
    };
    const ask = { rules: [whole] };
    const good = { state: 'select', frames: ['main.run'], createdBy: 'main.New' };
    expect(causeOf([good], ask)?.ruleId).toBe('B14');
    expect(causeOf([{ ...good, state: 'chan receive' }], ask)).toBe(null);
    expect(causeOf([{ ...good, createdBy: 'main.Other' }], ask)).toBe(null);
    expect(causeOf([{ ...good, frames: ['main.other', 'main.run'] }], ask)).toBe(null);
  });

  test.each<[string, BenignRule['guard'], Partial<DrawnGoroutine>, boolean]>([
    ['so many', { kind: 'at-most', count: 3 }, { times: 3 }, true],
    ['one too many', { kind: 'at-most', count: 3 }, { times: 4 }, false],
    ['one for each processor', { kind: 'per-processor' }, { times: 64 }, true],
    ['more than processors', { kind: 'per-processor' }, { times: 5000 }, false],
    ['young', { kind: 'young', minutes: 3, count: 100 }, { times: 20, minutes: 2 }, true],
    ['of no printed age', { kind: 'young', minutes: 3, count: 100 }, { times: 20 }, true],
    ['old', { kind: 'young', minutes: 3, count: 100 }, { times: 20, minutes: 3 }, false],
    ['young but too many', { kind: 'young', minutes: 3, count: 100 }, { times: 100 }, false],
  ])('%s', (_, guard, more, holds) => {
    const cause = causeOf([{ ...idle, ...more }], { rules: [{ ...RESTING, guard }, MANY_CONNECTIONS] });
    expect(cause?.brokenGuardOf).toBe(holds ? null : 'B14');
  });

  test('speaks of the guard that broke where the leak rule fits by itself, too', () => {
    const itself = { ...MANY_CONNECTIONS, states: RESTING.states, stacks: RESTING.stacks };
    const cause = causeOf([{ ...idle, times: 5000 }], { rules: [itself, RESTING] });
    expect(cause).toMatchObject({ ruleId: 'L50', brokenGuardOf: 'B14' });
  });

  test('without a leak rule to become leaves the word to others', () => {
    const alone: BenignRule = { ...RESTING, otherwise: null };
    const other = leak({ id: 'L52', states: ['IO wait'], stacks: RESTING.stacks, family: 'network' });
    expect(causeOf([{ ...idle, times: 5000 }], { rules: [alone] })).toBe(null);
    expect(causeOf([{ ...idle, times: 5000 }], { rules: [alone, other] })?.ruleId).toBe('L52');
    expect(causeOf([{ ...idle, times: 10 }], { rules: [alone, other] })?.ruleId).toBe('B14');
  });
});

describe('a leak rule', () => {
  const one = (needs: Needs) => ({ rules: [{ ...SEND, needs }] });
  const spread = [1, 2, 3, 5, 7, 9, 11, 12].map((minutes) => ({ ...sending, minutes, times: 3 }));
  const event = [{ ...sending, minutes: 12, times: 24 }];

  test.each<[string, Needs, readonly DrawnGoroutine[], Partial<Ask>, boolean]>([
    ['nothing', {}, [sending], {}, true],
    ['a count that is there', { count: 5 }, [{ ...sending, times: 5 }], {}, true],
    ['a count that is not', { count: 5 }, [{ ...sending, times: 4 }], {}, false],
    [
      'minutes of half of them',
      { minutes: 2 },
      [
        { ...sending, minutes: 2, times: 2 },
        { ...sending, times: 2 },
      ],
      {},
      true,
    ],
    [
      'minutes of fewer',
      { minutes: 2 },
      [
        { ...sending, minutes: 2 },
        { ...sending, times: 2 },
      ],
      {},
      false,
    ],
    ['growth', { growth: true }, [sending], { rising: 'push' }, true],
    ['growth where ages are spread', { growth: true }, spread, {}, false],
    ['growth or age: growth', { growthOrAge: true }, [sending], { rising: 'push' }, true],
    ['growth or age: age', { growthOrAge: true }, spread, {}, true],
    ['growth or age: age, but dumps say that it is level', { growthOrAge: true }, spread, { dumps: 3 }, false],
    ['growth or age: all of one event', { growthOrAge: true }, event, {}, false],
    ['or minutes', { growthOrAge: true, orMinutes: 5 }, event, { dumps: 3 }, true],
    [
      'waking, beside others that wait',
      { awake: true },
      [
        { ...sending, times: 2 },
        { ...idle, minutes: 4 },
      ],
      {},
      true,
    ],
    ['waking, where nobody waits long', { awake: true }, [{ ...sending, times: 2 }, idle], {}, false],
    ['waking, and some do not', { awake: true }, [{ ...sending, minutes: 1, times: 2 }], {}, false],
  ])('that needs %s', (_, needs, goroutines, ask, speaks) => {
    expect(causeOf(goroutines, { ...one(needs), ...ask })?.ruleId).toBe(speaks ? 'L01' : undefined);
  });

  test('takes growth for minutes that a form never prints', () => {
    const frames = ['runtime.gopark', 'runtime.chansend1', 'main.push.func1'];
    const ask = { ...one({ minutes: 5 }), format: 'pprof' as const };
    expect(causeOf([{ frames, times: 9 }], ask)).toBe(null);
    expect(causeOf([{ frames, times: 9 }], { ...ask, rising: 'push' })?.ruleId).toBe('L01');
  });

  test('says what matched, as printed', () => {
    const rule = leak({ id: 'L20', stacks: [{ top: [USER], frames: [['main.(*Hub).Serve']] }], needs: { count: 2 } });
    const goroutine = { ...sending, frames: ['main.(*Hub).push.func1', 'main.(*Hub).Serve'], times: 2 };
    expect(causeOf([goroutine], { rules: [rule] })?.why).toEqual([
      'chan send in main.(*Hub).push.func1, with main.(*Hub).Serve on its stack, created by main.push.',
      '2 goroutines in this group; from 2 on it tells.',
    ]);
    const locked = { state: 'semacquire', frames: ['sync.runtime_SemacquireMutex', 'sync.(*Mutex).Lock', 'main.f'] };
    const waits = leak({ id: 'L43', family: 'lock', states: ['lock'], stacks: [{ top: [USER] }] });
    expect(causeOf([locked], { rules: [waits] })?.why[0]).toBe('semacquire (sync.Mutex.Lock) in main.f.');
    expect(causeOf([locked], { rules: [waits], format: 'count-profile' })?.why[0]).toBe(
      'sync.Mutex.Lock (inferred from frames) in main.f.',
    );
  });
});

describe('of several rules that fit', () => {
  const named = leak({ id: 'L30', stacks: [{ top: ['main.push.func'] }] });

  test.each<[string, readonly Rule[], string]>([
    ['strong goes before moderate', [{ ...named, id: 'L31', grade: 'moderate' }, named], 'L30'],
    [
      'one that names more goes first',
      [named, { ...named, id: 'L31', stacks: [{ top: ['main.push.func'], createdBy: ['main.push'] }] }],
      'L31',
    ],
    [
      'a name goes before a family of names',
      [{ ...named, id: 'L31', stacks: [{ top: ['main.push*'] }] }, named],
      'L30',
    ],
    ['a name goes before USER', [{ ...named, id: 'L31', stacks: [{ top: [USER] }] }, named], 'L30'],
    ['a generic one goes last, strong as it is', [SEND, { ...named, grade: 'weak' }], 'L30'],
    ['one whose needs are not met is silent', [SEND, { ...named, needs: { count: 9 } }], 'L01'],
    ['of equals the first speaks', [named, { ...named, id: 'L31' }], 'L30'],
  ])('%s', (_, rules, id) => {
    expect(causeOf([sending], { rules })?.ruleId).toBe(id);
  });

  test('a team’s own go before all shipped ones', () => {
    const own: BenignRule = { ...RESTING, id: 'acme-1', states: ['chan send'], stacks: [{ top: ['main.push*'] }] };
    expect(causeOf([sending], { rules: [own, named], own: 1 })?.ruleId).toBe('acme-1');
    const weak = leak({ id: 'acme-2', grade: 'weak', stacks: [{ top: [USER] }] });
    expect(causeOf([sending], { rules: [weak, named], own: 1 })?.ruleId).toBe('acme-2');
    expect(
      causeOf([{ ...idle, times: 9 }], {
        rules: [leak({ id: 'acme-3', states: ['IO wait'], stacks: [{}] }), RESTING],
        own: 1,
      })?.ruleId,
    ).toBe('acme-3');
    // A broken guard of their own speaks as a shipped rule.
    const guarded: BenignRule = { ...own, guard: { kind: 'at-most', count: 1 }, otherwise: 'L30' };
    expect(causeOf([{ ...sending, times: 2 }], { rules: [guarded, named], own: 1 })).toMatchObject({
      ruleId: 'L30',
      brokenGuardOf: 'acme-1',
    });
  });
});

describe('goroutines proven leaked', () => {
  const marked = leak({
    id: 'L59',
    family: 'proven',
    grade: 'proven',
    generic: true,
    states: [],
    stacks: [{}],
    needs: { leaked: true },
  });
  const resting: BenignRule = { ...RESTING, states: [], stacks: [{}] };

  test('are named by their stack, whatever that rule needs, and never excused', () => {
    const rules = [marked, resting, { ...SEND, needs: { count: 100 } }];
    const cause = causeOf([{ ...sending, leaked: true, times: 2 }], { rules });
    expect(cause).toMatchObject({ ruleId: 'L01', family: 'send', grade: 'proven' });
    expect(cause?.why.at(-1)).toContain('2 goroutines are proven leaked');
    expect(causeOf([sending], { rules })?.ruleId).toBe('B14');
  });

  test('are proven and no more where no rule knows their stack', () => {
    const frames = ['main.f'];
    expect(causeOf([{ state: 'select', frames, leaked: true }], { rules: [SEND, marked] })).toMatchObject({
      ruleId: 'L59',
      grade: 'proven',
    });
    const profile = { format: 'pprof' as const, more: { profile: 'goroutineleak' as const } };
    expect(causeOf([{ frames }], { rules: [marked], ...profile })?.grade).toBe('proven');
    expect(
      causeOf([{ frames: ['runtime.gopark', 'runtime.selectgo', ...frames] }], { rules: [marked], ...profile })?.grade,
    ).toBe('proven');
  });
});

describe('a loose level', () => {
  const rules = [SEND, leak({ id: 'L60', states: ['select'], stacks: [{ top: [USER] }] })];
  test('takes the cause most of a group has', () => {
    const goroutines = [
      { ...sending, times: 2 },
      { ...sending, state: 'select', times: 3 },
    ];
    const { causes, suspected, table } = tableOf(goroutines, { rules, level: 'created-by' });
    expect(table.length).toBe(1);
    expect(causes[0]?.ruleId).toBe('L60');
    expect(causes[0]?.why).toContain('3 of the 5 goroutines of this group.');
    expect(suspected).toEqual({ goroutines: 5, groups: 1 });
  });

  test('has no cause when most of a group has none', () => {
    const goroutines = [
      { ...sending, times: 2 },
      { ...sending, state: 'sleep', times: 3 },
    ];
    expect(causeOf(goroutines, { rules, level: 'created-by' })).toBe(null);
  });

  test('does not let a guard break by the growth of others in its group', () => {
    const goroutines = [
      { ...idle, times: 10 },
      { ...idle, frames: ['main.other'], times: 90 },
    ];
    const { causes } = tableOf(goroutines, { level: 'state', rising: 'IO wait' });
    expect(causes).toEqual([null]);
    expect(tableOf([{ ...idle, times: 10 }], { level: 'state', rising: 'IO wait' }).causes[0]?.brokenGuardOf).toBe(
      'B14',
    );
  });
});

describe('for every dump', () => {
  test('expected, suspected and unnamed add up, and shipped rules keep to their kinds', () => {
    fc.assert(
      fc.property(drawnDump, fc.constantFrom(...LEVELS), fc.boolean(), (dump, level, grows) => {
        const index = indexDump(dump);
        const table = groupDump(index, level);
        const rising = new Set(grows ? table.key : []);
        const { causes, expected, suspected } = nameCauses(index, table, { rules: ALL_RULES, rising, dumps: 2 });
        expect(causes.length).toBe(table.length);
        let unnamed = 0;
        causes.forEach((cause, row) => {
          if (cause === null) unnamed += table.count[row]!;
          else {
            expect(cause.why.length).toBeGreaterThan(1);
            expect(ALL_RULES.find(({ id }) => id === cause.ruleId)?.kind).toBe(cause.kind);
          }
        });
        expect(expected.goroutines + suspected.goroutines + unnamed).toBe(dump.goroutines);
      }),
    );
  });
});
