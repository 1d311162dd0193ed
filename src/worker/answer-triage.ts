import { ownRisingKeys } from '../core/causes/rising.ts';
import type { Rule } from '../core/causes/rule.ts';
import { ALL_RULES } from '../core/causes/rules/all-rules.ts';
import { type RuleTrial, tryRules } from '../core/causes/try-rules.ts';
import type { DumpIndex } from '../core/group/cells.ts';
import { groupCells } from '../core/group/group-dump.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { commonBasis, type KeyBasis, OWN_BASIS } from '../core/group/keys.ts';
import type { Level } from '../core/group/levels.ts';
import { textAt } from '../core/group/text-column.ts';
import { markGroups, targetsOf } from '../core/triage/mark-groups.ts';
import type { MarkedGroup, MarkPattern, MarkTargets } from '../core/triage/marks.ts';
import type { AskedDump } from './name-dump-causes.ts';

/** Shipped rules that a search lists. */
const MAX_FOUND_RULES = 20;

/** What marking a group marks; `bases` are those its key may have been made on. Null when the dump has no such group. */
export function answerTargets(
  index: DumpIndex,
  level: Level,
  key: string,
  bases: readonly KeyBasis[],
  functions: GroupTable,
): MarkTargets | null {
  for (const basis of [OWN_BASIS, ...bases]) {
    const cells = groupCells(index, level, key, basis);
    if (cells.length === 0) continue;
    return targetsOf(index, cells, (each) => textAt(functions.name, functions.key.indexOf(each)));
  }
  return null;
}

/** The marked groups of one dump by its own keys; of several by the keys of a comparison of them. */
export function answerMarked(
  indexes: readonly DumpIndex[],
  level: Level,
  marks: readonly MarkPattern[],
): MarkedGroup[] {
  const basis = indexes.length === 1 ? OWN_BASIS : commonBasis(indexes, level).basis;
  return markGroups(indexes, level, basis, marks);
}

/** Tries rules on a dump, as far as growth decides with what the verdict says of its groups. */
export function answerTrials({ index, table, rising, bases, dumps }: AskedDump, rules: readonly Rule[]): RuleTrial[] {
  const { level } = table;
  return tryRules(index, rules, { level, rising: ownRisingKeys(index, level, rising, bases), dumps });
}

/** Shipped rules in whose id, title, meaning or function patterns every word of `text` occurs, in any case. */
export function findRules(text: string): Rule[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return ALL_RULES.filter((rule) => {
    const all = `${rule.id}\n${rule.title}\n${rule.meaning}\n${JSON.stringify(rule.stacks)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  }).slice(0, MAX_FOUND_RULES);
}
