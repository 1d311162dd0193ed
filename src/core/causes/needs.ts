import type { DumpIndex } from '../group/cells.ts';
import { type Waits, waitsOf } from '../group/group-dump.ts';
import { type Ages, agesOfWaits, areSpread } from '../trend/histories.ts';
import { formatCount, formatMinutes, formatNumberOf } from '../words/numbers.ts';
import type { Needs } from './rule.ts';

/** Ages of a few goroutines are spread by chance. */
const SPREAD_COUNT = 10;

/** What is known of the goroutines of a group that a rule fits. */
export interface Evidence {
  readonly count: number;
  /** Null when the form prints none. */
  readonly waits: Waits | null;
  readonly ages: Ages | null;
  /** The verdict calls the group growing, raised or leaked. */
  readonly rising: boolean;
  /** Dumps that the verdict saw. */
  readonly dumps: number;
  /** Any goroutine of the dump prints minutes. */
  readonly dumpPrintsMinutes: boolean;
  readonly leaked: number;
}

/** The evidence in some cells. Cost: their distinct waits. */
export function gatherEvidence(
  index: DumpIndex,
  cells: Uint32Array,
  { rising, dumps, leaked }: Pick<Evidence, 'rising' | 'dumps' | 'leaked'>,
): Evidence {
  let count = 0;
  for (const cell of cells) count += index.cells.count[cell] ?? 0;
  const waits = index.dump.rows.waitMinutes === null ? null : waitsOf(index, cells);
  return {
    rising,
    dumps,
    leaked,
    count,
    waits,
    ages: waits === null ? null : agesOfWaits(waits, count),
    dumpPrintsMinutes: index.cells.waitMinutes.length > 0,
  };
}

/** Goroutines that have waited for `minutes` or longer. */
export function waitedFor(waits: Evidence['waits'], minutes: number): number {
  let count = 0;
  waits?.minutes.forEach((printed, at) => {
    if (printed >= minutes) count += waits.counts[at] ?? 0;
  });
  return count;
}

/** What is known of a group before its evidence is gathered. */
export interface Bounds extends Pick<Evidence, 'rising' | 'dumps'> {
  /** Goroutines, at most. */
  readonly count: number;
  /** The longest printed wait; below zero when none is printed. */
  readonly longest: number;
  /** The form prints minutes. */
  readonly printsMinutes: boolean;
}

/** True when no evidence within the bounds can meet the needs, so that none is gathered: most groups are small and level. */
export function isHopeless(needs: Needs, { rising, dumps, count, longest, printsMinutes }: Bounds): boolean {
  if (needs.count !== undefined && count < needs.count) return true;
  if (needs.minutes !== undefined && printsMinutes && longest < needs.minutes) return true;
  if (rising) return false;
  const canBeSpread = dumps <= 1 && count >= SPREAD_COUNT;
  const canBeOld = needs.orMinutes !== undefined && longest >= needs.orMinutes;
  return needs.growth === true || (needs.growthOrAge === true && !canBeSpread && !canBeOld);
}

/**
 * Why the needs of a rule are met, in sentences; null when one is not. Minutes that a form never prints cannot be seen:
 * growth stands in for them.
 */
export function meetNeeds(needs: Needs, evidence: Evidence): string[] | null {
  const { count, waits, ages, rising, dumps } = evidence;
  const why: string[] = [];
  if (needs.count !== undefined) {
    if (count < needs.count) return null;
    why.push(`${formatNumberOf(count, 'goroutine')} in this group; from ${formatCount(needs.count)} on it tells.`);
  }
  const halfWaited = (minutes: number): boolean => waitedFor(waits, minutes) * 2 >= count && count > 0;
  if (needs.minutes !== undefined) {
    if (waits === null ? !rising : !halfWaited(needs.minutes)) return null;
    why.push(waits === null ? 'How long they have waited is not printed.' : ageSentence(needs.minutes));
  }
  if (needs.growth === true) {
    if (!rising) return null;
    why.push(RISING);
  }
  if (needs.growthOrAge === true) {
    if (rising) {
      if (needs.growth !== true) why.push(RISING);
    } else if (dumps <= 1 && ages !== null && count >= SPREAD_COUNT && areSpread(ages, count)) {
      why.push(
        `They came one after another: the longest has waited for ${formatMinutes(ages.max)}, others only began.`,
      );
    } else if (needs.orMinutes !== undefined && halfWaited(needs.orMinutes)) why.push(ageSentence(needs.orMinutes));
    else return null;
  }
  if (needs.awake === true) {
    if (ages === null || ages.printed > 0 || !evidence.dumpPrintsMinutes) return null;
    why.push('None of them prints minutes: they wake again and again.');
  }
  if (needs.leaked === true) {
    if (evidence.leaked === 0) return null;
    why.push(provenSentence(evidence.leaked));
  }
  return why;
}

const RISING = 'The group grew from dump to dump and did not come back.';

function ageSentence(minutes: number): string {
  return `Half of them or more have waited for ${formatMinutes(minutes)} or longer.`;
}

/** What a `(leaked)` mark means. */
export function provenSentence(leaked: number): string {
  return `${formatNumberOf(leaked, 'goroutine is', 'goroutines are')} proven leaked: the garbage collector found that nothing can wake ${leaked === 1 ? 'it' : 'them'}.`;
}
