import {
  FAMILIES,
  type FunctionPattern,
  GRADES,
  type Guard,
  type LeakRule,
  type Needs,
  type Rule,
  type StackPattern,
} from '../causes/rule.ts';
import { STATE_CLASSES } from '../causes/state-class.ts';
import { FieldError, Fields, flag, identifier, listOf, oneOf, orNull, type Read, text, wholeNumber } from './fields.ts';

/** Limits of a rule in a file. What a team writes stays far below; what somebody sends must not stop the page. */
export const RULE_LIMITS = {
  id: 64,
  title: 200,
  /** Characters of a text of several lines. */
  prose: 4000,
  pattern: 300,
  /** Patterns that stand for each other. */
  alternatives: 50,
  /** Frames that a pattern names one below the other. */
  frames: 20,
  stacks: 50,
  lists: 20,
  goroutines: 100_000_000,
  minutes: 10_000_000,
} as const;

const count = wholeNumber(0, RULE_LIMITS.goroutines);
const minutes = wholeNumber(0, RULE_LIMITS.minutes);
const prose = text(RULE_LIMITS.prose);
const proses = listOf(prose, RULE_LIMITS.lists);

const toPattern: Read<FunctionPattern> = (value, path) => {
  const pattern = text(RULE_LIMITS.pattern)(value, path);
  if (/^\S+$/.test(pattern)) return pattern;
  throw new FieldError(path, JSON.stringify(pattern), 'the name of a function without blanks; * stands for any text');
};
const toPatterns = listOf(toPattern, RULE_LIMITS.alternatives, 1);

function toStack(value: unknown, path: string): StackPattern {
  const fields = new Fields(value, path, ['top', 'frames', 'createdBy', 'without']);
  return {
    ...fields.maybe('top', toPatterns),
    ...fields.maybe('frames', listOf(toPatterns, RULE_LIMITS.frames, 1)),
    ...fields.maybe('createdBy', toPatterns),
    ...fields.maybe('without', toPatterns),
  };
}

function toNeeds(value: unknown, path: string): Needs {
  const fields = new Fields(value, path, ['count', 'minutes', 'growthOrAge', 'orMinutes', 'growth', 'awake', 'leaked']);
  return {
    ...fields.maybe('count', count),
    ...fields.maybe('minutes', minutes),
    ...fields.maybe('growthOrAge', flag),
    ...fields.maybe('orMinutes', minutes),
    ...fields.maybe('growth', flag),
    ...fields.maybe('awake', flag),
    ...fields.maybe('leaked', flag),
  };
}

const GUARD_FIELDS = {
  'at-most': ['kind', 'count'],
  'per-processor': ['kind'],
  pool: ['kind', 'count', 'fills'],
  young: ['kind', 'minutes', 'count'],
} as const satisfies Readonly<Record<Guard['kind'], readonly string[]>>;

function toGuard(value: unknown, path: string): Guard {
  const kind = new Fields(value, path, ['kind', 'minutes', 'count', 'fills']).need(
    'kind',
    oneOf(['at-most', 'per-processor', 'pool', 'young']),
  );
  const fields = new Fields(value, path, GUARD_FIELDS[kind]);
  switch (kind) {
    case 'per-processor':
      return { kind };
    case 'young':
      return { kind, minutes: fields.need('minutes', minutes), count: fields.need('count', count) };
    case 'pool':
      return { kind, count: fields.need('count', count), ...fields.maybe('fills', count) };
    case 'at-most':
      return { kind, count: fields.need('count', count) };
  }
}

function toExample(value: unknown, path: string): LeakRule['example'] {
  const fields = new Fields(value, path, ['before', 'after']);
  const code = text(RULE_LIMITS.prose, 0);
  return { before: fields.need('before', code), after: fields.need('after', code) };
}

const SHARED = ['id', 'kind', 'title', 'meaning', 'states', 'stacks', 'sources', 'versions', 'generic'] as const;
const LEAK_FIELDS = [...SHARED, 'family', 'grade', 'needs', 'check', 'example'] as const;
const BENIGN_FIELDS = [...SHARED, 'guard', 'otherwise'] as const;

/**
 * A rule of a file. What a team need not say may be left out: states (all), needs (none), what to check, the example,
 * sources, and what a broken guard becomes. Throws a FieldError.
 */
export const toRule: Read<Rule> = (value, path) => {
  const all = new Fields(value, path, [...new Set([...LEAK_FIELDS, ...BENIGN_FIELDS])]);
  const kind = all.need('kind', oneOf(['leak', 'benign']));
  const fields = new Fields(value, path, kind === 'leak' ? LEAK_FIELDS : BENIGN_FIELDS);
  const shared = {
    id: fields.need('id', identifier(RULE_LIMITS.id)),
    title: fields.need('title', text(RULE_LIMITS.title)),
    meaning: fields.need('meaning', prose),
    states: fields.take('states', listOf(oneOf(STATE_CLASSES), STATE_CLASSES.length), []),
    stacks: fields.need('stacks', listOf(toStack, RULE_LIMITS.stacks, 1)),
    sources: fields.take('sources', proses, []),
    ...fields.maybe('versions', text(RULE_LIMITS.title)),
    ...fields.maybe('generic', flag),
  };
  if (kind === 'benign') {
    refuseOpen(fields, shared.stacks, shared.states.length > 0);
    return {
      ...shared,
      kind,
      guard: fields.need('guard', toGuard),
      otherwise: fields.take('otherwise', orNull(identifier(RULE_LIMITS.id)), null),
    };
  }
  const needs: Needs = fields.take('needs', toNeeds, {});
  refuseOpen(fields, shared.stacks, shared.states.length > 0 || needs.leaked === true);
  return {
    ...shared,
    kind,
    family: fields.need('family', oneOf(FAMILIES)),
    grade: fields.need('grade', oneOf(GRADES)),
    needs,
    check: fields.take('check', proses, []),
    example: fields.take('example', toExample, { before: '', after: '' }),
  };
};

/** A rule that fits every goroutine says nothing. `tells`: something beside the stack tells. */
function refuseOpen(fields: Fields, stacks: readonly StackPattern[], tells: boolean): void {
  const open = stacks.findIndex(({ top, frames, createdBy }) => !top && !frames && !createdBy);
  if (tells || open < 0) return;
  throw new FieldError(`${fields.at('stacks')}[${open}]`, 'a stack that every goroutine has', 'a function or a state');
}

/** How many function patterns a rule holds: what asking it costs. */
export function patternsIn({ stacks }: Rule): number {
  let sum = 0;
  for (const { top = [], frames = [], createdBy = [], without = [] } of stacks) {
    sum += top.length + createdBy.length + without.length + frames.reduce((all, each) => all + each.length, 0);
  }
  return sum;
}
