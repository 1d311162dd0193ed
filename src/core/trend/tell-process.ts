import type { Level } from '../group/levels.ts';
import { formatCount, formatNumberOf, formatShare } from '../words/numbers.ts';
import { wavesClimb } from './guess-phases.ts';
import type { CountCurve, Moment } from './moments.ts';
import type { Phase } from './phase.ts';
import { counted, countedGoroutines, linked, sentence } from './sentences.ts';
import { isMuch, type Shape } from './shape.ts';
import type { Call, GroupVerdict, Sentence, Wave } from './verdict.ts';

/** A dump whose counts can be set against those of others. */
export interface JudgedDump {
  readonly moment: Moment;
  /** Place in what is judged. */
  readonly place: number;
  /** Place in the process. */
  readonly member: number;
}

/** What the story of a process is told from. */
export interface ProcessFacts {
  readonly call: Call;
  readonly level: Level;
  readonly judged: readonly JudgedDump[];
  readonly goroutines: readonly number[];
  /** Groups that bear the call; where none does, those to look at. */
  readonly leading: readonly Omit<GroupVerdict, 'process'>[];
  readonly total: Shape | null;
  readonly counts: { readonly shape: Shape; readonly counts: readonly number[] } | null;
  readonly waves: readonly Wave[];
  /** What leak profiles say. */
  readonly proven: readonly Sentence[];
  readonly context: {
    readonly spanWords: string;
    readonly phases: readonly (Phase | null)[];
    /** The phase of the last dump was not marked by the user. */
    readonly lastIsGuess: boolean;
  };
  readonly curve: CountCurve | null;
  /** Groups are kept out of the story by their marks. */
  readonly hasLeftOut: boolean;
}

/** The headline and the sentences that bear it. */
export function tellProcess(facts: ProcessFacts): { headline: Sentence; evidence: Sentence[] } {
  const { judged, goroutines, leading, total, counts, waves, proven, context, curve, hasLeftOut } = facts;
  const evidence: Sentence[] = [...proven];
  for (const group of leading.slice(0, 3)) {
    evidence.push(
      ...group.evidence.map((each, at) => (at === 0 ? sentence(groupLink(facts, group), ': ', ...each) : each)),
    );
  }
  // These are of all goroutines: they would bear a call that the groups left out no longer make.
  if (!hasLeftOut && wavesClimb(waves)) {
    evidence.push(
      sentence(
        'Each of ',
        linked(`${waves.length} waves`, { kind: 'timeline' }),
        ` left the count higher than the one before: ${[waves[0]?.base ?? 0, ...waves.map(({ rest }) => rest)].map(formatCount).join(', ')}.`,
      ),
    );
  }
  if (!hasLeftOut && context.phases.at(-1) === 'after' && total !== null && total.peak > total.base) {
    const share = (total.last - total.base) / (total.peak - total.base);
    evidence.push(
      sentence(
        `After the load had fallen,${context.lastIsGuess ? ' as guessed,' : ''} ${formatShare(Math.max(0, share), 1)} of the rise was still there (`,
        counted(total.last, { kind: 'dump', dump: judged.at(-1)?.place ?? 0 }),
        ` of at most ${formatCount(total.peak)}, from ${formatCount(total.base)}).`,
      ),
    );
  }
  if (curve !== null && counts !== null) {
    const { shape } = counts;
    evidence.push(
      sentence(
        `${formatNumberOf(curve.counts.length, 'count')} without stacks (`,
        linked(curve.name, { kind: 'timeline' }),
        `) ${curveWords(shape)}: from ${formatCount(shape.base)} to ${formatCount(shape.last)}, at most ${formatCount(shape.peak)}.`,
      ),
    );
  }
  for (const { moment, place } of judged) {
    if (!moment.index.dump.truncated) continue;
    evidence.push(
      sentence(linked(moment.name, { kind: 'dump', dump: place }), ' is cut short: its counts are lower bounds.'),
    );
  }
  return { headline: headlineOf(facts, goroutines), evidence };
}

function groupLink({ level, judged }: ProcessFacts, { key, name }: { key: string; name: string }): Sentence[number] {
  return linked(name, { kind: 'group', dump: judged.at(-1)?.place ?? 0, level, key });
}

function curveWords(shape: Shape): string {
  switch (shape.kind) {
    case 'growing':
      return 'grow';
    case 'raised':
      return 'rose and stayed up';
    case 'fresh':
      return 'rose at the end';
    case 'spike':
      return 'rose and came back';
    case 'shrinking':
      return 'fell';
    case 'steady':
      return 'are steady';
  }
}

function headlineOf(facts: ProcessFacts, goroutines: readonly number[]): Sentence {
  const { judged, call, context, counts, leading } = facts;
  const [first, last] = [judged[0], judged.at(-1)];
  if (first === undefined || last === undefined) {
    const shape = counts?.shape;
    if (shape === undefined) return sentence('Too few counts to judge.');
    return sentence(
      linked(`${formatCount(shape.base)} → ${formatCount(shape.last)} goroutines`, { kind: 'timeline' }),
      ' by counts alone.',
    );
  }
  const largest = leading[0];
  const span = context.spanWords === '' ? '' : ` in ${context.spanWords}`;
  if (judged.length === 1) {
    return sentence(
      countedGoroutines(goroutines[0] ?? 0, { kind: 'dump', dump: first.place }),
      ' in one dump',
      largest === undefined ? '.' : '; ',
      largest === undefined ? '' : `${formatShare(largest.counts[0] ?? 0, goroutines[0] ?? 0)} are `,
      largest === undefined ? '' : groupLink(facts, largest),
      largest === undefined ? '' : '.',
    );
  }
  const [from, to] = [goroutines[0] ?? 0, goroutines.at(-1) ?? 0];
  const peak = facts.total?.peak ?? to;
  const path = sentence(
    counted(from, { kind: 'dump', dump: first.place }),
    ' → ',
    peak > Math.max(from, to) && isMuch(peak - to, to)
      ? counted(peak, { kind: 'dump', dump: judged[goroutines.indexOf(peak)]?.place ?? 0 })
      : '',
    peak > Math.max(from, to) && isMuch(peak - to, to) ? ' → ' : '',
    counted(to, { kind: 'dump', dump: last.place }),
    ` goroutines${span}`,
  );
  if (largest === undefined) return sentence(...path, '.');
  const all = leading.reduce((sum, { growth }) => sum + Math.max(0, growth), 0);
  const share =
    call === 'growing' || call === 'raised' || call === 'cannot-tell'
      ? to > from && largest.growth <= to - from
        ? `. ${formatShare(largest.growth, to - from)} of the growth: `
        : `. ${formatShare(largest.growth, all)} of what ${call === 'raised' ? 'stayed' : 'grew'}: `
      : '. ';
  return sentence(...path, share, groupLink(facts, largest), '.');
}
