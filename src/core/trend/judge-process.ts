import type { Level } from '../group/levels.ts';
import { nameGroups } from '../group/names.ts';
import { formatDuration } from '../words/numbers.ts';
import {
  byAlarm,
  evidenceOf,
  explain,
  type GroupResult,
  isAlarming,
  resultsLeftOut,
  undecided,
} from './group-results.ts';
import { fitCurrentGrowth, type GrowthFit } from './growth-fit.ts';
import { findWaves, guessPhases, wavesClimb } from './guess-phases.ts';
import { groupHistories } from './histories.ts';
import { judgeGroup } from './judge-group.ts';
import { judgeAlone } from './judge-one.ts';
import { type CountCurve, type Moment, measurableTimes } from './moments.ts';
import type { Phase } from './phase.ts';
import { heldInLast, proofsOf, provenLeaks, unplacedOf } from './process-proofs.ts';
import type { ProcessDumps } from './processes.ts';
import { isCountedLeakProfile } from './proven-leaks.ts';
import { type Shape, shapeOf, withoutNoise } from './shape.ts';
import type { TeamWordsOf } from './team-words.ts';
import { type JudgedDump, tellProcess } from './tell-process.ts';
import type { Call, GroupVerdict, Sentence, Wave } from './verdict.ts';

/** A group that rose decides for the whole when all such together are so many, or this share of what was there. */
const FEW = 5;
const SHARE = 0.1;
/** Points that a long log is brought down to before its shape is read. */
const SHAPE_POINTS = 12;

/** What one process's dumps and counts say. */
export interface ProcessJudgement {
  readonly process: ProcessDumps;
  readonly call: Call;
  readonly headline: Sentence;
  readonly evidence: readonly Sentence[];
  readonly groups: readonly Omit<GroupVerdict, 'process'>[];
  readonly groupsJudged: number;
  readonly totals: readonly number[];
  readonly judged: readonly number[];
  readonly profiles: readonly number[];
  readonly phases: readonly (Phase | null)[];
  readonly phasesGuessed: boolean;
  readonly waves: readonly Wave[];
  readonly fit: GrowthFit | null;
}

/** Judges the dumps of one process, and the counts of its instance. Cost: see `groupHistories`. */
export function judgeProcess(
  process: ProcessDumps,
  moments: readonly Moment[],
  curve: CountCurve | null,
  level: Level,
  wordsOf: TeamWordsOf,
): ProcessJudgement {
  const members = process.dumps.flatMap((at) => moments[at] ?? []);
  const totals = members.map(({ index }) => index.dump.goroutines);
  const names = members.map(({ name }) => name);
  const marked = members.map(({ phase }) => phase);
  const guessed = guessPhases(names, totals);
  const phases = marked.map((phase, at) => phase ?? guessed[at] ?? null);
  const phasesGuessed = marked.some((phase, at) => phase === null && phases[at] !== null);

  const judged = judgedDumps(process, members);
  const timesMs = measurableTimes(judged.map(({ moment }) => moment));
  const indexes = judged.map(({ moment }) => moment.index);
  const proofs = proofsOf(process, members, judged);
  const held = heldInLast(indexes, level, proofs);
  const histories = groupHistories(indexes, level, held);
  const words = wordsOf(indexes, level);
  const goroutines = judged.map(({ moment }) => moment.index.dump.goroutines);
  const context = {
    level,
    dumps: judged.map(({ place }) => place),
    timesMs,
    phases: judged.map(({ member }) => phases[member] ?? null),
    spanWords: spanOf(timesMs),
    lastIsGuess: judged.at(-1)?.moment.phase === null,
    proofs,
  };
  const results: GroupResult[] = histories.map((history) => ({
    history,
    mark: words.get(history.key) ?? null,
    ...(judged.length > 1
      ? judgeGroup(history, context)
      : judgeAlone(history, { ...context, dump: context.dumps[0] ?? 0 }, goroutines[0] ?? 0)),
  }));

  const leftOut = resultsLeftOut(results);
  const kept = leftOut.size === 0 ? results : results.filter((each) => !leftOut.has(each));
  const total = judged.length > 1 ? shapeOf(goroutines, timesMs) : null;
  const counts = curve === null ? null : curveShape(curve);
  const proven = provenLeaks(process, members, level);
  const others = goroutines.map((all, at) =>
    [...leftOut].reduce((rest, { history }) => rest - (history.counts[at] ?? 0), all),
  );
  const call = decide(
    kept,
    total === null || leftOut.size === 0 ? total : shapeOf(others, timesMs),
    counts === null || explain(leftOut, goroutines) ? null : counts.shape,
    proven !== null,
  );
  const alarming = kept.filter(isAlarming).sort(byAlarm);
  const watched = kept.filter((each) => each.mark === 'suspect' && !isAlarming(each)).sort(byAlarm);
  const open = alarming.length > 0 ? [] : undecided(kept.filter(({ mark }) => mark === null));
  const listed = [...alarming, ...watched, ...leftOut];
  const named = [...listed, ...open];
  const groupNames = nameGroups(
    level,
    named.map(({ history }) => history.subject),
    named.map(({ history }) => history.key),
  );
  const told = named.map((result, at) => ({
    key: result.history.key,
    name: groupNames[at] ?? '',
    call: result.call,
    dumps: context.dumps,
    counts: result.history.counts,
    growth: result.growth,
    evidence: evidenceOf(result, proofs),
    fit: fitOf(timesMs, result.history.counts),
    mark: result.mark,
    leftOut: leftOut.has(result),
  }));
  const groups = told.slice(0, listed.length);
  const curveFit = curve === null ? null : fitCurrentGrowth(curve.timesMs, curve.counts);
  const dumpFit = fitOf(timesMs, goroutines);
  const fit = curveFit !== null && curveFit.points > (dumpFit?.points ?? 0) ? curveFit : dumpFit;
  const waves = findWaves(counts !== null && counts.counts.length > totals.length ? counts.counts : goroutines);
  const bearing = groups.filter((group) => group.call === call && !group.leftOut);
  // Counts beside a single dump may decide the call; the dump then shows where to look.
  const leading =
    bearing.length > 0 || (alarming.length > 0 && judged.length > 1) ? bearing : told.filter((group) => !group.leftOut);
  const story = tellProcess({
    call,
    level,
    judged,
    goroutines,
    leading,
    total,
    counts,
    waves,
    proven: [...(proven === null ? [] : [proven]), ...unplacedOf(proofs, held, judged.at(-1))],
    context,
    curve,
    hasLeftOut: leftOut.size > 0,
  });
  return {
    process,
    call,
    ...story,
    groups,
    groupsJudged: results.length,
    totals,
    judged: context.dumps,
    profiles: members.flatMap(({ index }, at) => (isCountedLeakProfile(index.dump) ? [process.dumps[at] ?? 0] : [])),
    phases,
    phasesGuessed,
    waves,
    fit,
  };
}

/**
 * Dumps whose counts can be set against each other. Left out: leak profiles in their counted forms, which hold nothing
 * but leaked goroutines, difference profiles, and dumps that are cut short, unless nothing else is there.
 */
function judgedDumps(process: ProcessDumps, members: readonly Moment[]): JudgedDump[] {
  const all = members.map((moment, member) => ({ moment, member, place: process.dumps[member] ?? 0 }));
  const whole = all.filter(({ moment: { index } }) => {
    const { dump } = index;
    return !isCountedLeakProfile(index.dump) && !dump.truncated && dump.goroutines >= 0;
  });
  return whole.length > 0 ? whole : all.slice(-1);
}

/** The most alarming call that is borne by enough goroutines; else what the total did. */
function decide(results: readonly GroupResult[], total: Shape | null, counts: Shape | null, proven: boolean): Call {
  const base = total?.base ?? 0;
  const borne = (call: Call): number =>
    results.reduce((sum, each) => sum + (each.call === call ? Math.max(0, each.growth) : 0), 0);
  const any = (call: Call): boolean => results.some((each) => each.call === call);
  if (proven || any('leaked')) return 'leaked';
  // A count that came back after the last dump was a burst, whatever the dumps saw of it.
  if (counts?.kind === 'spike' && total !== null && total.kind !== 'steady' && !any('stuck')) return 'spike';
  const growing = borne('growing');
  if (growing >= FEW || (growing > 0 && growing >= SHARE * base)) return 'growing';
  const raised = borne('raised');
  if (raised >= Math.max(FEW, SHARE * base)) return 'raised';
  if (any('stuck')) return 'stuck';
  const outside = callOfShape(counts);
  if (total === null) {
    if (outside === 'growing' || outside === 'raised') return outside;
    return any('suspicious') ? 'suspicious' : (outside ?? 'cannot-tell');
  }
  if (total.kind === 'spike' || total.kind === 'shrinking' || total.kind === 'steady') {
    return outside === 'growing' && total.kind === 'steady' ? outside : total.kind;
  }
  return outside ?? 'cannot-tell';
}

/** Null for a rise that may not last. */
function callOfShape(shape: Shape | null): Call | null {
  return shape === null || shape.kind === 'fresh' ? null : shape.kind;
}

/** The shape of a count series without stacks; null below three points. */
function curveShape(curve: CountCurve): { readonly shape: Shape; readonly counts: number[] } | null {
  if (curve.counts.length < 3) return null;
  const { counts, timesMs } = withoutNoise(curve.counts, curve.timesMs, SHAPE_POINTS);
  const shape = shapeOf(counts, timesMs);
  const climbs = wavesClimb(findWaves(withoutNoise(curve.counts, curve.timesMs, SHAPE_POINTS * 8).counts));
  return { shape: climbs && shape.kind === 'raised' ? { ...shape, kind: 'growing' } : shape, counts };
}

function spanOf(timesMs: readonly (number | null)[]): string {
  const [first, last] = [timesMs[0] ?? null, timesMs.at(-1) ?? null];
  return first === null || last === null || last <= first ? '' : formatDuration(last - first);
}

function fitOf(timesMs: readonly (number | null)[], counts: readonly number[]): GrowthFit | null {
  return fitCurrentGrowth(
    timesMs.map((ms) => ms ?? Number.NaN),
    counts,
  );
}
