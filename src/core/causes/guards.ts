import { formatCount, formatMinutes } from '../words/numbers.ts';
import type { Guard } from './rule.ts';

/** The largest GOMAXPROCS there is: to Go 1.9 it was capped at this, and no machine goes beyond it since. */
const MAX_PROCESSORS = 1024;

/** What a benign rule fits in the whole dump. */
export interface GuardedGoroutines {
  readonly count: number;
  /** Of these, as many as have waited as long as a `young` guard does not allow. */
  readonly old: number;
  /** A group that is mostly of this rule is rising. */
  readonly rising: boolean;
}

/** Whether a guard holds, and the sentence that says why. */
export interface GuardAnswer {
  readonly holds: boolean;
  readonly why: string;
}

/** Asks a guard. Counts are of the whole process: many small groups break it as one large does. */
export function askGuard(guard: Guard, { count, old, rising }: GuardedGoroutines): GuardAnswer {
  const inAll = `${formatCount(count)} in the whole dump`;
  switch (guard.kind) {
    case 'at-most':
      return count <= guard.count
        ? { holds: true, why: `${inAll}; up to ${formatCount(guard.count)} are expected.` }
        : { holds: false, why: `${inAll}, but only ${formatCount(guard.count)} are expected in a process.` };
    case 'per-processor':
      return count <= MAX_PROCESSORS
        ? { holds: true, why: `${inAll}; one for each processor is expected.` }
        : { holds: false, why: `${inAll}: more than any machine has processors.` };
    case 'pool':
      if (count >= guard.count) {
        return { holds: false, why: `${inAll}; from ${formatCount(guard.count)} on they are too many for a pool.` };
      }
      if (rising && count <= (guard.fills ?? 0)) {
        return { holds: true, why: `${inAll}; up to ${formatCount(guard.fills ?? 0)} a pool may fill.` };
      }
      return rising
        ? { holds: false, why: `${inAll}, and they grew and did not come back; a pool stays level.` }
        : { holds: true, why: `${inAll}; up to ${formatCount(guard.count)} are expected while they do not grow.` };
    case 'young':
      if (count >= guard.count) {
        return { holds: false, why: `${inAll}; from ${formatCount(guard.count)} on they are too many.` };
      }
      return old * 2 >= count && count > 0
        ? {
            holds: false,
            why: `${inAll}, half of them or more for ${formatMinutes(guard.minutes)} or longer, which is too long here.`,
          }
        : {
            holds: true,
            why: `${inAll}; they are expected while they wait for less than ${formatMinutes(guard.minutes)}.`,
          };
  }
}
