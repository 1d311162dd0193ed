import type { Level } from '../group/levels.ts';
import { formatNumberOf } from '../words/numbers.ts';
import { type FleetMember, viewFleet } from './fleet.ts';
import { timeUntil } from './growth-fit.ts';
import { judgeProcess, type ProcessJudgement } from './judge-process.ts';
import type { CountCurve, Moment } from './moments.ts';
import { nextStep, whatWouldChange } from './next-step.ts';
import type { Phase } from './phase.ts';
import { splitProcesses } from './processes.ts';
import { linked, sentence } from './sentences.ts';
import { leftOutSentence, type TeamWordsOf } from './team-words.ts';
import {
  CALLS,
  type GroupVerdict,
  type LimitForecast,
  MAX_GROUP_VERDICTS,
  type ProcessVerdict,
  type Sentence,
  type Verdict,
} from './verdict.ts';

/** What is judged. */
export interface JudgeInput {
  readonly moments: readonly Moment[];
  readonly curves: readonly CountCurve[];
  readonly level: Level;
  /** Goroutines that must not be reached; null when none was named. */
  readonly limit: number | null;
  /** What a team says of groups; nothing when left out. */
  readonly wordsOf?: TeamWordsOf;
}

const NO_WORDS: TeamWordsOf = () => new Map();

/**
 * Is it a leak, since when, which goroutines. The answer does not depend on the order of `moments`, nor on when it all
 * was; dumps are told apart by instance and restart, and the most alarming process decides. Cost: cells of all dumps, and
 * one look at each goroutine for every pair of neighbours.
 */
export function judge({ moments, curves, level, limit, wordsOf = NO_WORDS }: JudgeInput): Verdict {
  const processes = splitProcesses(moments);
  const judged = processes.map((process) =>
    judgeProcess(process, moments, longest(ownCurves(process.instance, processes.length, curves)), level, wordsOf),
  );
  // Counts of instances that have no dump are judged by themselves.
  const used = new Set(processes.flatMap(({ instance }) => ownCurves(instance, processes.length, curves)));
  for (const curve of curves) {
    if (used.has(curve)) continue;
    const process = { instance: curve.instance, name: curve.instance ?? curve.name, dumps: [] };
    judged.push(judgeProcess(process, [], curve, level, wordsOf));
  }
  const latest = latestOfEach(judged);
  const members: FleetMember[] = latest.flatMap((process) => {
    const { process: dumps } = judged[process] ?? { process: { name: '', dumps: [] } };
    const dump = dumps.dumps.at(-1);
    return dump === undefined ? [] : [{ process, name: dumps.name, dump }];
  });
  const fleet = members.length > 1 ? viewFleet(members, moments, level) : null;
  const deciding = decidingOf(judged, latest);
  const { call } = deciding;
  const facts = {
    call,
    dumps: deciding.process.dumps.flatMap((at) => moments[at] ?? []),
    instance: deciding.process.instance,
    afterLoad: deciding.phases.at(-1) === 'after',
    hasIds: deciding.process.dumps.every((at) => moments[at]?.index.dump.rows.goroutineId !== null),
  };
  const groups = judged
    .flatMap(({ groups: each }, process) => each.map((group): GroupVerdict => ({ ...group, process })))
    .sort(
      (a, b) =>
        Number(a.leftOut) - Number(b.leftOut) ||
        Number(b.mark === 'suspect') - Number(a.mark === 'suspect') ||
        CALLS.indexOf(a.call) - CALLS.indexOf(b.call) ||
        b.growth - a.growth ||
        lastOf(b) - lastOf(a) ||
        (a.key < b.key ? -1 : 1),
    );
  const leftOut = leftOutSentence(
    latest.flatMap((at) => judged[at]?.groups ?? []),
    level,
  );
  const headline = judged.length > 1 ? fleetHeadline(judged, latest, deciding) : deciding.headline;
  return {
    call,
    headline: leftOut === null ? headline : sentence(...headline, ' ', ...leftOut),
    evidence: [...deciding.evidence, ...(fleet === null ? [] : [...fleet.odd.values()].slice(0, 3))],
    wouldChange: [...whatWouldChange(facts), ...(leftOut === null ? [] : [WITHOUT_MARK])],
    next: nextStep(facts),
    level,
    groups: groups.slice(0, MAX_GROUP_VERDICTS),
    groupsJudged: judged.reduce((sum, { groupsJudged }) => sum + groupsJudged, 0),
    processes: judged.map(
      ({ process, totals, judged: compared, profiles, call: each, fit }, at): ProcessVerdict => ({
        instance: process.instance,
        name: process.name,
        dumps: process.dumps,
        totals,
        judged: compared,
        profiles,
        call: each,
        fit,
        odd: fleet?.odd.get(at) ?? null,
      }),
    ),
    fleet: fleet?.fleet ?? null,
    phases: phasesOf(moments.length, judged),
    phasesGuessed: judged.some(({ phasesGuessed }) => phasesGuessed),
    waves: deciding.waves,
    fit: deciding.fit,
    forecast: forecastOf(deciding, limit),
  };
}

function lastOf({ counts }: GroupVerdict): number {
  return counts.at(-1) ?? 0;
}

/** The counts that belong to a process: of its instance; where there is one process, those that name no other. */
function ownCurves(instance: string | null, processes: number, curves: readonly CountCurve[]): CountCurve[] {
  return curves.filter(
    (curve) => curve.instance === instance || (processes === 1 && (curve.instance === null || instance === null)),
  );
}

/** Of these the one with most points; null without any. */
function longest(curves: readonly CountCurve[]): CountCurve | null {
  return curves.reduce<CountCurve | null>(
    (most, curve) => (most === null || curve.counts.length > most.counts.length ? curve : most),
    null,
  );
}

/** Places of the last process of each instance, and of every process that names none. */
function latestOfEach(judged: readonly ProcessJudgement[]): number[] {
  const latest = new Map<string, number>();
  judged.forEach(({ process }, at) => {
    latest.set(process.instance === null ? `#${at}` : `=${process.instance}`, at);
  });
  return [...latest.values()];
}

const WITHOUT_MARK = 'Taking the mark off a group that is left out: then it is judged like any other.';

const NOTHING: ProcessJudgement = {
  process: { instance: null, name: 'the process', dumps: [] },
  call: 'cannot-tell',
  headline: ['Nothing to judge yet.'],
  evidence: [],
  groups: [],
  groupsJudged: 0,
  totals: [],
  judged: [],
  profiles: [],
  phases: [],
  phasesGuessed: false,
  waves: [],
  fit: null,
};

/** The most alarming of the latest processes; of equals the one that grew most, then the first. */
function decidingOf(judged: readonly ProcessJudgement[], latest: readonly number[]): ProcessJudgement {
  const growth = ({ groups }: ProcessJudgement): number =>
    groups.reduce((sum, { leftOut, growth: each }) => sum + (leftOut ? 0 : Math.max(0, each)), 0);
  return (
    latest
      .flatMap((at) => judged[at] ?? [])
      .reduce<ProcessJudgement | null>((worst, each) => {
        if (worst === null) return each;
        const order = CALLS.indexOf(each.call) - CALLS.indexOf(worst.call);
        return order < 0 || (order === 0 && growth(each) > growth(worst)) ? each : worst;
      }, null) ?? NOTHING
  );
}

/** How many instances say so, and which one decides. */
function fleetHeadline(
  judged: readonly ProcessJudgement[],
  latest: readonly number[],
  deciding: ProcessJudgement,
): Sentence {
  const alike = latest.filter((at) => judged[at]?.call === deciding.call).length;
  const restarts = judged.length - latest.length;
  return sentence(
    linked(`${alike} of ${formatNumberOf(latest.length, 'instance')}`, { kind: 'instances' }),
    restarts > 0 ? ` (${formatNumberOf(restarts, 'restart')} before)` : '',
    '; ',
    `${deciding.process.name}: `,
    ...deciding.headline,
  );
}

function phasesOf(length: number, judged: readonly ProcessJudgement[]): (Phase | null)[] {
  const phases = new Array<Phase | null>(length).fill(null);
  for (const { process, phases: own } of judged) {
    process.dumps.forEach((dump, at) => {
      phases[dump] = own[at] ?? null;
    });
  }
  return phases;
}

/** Only of a count that still rises: a slope of what is over leads nowhere. */
function forecastOf({ call, fit }: ProcessJudgement, limit: number | null): LimitForecast | null {
  if (fit === null || limit === null || (call !== 'growing' && call !== 'leaked')) return null;
  return { limit, ...timeUntil(fit, limit) };
}
