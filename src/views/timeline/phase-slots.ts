import { PHASES, type Phase } from '../../core/trend/phase.ts';
import type { DumpId } from '../../worker/protocol.ts';
import type { DumpPhase, PhaseMap } from './dump-phases.ts';
import type { PhaseAt } from './phase-bands.ts';
import type { ProcessLine } from './process-lines.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** Dumps that are marked together: one dump, or those of many instances that were taken in one round. */
export interface PhaseSlot {
  readonly ids: readonly DumpId[];
  readonly name: string;
  readonly x: number;
  readonly known: PhaseAt;
}

const UNKNOWN: PhaseAt = { phase: null, guessed: false };
/** A round lasts this share of the time between two dumps of one process at most. */
const ROUND = 0.5;

/** What the strip is made of: the dumps that have a place, in order; with several processes, rounds of them. */
export function phaseSlots(
  points: readonly TimelinePoint[],
  processes: readonly ProcessLine[],
  phases: PhaseMap,
): readonly PhaseSlot[] {
  const placed = points.filter(({ x }) => !Number.isNaN(x));
  const rounds = processes.length === 0 ? placed.map((point) => [point]) : roundsOf(placed, processes);
  return rounds.flatMap((round) => {
    const first = round[0];
    const last = round.at(-1);
    if (first === undefined || last === undefined) return [];
    const { name } = first.dump;
    return {
      ids: round.map(({ dump }) => dump.summary.id),
      name: round.length === 1 ? name : `${name} and ${round.length - 1} more`,
      x: (first.x + last.x) / 2,
      known: commonPhase(round.map(({ dump }) => phases.get(dump.summary.id))),
    };
  });
}

/** A round ends where a process comes again, or where it lasts too long. */
function roundsOf(placed: readonly TimelinePoint[], processes: readonly ProcessLine[]): readonly TimelinePoint[][] {
  const processOf = new Map<DumpId, number>();
  const gaps: number[] = [];
  processes.forEach(({ points }, process) => {
    points.forEach(({ dump, x }, at) => {
      processOf.set(dump.summary.id, process);
      const before = points[at - 1];
      if (before !== undefined) gaps.push(x - before.x);
    });
  });
  gaps.sort((a, b) => a - b);
  const longest = ROUND * (gaps[gaps.length >> 1] ?? Number.POSITIVE_INFINITY);
  const rounds: TimelinePoint[][] = [];
  let met = new Set<number | undefined>();
  for (const point of placed) {
    const process = processOf.get(point.dump.summary.id);
    const round = rounds.at(-1);
    const began = round?.[0]?.x ?? point.x;
    if (round === undefined || met.has(process) || point.x - began > longest) {
      rounds.push([point]);
      met = new Set();
    } else {
      round.push(point);
    }
    met.add(process);
  }
  return rounds;
}

/** The phase most of them have; what the user marked counts before what was guessed. */
function commonPhase(known: readonly (DumpPhase | undefined)[]): PhaseAt {
  const marked = known.flatMap((each) => (each === undefined || each.guessed ? [] : each.phase));
  const phase = mostOf(marked) ?? mostOf(known.flatMap((each) => each?.phase ?? []));
  return phase === null ? UNKNOWN : { phase, guessed: marked.length === 0 };
}

function mostOf(phases: readonly Phase[]): Phase | null {
  let best: Phase | null = null;
  let most = 0;
  for (const phase of PHASES) {
    const times = phases.filter((each) => each === phase).length;
    if (times > most) {
      most = times;
      best = phase;
    }
  }
  return best;
}
