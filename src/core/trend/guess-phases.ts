import type { Phase } from './phase.ts';
import { isMuch } from './shape.ts';
import type { Wave } from './verdict.ts';

/** Words in names of dumps that say when they were taken. A hint, never proof: what is guessed is called a guess. */
const NAMED: readonly (readonly [words: RegExp, phase: Phase])[] = [
  [/(?:^|[^a-z])(?:before|baseline|idle|start)(?:[^a-z]|$)/i, 'before'],
  [/(?:^|[^a-z])(?:after|recovered|cooldown|post)(?:[^a-z]|$)/i, 'after'],
  [/(?:^|[^a-z])(?:load|loaded|during|under|peak|busy)(?:[^a-z]|$)/i, 'load'],
];

/** A rise is a wave when it takes this share of what was there, and a fall ends it when it takes this share of the rise. */
const RISES = 0.5;
const FALLS = 0.3;

/**
 * Phases of the dumps of one process in time order, from their names where all names say one, else from the curve: up to
 * the rise is before, around the peak is under load, after the fall is after. Null where nothing tells, as when the count
 * never falls: then nobody but the user knows when the load did.
 */
export function guessPhases(names: readonly string[], counts: readonly number[]): (Phase | null)[] {
  const named = names.map((name) => phaseOfName(name));
  if (named.length > 0 && named.every((phase) => phase !== null)) return named;
  const nothing = counts.map(() => null);
  const [first = 0] = counts;
  const peak = counts.reduce((most, count) => Math.max(most, count), 0);
  const peakAt = counts.indexOf(peak);
  const last = counts.at(-1) ?? 0;
  if (counts.length < 3 || peakAt === 0 || peakAt === counts.length - 1) return nothing;
  const base = Math.min(...counts.slice(0, peakAt));
  const rise = peak - base;
  if (!isMuch(rise, base) || rise < RISES * first || peak - last < FALLS * rise) return nothing;
  const isHigh = (count: number) => count - base >= rise / 2;
  const from = counts.findIndex(isHigh);
  const to = counts.findLastIndex(isHigh);
  return counts.map((_, at) => (at < from ? 'before' : at <= to ? 'load' : 'after'));
}

function phaseOfName(name: string): Phase | null {
  const file = name.split('/').at(-1) ?? name;
  return NAMED.find(([words]) => words.test(file))?.[1] ?? null;
}

/**
 * Rises and falls of a count: each from a low point over a high one to the next low one, where the rise is half of the
 * largest one or more and the fall takes back a share of it. A rise that has not fallen yet is no wave.
 */
export function findWaves(counts: readonly number[]): Wave[] {
  const least = counts.reduce((min, count) => Math.min(min, count), counts[0] ?? 0);
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  const large = (most - least) * RISES;
  const waves: Wave[] = [];
  if (!isMuch(most - least, least)) return waves;
  let base = counts[0] ?? 0;
  let peak = base;
  let rest: number | null = null;
  for (const count of counts) {
    if (rest === null) {
      if (count > peak) peak = count;
      if (peak - base >= large && peak - count >= FALLS * (peak - base)) rest = count;
      else if (peak - base < large && count < base) {
        base = count;
        peak = count;
      }
      continue;
    }
    if (count < rest) rest = count;
    else if (count - rest >= large) {
      waves.push({ base, peak, rest });
      base = rest;
      peak = count;
      rest = null;
    }
  }
  if (rest !== null) waves.push({ base, peak, rest });
  return waves;
}

/** Each of two or more waves leaves the count higher than the one before it did: the mark of a leak under load. */
export function wavesClimb(waves: readonly Wave[]): boolean {
  if (waves.length < 2) return false;
  const levels = [waves[0]?.base ?? 0, ...waves.map(({ rest }) => rest)];
  const climb = (levels.at(-1) ?? 0) - (levels[0] ?? 0);
  return levels.every((level, at) => at === 0 || level > (levels[at - 1] ?? 0)) && isMuch(climb, levels[0] ?? 0);
}
