import type { Rule, StackPattern } from '../../core/causes/rule.ts';
import type { Scrub } from './scrub.ts';

/** A rule of a team, whose patterns and texts may name its modules. */
export function redactRule(rule: Rule, scrub: Scrub): Rule {
  const text = (each: string): string => scrub.functionName(scrub.text(each));
  const shared = {
    title: text(rule.title),
    meaning: text(rule.meaning),
    sources: rule.sources.map(text),
    stacks: rule.stacks.map((stack) => redactPattern(stack, scrub)),
    ...(rule.versions === undefined ? {} : { versions: text(rule.versions) }),
  };
  if (rule.kind === 'benign') return { ...rule, ...shared };
  const { before, after } = rule.example;
  return { ...rule, ...shared, check: rule.check.map(text), example: { before: text(before), after: text(after) } };
}

function redactPattern({ top, frames, createdBy, without }: StackPattern, scrub: Scrub): StackPattern {
  const all = (names: readonly string[]): readonly string[] => names.map(scrub.functionName);
  return {
    ...(top && { top: all(top) }),
    ...(frames && { frames: frames.map(all) }),
    ...(createdBy && { createdBy: all(createdBy) }),
    ...(without && { without: all(without) }),
  };
}
