import type { CauseTable } from '../../../src/core/causes/causes.ts';
import type { BenignRule, Cause, LeakRule, Rule } from '../../../src/core/causes/rule.ts';
import type { GroupTable } from '../../../src/core/group/group-table.ts';
import type { Answer, TableCauses } from '../../../src/store/state.ts';

/** The rule of a send that nobody receives, with short texts. */
export function leakRule(over: Partial<LeakRule> = {}): LeakRule {
  return {
    kind: 'leak',
    id: 'L01',
    title: 'send that nobody receives',
    family: 'send',
    grade: 'strong',
    states: ['chan send'],
    stacks: [{ top: ['USER'] }],
    needs: { growthOrAge: true },
    meaning: 'It sends on a channel whose receiver has left.',
    check: ['Can the receiver return first?', 'Does the send respect ctx.Done?'],
    example: { before: 'results := make(chan error)', after: 'results := make(chan error, 1)' },
    sources: ['LeakProf (arXiv 2312.12002)', 'https://example.com/leaks'],
    ...over,
  };
}

/** The rule of a connection that waits for its next request. */
export function benignRule(over: Partial<BenignRule> = {}): BenignRule {
  return {
    kind: 'benign',
    id: 'B10',
    title: 'kept connection of a server',
    states: ['IO wait'],
    stacks: [{ top: ['net/http.(*conn).serve'] }],
    sources: [],
    guard: { kind: 'pool', count: 64 },
    otherwise: 'L41',
    meaning: 'wait for the next request on a kept connection',
    ...over,
  };
}

/** A suspected send. */
export function leakCause(over: Partial<Cause> = {}): Cause {
  return {
    ruleId: 'L01',
    kind: 'leak',
    title: 'send that nobody receives',
    family: 'send',
    grade: 'strong',
    why: ['chan send in main.work, created by main.serve.', 'The group grew from dump to dump and did not come back.'],
    brokenGuardOf: null,
    rest: 'send',
    ...over,
  };
}

/** An expected kept connection. */
export function benignCause(over: Partial<Cause> = {}): Cause {
  return {
    ruleId: 'B10',
    kind: 'benign',
    title: 'kept connection of a server',
    family: null,
    grade: 'strong',
    why: [
      'They wait for the next request on a kept connection.',
      '12 in the whole dump; up to 64 are expected while they do not grow.',
    ],
    brokenGuardOf: null,
    rest: 'rest',
    ...over,
  };
}

/** What the analyst says of a table's causes; sums are left at nothing, as the page makes its own. */
export function causesReply(causes: CauseTable['causes'], over: Partial<CauseTable> = {}): CauseTable {
  return {
    causes,
    expected: { goroutines: 0, groups: 0, rules: 0 },
    suspected: { goroutines: 0, groups: 0 },
    pairs: [],
    ...over,
  };
}

/** The answer about a table, with the two rules above; `own` are those of the team. */
export function tableCauses(
  of: GroupTable,
  causes: CauseTable['causes'],
  over: Partial<CauseTable> = {},
  own: readonly Rule[] = [],
): Answer<TableCauses> {
  const value = { of, reply: causesReply(causes, over), rules: [leakRule(), benignRule()], own };
  return { status: 'ready', value, error: null };
}
