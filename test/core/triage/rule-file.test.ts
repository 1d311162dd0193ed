import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/core/causes/function-pattern.ts';
import { FAMILIES, GRADES, type LeakRule, type Rule } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { STATE_CLASSES } from '../../../src/core/causes/state-class.ts';
import { MARK_KINDS, type Mark } from '../../../src/core/triage/marks.ts';
import { parseRuleDocument, readRuleFile, readRuleText } from '../../../src/core/triage/read-rule-file.ts';
import {
  formatRuleFile,
  mergeRuleFiles,
  RULE_FILE_LIMITS,
  RULE_FILE_VERSION,
  type RuleFile,
} from '../../../src/core/triage/rule-file.ts';
import { type Schema, schemaErrors } from '../../support/json-schema.ts';

const SCHEMA: Schema = JSON.parse(readFileSync(new URL('../../../public/rules.schema.json', import.meta.url), 'utf8'));

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const pattern = fc.stringMatching(/^[a-z]{1,6}\.(\(\*[A-Z]\)\.)?[*a-z]{1,6}$/);
const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
const prose = fc.string({ minLength: 1, maxLength: 80, unit: 'binary' });
const shared = {
  id,
  title: prose,
  meaning: prose,
  states: fc.subarray([...STATE_CLASSES]),
  sources: fc.array(prose, { maxLength: 2 }),
};
const stack = fc.oneof(
  fc.record({ top: patterns }),
  fc.record({ frames: fc.array(patterns, { minLength: 1, maxLength: 2 }), without: patterns }),
  fc.record({ createdBy: patterns }),
);
const stacks = fc.array(stack, { minLength: 1, maxLength: 3 });
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    ...shared,
    kind: fc.constant('leak' as const),
    stacks,
    family: fc.constantFrom(...FAMILIES),
    grade: fc.constantFrom(...GRADES),
    needs: fc.record({ count: fc.nat(99), growthOrAge: fc.boolean(), minutes: fc.nat(99) }, { requiredKeys: [] }),
    check: fc.array(prose, { maxLength: 2 }),
    example: fc.record({ before: fc.string(), after: fc.string() }),
  }),
  fc.record({
    ...shared,
    kind: fc.constant('benign' as const),
    stacks,
    guard: fc.oneof(
      fc.record({ kind: fc.constant('at-most' as const), count: fc.nat(99) }),
      fc.record(
        { kind: fc.constant('pool' as const), count: fc.nat(99), fills: fc.nat(99) },
        { requiredKeys: ['kind', 'count'] },
      ),
      fc.constant({ kind: 'per-processor' as const }),
      fc.record({ kind: fc.constant('young' as const), minutes: fc.nat(99), count: fc.nat(99) }),
    ),
    otherwise: fc.option(id),
  }),
);
const words = fc.string({ minLength: 1, maxLength: 60, unit: 'binary' });
const mark: fc.Arbitrary<Mark> = fc.record({
  id,
  mark: fc.constantFrom(...MARK_KINDS),
  name: words,
  note: fc.string({ maxLength: 200, unit: 'binary' }),
  states: fc.array(words, { maxLength: 2 }),
  frames: fc.array(words, { maxLength: 6 }),
  createdBy: fc.option(fc.string({ maxLength: 20 })),
});
const ruleFile: fc.Arbitrary<RuleFile> = fc.record({
  rules: fc.uniqueArray(rule, { maxLength: 4, selector: (each) => each.id }),
  marks: fc.uniqueArray(mark, { maxLength: 6, selector: (each) => each.id }),
});

const LEAK = {
  id: 'T1',
  kind: 'leak',
  title: 'publish without a receiver',
  family: 'send',
  grade: 'strong',
  stacks: [{ top: ['main.publish*'] }],
  meaning: 'Nobody receives.',
};
const BENIGN = {
  id: 'T2',
  kind: 'benign',
  title: 'worker at rest',
  stacks: [{ createdBy: ['main.startWorkers'] }],
  guard: { kind: 'at-most', count: 8 },
  meaning: 'wait for a job',
};
const MARK = { id: 'a1-b2', mark: 'done', name: 'main.run → select', frames: ['main.run'] };
const fileOf = (over: object) => JSON.stringify({ schema: 'standstill/rules@1', ...over });

/** What is wrong with a file; empty when it is good. */
function problemsOf(source: string): readonly string[] {
  const found = readRuleFile(source);
  if (found === null) throw new Error('taken for no rule file');
  return found.kind === 'file' ? [] : found.problems;
}

describe('a saved team rule file', () => {
  test('is read as it was, and fits the schema', () => {
    fc.assert(
      fc.property(ruleFile, (file) => {
        const saved = formatRuleFile(file);
        expect(readRuleFile(saved)).toEqual({ kind: 'file', file });
        expect(schemaErrors(SCHEMA, JSON.parse(saved))).toEqual([]);
      }),
    );
  });

  test('can hold every shipped rule', () => {
    for (const shipped of ALL_RULES) {
      const saved = formatRuleFile({ rules: [shipped], marks: [] });
      expect(readRuleFile(saved), shipped.id).toEqual({ kind: 'file', file: { rules: [shipped], marks: [] } });
      expect(schemaErrors(SCHEMA, JSON.parse(saved)), shipped.id).toEqual([]);
    }
  });

  test('names in its schema the words that the page knows', () => {
    const defs = SCHEMA.$defs as Readonly<Record<string, { properties: Readonly<Record<string, Schema>> }>>;
    expect(defs.leak!.properties.family!.enum).toEqual([...FAMILIES]);
    expect(defs.leak!.properties.grade!.enum).toEqual([...GRADES]);
    expect((defs.leak!.properties.states!.items as Schema).enum).toEqual([...STATE_CLASSES]);
    expect(defs.mark!.properties.mark!.enum).toEqual([...MARK_KINDS]);
  });
});

test('the file in the README can be opened', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [example] = /\{ "schema": "standstill\/rules@1".*?"marks": \[\] \}/s.exec(readme) ?? [''];
  expect(readRuleFile(example)).toMatchObject({ kind: 'file', file: { rules: [{ id: 'TEAM-1' }], marks: [] } });
  expect(schemaErrors(SCHEMA, JSON.parse(example))).toEqual([]);
});

describe('what a team need not write', () => {
  test('is filled in', () => {
    const found = readRuleFile(fileOf({ rules: [LEAK, BENIGN], marks: [MARK] }));
    expect(found).toEqual({
      kind: 'file',
      file: {
        rules: [
          { ...LEAK, states: [], sources: [], needs: {}, check: [], example: { before: '', after: '' } },
          { ...BENIGN, states: [], sources: [], otherwise: null },
        ],
        marks: [{ ...MARK, note: '', states: [], createdBy: null }],
      },
    });
  });

  test('may be everything', () => {
    expect(readRuleFile('{"schema":"standstill/rules@1"}')).toEqual({ kind: 'file', file: { rules: [], marks: [] } });
  });
});

describe('a file that is wrong', () => {
  test.each<[name: string, over: object, problem: string]>([
    [
      'a field nobody knows',
      { rule: [] },
      'rule: found a field of this name, wanted only $schema, schema, rules, marks.',
    ],
    ['rules that are no list', { rules: {} }, 'rules: found an object, wanted a list of at most 500.'],
    ['a rule that is none', { rules: [LEAK, 7] }, 'rules[1]: found 7, wanted an object.'],
    ['no kind', { rules: [{ id: 'T1' }] }, 'rules[0].kind: found nothing, wanted one of leak, benign.'],
    [
      'a wrong family',
      { rules: [{ ...LEAK, family: 'sends' }] },
      'rules[0].family: found "sends", wanted one of send, cancel, loop, pool, lock, network, proven.',
    ],
    [
      'a pattern that is none',
      { rules: [{ ...LEAK, stacks: [{ top: ['main.a'] }, { frames: [['main.b'], ['main.c', 7]] }] }] },
      'rules[0].stacks[1].frames[1][1]: found 7, wanted a text of 1 to 300 characters.',
    ],
    [
      'a pattern too long',
      { rules: [{ ...LEAK, stacks: [{ top: ['a'.repeat(301)] }] }] },
      'rules[0].stacks[0].top[0]: found a text of 301 characters, wanted a text of 1 to 300 characters.',
    ],
    [
      'a pattern with a blank',
      { rules: [{ ...LEAK, stacks: [{ top: ['main.a b'] }] }] },
      'rules[0].stacks[0].top[0]: found "main.a b", wanted the name of a function without blanks; * stands for any text.',
    ],
    [
      'a stack that every goroutine has',
      { rules: [{ ...LEAK, stacks: [{ without: ['main.a'] }] }] },
      'rules[0].stacks[0]: found a stack that every goroutine has, wanted a function or a state.',
    ],
    [
      'a field of the other kind',
      { rules: [{ ...BENIGN, needs: {} }] },
      'rules[0].needs: found a field of this name, wanted only id, kind, title, meaning, states, stacks, sources, versions, generic, guard, otherwise.',
    ],
    [
      'a guard without its count',
      { rules: [{ ...BENIGN, guard: { kind: 'pool' } }] },
      'rules[0].guard.count: found nothing, wanted a whole number from 0 to 100000000.',
    ],
    [
      'a pool that fills to less than nothing',
      { rules: [{ ...BENIGN, guard: { kind: 'pool', count: 5, fills: -1 } }] },
      'rules[0].guard.fills: found -1, wanted a whole number from 0 to 100000000.',
    ],
    [
      'what only a pool does, in another guard',
      { rules: [{ ...BENIGN, guard: { kind: 'at-most', count: 5, fills: 2 } }] },
      'rules[0].guard.fills: found a field of this name, wanted only kind, count.',
    ],
    [
      'an id twice',
      { rules: [LEAK, { ...BENIGN, id: 'T1' }] },
      'rules[1].id: found "T1" again, wanted ids that differ.',
    ],
    [
      'a mark nobody knows',
      { marks: [{ ...MARK, mark: 'ok' }] },
      'marks[0].mark: found "ok", wanted one of expected, suspect, done.',
    ],
    [
      'a note too long',
      { marks: [{ ...MARK, note: 'n'.repeat(2001) }] },
      'marks[0].note: found a text of 2001 characters, wanted a text of 0 to 2000 characters.',
    ],
  ])('is told by its field: %s', (_, over, problem) => {
    expect(problemsOf(fileOf(over))).toEqual([problem]);
    // The schema knows, too; that ids differ it cannot say.
    if (!problem.includes('ids that differ') && !problem.includes('every goroutine')) {
      expect(schemaErrors(SCHEMA, JSON.parse(fileOf(over)))).not.toEqual([]);
    }
  });

  test('names several problems, but not hundreds', () => {
    expect(problemsOf(fileOf({ rules: [7, LEAK, 8], marks: [9] }))).toHaveLength(3);
    expect(problemsOf(fileOf({ marks: Array.from({ length: 300 }, () => 7) }))).toHaveLength(10);
  });

  test('may not hold more than the page can ask', () => {
    const many = Array.from({ length: 50 }, (_, i) => `main.f${i}`);
    const rules = Array.from({ length: 81 }, (_, i) => ({ ...LEAK, id: `T${i}`, stacks: [{ top: many }] }));
    expect(problemsOf(fileOf({ rules }))).toEqual([
      `rules: found ${81 * 50} function patterns, wanted at most ${RULE_FILE_LIMITS.patterns} in all.`,
    ]);
  });
});

describe('versions', () => {
  test('a newer file gets a plain message', () => {
    expect(problemsOf('{"schema":"standstill/rules@7","rules":[],"later":1}')).toEqual([
      'schema: found version 7 of the team rule file, wanted at most version 1: this page is older than the file, open it with a newer Standstill.',
    ]);
  });

  test.each(['standstill/rules@', 'standstill/rules@0', 'standstill/rules@1x', 'standstill/rules@99999999999'])(
    'no version is made of %s',
    (schema) => {
      expect(problemsOf(JSON.stringify({ schema }))[0]).toContain(`wanted "standstill/rules@${RULE_FILE_VERSION}"`);
    },
  );

  test('an old file takes every step to the newest version', () => {
    const upgraders = [
      ({ signatures, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, rules: signatures }),
      (document: Readonly<Record<string, unknown>>) => ({ ...document, marks: [MARK] }),
    ];
    const first = parseRuleDocument({ schema: 'standstill/rules@1', signatures: [LEAK] }, upgraders);
    const second = parseRuleDocument({ schema: 'standstill/rules@2', rules: [LEAK] }, upgraders);
    expect(first).toMatchObject({ kind: 'file', file: { rules: [{ id: 'T1' }], marks: [{ id: 'a1-b2' }] } });
    expect(second).toEqual(first);
  });
});

describe('what is a rule file', () => {
  test.each<[name: string, source: string]>([
    ['sorted keys, the schema last', JSON.stringify({ marks: [], rules: [LEAK], schema: 'standstill/rules@1' })],
    ['a byte order mark', `\ufeff${fileOf({})}`],
    ['a schema for editors first', `{"$schema":"./rules.schema.json","schema":"standstill/rules@1"}`],
  ])('is told by content: %s', (_, source) => {
    expect(readRuleFile(source)).toMatchObject({ kind: 'file' });
  });

  test('is said when it is broken off', () => {
    const broken = readRuleFile(fileOf({ rules: [LEAK] }).slice(0, 120));
    expect(broken).toMatchObject({ kind: 'invalid', problems: [expect.stringMatching(/^It is not valid JSON: /)] });
  });

  test.each<[name: string, source: string]>([
    ['a dump', 'goroutine 1 [running]:\nmain.main()\n\t/a.go:1\n'],
    ['lines of a JSON log that speak of one', `{"msg":"goroutine 1 [running]:"}\n{"schema":"standstill/rules@1"}\n`],
    ['an analysis', '{"schema":"standstill/analysis@1","dumps":[]}'],
    ['a document that quotes one', JSON.stringify({ log: fileOf({}), more: { schema: 'standstill/rules@1' } })],
    ['a list', `[${fileOf({})}]`],
    ['nothing', ''],
  ])('no rule file is %s', (_, source) => {
    expect(readRuleFile(source)).toBe(null);
  });
});

describe('hostile files', () => {
  test('never make it throw', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.record({ schema: fc.constant('standstill/rules@1'), rules: fc.jsonValue(), marks: fc.jsonValue() }),
      fc.record({
        schema: fc.constant('standstill/rules@1'),
        rules: fc.array(
          fc
            .tuple(fc.constantFrom(LEAK, BENIGN), fc.constantFrom(...Object.keys(LEAK), 'guard'), fc.jsonValue())
            .map(([good, field, value]) => ({ ...good, [field]: value })),
        ),
      }),
    );
    fc.assert(
      fc.property(junk, (value) => {
        const found = parseRuleDocument(value);
        if (found.kind === 'invalid') {
          expect(found.problems.length).toBeGreaterThan(0);
          for (const problem of found.problems) expect(problem.length).toBeLessThan(600);
        }
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(400), (text, cut) => {
        readRuleFile(text);
        readRuleFile(fileOf({ rules: [LEAK], marks: [MARK] }).slice(0, cut) + text);
        readRuleText(text);
      }),
    );
  });

  test('do not get through by names of objects', () => {
    expect(problemsOf('{"schema":"standstill/rules@1","__proto__":{"rules":[]}}')[0]).toMatch(
      /^__proto__: found a field/,
    );
    expect(problemsOf('{"schema":"standstill/rules@1","constructor":1}')[0]).toMatch(/^constructor: found a field/);
  });

  test('do not overflow by depth', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(problemsOf(`{"schema":"standstill/rules@1","rules":${deep}}`)).toHaveLength(1);
  });

  test('do not hang by patterns of many wildcards', () => {
    const { shape } = compilePattern(`${'*a'.repeat(140)}b`);
    const started = performance.now();
    expect(shape?.test('a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test('a wildcard stands for any text, as it would in a regular expression', () => {
  const piece = fc.stringMatching(/^[ab.]{0,3}$/);
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 5 }), fc.stringMatching(/^[ab.]{0,10}$/), (pieces, text) => {
      const { shape } = compilePattern(pieces.join('*'));
      const slow = new RegExp(`^${pieces.map((each) => each.replaceAll('.', '\\.')).join('.*')}$`);
      expect(shape?.test(text)).toBe(slow.test(text));
    }),
  );
});

test('of several files the last word stands, in the place of the first', () => {
  const leak = (over: Partial<LeakRule>) => ({ ...LEAK, ...over }) as LeakRule;
  const one: RuleFile = { rules: [leak({ id: 'A' }), leak({ id: 'B' })], marks: [] };
  const two: RuleFile = { rules: [leak({ id: 'C' }), leak({ id: 'A', title: 'new' })], marks: [] };
  const merged = mergeRuleFiles([one, two]);
  expect(merged.rules.map((each) => `${each.id} ${each.title}`)).toEqual([
    'A new',
    'B publish without a receiver',
    'C publish without a receiver',
  ]);
  expect(mergeRuleFiles([merged, two])).toEqual(merged);
});

test('a rule on trial names the place of what is wrong', () => {
  expect(readRuleText(JSON.stringify(LEAK))).toMatchObject({ kind: 'rule', rule: { id: 'T1', needs: {} } });
  expect(readRuleText('{"id": 7}')).toEqual({
    kind: 'invalid',
    problems: ['rule.kind: found nothing, wanted one of leak, benign.'],
  });
  expect(readRuleText('{')).toMatchObject({ kind: 'invalid', problems: [expect.stringContaining('not valid JSON')] });
});
