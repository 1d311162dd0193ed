import type { Level } from '../group/levels.ts';
import { isUnhealthyRest } from '../group/rest-place.ts';
import { formatCount, formatMinutes, formatShare } from '../words/numbers.ts';
import type { GroupHistory } from './histories.ts';
import type { GroupCall } from './judge-group.ts';
import { counted, sentence } from './sentences.ts';
import { type Proof, provenSentence } from './tell-proof.ts';

/** So many goroutines at one place are much for any service (LeakProf reports from 10,000 on). */
const VERY_MANY = 10_000;
/** So many are suspicious when they are most of what there is. */
const MANY = 1_000;
const LARGE_SHARE = 0.5;
/** At a place where healthy goroutines do not rest: so many that wait for a minute, or a few for so many minutes. */
const SEVERAL = 10;
const LONG_MINUTES = 5;

/**
 * Judges a group of a single dump: `suspicious` with reasons (age, count, share), never a leak without proof. `dump` is
 * its place in what is judged.
 */
export function judgeAlone(
  history: GroupHistory,
  { dump, level, proofs }: { readonly dump: number; readonly level: Level; readonly proofs: readonly Proof[] },
  goroutines: number,
): GroupCall {
  const { counts, ages, rest, leaked, key } = history;
  const count = counts[0] ?? 0;
  const show = { kind: 'group', dump, level, key } as const;
  if (leaked > 0) {
    return { call: 'leaked', growth: 0, evidence: [provenSentence(history, { dump, level, proofs })] };
  }
  const reasons: string[] = [];
  const share = goroutines > 0 ? count / goroutines : 0;
  const old = ages !== null && ages.printed * 2 >= count;
  if (isUnhealthyRest(rest) && old && (count >= SEVERAL || ages.max >= LONG_MINUTES)) {
    reasons.push(
      `healthy goroutines do not stand there for minutes, but half of these have for ${formatMinutes(ages.median)} or longer, the longest for ${formatMinutes(ages.max)}`,
    );
  }
  if (rest !== 'work' && count >= VERY_MANY)
    reasons.push(`${formatCount(count)} at one place are many for any service`);
  else if (rest !== 'work' && count >= MANY && share >= LARGE_SHARE) {
    reasons.push(`they are ${formatShare(count, goroutines)} of all goroutines`);
  }
  if (reasons.length === 0) return { call: 'cannot-tell', growth: 0, evidence: [] };
  return {
    call: 'suspicious',
    growth: 0,
    evidence: [
      sentence(
        counted(count, show),
        ` ${count === 1 ? 'goroutine' : 'goroutines'} ${history.state === 'unknown' ? '' : `in ${history.state} `}at one place: ${reasons.join('; ')}.`,
      ),
    ],
  };
}
