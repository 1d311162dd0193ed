import { NO_WAIT } from '../../core/group/group-table.ts';
import { textAt } from '../../core/group/text-column.ts';
import type { TableCauses } from '../../store/state.ts';
import { formatWaitRange } from '../../ui/format.ts';
import type { GroupsReply } from '../../worker/protocol.ts';
import { type Mark, markOf } from '../causes/cause-words.ts';

/** One group as the table shows it. */
export interface GroupRow {
  readonly key: string;
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
  /** What is known of its cause. */
  readonly mark: Mark | null;
}

/** Gathers a group from the columns. */
export function groupRow(
  { table, previousCount }: GroupsReply,
  index: number,
  causes: TableCauses | null = null,
): GroupRow {
  const min = table.waitMin[index] ?? NO_WAIT;
  const median = table.waitMedian[index] ?? NO_WAIT;
  const max = table.waitMax[index] ?? NO_WAIT;
  const unknown = table.waitUnknown[index] ?? 0;
  const known = min !== NO_WAIT;
  return {
    key: table.key[index] ?? '',
    name: textAt(table.name, index),
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
    mark: causes === null ? null : markOf(causes, index),
  };
}
