import type { Rule } from '../causes/rule.ts';
import { formatCount, formatMinutes, formatSigned } from '../words/numbers.ts';
import type { AnalysedDump, AnalysedGroup, Analysis } from './analysis.ts';

/** Groups in the table, and stacks below it. */
const MAX_GROUPS = 15;
const MAX_STACKS = 5;
/** Frames of a stack. */
const MAX_FRAMES = 30;

/** What a Markdown report needs beside the analysis. */
export interface MarkdownOptions {
  /** Empty for none. */
  readonly title: string;
  /** Rules that may have spoken, for their titles and what they ask to check. */
  readonly rules: readonly Rule[];
}

/**
 * The finding as Markdown for an issue tracker: the call with its evidence, the dumps, the largest groups of the last dump
 * with their change and cause, the stacks of those that matter, and what to check. Names from dumps stand in code or are
 * escaped, so that they make no links, mentions, tables or HTML.
 */
export function toMarkdown(analysis: Analysis, { title, rules }: MarkdownOptions): string {
  const { verdict } = analysis;
  const last = analysis.dumps.findLast(({ format }) => format !== 'count-log');
  const matters = last === undefined ? [] : groupsThatMatter(analysis, last);
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  const lines = [
    `## ${title === '' ? 'Goroutines' : plain(title)}: ${plain(verdict.call)}`,
    '',
    `**${plain(verdict.headline)}**`,
    '',
    ...verdict.evidence.map((sentence) => `- ${plain(sentence)}`),
    ...(verdict.evidence.length === 0 ? [] : ['']),
    ...(verdict.next === '' ? [] : [`Next: ${plain(verdict.next)}`, '']),
    ...dumpTable(analysis),
    ...(last === undefined ? [] : groupTable(analysis, last, ruleOf)),
    ...matters.flatMap((group) => stackOf(group)),
    ...checksOf(matters, ruleOf),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Those that a leak rule or the verdict names, else the largest. */
function groupsThatMatter({ verdict }: Analysis, { groups }: AnalysedDump): readonly AnalysedGroup[] {
  const named = new Set(verdict.groups.map(({ name }) => name));
  const matters = groups.filter(({ name, cause }) => named.has(name) || cause?.id.startsWith('L') === true);
  return (matters.length > 0 ? matters : groups).slice(0, MAX_STACKS);
}

function dumpTable({ dumps }: Analysis): string[] {
  return [
    '| dump | taken | goroutines |',
    '|---|---|---:|',
    ...dumps.map(
      ({ name, takenAt, goroutines, counts }) =>
        `| ${code(name)} | ${takenAt ?? ''} | ${counts === undefined ? formatCount(goroutines) : `${formatCount(counts.first)} → ${formatCount(counts.last)}`} |`,
    ),
    '',
  ];
}

function groupTable(
  { changes }: Analysis,
  { groups, name, hidden }: AnalysedDump,
  ruleOf: ReadonlyMap<string, Rule>,
): string[] {
  const change = changes.findLast(({ to }) => to === name);
  const deltaOf = new Map(change?.groups.map((each) => [each.name, each.delta]));
  const left = groups.length - MAX_GROUPS;
  return [
    `The largest groups of ${code(name)}${change === undefined ? '' : `, changes against ${code(change.from)}`}:`,
    '',
    '| goroutines | change | group | state | waits | cause |',
    '|---:|---:|---|---|---|---|',
    ...groups.slice(0, MAX_GROUPS).map((group) => {
      const { count, state, inferredState, waitMinutes, cause } = group;
      const delta = deltaOf.get(group.name);
      const waits =
        waitMinutes === null ? '' : `${formatMinutes(waitMinutes.min)} to ${formatMinutes(waitMinutes.max)}`;
      const why = cause === null ? '' : `${plain(ruleOf.get(cause.id)?.title ?? cause.id)} (${cause.id})`;
      return `| ${formatCount(count)} | ${delta === undefined ? '' : formatSigned(delta)} | ${code(group.name)} | ${plain(inferredState ?? state)} | ${waits} | ${why} |`;
    }),
    ...(left > 0 ? ['', `And ${formatCount(left)} more groups.`] : []),
    ...(hidden === undefined || hidden.groups === 0
      ? []
      : [
          '',
          `Hidden by the query: ${formatCount(hidden.goroutines)} goroutines in ${formatCount(hidden.groups)} groups.`,
        ]),
    '',
  ];
}

function stackOf({ count, name, frames, createdBy }: AnalysedGroup): string[] {
  const lines = frames
    .slice(0, MAX_FRAMES)
    .map(({ function: fn, file, line }) => (file === '' ? fn : `${fn}\n\t${file}:${line}`));
  if (frames.length > MAX_FRAMES) lines.push(`… ${frames.length - MAX_FRAMES} more frames`);
  if (createdBy !== null) {
    lines.push(
      `created by ${createdBy.function}${createdBy.file === '' ? '' : `\n\t${createdBy.file}:${createdBy.line}`}`,
    );
  }
  return [`### ${formatCount(count)} × ${code(name)}`, '', ...block(lines.join('\n')), ''];
}

function checksOf(groups: readonly AnalysedGroup[], ruleOf: ReadonlyMap<string, Rule>): string[] {
  const ids = [...new Set(groups.flatMap(({ cause }) => (cause?.id.startsWith('B') === false ? cause.id : [])))];
  const rules = ids.flatMap((id) => ruleOf.get(id) ?? []).filter((rule) => rule.kind === 'leak');
  if (rules.length === 0) return [];
  return [
    '### What to check',
    '',
    ...rules.flatMap(({ title, meaning, check }) => [
      `**${plain(title)}**: ${plain(meaning)}`,
      '',
      ...check.map((question) => `- [ ] ${plain(question)}`),
      '',
    ]),
  ];
}

/** Without what ends a line or a terminal's patience. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Text in which nothing is markup. Signs that trackers link by themselves get an invisible joiner behind them. */
function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>()#|~!&^$]/g, '\\$&')
    .replace(/@/g, '@\u2060')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\\#(?=\d)/g, '\\#\u2060');
}

/** A code span, also inside a table. */
function code(text: string): string {
  const content = oneLine(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(content) + 1);
  const gap = /^`|`$/.test(content) ? ' ' : '';
  return content === '' ? '' : `${fence}${gap}${content}${gap}${fence}`;
}

/** A fenced block that its content cannot end. */
function block(text: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, text.replace(/[^\P{Cc}\n\t]/gu, ' '), fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
