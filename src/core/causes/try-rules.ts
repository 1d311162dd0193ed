import type { DumpIndex } from '../group/cells.ts';
import { cellsByGroup, waitsOf } from '../group/group-dump.ts';
import { partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { leakedOfCells } from '../trend/proven-leaks.ts';
import { matchSentence } from './evidence.ts';
import { askGuard } from './guards.ts';
import { candidatesOf, compileSubjects, matchedFrames, matchStacks } from './match-stack.ts';
import { gatherEvidence, meetNeeds, waitedFor } from './needs.ts';
import type { Rule } from './rule.ts';

/** Goroutines, and the groups they stand in. */
export interface Matched {
  readonly goroutines: number;
  readonly groups: number;
}

/** What a rule says of one dump when no other rule is asked. */
export interface RuleTrial {
  /** Its stack and state fit. */
  readonly fits: Matched;
  /** Of these, those it speaks for: a leak rule whose needs are met, a benign one whose guard holds. */
  readonly speaks: Matched;
  /** Key of the largest group it fits, to go and look; null when it fits none. */
  readonly key: string | null;
  /** Sentences: what it matched there, and what its needs or its guard say. */
  readonly why: readonly string[];
}

/** What trying needs beside the dump; see `CauseContext`. */
export interface TrialContext {
  readonly level: Level;
  readonly rising: ReadonlySet<string>;
  readonly dumps: number;
}

const NOTHING: Matched = { goroutines: 0, groups: 0 };

/** Tries each rule on a dump by itself, to see what it is good for. Cost: see `matchStacks`, then cells per rule. */
export function tryRules(index: DumpIndex, rules: readonly Rule[], context: TrialContext): RuleTrial[] {
  const matches = matchStacks(index, compileSubjects(rules));
  const partition = partitionCells(index, context.level);
  const { start, order } = cellsByGroup(partition);
  const leaked = leakedOfCells(index);
  /** Per rule the cells it fits, group by group. */
  const fitting = rules.map((): Map<number, number[]> => new Map());
  for (let group = 0; group < partition.length; group++) {
    for (const cell of order.subarray(start[group], start[group + 1])) {
      for (const { subject } of candidatesOf(matches, cell)) {
        const cells = fitting[subject]?.get(group);
        if (cells === undefined) fitting[subject]?.set(group, [cell]);
        else cells.push(cell);
      }
    }
  }
  const countOf = (cells: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < cells.length; i++) sum += index.cells.count[cells[i] ?? 0] ?? 0;
    return sum;
  };

  return rules.map((rule, subject): RuleTrial => {
    const groups = [...(fitting[subject] ?? [])]
      .map(([group, cells]) => ({
        key: partition.key[group] ?? '',
        cells: Uint32Array.from(cells),
        goroutines: countOf(cells),
        all: countOf(order.subarray(start[group], start[group + 1])),
      }))
      .sort((a, b) => b.goroutines - a.goroutines);
    const [largest] = groups;
    if (largest === undefined) return { fits: NOTHING, speaks: NOTHING, key: null, why: [] };
    const fits = { goroutines: groups.reduce((sum, each) => sum + each.goroutines, 0), groups: groups.length };
    const cell = largest.cells.reduce((most, each) =>
      (index.cells.count[each] ?? 0) > (index.cells.count[most] ?? 0) ? each : most,
    );
    const matched = matchSentence(index, cell, matchedFrames(index, matches, subject, index.cells.stack[cell] ?? 0));

    if (rule.kind === 'benign') {
      const all = Uint32Array.from(groups.flatMap(({ cells }) => [...cells]));
      const { guard } = rule;
      const answer = askGuard(guard, {
        count: fits.goroutines,
        old: guard.kind === 'young' ? waitedFor(waitsOf(index, all), guard.minutes + 1) : 0,
        // As in naming: the rule rises only where most of a rising group is of it.
        rising: groups.some((each) => context.rising.has(each.key) && each.goroutines * 2 > each.all),
      });
      return { fits, speaks: answer.holds ? fits : NOTHING, key: largest.key, why: [matched, answer.why] };
    }
    const answers = groups.map(({ key, cells, goroutines }) => {
      let proven = 0;
      for (const each of cells) proven += leaked?.[each] ?? 0;
      const known = { rising: context.rising.has(key), dumps: context.dumps, leaked: proven };
      return { goroutines, why: meetNeeds(rule.needs, gatherEvidence(index, cells, known)) };
    });
    const spoken = answers.filter(({ why }) => why !== null);
    return {
      fits,
      speaks: { goroutines: spoken.reduce((sum, each) => sum + each.goroutines, 0), groups: spoken.length },
      key: largest.key,
      why: [matched, ...(answers[0]?.why ?? [unmet(rule.needs)])],
    };
  });
}

/** What a leak rule waits for before it speaks. */
function unmet(needs: Extract<Rule, { kind: 'leak' }>['needs']): string {
  const wanted = [
    ...(needs.count === undefined ? [] : [`${needs.count} or more in one group`]),
    ...(needs.minutes === undefined ? [] : [`half of them waiting for ${needs.minutes} minutes or longer`]),
    ...(needs.growth === true ? ['growth from dump to dump'] : []),
    ...(needs.growthOrAge === true ? ['growth from dump to dump, or ages spread as a steady leak spreads them'] : []),
    ...(needs.awake === true ? ['goroutines that wake again and again'] : []),
    ...(needs.leaked === true ? ['a leak mark of the runtime'] : []),
  ];
  return `It does not speak yet: it needs ${wanted.join(', and ')}.`;
}
