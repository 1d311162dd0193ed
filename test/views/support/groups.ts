import { type GroupTable, NO_WAIT } from '../../../src/core/group/group-table.ts';
import type { GroupDetail } from '../../../src/worker/protocol.ts';
import { columnOf } from '../../support/text-column.ts';

/** A group table of name, count and state; all else as little as possible. */
export function groupTable(rows: readonly (readonly [name: string, count: number, state: string])[]): GroupTable {
  const filled = (value: number) => rows.map(() => value);
  return {
    level: 'place',
    goroutines: rows.reduce((sum, row) => sum + row[1], 0),
    length: rows.length,
    key: rows.map((row) => `key of ${row[0]}`),
    name: columnOf(rows.map((row) => [row[0]])),
    count: Float64Array.from(rows, (row) => row[1]),
    state: rows.map((row) => row[2]),
    inferredState: rows.map(() => ''),
    stateCount: Uint32Array.from(filled(1)),
    waitMin: Int32Array.from(filled(NO_WAIT)),
    waitMedian: Int32Array.from(filled(NO_WAIT)),
    waitMax: Int32Array.from(filled(NO_WAIT)),
    waitUnknown: Float64Array.from(rows, (row) => row[1]),
    createdBy: rows.map(() => 'main.main'),
    createdByCount: Uint32Array.from(filled(1)),
    stacks: Uint32Array.from(filled(1)),
    mainStack: Uint32Array.from(filled(0)),
  };
}

/** A group of one stack, with what a test cares about put over it. */
export function groupDetail(over: Partial<GroupDetail> = {}): GroupDetail {
  return {
    key: 'key of main.work → chan send',
    name: 'main.work → chan send',
    count: 8,
    inferredState: '',
    stacks: [
      {
        count: 8,
        state: 'chan send',
        frames: [{ function: 'main.work', file: '/srv/main.go', line: 42, kind: 'go' }],
        createdBy: null,
      },
    ],
    stackCount: 1,
    states: [['chan send', 8]],
    waits: [],
    waitUnknown: 8,
    lockWaits: 0,
    creators: null,
    labels: [],
    labelSetCount: 0,
    goroutines: [],
    rowCount: 0,
    fates: null,
    ...over,
  };
}
