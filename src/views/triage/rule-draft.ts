import type { Rule } from '../../core/causes/rule.ts';

/** What a new rule begins with. */
export const RULE_TEMPLATE = `{
  "id": "TEAM-1",
  "kind": "leak",
  "title": "publish without a receiver",
  "family": "send",
  "grade": "strong",
  "states": ["chan send"],
  "stacks": [{ "top": ["example.com/orders.(*Publisher).publish*"] }],
  "needs": { "count": 10 },
  "meaning": "The queue is full and its worker has stopped.",
  "check": ["Has the worker returned on an error?"]
}
`;

/** A rule as it is edited. */
export function ruleText(rule: Rule): string {
  return `${JSON.stringify(rule, null, 2)}\n`;
}
