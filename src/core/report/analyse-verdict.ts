import type { Level } from '../group/levels.ts';
import type { CountLog } from '../model/count-log.ts';
import type { GrowthFit } from '../trend/growth-fit.ts';
import { judge } from '../trend/judge.ts';
import type { Moment } from '../trend/moments.ts';
import type { Verdict } from '../trend/verdict.ts';
import { wordsOf } from '../triage/mark-groups.ts';
import { textOf } from '../words/sentence.ts';
import type { Said } from './analyse.ts';
import { isoTime } from './analyse-beside.ts';
import type { AnalysedFit, AnalysedVerdict } from './analysis.ts';

/** The verdict on the dumps and counts, with what people said of them. */
export function judgeAll(
  moments: readonly Moment[],
  countLogs: readonly { readonly name: string; readonly log: CountLog }[],
  level: Level,
  { marks = [], limit = null }: Partial<Pick<Said, 'marks' | 'limit'>>,
): Verdict {
  const curves = countLogs.map(({ name, log }) => ({
    name,
    instance: log.provenance.instance,
    timesMs: log.timesMs,
    counts: log.counts,
  }));
  return judge({ moments, curves, level, limit, wordsOf: wordsOf(marks) });
}

/** A verdict as part of the document; dumps by their names. */
export function analyseVerdict(verdict: Verdict, moments: readonly Moment[]): AnalysedVerdict {
  const nameOf = (at: number): string => moments[at]?.name ?? '';
  return {
    call: verdict.call,
    headline: textOf(verdict.headline),
    evidence: verdict.evidence.map(textOf),
    wouldChange: verdict.wouldChange,
    next: verdict.next.text,
    commands: verdict.next.commands,
    groups: verdict.groups.map(({ name, call, process, counts, growth, evidence, fit }) => ({
      name,
      call,
      process: verdict.processes[process]?.name ?? '',
      counts,
      growth,
      evidence: evidence.map(textOf),
      fit: analyseFit(fit),
    })),
    groupsJudged: verdict.groupsJudged,
    processes: verdict.processes.map(({ instance, name, dumps, totals, call, fit, odd }) => ({
      instance,
      name,
      dumps: dumps.map(nameOf),
      totals,
      call,
      fit: analyseFit(fit),
      odd: odd && textOf(odd),
    })),
    phases: verdict.phases.map((phase, at) => ({ dump: nameOf(at), phase })),
    phasesGuessed: verdict.phasesGuessed,
    waves: verdict.waves,
    fit: analyseFit(verdict.fit),
  };
}

/** A fit with its times as text. */
export function analyseFit(fit: GrowthFit | null): AnalysedFit | null {
  if (fit === null) return null;
  const { points, slopePerHour, lowPerHour, highPerHour, confidence, p, start, doublingMs } = fit;
  return {
    points,
    slopePerHour,
    lowPerHour,
    highPerHour,
    confidence,
    p,
    startedBetween: start && [isoTime(start.fromMs), isoTime(start.toMs)],
    doublingMinutes: doublingMs === null ? null : doublingMs / 60_000,
  };
}
