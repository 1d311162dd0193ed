import { NO_WAIT } from '../../core/group/group-table.ts';
import { formatWaitRange } from '../../ui/format.ts';
import type { GroupsReply } from '../../worker/protocol.ts';

/** One group as the table shows it. */
export interface GroupRow {
  readonly name: string;
  readonly count: number;
  /** Of the whole dump. */
  readonly goroutines: number;
  /** Goroutines of it in the previous dump; null without one. */
  readonly previous: number | null;
  readonly state: string;
  readonly inferredState: string;
  readonly stateCount: number;
  /** "1–6–14 min"; empty when no goroutine prints minutes. */
  readonly wait: string;
  readonly waitTitle: string;
  readonly createdBy: string;
  readonly createdByCount: number;
}

/** Gathers a group from the columns. */
export function groupRow({ table, previousCount }: GroupsReply, index: number): GroupRow {
  const min = table.waitMin[index] ?? NO_WAIT;
  const median = table.waitMedian[index] ?? NO_WAIT;
  const max = table.waitMax[index] ?? NO_WAIT;
  const unknown = table.waitUnknown[index] ?? 0;
  const known = min !== NO_WAIT;
  return {
    name: table.name[index] ?? '',
    count: table.count[index] ?? 0,
    goroutines: table.goroutines,
    previous: previousCount === null ? null : (previousCount[index] ?? 0),
    state: table.state[index] ?? '',
    inferredState: table.inferredState[index] ?? '',
    stateCount: table.stateCount[index] ?? 1,
    wait: known ? formatWaitRange(min, median, max) : '',
    waitTitle: known
      ? `Waits: least ${min}, middle ${median}, longest ${max} minutes${unknown > 0 ? `; ${unknown.toLocaleString('en-GB')} print none` : ''}`
      : 'No goroutine of the group prints how long it waits.',
    createdBy: table.createdBy[index] ?? '',
    createdByCount: table.createdByCount[index] ?? 0,
  };
}
