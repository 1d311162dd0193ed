import type { Fate } from '../compare/comparison.ts';
import type { Level } from '../group/levels.ts';
import { isUnhealthyRest, type RestKind } from '../group/rest-place.ts';
import { formatCount, formatMinutes, formatShare } from '../words/numbers.ts';
import { areSpread, type GroupHistory, type HistoryStep } from './histories.ts';
import type { Phase } from './phase.ts';
import { counted, sentence } from './sentences.ts';
import { isMuch, type Shape, shapeOf } from './shape.ts';
import { type Proof, provenSentence } from './tell-proof.ts';
import type { Call, Sentence, Show } from './verdict.ts';

/** Of the goroutines in the dump before, so large a share at the same stack means: these stay, they are not replaced. */
const STAY = 0.6;
/** With ids a rise of so many that stay means something; without, chance is larger and `isMuch` decides. */
const FEW_THAT_STAY = 3;
/** Half of a group has waited so long: they are the same goroutines, whatever the ids say. */
const LONG_MINUTES = 1;
/** A WaitGroup is waited for by one goroutine in a healthy program; from so many on at one stack it is not. */
const MANY_JOIN = 2;

/** What judging a group needs of its process. */
export interface GroupContext {
  readonly level: Level;
  /** Places of the process's dumps in what is judged. */
  readonly dumps: readonly number[];
  readonly timesMs: readonly (number | null)[];
  readonly phases: readonly (Phase | null)[];
  /** "14 min" from the first dump to the last; empty when unknown. */
  readonly spanWords: string;
  /** What the histories' leaked goroutines are proven by, beside their own marks. */
  readonly proofs: readonly Proof[];
}

/** A call with its evidence. */
export interface GroupCall {
  readonly call: Call;
  readonly growth: number;
  readonly evidence: readonly Sentence[];
}

/**
 * Judges a group over two or more dumps of one process. Counts alone cannot tell a leak from traffic: what decides is
 * whether those that came stay, by ids where both dumps print them, else by their waits, else by the phases.
 */
export function judgeGroup(history: GroupHistory, context: GroupContext): GroupCall {
  const { counts, steps, ages, rest, leaked } = history;
  const first = counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  const growth = last - first;
  const result = (call: Call, ...evidence: Sentence[]): GroupCall => ({ call, growth, evidence });
  if (leaked > 0) return result('leaked', provenSentence(history, { ...context, dump: context.dumps.at(-1) ?? 0 }));

  const lastStep = steps.at(-1) ?? null;
  const keptShare = lastStep === null ? null : shareKept(lastStep);
  const old = ages !== null && ages.printed * 2 >= last && ages.median >= LONG_MINUTES;
  // Of what works only system and C calls print minutes (runtime.goroutineheader); those that stay in theirs wait.
  if (rest === 'work' && !(old && keptShare !== null && keptShare >= STAY)) return result('steady');

  if (keptShare !== null && keptShare < STAY && last > 0) {
    const mixed = judgeStaying(history, context);
    if (mixed !== null) return { growth: mixed.growth, call: mixed.call, evidence: mixed.evidence };
  }
  const idsSay = keptShare === null ? null : keptShare >= STAY;
  const few = keptShare !== null && keptShare >= STAY ? FEW_THAT_STAY : undefined;
  const shape = shapeOf(counts, context.timesMs, {
    base: baseOf(counts, context.phases),
    ...(few === undefined ? {} : { few }),
  });

  switch (shape.kind) {
    case 'growing':
      if (keptShare !== null && keptShare < STAY && !(old && isUnhealthyRest(rest))) {
        return result('cannot-tell', replacedSentence(history, context));
      }
      // Those that were elsewhere in the dump before are not more than there were. Without ids nobody knows whether they
      // are the same or traffic that rises; at a place where healthy goroutines do not rest that is alarming enough.
      if (!bornHere(history) || (keptShare === null && !isUnhealthyRest(rest))) {
        if (underLoad(context) && !isUnhealthyRest(rest)) return result('cannot-tell', loadSentence(history, context));
        return result('raised', ...growthSentences(history, context, shape));
      }
      return result('growing', ...growthSentences(history, context, shape));
    case 'raised':
      if (keptShare !== null && keptShare < STAY && !old)
        return result('cannot-tell', replacedSentence(history, context));
      if (underLoad(context) && !isUnhealthyRest(rest)) return result('cannot-tell', loadSentence(history, context));
      return result('raised', ...growthSentences(history, context, shape));
    case 'fresh':
      return judgeFresh(history, context, shape, old, idsSay);
    case 'spike': {
      const left = shape.last - shape.base;
      // A part of the wave that stays is no recovery for that part.
      if (
        keptShare !== null &&
        keptShare >= STAY &&
        isMuch(left, shape.base) &&
        left > 0 &&
        isUnhealthyRest(rest) &&
        old
      ) {
        return result('raised', ...growthSentences(history, context, shape));
      }
      return result('spike', spikeSentence(history, context, shape));
    }
    case 'shrinking':
      return isStuck(history) ? result('stuck', stuckSentence(history, context)) : result('shrinking');
    case 'steady':
      return isStuck(history) ? result('stuck', stuckSentence(history, context)) : result('steady');
  }
}

/** It is up only since the dump before, so counts do not tell whether it stays. */
function judgeFresh(
  history: GroupHistory,
  context: GroupContext,
  shape: Shape,
  old: boolean,
  idsSay: boolean | null,
): GroupCall {
  const { counts, steps, ages, rest } = history;
  const growth = shape.last - (counts[0] ?? 0);
  const result = (call: Call, ...evidence: Sentence[]): GroupCall => ({ call, growth, evidence });
  const step = steps.at(-1) ?? null;
  const even = ages !== null && areSpread(ages, shape.last);
  if (old && even && isUnhealthyRest(rest)) return result('growing', ...growthSentences(history, context, shape));
  const afterLoad = context.phases.at(-1) === 'after';
  // Those of the dump before are all still there, and more have joined them.
  const joined = step !== null && step.stuck >= FEW_THAT_STAY && shareKept(step) >= STAY;
  if (underLoad(context) && !isUnhealthyRest(rest)) return result('cannot-tell', loadSentence(history, context));
  if (old || joined || (afterLoad && idsSay !== false))
    return result('raised', ...growthSentences(history, context, shape));
  return result('cannot-tell', freshSentence(history, context));
}

/**
 * A group in which goroutines come and go, and some stay: judged by those that were there in two dumps running, which
 * says of each dump but the last how many were to stay. Null when those do not rise.
 */
function judgeStaying(history: GroupHistory, context: GroupContext): GroupCall | null {
  const staying = history.steps.map((step) => step?.stuck ?? null);
  if (staying.length < 2 || staying.some((count) => count === null)) return null;
  const counts = staying.map((count) => count ?? 0);
  const shape = shapeOf(counts, context.timesMs.slice(0, -1), { few: FEW_THAT_STAY + 2 });
  const rises = shape.kind === 'growing' || shape.kind === 'raised' || shape.kind === 'fresh';
  const old = history.ages !== null && history.ages.printed >= shape.last * 0.8 && history.ages.max > LONG_MINUTES;
  // Those that stayed from the first to the last dump prove that they are not merely slow.
  const stayed = (history.stuckThrough ?? 0) >= Math.min(FEW_THAT_STAY, counts[0] ?? 0);
  if (!rises || !old || !stayed || !isUnhealthyRest(history.rest)) return null;
  const [dumpA, dumpB] = [context.dumps.at(-2) ?? 0, context.dumps.at(-1) ?? 0];
  const call = shape.kind === 'growing' ? 'growing' : 'raised';
  return {
    call,
    growth: shape.last - shape.base,
    evidence: [
      sentence(
        'Most of its goroutines come and go, but those that stay from dump to dump rise: ',
        counts.map(formatCount).join(', '),
        '; ',
        counted(shape.last, changes(history, context, dumpA, dumpB, 'stuck')),
        ' are at the same stack in the last two dumps.',
      ),
    ],
  };
}

/** At least half of the growth was born, not moved here from elsewhere in the program; true where ids do not say. */
function bornHere({ steps, counts }: GroupHistory): boolean {
  const growth = (counts.at(-1) ?? 0) - (counts[0] ?? 0);
  let born = 0;
  for (const step of steps) {
    if (step === null) return true;
    born += step.born;
  }
  return born * 2 >= growth;
}

function shareKept({ stuck, left, movedOut }: HistoryStep): number {
  const before = stuck + left + movedOut;
  return before === 0 ? 1 : stuck / before;
}

/** The count from before the load, where phases say which that is. */
function baseOf(counts: readonly number[], phases: readonly (Phase | null)[]): number | undefined {
  const at = phases.lastIndexOf('before');
  return at >= 0 ? counts[at] : undefined;
}

/** The load is still on in the last dump, as far as phases say. */
function underLoad({ phases }: GroupContext): boolean {
  return phases.at(-1) === 'load';
}

/** Flat, but the same goroutines at a place where healthy ones do not stand for minutes, and older than before. */
function isStuck({ rest, stuckThrough, ages, agesBefore, counts, subject }: GroupHistory): boolean {
  const unhealthy = isUnhealthyRest(rest) || (rest === 'join' && (counts.at(-1) ?? 0) >= MANY_JOIN && !isMain(subject));
  if (!unhealthy || stuckThrough === null || stuckThrough === 0 || ages === null) return false;
  return ages.printed > 0 && ages.max >= LONG_MINUTES && ages.max >= (agesBefore?.max ?? 0);
}

/** main.main waits for its program; that is its work. */
function isMain({ index, stack }: GroupHistory['subject']): boolean {
  const { symbols } = index.dump;
  for (let at = symbols.stackStart[stack] ?? 0; at < (symbols.stackStart[stack + 1] ?? 0); at++) {
    if (symbols.strings[symbols.frameFunction[symbols.stackFrames[at] ?? 0] ?? 0] === 'main.main') return true;
  }
  return false;
}

function inDump(history: GroupHistory, { level }: GroupContext, dump: number): Show {
  return { kind: 'group', dump, level, key: history.key };
}

function changes(history: GroupHistory, { level }: GroupContext, a: number, b: number, fate: Fate): Show {
  return { kind: 'changes', a, b, level, key: history.key, kinds: [], fate };
}

function firstAndLast(history: GroupHistory, context: GroupContext): Sentence {
  const [a, b] = [context.dumps[0] ?? 0, context.dumps.at(-1) ?? 0];
  const { counts } = history;
  return [
    counted(counts[0] ?? 0, inDump(history, context, (counts[0] ?? 0) > 0 ? a : b)),
    ' → ',
    counted(counts.at(-1) ?? 0, inDump(history, context, b)),
    context.spanWords === '' ? '' : ` in ${context.spanWords}`,
  ];
}

function growthSentences(history: GroupHistory, context: GroupContext, shape: Shape): Sentence[] {
  const { steps, ages, counts } = history;
  const [dumpA, dumpB] = [context.dumps.at(-2) ?? 0, context.dumps.at(-1) ?? 0];
  const sentences: Sentence[] = [sentence(...firstAndLast(history, context), peakWords(shape), '.')];
  const step = steps.at(-1) ?? null;
  if (step !== null) sentences.push(fateSentence(history, context, step, dumpA, dumpB));
  if (ages !== null && ages.printed > 0) {
    sentences.push(
      sentence(
        `${formatShare(ages.printed, counts.at(-1) ?? 0)} have waited for a minute or longer, half of these for ${formatMinutes(ages.median)} or longer, the longest for ${formatMinutes(ages.max)}.`,
      ),
    );
  }
  return sentences;
}

/** What became of those of the dump before, and where the others came from. */
function fateSentence(
  history: GroupHistory,
  context: GroupContext,
  { stuck, born, movedIn, left, movedOut }: HistoryStep,
  a: number,
  b: number,
): Sentence {
  const of = (fate: Fate) => changes(history, context, a, b, fate);
  const before = stuck + left + movedOut;
  const moved = movedIn === 0 ? [] : [', ', counted(movedIn, of('moved')), ' moved here'];
  if (before === 0) return sentence(counted(born, of('born')), ' were born since the dump before', ...moved, '.');
  return sentence(
    stuck === before ? 'All ' : '',
    counted(stuck, of('stuck')),
    stuck === before ? '' : ` of ${formatCount(before)}`,
    ' goroutines of the dump before are still at the same stack; ',
    counted(born, of('born')),
    ' were born since',
    ...moved,
    ', ',
    counted(left, of('left')),
    movedOut === 0 ? ' ended.' : ` ended and ${formatCount(movedOut)} moved on.`,
  );
}

function peakWords({ peak, last, base }: Shape): string {
  return peak > last && isMuch(peak - last, base) ? `, at most ${formatCount(peak)}` : '';
}

function spikeSentence(history: GroupHistory, context: GroupContext, shape: Shape): Sentence {
  return sentence(
    'It rose to ',
    counted(shape.peak, inDump(history, context, context.dumps[history.counts.indexOf(shape.peak)] ?? 0)),
    ' and came back to ',
    counted(shape.last, inDump(history, context, context.dumps.at(-1) ?? 0)),
    '.',
  );
}

function replacedSentence(history: GroupHistory, context: GroupContext): Sentence {
  const step = history.steps.at(-1);
  const [dumpA, dumpB] = [context.dumps.at(-2) ?? 0, context.dumps.at(-1) ?? 0];
  return sentence(
    ...firstAndLast(history, context),
    ', but they are not the same goroutines: only ',
    counted(step?.stuck ?? 0, changes(history, context, dumpA, dumpB, 'stuck')),
    ` of ${formatCount(step === null || step === undefined ? 0 : step.stuck + step.left + step.movedOut)} of the dump before are still at the same stack.`,
  );
}

function loadSentence(history: GroupHistory, context: GroupContext): Sentence {
  return sentence(
    ...firstAndLast(history, context),
    ', while the load is on: whether it falls with the load is not known yet.',
  );
}

function freshSentence(history: GroupHistory, context: GroupContext): Sentence {
  return sentence(...firstAndLast(history, context), '; whether those that came will stay is not known yet.');
}

function stuckSentence(history: GroupHistory, context: GroupContext): Sentence {
  const [a, b] = [context.dumps[0] ?? 0, context.dumps.at(-1) ?? 0];
  return sentence(
    counted(history.stuckThrough ?? 0, changes(history, context, a, b, 'stuck')),
    ` stand at the same stack in the first and the last dump, for up to ${formatMinutes(history.ages?.max ?? 0)}: ${restWords(history.rest)}.`,
  );
}

function restWords(rest: RestKind): string {
  switch (rest) {
    case 'lock':
      return 'a lock that nobody lets go of';
    case 'send':
      return 'a send that nobody receives';
    case 'never':
      return 'nothing can wake them';
    default:
      return 'what they wait for does not end';
  }
}
