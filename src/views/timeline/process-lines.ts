import type { Verdict } from '../../core/trend/verdict.ts';
import { textOf } from '../../core/words/sentence.ts';
import type { DumpEntry, VerdictReply } from '../../store/state.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { DISTINCT_LINES, processStyle, type SeriesStyle } from './series-style.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** The dumps of one process as a line of the chart. */
export interface ProcessLine {
  /** Unique among the lines and series. */
  readonly id: string;
  readonly name: string;
  readonly instance: string | null;
  /** Why it stands apart from the others; empty when it does not. */
  readonly odd: string;
  /** In time order; those without a place on the axis are not among them. */
  readonly points: readonly TimelinePoint[];
  /** Null: one of many, in grey. */
  readonly style: SeriesStyle | null;
}

/** True when the dumps name two instances or more. */
export function areSeveralInstances(dumps: readonly DumpEntry[]): boolean {
  const first = dumps.find(({ summary }) => summary.provenance.instance !== null)?.summary.provenance.instance;
  return dumps.some(({ summary: { provenance } }) => provenance.instance !== null && provenance.instance !== first);
}

interface Process {
  readonly name: string;
  readonly instance: string | null;
  readonly odd: string;
  readonly points: readonly TimelinePoint[];
}

/**
 * A line per process when the dumps are of two or more instances, else none: one process is drawn as a total. Processes
 * are those of the verdict; until it is there, instances. The first lines stand for themselves, odd ones before those
 * that grew most; all others are grey.
 */
export function processLines(
  points: readonly TimelinePoint[],
  reply: VerdictReply | null,
  most: number = DISTINCT_LINES,
): readonly ProcessLine[] {
  if (!areSeveralInstances(points.map(({ dump }) => dump))) return [];
  const processes = (judged(points, reply) ?? byInstance(points)).filter((each) => each.points.length > 0);
  const distinct = new Set(
    [...processes.keys()].sort((a, b) => weight(processes[b]) - weight(processes[a]) || a - b).slice(0, most),
  );
  const places = new Map<string | null, number>();
  const restarts = new Map<string | null, number>();
  return processes.map(({ name, instance, odd, points: own }, at) => {
    const id = `process ${at}`;
    if (!distinct.has(at)) return { id, name, instance, odd, points: own, style: null };
    if (!places.has(instance)) places.set(instance, places.size);
    const lives = restarts.get(instance) ?? 0;
    restarts.set(instance, lives + 1);
    return { id, name, instance, odd, points: own, style: processStyle(places.get(instance) ?? 0, lives) };
  });
}

/** Processes of the verdict; null while it is about other dumps. */
function judged(points: readonly TimelinePoint[], reply: VerdictReply | null): readonly Process[] | null {
  if (reply === null) return null;
  const pointOf = new Map(points.map((point) => [point.dump.summary.id, point]));
  const { processes }: Pick<Verdict, 'processes'> = reply.verdict;
  const held = processes.reduce((sum, { dumps }) => sum + dumps.length, 0);
  if (held !== points.length || !reply.dumpIds.every((id: DumpId) => pointOf.has(id))) return null;
  return processes.map(({ name, instance, odd, dumps }) => ({
    name,
    instance,
    odd: odd === null ? '' : textOf(odd),
    points: dumps.flatMap((place) => {
      const id = reply.dumpIds[place];
      const point = id === undefined ? undefined : pointOf.get(id);
      return point === undefined || Number.isNaN(point.x) ? [] : point;
    }),
  }));
}

function byInstance(points: readonly TimelinePoint[]): readonly Process[] {
  const found = new Map<string | null, TimelinePoint[]>();
  for (const point of points) {
    const { instance } = point.dump.summary.provenance;
    const own = found.get(instance) ?? [];
    found.set(instance, own);
    if (!Number.isNaN(point.x)) own.push(point);
  }
  return [...found].map(([instance, own]) => ({
    name: instance ?? 'no instance named',
    instance,
    odd: '',
    points: own,
  }));
}

/** How much a process deserves a line of its own. */
function weight(process: Process | undefined): number {
  if (process === undefined) return 0;
  const first = process.points[0]?.total ?? 0;
  const last = process.points.at(-1)?.total ?? 0;
  return process.odd === '' ? Math.abs(last - first) : Number.MAX_SAFE_INTEGER;
}

/** What the lines of processes count: all goroutines, or those of one group. `series`: its place, below 0 for all. */
export function countAt(point: TimelinePoint, series: number): number {
  return series < 0 ? point.total : (point.counts[series] ?? 0);
}

/** Dumps of one process from start to restart. */
export interface TotalRun {
  readonly key: string;
  readonly dumps: ReadonlySet<DumpId>;
  /** Where on the axis it was restarted before its first dump; null for the first run. */
  readonly restartX: number | null;
}

/** The runs of one instance, in time order; all dumps are one run unless the verdict has found restarts. */
export function totalRuns(points: readonly TimelinePoint[], reply: VerdictReply | null): readonly TotalRun[] {
  const whole: TotalRun = {
    key: 'total',
    dumps: new Set(points.map(({ dump }) => dump.summary.id)),
    restartX: null,
  };
  const processes = judged(points, reply)?.filter((each) => each.points.length > 0) ?? [];
  if (processes.length < 2) return [whole];
  return processes.map(({ points: own }, at) => {
    const last = processes[at - 1]?.points.at(-1)?.x;
    const first = own[0]?.x;
    return {
      key: `total ${at}`,
      dumps: new Set(own.map(({ dump }) => dump.summary.id)),
      // Processes side by side were not restarted.
      restartX: last === undefined || first === undefined || first <= last ? null : (last + first) / 2,
    };
  });
}
