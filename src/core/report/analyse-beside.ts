import type { CountLog } from '../model/count-log.ts';
import type { RaceReport } from '../model/race-report.ts';
import type { Frame } from '../model/symbols.ts';
import { summariseCounts } from '../trend/count-points.ts';
import type { AnalysedDump, AnalysedFrame, AnalysedRace } from './analysis.ts';

/** `2026-11-23T02:41:07Z`; milliseconds only when there are any. Times no calendar holds give null. */
export function isoTime(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

/** A count series as an entry of the document. It holds no goroutine, only counts of them. */
export function analyseCounts(name: string, log: CountLog): AnalysedDump {
  const { provenance, form, key } = log;
  const { first, last, min, max } = summariseCounts(log);
  return {
    name,
    format: 'count-log',
    profile: 'goroutine',
    takenAt: provenance.takenAtMs === null ? null : isoTime(provenance.takenAtMs),
    takenAtFrom: provenance.takenAtFrom,
    instance: provenance.instance,
    goroutines: 0,
    declared: null,
    truncated: false,
    states: {},
    waitMinutes: null,
    createdBy: null,
    lockedToThread: null,
    leaked: null,
    elided: null,
    withAncestors: null,
    stacks: 0,
    groups: [],
    causes: null,
    problems: [],
    problemCount: 0,
    lowerBounds: [],
    runningTests: [],
    counts: {
      key,
      form,
      first,
      last,
      min,
      max,
      points: Array.from(log.counts, (count, i) => [isoTime(log.timesMs[i] ?? Number.NaN), count] as const),
    },
    caveats: log.caveats,
    bytes: { read: 0, understood: 0, ignored: 0 },
  };
}

/** The races of a file as entries of the document. */
export function analyseRaces(name: string, { races }: RaceReport): AnalysedRace[] {
  return races.map(({ line, times, accesses, creations, notes }) => ({
    name,
    line,
    times,
    accesses: accesses.map((access) => ({ ...access, frames: access.frames?.map(frameOf) ?? null })),
    creations: creations.map((creation) => ({ ...creation, frames: creation.frames?.map(frameOf) ?? null })),
    notes,
  }));
}

function frameOf(frame: Frame): AnalysedFrame {
  return { function: frame.function, file: frame.file, line: frame.line, inlined: frame.kind === 'inlined' };
}
