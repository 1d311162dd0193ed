import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import type { DumpEntry } from '../../../src/store/state.ts';
import type { PhaseMap } from '../../../src/views/timeline/dump-phases.ts';
import { fitLine } from '../../../src/views/timeline/fit-line.ts';
import {
  confidenceWords,
  doublingCell,
  intervalCell,
  sinceCell,
  slopeCell,
} from '../../../src/views/timeline/fit-words.ts';
import { borderPixels, nearestStop, phaseAreas } from '../../../src/views/timeline/phase-scale.ts';
import { phaseSlots } from '../../../src/views/timeline/phase-slots.ts';
import { processLines, totalRuns } from '../../../src/views/timeline/process-lines.ts';
import { timelinePoints, timelineRows } from '../../../src/views/timeline/timeline-points.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';
import { growthFit, processVerdict, verdict } from '../verdict/verdicts.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 23, 2, 0);

/** A dump of an instance, so many milliseconds after T0. */
const dump = (instance: string | null, at: number, goroutines = 10): DumpEntry => {
  const plain = dumpSummary();
  const name = `${instance}-${at}`;
  return dumpEntry({
    summary: dumpSummary({ id: dumpId(name), name, goroutines, provenance: { ...plain.provenance, instance } }),
    takenAtMs: T0 + at,
  });
};
const pointsOf = (dumps: readonly DumpEntry[]) => {
  const table: SeriesTable = {
    level: 'place',
    total: dumps.map(({ summary }) => summary.goroutines),
    fit: null,
    series: [],
    otherGroups: 0,
  };
  return timelinePoints(dumps, table, true).points;
};
const replyOf = (dumps: readonly DumpEntry[], processes: Parameters<typeof processVerdict>[0][]) => ({
  verdict: verdict({ processes: processes.map(processVerdict) }),
  dumpIds: dumps.map(({ summary }) => summary.id),
});

describe('lines of processes', () => {
  const dumps = [dump('a', 0, 10), dump('b', 1000, 5), dump('a', 60_000, 11), dump('b', 61_000, 90)];

  test('are those of the verdict, in the order of time', () => {
    const reply = replyOf(dumps, [
      { name: 'a', instance: 'a', dumps: [0, 2] },
      { name: 'b', instance: 'b', dumps: [1, 3], odd: ['b has ', { text: '90', show: { kind: 'timeline' } }] },
    ]);
    const lines = processLines(pointsOf(dumps), reply);
    expect(lines.map(({ name, odd, points }) => [name, odd, points.map(({ total }) => total)])).toEqual([
      ['a', '', [10, 11]],
      ['b', 'b has 90', [5, 90]],
    ]);
    expect(lines[0]?.style?.color).not.toBe(lines[1]?.style?.color);
  });

  test('are the instances while no verdict is there', () => {
    expect(processLines(pointsOf(dumps), null).map(({ name, points }) => [name, points.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  test('are not drawn for one instance, nor where only some dumps name it', () => {
    expect(processLines(pointsOf([dump('a', 0), dump('a', 1000)]), null)).toEqual([]);
    expect(processLines(pointsOf([dump('a', 0), dump(null, 1000)]), null)).toEqual([]);
  });

  test('after a restart keep the colour of the instance, and change their points', () => {
    const reply = replyOf(dumps, [
      { name: 'a', instance: 'a', dumps: [0] },
      { name: 'a after a restart', instance: 'a', dumps: [2] },
      { name: 'b', instance: 'b', dumps: [1, 3] },
    ]);
    const [first, second, other] = processLines(pointsOf(dumps), reply).map(({ style }) => style);
    expect(second?.color).toBe(first?.color);
    expect(second?.shape).not.toBe(first?.shape);
    expect(other?.color).not.toBe(first?.color);
  });

  test('past the twenty-fourth are grey: those that changed least and are not odd', () => {
    const many = Array.from({ length: 30 }, (_, i) => [dump(`p${i}`, i, 10), dump(`p${i}`, 60_000 + i, 10 + i)]).flat();
    const sorted = many.sort((a, b) => (a.takenAtMs ?? 0) - (b.takenAtMs ?? 0));
    const places = (name: string) =>
      sorted.flatMap(({ summary }, at) => (summary.provenance.instance === name ? at : []));
    const processes = Array.from({ length: 30 }, (_, i) => ({
      name: `p${i}`,
      instance: `p${i}`,
      dumps: places(`p${i}`),
      odd: i === 2 ? ['p2 stands apart'] : null,
    }));
    const lines = processLines(pointsOf(sorted), replyOf(sorted, processes));
    const grey = lines.filter(({ style }) => style === null).map(({ name }) => name);
    expect(grey).toEqual(['p0', 'p1', 'p3', 'p4', 'p5', 'p6']);
    const looks = new Set(lines.flatMap(({ style }) => (style === null ? [] : `${style.color} ${style.dash}`)));
    expect(looks.size).toBe(24);
  });
});

test('the total of one instance is parted where it was restarted', () => {
  const dumps = [dump('a', 0), dump('a', 1000), dump('a', 5000)];
  const points = pointsOf(dumps);
  expect(totalRuns(points, null).map(({ restartX }) => restartX)).toEqual([null]);
  const runs = totalRuns(points, replyOf(dumps, [{ dumps: [0, 1] }, { dumps: [2] }]));
  expect(runs.map(({ dumps: own, restartX }) => [own.size, restartX])).toEqual([
    [2, null],
    [1, T0 + 3000],
  ]);
});

test('dumps of several processes at one moment are one row of no dump in particular', () => {
  const points = pointsOf([dump('a', 0), dump('b', 0), dump('a', 1000)]);
  expect(timelineRows(points, [], true).map(({ x, point }) => [x - T0, point?.dump.name])).toEqual([
    [0, undefined],
    [1000, 'a-1000'],
  ]);
  expect(timelineRows(points, [])).toHaveLength(3);
});

describe('rounds of many instances', () => {
  const rounds = [0, 300_000, 600_000];
  const dumps = rounds.flatMap((at) => ['a', 'b', 'c'].map((pod, i) => dump(pod, at + 1000 * i)));
  const phases: PhaseMap = new Map([
    [dumpId('a-0'), { phase: 'before', guessed: true }],
    [dumpId('b-1000'), { phase: 'before', guessed: true }],
    [dumpId('c-2000'), { phase: 'load', guessed: true }],
    [dumpId('a-300000'), { phase: 'before', guessed: true }],
    [dumpId('b-301000'), { phase: 'load', guessed: false }],
  ]);

  test('are marked together, by what was marked before what most were guessed to be', () => {
    const points = pointsOf(dumps);
    const slots = phaseSlots(points, processLines(points, null), phases);
    expect(slots.map(({ ids, name, known }) => [ids.length, name, known.phase, known.guessed])).toEqual([
      [3, 'a-0 and 2 more', 'before', true],
      [3, 'a-300000 and 2 more', 'load', false],
      [3, 'a-600000 and 2 more', null, false],
    ]);
  });

  test('of one process are its dumps', () => {
    expect(phaseSlots(pointsOf(dumps), [], phases)).toHaveLength(9);
  });
});

describe('phases on the axis', () => {
  const xs = [0, 100, 300];
  const scale = { left: 50, width: 332, padding: 16, firstX: 0, lastX: 300 };

  test('borders stand half way between two dumps, the first and last at the edges', () => {
    expect([0, 1, 2, 3].map((place) => borderPixels(scale, xs, place))).toEqual([50, 116, 266, 382]);
    expect(nearestStop(scale, xs, [0, 1, 2, 3], 180)).toBe(1);
    expect(nearestStop(scale, xs, [], 180)).toBeNull();
  });

  test('areas reach from border to border', () => {
    const bands = [
      { phase: null, from: 0, to: 1, guessed: 0 },
      { phase: 'load' as const, from: 1, to: 3, guessed: 0 },
    ];
    expect(phaseAreas(bands, xs)).toEqual([{ key: '1 load', phase: 'load', fromX: 50, toX: null }]);
  });
});

describe('a fit', () => {
  const fit = growthFit({ slopePerHour: 100, lowPerHour: 80, highPerHour: 120, lastMs: T0 + 2 * HOUR, lastCount: 500 });

  test('is a line back to the first moment, to 0, or to where growth began', () => {
    expect(fitLine(fit, T0)?.segment).toEqual([
      { x: T0, y: 300 },
      { x: T0 + 2 * HOUR, y: 500 },
    ]);
    expect(fitLine({ ...fit, lastCount: 100 }, T0)?.segment[0]).toEqual({ x: T0 + HOUR, y: 0 });
    const start = { fromMs: T0 + HOUR, toMs: T0 + 1.5 * HOUR };
    expect(fitLine({ ...fit, start }, T0)).toMatchObject({
      segment: [{ x: T0 + HOUR, y: 400 }, {}],
      start: { ...start, words: 'about 03:15' },
    });
  });

  test('is not drawn unless it surely grows', () => {
    expect(fitLine({ ...fit, lowPerHour: 0 }, T0)).toBeNull();
    expect(fitLine(null, T0)).toBeNull();
  });

  test('in words', () => {
    const words = growthFit({ start: { fromMs: T0, toMs: T0 + 10 * 60_000 }, doublingMs: 52 * 60_000 });
    expect([slopeCell(words), intervalCell(words), sinceCell(words), doublingCell(words)]).toEqual([
      '+1,240/h',
      '(1,100 to 1,400)',
      'about 02:05',
      '52 min',
    ]);
    const nextDay = growthFit({ start: { fromMs: T0, toMs: T0 }, lastMs: T0 + 48 * HOUR });
    expect(sinceCell(nextDay)).toBe('about 23 Nov 02:00:00');
    expect(sinceCell(growthFit())).toBe('');
    expect(confidenceWords([{ confidence: 0.95 }])).toBe('95\u00a0%');
    expect(confidenceWords([{ confidence: 2 / 3 }, { confidence: 0.95 }])).toBe('67 to 95\u00a0%');
  });
});
