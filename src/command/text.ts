import type { Rule } from '../core/causes/rule.ts';
import type { AnalysedDump, AnalysedGroup, Analysis } from '../core/report/analysis.ts';
import { formatCount, formatMinutes, formatNumberOf, formatSigned } from '../core/words/numbers.ts';

const MAX_GROUPS = 12;
const MAX_CAUSES = 3;

/** Without control characters, which a terminal would obey. */
export function forTerminal(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** The finding for a terminal: the call, its evidence, the dumps, the largest groups of the last one, what to check. */
export function toText(analysis: Analysis, rules: readonly Rule[]): string {
  const { verdict, dumps } = analysis;
  const last = dumps.findLast(({ format }) => format !== 'count-log');
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  const lines = [
    `${verdict.call.toUpperCase()}  ${verdict.headline}`,
    ...verdict.evidence.map((sentence) => `  - ${sentence}`),
    ...(verdict.next === '' ? [] : [`  Next: ${verdict.next}`]),
    '',
    ...dumps.map(({ name, goroutines, takenAt, counts }) =>
      counts === undefined
        ? `${formatCount(goroutines).padStart(12)}  ${name}${takenAt === null ? '' : `  ${takenAt}`}`
        : `${formatCount(counts.last).padStart(12)}  ${name}  (counts from ${formatCount(counts.first)})`,
    ),
    ...(last === undefined ? [] : groupLines(analysis, last.name, last.groups, ruleOf)),
    ...hiddenLines(last?.hidden),
    ...checkLines(last?.groups ?? [], ruleOf),
  ];
  return `${lines.map(forTerminal).join('\n').trimEnd()}\n`;
}

function groupLines(
  { changes, level }: Analysis,
  name: string,
  groups: readonly AnalysedGroup[],
  ruleOf: ReadonlyMap<string, Rule>,
): string[] {
  const change = changes.findLast(({ to }) => to === name);
  const deltaOf = new Map(change?.groups.map((each) => [each.name, each.delta]));
  const left = groups.length - MAX_GROUPS;
  return [
    '',
    `Groups of ${name} (${level})${change === undefined ? '' : `, changes against ${change.from}`}:`,
    ...groups.slice(0, MAX_GROUPS).map(({ count, name: group, waitMinutes, cause }) => {
      const delta = deltaOf.get(group);
      const waits =
        waitMinutes === null ? '' : `  waits ${formatMinutes(waitMinutes.min)} to ${formatMinutes(waitMinutes.max)}`;
      const rule = cause === null ? undefined : ruleOf.get(cause.id);
      const why = rule === undefined ? '' : `  [${rule.kind === 'benign' ? 'expected: ' : ''}${rule.title}]`;
      const changed = delta === undefined || delta === 0 ? '' : formatSigned(delta);
      return `${formatCount(count).padStart(12)} ${changed.padStart(9)}  ${group}${waits}${why}`;
    }),
    ...(left > 0 ? [`${''.padStart(22)}  and ${formatCount(left)} more groups`] : []),
  ];
}

/** What a query left out. */
function hiddenLines(hidden: AnalysedDump['hidden']): string[] {
  if (hidden === undefined || hidden.groups === 0) return [];
  const groups = formatNumberOf(hidden.groups, 'group');
  return [`${''.padStart(22)}  hidden by the query: ${formatNumberOf(hidden.goroutines, 'goroutine')} in ${groups}`];
}

function checkLines(groups: readonly AnalysedGroup[], ruleOf: ReadonlyMap<string, Rule>): string[] {
  const ids = [...new Set(groups.flatMap(({ cause }) => cause?.id ?? []))];
  const rules = ids.flatMap((id) => ruleOf.get(id) ?? []).filter((rule) => rule.kind === 'leak');
  return rules
    .slice(0, MAX_CAUSES)
    .flatMap(({ title, check }) => ['', `What to check (${title}):`, ...check.map((question) => `  - ${question}`)]);
}
