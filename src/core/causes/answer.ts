import type { DumpIndex } from '../group/cells.ts';
import type { CauseContext } from './causes.ts';
import type { GuardAnswer } from './guards.ts';
import { type Candidate, type CellMatches, candidatesOf, isCandidate } from './match-stack.ts';
import { type Bounds, type Evidence, gatherEvidence, isHopeless, meetNeeds, provenSentence } from './needs.ts';
import { type BenignRule, GRADES, type Grade, type LeakRule, type Rule } from './rule.ts';

/** What answering needs of the dump. */
export interface AnswerContext {
  readonly index: DumpIndex;
  readonly context: CauseContext;
  readonly matches: CellMatches;
  /** Per rule; null for leak rules. */
  readonly guards: readonly (GuardAnswer | null)[];
  readonly ruleById: ReadonlyMap<string, Rule>;
  /** Per cell the goroutines proven leaked; null when there is none. */
  readonly leaked: Float64Array | null;
}

/** A group while its cells are answered. */
export interface RowAnswers {
  readonly cells: Uint32Array;
  readonly bounds: Bounds;
  /** Per rule asked so far why its needs are met, or null. */
  readonly needs: Map<number, string[] | null>;
  /** Of the whole group, once gathered. */
  evidence: Evidence | null;
}

/** A rule that speaks for a cell. */
export interface Answer {
  readonly rule: Rule;
  readonly grade: Grade;
  /** The place in the rules of the one whose stack fits: `rule`, or the benign one whose guard broke. */
  readonly subject: number;
  readonly brokenGuardOf: string | null;
  readonly why: readonly string[];
}

/** A leak rule that could speak. */
interface Speaker {
  readonly rule: LeakRule;
  readonly subject: number;
  readonly weight: number;
  readonly own: boolean;
  readonly brokenGuardOf: BenignRule | null;
}

/**
 * The rule that speaks for a cell. In this order: what the runtime proves; a team's own rules; benign rules whose guard
 * holds; then leak rules whose needs are met and those that stand in for broken guards. Null when none does.
 */
export function answerCell(answering: AnswerContext, row: RowAnswers, cell: number): Answer | null {
  const { context, matches, guards, leaked } = answering;
  const fitting = candidatesOf(matches, cell);
  if (fitting.length === 0) return null;
  if (leaked !== null && (leaked[cell] ?? 0) > 0) return answerProven(answering, fitting, leaked[cell] ?? 0);

  const speakers: Speaker[] = [];
  let excuse: { candidate: Candidate; rule: BenignRule } | null = null;
  const own = context.own ?? 0;
  for (const candidate of fitting) {
    const { subject, weight } = candidate;
    const rule = context.rules[subject];
    if (rule === undefined) continue;
    if (rule.kind === 'leak') {
      if (!isHopeless(rule.needs, row.bounds)) {
        speakers.push({ rule, subject, weight, own: subject < own, brokenGuardOf: null });
      }
      continue;
    }
    if (subject < own) {
      // Own rules are asked in their order, so an own excuse stands only where no own leak rule before it speaks.
      const spoken = speak(
        answering,
        row,
        speakers.filter((speaker) => speaker.own),
      );
      if (spoken !== null) return spoken;
      if (guards[subject]?.holds === true) return excused(rule, subject, guards[subject].why);
    }
    // Of several that fit, the one that names most of the stack is asked; of equals the one whose guard broke.
    const isCloser = excuse === null || weight > excuse.candidate.weight;
    const isBroken = weight === excuse?.candidate.weight && guards[subject]?.holds === false;
    if (isCloser || isBroken) excuse = { candidate, rule };
  }
  const spokenByOwn = speak(
    answering,
    row,
    speakers.filter((speaker) => speaker.own),
  );
  if (spokenByOwn !== null) return spokenByOwn;
  if (excuse !== null) {
    const { rule, candidate } = excuse;
    const guard = guards[candidate.subject];
    if (guard?.holds === true) return excused(rule, candidate.subject, guard.why);
    const otherwise = rule.otherwise === null ? undefined : answering.ruleById.get(rule.otherwise);
    if (otherwise?.kind === 'leak') {
      const { subject } = candidate;
      // The same rule may fit by itself: that a guard broke is the evidence it speaks with.
      const itself = speakers.findIndex((speaker) => speaker.rule === otherwise);
      const weight = Math.max(candidate.weight, speakers[itself]?.weight ?? 0);
      if (itself >= 0) speakers.splice(itself, 1);
      speakers.push({ rule: otherwise, subject, weight, own: subject < own, brokenGuardOf: rule });
    }
  }
  return speak(answering, row, speakers);
}

function excused(rule: BenignRule, subject: number, why: string): Answer {
  return { rule, grade: 'strong', subject, brokenGuardOf: null, why: [`They ${rule.meaning}.`, why] };
}

/** The first of the speakers, by what they say of the stack, whose needs are met. A broken guard needs nothing more. */
function speak(answering: AnswerContext, row: RowAnswers, speakers: readonly Speaker[]): Answer | null {
  if (speakers.length === 0) return null;
  for (const { rule, subject, brokenGuardOf } of [...speakers].sort(bySpeech)) {
    const grade = rule.grade;
    if (brokenGuardOf !== null) {
      const why = answering.guards[subject]?.why ?? '';
      return { rule, grade, subject, brokenGuardOf: brokenGuardOf.id, why: [why] };
    }
    const why = needsMet(answering, row, subject, rule);
    if (why !== null) return { rule, grade, subject, brokenGuardOf: null, why };
  }
  return null;
}

/** Own before shipped, those that name functions before those that name none, strong before weak, more of the stack before less. */
function bySpeech(a: Speaker, b: Speaker): number {
  return (
    Number(b.own) - Number(a.own) ||
    Number(a.rule.generic === true) - Number(b.rule.generic === true) ||
    GRADES.indexOf(a.rule.grade) - GRADES.indexOf(b.rule.grade) ||
    b.weight - a.weight ||
    a.subject - b.subject
  );
}

/** Needs are of a group: all its cells that the rule fits count together. */
function needsMet(answering: AnswerContext, row: RowAnswers, subject: number, rule: LeakRule): string[] | null {
  const known = row.needs.get(subject);
  if (known !== undefined) return known;
  const { index, matches } = answering;
  const { cells } = row;
  const ofRule = cells.length === 1 ? cells : cells.filter((cell) => isCandidate(matches, cell, subject));
  let evidence = ofRule.length === cells.length ? row.evidence : null;
  if (evidence === null) {
    let leaked = 0;
    for (const cell of ofRule) leaked += answering.leaked?.[cell] ?? 0;
    evidence = gatherEvidence(index, ofRule, { ...row.bounds, leaked });
    if (ofRule.length === cells.length) row.evidence = evidence;
  }
  const why = meetNeeds(rule.needs, evidence);
  row.needs.set(subject, why);
  return why;
}

/**
 * A goroutine that the runtime proves leaked needs no further evidence, and no excuse helps it. The rule that fits its
 * stack names it, as that one tells what to check; without one the rule for leak marks does.
 */
function answerProven({ context }: AnswerContext, fitting: readonly Candidate[], leaked: number): Answer | null {
  const own = context.own ?? 0;
  const speakers = fitting.flatMap(({ subject, weight }): Speaker[] => {
    const rule = context.rules[subject];
    return rule?.kind === 'leak' ? [{ rule, subject, weight, own: subject < own, brokenGuardOf: null }] : [];
  });
  const ofStack = speakers.filter(({ rule }) => rule.needs.leaked !== true).sort(bySpeech)[0];
  const named = ofStack ?? speakers[0];
  if (named === undefined) return null;
  const { rule, subject } = named;
  return { rule, grade: 'proven', subject, brokenGuardOf: null, why: [provenSentence(leaked)] };
}
