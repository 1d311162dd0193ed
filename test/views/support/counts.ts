import type { CountLog } from '../../../src/core/model/count-log.ts';
import type { Race, RaceReport } from '../../../src/core/model/race-report.ts';
import type { CountEntry, CountId, RaceEntry } from '../../../src/store/state.ts';
import { dumpSummary, fileId } from './summaries.ts';

/** A count id of a plain word. */
export const countId = (word: string): CountId => word as CountId;

/** A count series of times (null: none told) and counts. */
export function countEntry(
  name: string,
  points: readonly (readonly [timeMs: number | null, count: number])[],
  over: Partial<CountLog> & { readonly instance?: string } = {},
): CountEntry {
  const { instance = null, ...log } = over;
  return {
    id: countId(name),
    fileId: fileId(`file of ${name}`),
    name,
    log: {
      form: 'log',
      provenance: { ...dumpSummary().provenance, fileName: name, path: name, instance },
      key: 'goroutines',
      timesMs: Float64Array.from(points, ([timeMs]) => timeMs ?? Number.NaN),
      counts: Float64Array.from(points, ([, count]) => count),
      lines: Int32Array.from(points, (_, index) => index + 1),
      caveats: [],
      ...log,
    },
  };
}

/** A race of a write in one goroutine and a read in the main one. */
export function race(over: Partial<Race> = {}): Race {
  const frame = (name: string, line: number) => ({
    function: name,
    file: '/srv/app/main.go',
    line,
    kind: 'go' as const,
  });
  return {
    line: 12,
    accesses: [
      { what: 'Write', address: '0x00c0000b4010', goroutine: 7, frames: [frame('main.count', 31)] },
      { what: 'Previous read', address: '0x00c0000b4010', goroutine: 'main', frames: [frame('main.main', 22)] },
    ],
    creations: [{ goroutine: 7, state: 'running', frames: [frame('main.main', 19)] }],
    notes: [],
    times: 1,
    ...over,
  };
}

/** The races of a file. */
export function raceEntry(name: string, races: readonly Race[], over: Partial<RaceReport> = {}): RaceEntry {
  return {
    fileId: fileId(`file of ${name}`),
    name,
    report: {
      provenance: { ...dumpSummary().provenance, fileName: name, path: name },
      races,
      reports: races.reduce((sum, { times }) => sum + times, 0),
      caveats: [],
      ...over,
    },
  };
}
