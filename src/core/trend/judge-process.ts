import type { Level } from '../group/levels.ts';
import { nameGroups } from '../group/names.ts';
import { formatDuration } from '../words/numbers.ts';
import { fitCurrentGrowth, type GrowthFit } from './growth-fit.ts';
import { findWaves, guessPhases, wavesClimb } from './guess-phases.ts';
import { type GroupHistory, groupHistories } from './histories.ts';
import { type GroupCall, judgeGroup } from './judge-group.ts';
import { judgeAlone } from './judge-one.ts';
import { type CountCurve, type Moment, measurableTimes } from './moments.ts';
import type { Phase } from './phase.ts';
import type { ProcessDumps } from './processes.ts';
import { countedGoroutines, linked, sentence } from './sentences.ts';
import { type Shape, shapeOf, withoutNoise } from './shape.ts';
import { type JudgedDump, tellProcess } from './tell-process.ts';
import { CALLS, type Call, type GroupVerdict, type Sentence, type Wave } from './verdict.ts';

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
  readonly phases: readonly (Phase | null)[];
  readonly phasesGuessed: boolean;
  readonly waves: readonly Wave[];
  readonly fit: GrowthFit | null;
}

interface GroupResult extends GroupCall {
  readonly history: GroupHistory;
}

/** Judges the dumps of one process, and the counts of its instance. Cost: see `groupHistories`. */
export function judgeProcess(
  process: ProcessDumps,
  moments: readonly Moment[],
  curve: CountCurve | null,
  level: Level,
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
  const histories = groupHistories(
    judged.map(({ moment }) => moment.index),
    level,
  );
  const goroutines = judged.map(({ moment }) => moment.index.dump.goroutines);
  const context = {
    level,
    dumps: judged.map(({ place }) => place),
    timesMs,
    phases: judged.map(({ member }) => phases[member] ?? null),
    spanWords: spanOf(timesMs),
    lastIsGuess: judged.at(-1)?.moment.phase === null,
  };
  const results: GroupResult[] = histories.map((history) => ({
    history,
    ...(judged.length > 1
      ? judgeGroup(history, context)
      : judgeAlone(history, context.dumps[0] ?? 0, level, goroutines[0] ?? 0)),
  }));

  const total = judged.length > 1 ? shapeOf(goroutines, timesMs) : null;
  const counts = curve === null ? null : curveShape(curve);
  const proven = provenLeaks(process, members, level);
  const call = decide(results, total, counts?.shape ?? null, proven !== null);
  const alarming = results.filter(({ call: each }) => CALLS.indexOf(each) <= CALLS.indexOf('suspicious')).sort(byAlarm);
  const open = alarming.length > 0 ? [] : undecided(results);
  const named = [...alarming, ...open];
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
    evidence: result.evidence,
    fit: fitOf(timesMs, result.history.counts),
  }));
  const groups = told.slice(0, alarming.length);
  const curveFit = curve === null ? null : fitCurrentGrowth(curve.timesMs, curve.counts);
  const dumpFit = fitOf(timesMs, goroutines);
  const fit = curveFit !== null && curveFit.points > (dumpFit?.points ?? 0) ? curveFit : dumpFit;
  const waves = findWaves(counts !== null && counts.counts.length > totals.length ? counts.counts : goroutines);
  const bearing = groups.filter((group) => group.call === call);
  // Counts beside a single dump may decide the call; the dump then shows where to look.
  const leading = bearing.length > 0 || (alarming.length > 0 && judged.length > 1) ? bearing : told;
  const story = tellProcess({ call, level, judged, goroutines, leading, total, counts, waves, proven, context, curve });
  return {
    process,
    call,
    ...story,
    groups,
    groupsJudged: results.length,
    totals,
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

function isCountedLeakProfile(dump: Moment['index']['dump']): boolean {
  return dump.profile === 'goroutineleak' && dump.rows.flags === null;
}

/** Goroutines that the last leak profile of the process holds; null when it holds none or there is none. */
function provenLeaks(
  process: ProcessDumps,
  members: readonly Moment[],
  level: Level,
): { readonly sentence: Sentence } | null {
  const at = members.findLastIndex(({ index }) => isCountedLeakProfile(index.dump));
  const dump = members[at]?.index.dump;
  if (dump === undefined || dump.goroutines <= 0) return null;
  const place = process.dumps[at] ?? 0;
  const largest = groupHistories(
    members.slice(at, at + 1).map(({ index }) => index),
    level,
  ).sort((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0))[0];
  const name = largest === undefined ? '' : (nameGroups(level, [largest.subject], [largest.key])[0] ?? '');
  return {
    sentence: sentence(
      'The leak profile ',
      linked(members[at]?.name ?? '', { kind: 'dump', dump: place }),
      ' holds ',
      countedGoroutines(dump.goroutines, { kind: 'dump', dump: place }),
      ' that are proven leaked',
      largest === undefined ? '' : ', most of them at ',
      largest === undefined ? '' : linked(name, { kind: 'group', dump: place, level, key: largest.key }),
      '.',
    ),
  };
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

/** What to look at where no group is alarming: those that rose and may stay, of a single dump the largest. */
function undecided(results: readonly GroupResult[]): GroupResult[] {
  const rose = results.filter(({ call, evidence }) => call === 'cannot-tell' && evidence.length > 0).sort(byAlarm);
  if (rose.length > 0) return rose.slice(0, 3);
  const alone = results.filter(({ call, history }) => call === 'cannot-tell' && history.counts.length === 1);
  return alone.sort(byAlarm).slice(0, 1);
}

function byAlarm(left: GroupResult, right: GroupResult): number {
  const calls = CALLS.indexOf(left.call) - CALLS.indexOf(right.call);
  if (calls !== 0) return calls;
  const size = ({ growth, history }: GroupResult): number => growth * 1e7 + (history.counts.at(-1) ?? 0);
  return size(right) - size(left) || (left.history.key < right.history.key ? -1 : 1);
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
