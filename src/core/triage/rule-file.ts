import type { Rule } from '../causes/rule.ts';
import type { Mark } from './marks.ts';

/** The team rule file: signatures and marks of a team. As JSON: `{ "schema": "standstill/rules@1", "rules": […], "marks": […] }`. */
export interface RuleFile {
  readonly rules: readonly Rule[];
  readonly marks: readonly Mark[];
}

export const RULE_FILE_SCHEMA = 'standstill/rules';
/** Of the files that are saved; older ones can be read. */
export const RULE_FILE_VERSION = 1;
export const RULE_FILE_LIMITS = {
  bytes: 8 * 2 ** 20,
  rules: 500,
  marks: 2000,
  /** Function patterns of all rules together: each may be asked of each function of a dump. */
  patterns: 4000,
  problems: 10,
} as const;

/** The file as it is saved. `readRuleFile` gives the same back. */
export function formatRuleFile({ rules, marks }: RuleFile): string {
  return `${JSON.stringify({ schema: `${RULE_FILE_SCHEMA}@${RULE_FILE_VERSION}`, rules, marks }, null, 2)}\n`;
}

/** Files as one: of rules and marks with one id the last one stands, in the place of the first. */
export function mergeRuleFiles(files: readonly RuleFile[]): RuleFile {
  const rules = new Map<string, Rule>();
  const marks = new Map<string, Mark>();
  for (const file of files) {
    for (const rule of file.rules) rules.set(rule.id, rule);
    for (const mark of file.marks) marks.set(mark.id, mark);
  }
  return { rules: [...rules.values()], marks: [...marks.values()] };
}
