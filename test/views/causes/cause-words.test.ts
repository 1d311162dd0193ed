import { describe, expect, test } from 'vitest';
import { FAMILIES, GRADES } from '../../../src/core/causes/rule.ts';
import type { TableCauses } from '../../../src/store/state.ts';
import {
  addressOf,
  expectedWords,
  FAMILY_SHORT,
  FAMILY_WORDS,
  GRADE_SHORT,
  GRADE_WORDS,
  guardWords,
  markOf,
} from '../../../src/views/causes/cause-words.ts';
import { benignCause, leakCause, tableCauses } from '../support/causes.ts';
import { groupTable } from '../support/groups.ts';

const TABLE = groupTable([
  ['main.push', 40, 'chan send'],
  ['net.read', 12, 'IO wait'],
]);
const known = (...causes: Parameters<typeof tableCauses>[1]): TableCauses => tableCauses(TABLE, causes).value!;

describe('the mark of a group', () => {
  test('names the cause and how much it says', () => {
    expect(markOf(known(leakCause()), 0)).toMatchObject({
      tone: 'suspect',
      text: 'send that nobody receives · strong',
    });
  });

  test('says what expected goroutines do', () => {
    expect(markOf(known(null, benignCause()), 1)).toMatchObject({
      tone: 'expected',
      text: 'expected: wait for the next request on a kept connection',
      title: 'Kept connection of a server. 12 in the whole dump; up to 64 are expected while they do not grow.',
    });
  });

  test('parts the proven from the suspected where both are there', () => {
    const both = known(leakCause({ grade: 'proven' }), leakCause({ title: 'response body not closed' }));
    expect(markOf(both, 0)).toMatchObject({ tone: 'proven', text: 'proven leaked: send that nobody receives' });
    expect(markOf(both, 1)).toMatchObject({ tone: 'suspect', text: 'suspected: response body not closed · strong' });
  });

  test('does not say proven twice where the cause is not known', () => {
    expect(markOf(known(leakCause({ grade: 'proven', family: 'proven', title: 'proven leak' })), 0)?.text).toBe(
      'proven leaked',
    );
  });

  test('is not there where no rule speaks', () => {
    expect(markOf(known(null, null), 0)).toBeNull();
  });
});

describe('words', () => {
  test('tell kinds and grades apart, long and short', () => {
    for (const words of [FAMILY_WORDS, FAMILY_SHORT]) {
      expect(new Set(FAMILIES.map((family) => words[family])).size).toBe(FAMILIES.length);
    }
    for (const words of [GRADE_WORDS, GRADE_SHORT]) {
      expect(new Set(GRADES.map((grade) => words[grade])).size).toBe(GRADES.length);
    }
  });

  test.each([
    [{ kind: 'at-most', count: 1 }, 'up to 1 in a process'],
    [{ kind: 'per-processor' }, 'one for each processor'],
    [{ kind: 'pool', count: 5000 }, 'up to 5,000 while they do not grow'],
    [{ kind: 'young', minutes: 90, count: 64 }, 'up to 64 that wait for no longer than 1 h 30 min'],
  ] as const)('say what a guard expects: %o', (guard, words) => {
    expect(guardWords(guard)).toBe(words);
  });

  test('count what is expected, one or many', () => {
    expect(expectedWords({ goroutines: 58, groups: 12, rules: 9 })).toBe(
      '58 goroutines in 12 groups expected by 9 rules',
    );
    expect(expectedWords({ goroutines: 1, groups: 1, rules: 1 })).toBe('1 goroutine in 1 group expected by 1 rule');
  });

  test.each([
    ['https://example.com/leaks', 'https://example.com/leaks'],
    ['http://example.com', 'http://example.com'],
    ['javascript:alert(1)', null],
    ['see https://example.com', null],
    ['https://example.com and more', null],
    ['golang/go#1234', null],
  ])('take %s for an address or for a name', (source, address) => {
    expect(addressOf(source)).toBe(address);
  });
});
