import { describe, expect, test } from 'vitest';
import type { ProcessVerdict } from '../../../src/core/trend/verdict.ts';
import {
  fleetRows,
  type InstanceColumn,
  instanceRows,
  sortInstances,
} from '../../../src/views/instances/instance-rows.ts';
import { growthFit, processVerdict, verdict } from '../verdict/verdicts.ts';

const process = (name: string, totals: number[], over: Partial<ProcessVerdict> = {}) =>
  processVerdict({ name, instance: name, totals, dumps: totals.map((_, at) => at), call: 'steady', ...over });

const rows = instanceRows(
  verdict({
    processes: [
      process('pod-10', [5, 9], { call: 'raised' }),
      process('pod-9', [100, 90], { fit: growthFit({ slopePerHour: -10 }) }),
      process('pod-1', [10, 500], {
        call: 'growing',
        odd: ['pod-1 stands apart'],
        fit: growthFit({ slopePerHour: 980 }),
      }),
      process('pod-2', [10, 10, 12], { call: 'steady' }),
    ],
  }),
);
const sorted = (column: InstanceColumn, descending: boolean) =>
  sortInstances(rows, { column, descending }).map(({ name }) => name);

test('a process is a row of its first and last count', () => {
  expect(rows[2]).toMatchObject({ process: 2, first: 10, last: 500, change: 490, call: 'growing' });
});

describe('instances are sorted', () => {
  test.each([
    ['odd', true, ['pod-1', 'pod-10', 'pod-2', 'pod-9']],
    ['call', true, ['pod-1', 'pod-10', 'pod-2', 'pod-9']],
    // Numbers in names count as numbers.
    ['name', false, ['pod-1', 'pod-2', 'pod-9', 'pod-10']],
    ['name', true, ['pod-10', 'pod-9', 'pod-2', 'pod-1']],
    ['dumps', true, ['pod-2', 'pod-1', 'pod-10', 'pod-9']],
    ['last', true, ['pod-1', 'pod-9', 'pod-2', 'pod-10']],
    ['change', false, ['pod-9', 'pod-2', 'pod-10', 'pod-1']],
    // Without a slope they come last either way.
    ['slope', true, ['pod-1', 'pod-9', 'pod-10', 'pod-2']],
    ['slope', false, ['pod-9', 'pod-1', 'pod-10', 'pod-2']],
  ] as const)('by %s, descending %s', (column, descending, names) => {
    expect(sorted(column, descending)).toEqual(names);
  });
});

test('a group over instances says least, middle, most and where', () => {
  const [row, alike] = fleetRows({
    groups: [
      { key: 'k', name: 'n', rms: 4000, counts: [3, 8000, 5, 4] },
      { key: 'l', name: 'm', rms: 7, counts: [7, 7, 7] },
    ],
  });
  expect(row).toMatchObject({ least: 3, median: 4.5, most: 8000, largest: 1, largestTimes: 1 });
  expect(alike).toMatchObject({ least: 7, median: 7, most: 7, largest: 0, largestTimes: 3 });
});
