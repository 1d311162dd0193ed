import type { GrowthFit } from '../../../src/core/trend/growth-fit.ts';
import type { GroupVerdict, ProcessVerdict, Sentence, Verdict } from '../../../src/core/trend/verdict.ts';
import type { Answer, AppState, VerdictReply } from '../../../src/store/state.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

const MINUTE = 60_000;
export const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);

/** A slope of +1,240 an hour over twelve points that ends at 02:41:03 with 8,911. */
export function growthFit(over: Partial<GrowthFit> = {}): GrowthFit {
  return {
    points: 12,
    slopePerHour: 1240,
    lowPerHour: 1100,
    highPerHour: 1400,
    confidence: 0.95,
    p: 0.004,
    start: null,
    doublingMs: null,
    lastMs: T0 + 14 * MINUTE,
    lastCount: 8911,
    ...over,
  };
}

/** A group that grew from 12 to 8,702 in the first process. */
export function groupVerdict(over: Partial<GroupVerdict> = {}): GroupVerdict {
  return {
    key: 'key of publish',
    name: 'orders.(*Publisher).publish → chan send',
    call: 'growing',
    process: 0,
    dumps: [0, 1, 2],
    counts: [12, 4300, 8702],
    growth: 8690,
    evidence: [['It rose from dump to dump.']],
    fit: null,
    mark: null,
    leftOut: false,
    ...over,
  };
}

export function processVerdict(over: Partial<ProcessVerdict> = {}): ProcessVerdict {
  return {
    instance: null,
    name: 'the process',
    dumps: [0, 1, 2],
    totals: [1204, 4870, 8911],
    judged: over.dumps ?? [0, 1, 2],
    profiles: [],
    call: 'growing',
    fit: null,
    odd: null,
    ...over,
  };
}

/** A sentence with a number that leads to the comparison of the first and the last dump. */
export const HEADLINE: Sentence = [
  'Growing: ',
  { text: '+7,707', show: { kind: 'changes', a: 0, b: 2, level: 'place', key: null, kinds: [], fate: null } },
  ' goroutines in 14 min.',
];

/** Growing over three dumps of one process, with what a test cares about put over it. */
export function verdict(over: Partial<Verdict> = {}): Verdict {
  return {
    call: 'growing',
    headline: HEADLINE,
    evidence: [
      [
        'One group is ',
        { text: '97.7 %', show: { kind: 'group', dump: 2, level: 'place', key: 'key of publish' } },
        ' of it.',
      ],
    ],
    wouldChange: ['A dump after the load fell that is back at 1,204 would make it a spike.'],
    next: {
      text: 'Take one more dump 10 minutes from now.',
      commands: [
        { title: 'curl', command: 'curl -o later.txt http://HOST:6060/debug/pprof/goroutine?debug=2' },
        { title: 'kubectl', command: 'kubectl exec POD -- curl localhost:6060/debug/pprof/goroutine?debug=2' },
      ],
    },
    level: 'place',
    groups: [groupVerdict()],
    groupsJudged: 57,
    processes: [processVerdict()],
    fleet: null,
    phases: [null, null, null],
    phasesGuessed: false,
    waves: [],
    fit: null,
    forecast: null,
    ...over,
  };
}

/** Three dumps of 14 minutes, and what was answered about them. */
export function judged(over: Partial<Verdict> = {}): Pick<AppState, 'dumps' | 'verdict'> {
  return { dumps: DUMPS, verdict: ready(verdict(over)) };
}

export function ready(value: Verdict): Answer<VerdictReply> {
  return { status: 'ready', value: { verdict: value, dumpIds: DUMPS.map(({ summary }) => summary.id) }, error: null };
}

export const DUMPS = [
  ['before', 1204, 0],
  ['during', 4870, 7],
  ['after', 8911, 14],
].map(([word, goroutines, minutes]) =>
  dumpEntry({
    summary: dumpSummary({ id: dumpId(String(word)), name: `${word}.txt`, goroutines: Number(goroutines) }),
    takenAtMs: T0 + Number(minutes) * MINUTE,
  }),
);
