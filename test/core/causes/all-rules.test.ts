import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/core/causes/function-pattern.ts';
import { compileSubjects } from '../../../src/core/causes/match-stack.ts';
import { FAMILIES, GRADES, type Rule, type StackPattern, USER } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';

const named = ALL_RULES.map((rule) => [`${rule.id} ${rule.title}`, rule] as const);

function patternsOf({ stacks }: Rule): string[] {
  const ofStack = ({ top = [], frames = [], createdBy = [], without = [] }: StackPattern) => [
    ...top,
    ...frames.flat(),
    ...createdBy,
    ...without,
  ];
  return stacks.flatMap(ofStack);
}

/** Every text of a rule that people read. */
function textsOf(rule: Rule): string[] {
  const own = [rule.title, rule.meaning, ...rule.sources, rule.versions ?? ''];
  return rule.kind === 'leak' ? [...own, ...rule.check] : own;
}

test('there are rules of each family, and ids are told apart', () => {
  const families = new Set(ALL_RULES.flatMap((rule) => (rule.kind === 'leak' ? [rule.family] : [])));
  expect([...families].sort()).toEqual([...FAMILIES].sort());
  const ids = ALL_RULES.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  expect(() => compileSubjects(ALL_RULES)).not.toThrow();
});

describe.each(named)('%s', (_, rule) => {
  test('has an id of LEAKS.md and says where it is from', () => {
    expect(rule.id).toMatch(rule.kind === 'leak' ? /^L\d\d(?:-[a-z]+)?$/ : /^B\d\d(?:-[a-z]+)?$/);
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.title).toMatch(/^[^.]+$/);
  });

  test('names functions that can match: normalised, each part of a stack with one', () => {
    expect(rule.stacks.length).toBeGreaterThan(0);
    for (const pattern of patternsOf(rule)) {
      expect(pattern.trim()).toBe(pattern);
      expect(pattern).not.toBe('');
      // Arguments, offsets and files belong to a dump, not to a pattern.
      expect(pattern).not.toMatch(/\s|0x|\.go:|\(\)$/);
      expect(compilePattern(pattern).text).not.toBe('');
    }
    for (const { top, frames, createdBy, without } of rule.stacks) {
      for (const part of [top, createdBy, without, ...(frames ?? [])]) expect(part?.length).not.toBe(0);
    }
  });

  test('is generic exactly when each of its stacks names nobody in particular', () => {
    const isNobody = (pattern: string) => pattern === USER || pattern.startsWith('*.');
    const parts = rule.stacks.map((stack) => patternsOf({ ...rule, stacks: [{ ...stack, without: [] }] }));
    const everyNobody = parts.every((patterns) => patterns.every(isNobody));
    if (rule.generic === true)
      expect(parts.some((patterns) => patterns.length === 0 || patterns.some(isNobody))).toBe(true);
    else if (rule.kind === 'leak' && rule.needs.leaked !== true) expect(everyNobody).toBe(false);
  });

  test('holds no markup', () => {
    for (const text of textsOf(rule)) {
      expect(text).not.toMatch(/<\/?[a-z]|&[a-z]+;|javascript:/i);
    }
  });

  if (rule.kind === 'leak') {
    test('tells what it means, what to check, and shows a fix', () => {
      expect(rule.meaning).toMatch(/\.$/);
      expect(rule.check.length).toBeGreaterThan(0);
      for (const question of rule.check) expect(question.length).toBeGreaterThan(10);
      expect(rule.example.before).not.toBe('');
      expect(rule.example.after).not.toBe(rule.example.before);
      expect(GRADES).toContain(rule.grade);
    });

    test('needs evidence, or is a shape that is hardly ever healthy', () => {
      const asked = Object.values(rule.needs).filter((need) => need !== undefined && need !== false);
      expect(asked.length > 0 || rule.grade === 'strong').toBe(true);
      if (rule.needs.orMinutes !== undefined) expect(rule.needs.growthOrAge).toBe(true);
    });
  } else {
    test('has a guard, and becomes a leak rule when that breaks', () => {
      if (rule.guard.kind !== 'per-processor') expect(rule.guard.count).toBeGreaterThan(0);
      if (rule.otherwise !== null) {
        expect(ALL_RULES.find(({ id }) => id === rule.otherwise)?.kind).toBe('leak');
      }
    });
  }
});
