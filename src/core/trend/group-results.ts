import type { GroupHistory } from './histories.ts';
import type { GroupCall } from './judge-group.ts';
import { sentence } from './sentences.ts';
import type { TeamWord } from './team-words.ts';
import { type Proof, suspectedSentence } from './tell-proof.ts';
import { CALLS, type Sentence } from './verdict.ts';

/** A group as it was judged, with what the team says of it. */
export interface GroupResult extends GroupCall {
  readonly history: GroupHistory;
  readonly mark: TeamWord | null;
}

/** Whether somebody should look at it. */
export function isAlarming({ call }: GroupCall): boolean {
  return CALLS.indexOf(call) <= CALLS.indexOf('suspicious');
}

/**
 * Results that would be named were they not marked expected or done. Of a single dump in which nothing alarms these are
 * the largest ones, down to the first without such a mark.
 */
export function resultsLeftOut(results: readonly GroupResult[]): ReadonlySet<GroupResult> {
  const isExcused = ({ mark, call }: GroupResult): boolean =>
    (mark === 'expected' || mark === 'done') && call !== 'leaked';
  const out = new Set(results.filter((each) => isExcused(each) && (isAlarming(each) || isOpen(each))).sort(byAlarm));
  if (results.some((each) => !out.has(each) && (isAlarming(each) || isOpen(each)))) return out;
  const alone = results.filter(isUnjudged).sort(byAlarm);
  const first = alone.findIndex((each) => !isExcused(each));
  for (const each of alone.slice(0, first < 0 ? alone.length : first)) out.add(each);
  return out;
}

/** Whether groups that are left out bear most of the growth, or of a single dump: then a count without stacks says no more. */
export function explain(leftOut: ReadonlySet<GroupResult>, goroutines: readonly number[]): boolean {
  const [first, last] = [goroutines[0] ?? 0, goroutines.at(-1) ?? 0];
  const isOne = goroutines.length === 1;
  let sum = 0;
  for (const { history, growth } of leftOut) sum += isOne ? (history.counts[0] ?? 0) : Math.max(0, growth);
  return sum > 0 && sum * 2 >= (isOne ? last : last - first);
}

/** Why a group is called so, and what marks and leak profiles do to that. */
export function evidenceOf(result: GroupResult, proofs: readonly Proof[]): readonly Sentence[] {
  const { call, mark, evidence, history } = result;
  if (call === 'leaked') {
    const isExcused = mark === 'expected' || mark === 'done';
    if (!isExcused) return evidence;
    // In the sentence that names the group: among those of other groups it would be about nobody.
    const [first = [], ...rest] = evidence;
    return [sentence(...first, ` Marked ${mark}, but what is proven leaked stays.`), ...rest];
  }
  const suspected = isAlarming(result) ? suspectedSentence(history, proofs) : null;
  return [
    ...(mark === 'suspect' && !isAlarming(result) ? [sentence('Marked suspect.')] : []),
    ...evidence,
    ...(suspected === null ? [] : [suspected]),
  ];
}

/** What to look at where no group is alarming: those that rose and may stay, of a single dump the largest. */
export function undecided(results: readonly GroupResult[]): GroupResult[] {
  const rose = results.filter(isOpen).sort(byAlarm);
  if (rose.length > 0) return rose.slice(0, 3);
  return results.filter(isUnjudged).sort(byAlarm).slice(0, 1);
}

/** It rose, and nobody knows yet whether it stays. */
function isOpen({ call, evidence }: GroupResult): boolean {
  return call === 'cannot-tell' && evidence.length > 0;
}

/** Of a single dump, without a reason to look closer. */
function isUnjudged({ call, evidence, history }: GroupResult): boolean {
  return call === 'cannot-tell' && evidence.length === 0 && history.counts.length === 1;
}

/** Most alarming first, then largest growth. */
export function byAlarm(left: GroupResult, right: GroupResult): number {
  const calls = CALLS.indexOf(left.call) - CALLS.indexOf(right.call);
  if (calls !== 0) return calls;
  const size = ({ growth, history }: GroupResult): number => growth * 1e7 + (history.counts.at(-1) ?? 0);
  return size(right) - size(left) || (left.history.key < right.history.key ? -1 : 1);
}
