import type { DumpIndex } from '../group/cells.ts';
import { cellsByGroup, waitsOf } from '../group/group-dump.ts';
import { type GroupTable, NO_WAIT } from '../group/group-table.ts';
import { partitionCells } from '../group/keys.ts';
import { restKind } from '../group/rest-place.ts';
import { leakedOfCells, provenCells } from '../trend/proven-leaks.ts';
import { formatCount } from '../words/numbers.ts';
import { type Answer, type AnswerContext, answerCell, type RowAnswers } from './answer.ts';
import type { CauseContext, CauseTable, NameCauses } from './causes.ts';
import { matchSentence } from './evidence.ts';
import { askGuard, type GuardAnswer } from './guards.ts';
import {
  addUpBySubject,
  type CellMatches,
  type CompiledSubjects,
  candidatesOf,
  compileSubjects,
  innerFunctions,
  knownState,
  matchedFrames,
  matchStacks,
  type Subject,
} from './match-stack.ts';
import { type Bounds, waitedFor } from './needs.ts';
import { PAIR_SUBJECTS, sayPairs } from './pairs.ts';
import type { Cause, Rule } from './rule.ts';

/** Frames that decide what kind of rest a place is; see restKind. */
const REST_FRAMES = 6;

/**
 * Names the cause of each group. Guards are asked first, over the whole dump; then each cell of a group is answered, and
 * the group takes the answer most of its goroutines have.
 */
export const nameCauses: NameCauses = (index, table, context) => {
  const { rules } = context;
  const matches = matchesOf(index, rules);
  const rowCells = cellsOfRows(index, table);
  const answering: AnswerContext = {
    index,
    context,
    matches,
    guards: guardAnswers(index, table, context, matches, rowCells),
    ruleById: new Map(rules.map((rule) => [rule.id, rule])),
    leaked: provenCells(leakedOfCells(index), context.proven ?? null),
  };

  const causes = rowCells.map((cells, row): Cause | null => {
    // Most groups of a large dump are of nobody's rule.
    if (!cells.some((cell) => candidatesOf(matches, cell).length > 0)) return null;
    const chosen = chooseAnswer(answering, cells, boundsOf(index, table, context, row, cells));
    if (chosen === null) return null;
    const { answer, cell, count } = chosen;
    const all = table.count[row] ?? 0;
    const { rule } = answer;
    const state = knownState(index, cell);
    const frames = matchedFrames(index, matches, answer.subject, index.cells.stack[cell] ?? 0);
    return {
      ruleId: rule.id,
      kind: rule.kind,
      title: rule.title,
      family: rule.kind === 'leak' ? rule.family : null,
      grade: answer.grade,
      why: [
        matchSentence(index, cell, frames),
        ...(count === all ? [] : [`${formatCount(count)} of the ${formatCount(all)} goroutines of this group.`]),
        ...answer.why,
      ],
      brokenGuardOf: answer.brokenGuardOf,
      rest: restKind(state, innerFunctions(index, index.cells.stack[cell] ?? 0, REST_FRAMES)),
    };
  });
  return { causes, ...addUp(table, causes), pairs: sayPairs(index, matches, rules.length) };
};

/** By list of rules, what is asked of stacks: the shipped rules are one list in every question. */
const compiledOf = new WeakMap<readonly Rule[], CompiledSubjects>();
/** What fits the cells of a dump, as of the rules asked for last: the table, each level of it and the verdict ask the same. */
const matchesOfDump = new WeakMap<DumpIndex, CellMatches>();

function matchesOf(index: DumpIndex, rules: readonly Rule[]): CellMatches {
  let compiled = compiledOf.get(rules);
  if (compiled === undefined) {
    compiled = compileSubjects([...rules.map(asSubject), ...PAIR_SUBJECTS]);
    compiledOf.set(rules, compiled);
  }
  const known = matchesOfDump.get(index);
  if (known?.compiled === compiled) return known;
  const matches = matchStacks(index, compiled);
  matchesOfDump.set(index, matches);
  return matches;
}

/** A rule for leak marks needs no state: what the runtime proves holds in forms that print none, too. */
function asSubject(rule: Rule): Subject {
  return rule.kind === 'leak' && rule.needs.leaked === true ? { ...rule, generic: false } : rule;
}

/** Per row of the table its cells. */
function cellsOfRows(index: DumpIndex, table: GroupTable): Uint32Array[] {
  const partition = partitionCells(index, table.level);
  const { start, order } = cellsByGroup(partition);
  const groupOfKey = new Map(partition.key.map((key, group) => [key, group]));
  return table.key.map((key) => {
    const group = groupOfKey.get(key);
    return group === undefined ? new Uint32Array(0) : order.subarray(start[group], start[group + 1]);
  });
}

/** Per rule what its guard answers; null for leak rules. Cost: candidates of all cells. */
function guardAnswers(
  index: DumpIndex,
  table: GroupTable,
  { rules, rising }: CauseContext,
  matches: CellMatches,
  rowCells: readonly Uint32Array[],
): (GuardAnswer | null)[] {
  const { cells } = index;
  const count = addUpBySubject(matches, cells.count);
  const old = new Float64Array(rules.length);
  const young = new Map<number, number>();
  rules.forEach((rule, subject) => {
    if (rule.kind === 'benign' && rule.guard.kind === 'young') young.set(subject, rule.guard.minutes);
  });
  const hasYoung = matches.candidates.map((fitting) => fitting.filter(({ subject }) => young.has(subject)));
  for (let cell = 0; cell < cells.length; cell++) {
    for (const { subject } of hasYoung[matches.kind[cell] ?? 0] ?? []) {
      old[subject] = (old[subject] ?? 0) + waitedFor(waitsOf(index, Uint32Array.of(cell)), young.get(subject) ?? 0);
    }
  }
  const rises = new Uint8Array(rules.length);
  // A loose level puts many stacks into one group: it is this rule that rises only when most of the group is of it.
  rowCells.forEach((members, row) => {
    if (!rising.has(table.key[row] ?? '')) return;
    const part = new Map<number, number>();
    for (const cell of members) {
      for (const { subject } of candidatesOf(matches, cell)) {
        part.set(subject, (part.get(subject) ?? 0) + (cells.count[cell] ?? 0));
      }
    }
    for (const [subject, goroutines] of part) if (goroutines * 2 > (table.count[row] ?? 0)) rises[subject] = 1;
  });
  return rules.map((rule, at) =>
    rule.kind === 'benign'
      ? askGuard(rule.guard, { count: count[at] ?? 0, old: old[at] ?? 0, rising: rises[at] === 1 })
      : null,
  );
}

function boundsOf(
  { cells, dump }: DumpIndex,
  table: GroupTable,
  { rising, dumps }: CauseContext,
  row: number,
  members: Uint32Array,
): Bounds {
  let count = 0;
  // Counts of a difference profile may lie below zero, so that a part is larger than the whole.
  for (const cell of members) count += Math.max(0, cells.count[cell] ?? 0);
  return {
    rising: rising.has(table.key[row] ?? ''),
    dumps,
    count,
    longest: table.waitMax[row] ?? NO_WAIT,
    printsMinutes: dump.rows.waitMinutes !== null,
  };
}

/** The answer most goroutines of a group have, with the largest cell that gave it; null when most have none. */
function chooseAnswer(
  answering: AnswerContext,
  cells: Uint32Array,
  bounds: Bounds,
): { answer: Answer; cell: number; count: number } | null {
  const row: RowAnswers = { cells, bounds, needs: new Map(), evidence: null };
  const { count: counts } = answering.index.cells;
  const tally = new Map<string, { answer: Answer | null; cell: number; count: number }>();
  for (const cell of cells) {
    const answer = answerCell(answering, row, cell);
    const key = answer === null ? '' : `${answer.rule.id} ${answer.brokenGuardOf} ${answer.grade}`;
    const known = tally.get(key);
    const goroutines = counts[cell] ?? 0;
    if (known === undefined) tally.set(key, { answer, cell, count: goroutines });
    else {
      known.count += goroutines;
      if (goroutines > (counts[known.cell] ?? 0)) {
        known.cell = cell;
        known.answer = answer;
      }
    }
  }
  let best: { answer: Answer | null; cell: number; count: number } | null = null;
  for (const each of tally.values()) {
    // Counts of a difference profile may lie below zero.
    if (best === null || Math.abs(each.count) > Math.abs(best.count)) best = each;
  }
  return best === null || best.answer === null ? null : { ...best, answer: best.answer };
}

function addUp(table: GroupTable, causes: readonly (Cause | null)[]): Pick<CauseTable, 'expected' | 'suspected'> {
  const expected = { goroutines: 0, groups: 0, rules: 0 };
  const suspected = { goroutines: 0, groups: 0 };
  const rules = new Set<Rule['id']>();
  causes.forEach((cause, row) => {
    if (cause === null) return;
    const sums = cause.kind === 'benign' ? expected : suspected;
    sums.goroutines += table.count[row] ?? 0;
    sums.groups++;
    if (cause.kind === 'benign') rules.add(cause.ruleId);
  });
  expected.rules = rules.size;
  return { expected, suspected };
}
