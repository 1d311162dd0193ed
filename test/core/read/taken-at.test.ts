import { describe, expect, it } from 'vitest';
import { takenAtFromLine, takenAtFromName, takenAtOf } from '../../../src/core/read/taken-at.ts';
import { sourceOf } from '../../support/platform.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

describe('takenAtFromName', () => {
  it.each([
    ['2026-11-23T02-41-07Z.txt', '2026-11-23T02:41:07.000Z'],
    ['2026-11-23T02:41:07Z', '2026-11-23T02:41:07.000Z'],
    ['orders-2026-11-23T02:41:07+02:00.txt', '2026-11-23T00:41:07.000Z'],
    ['orders-2026-11-23T02-41-07-0500.txt', '2026-11-23T07:41:07.000Z'],
    ['goroutine-stacks-2026-11-23T024107Z.log', '2026-11-23T02:41:07.000Z'],
    ['20261123-024107.txt', '2026-11-23T02:41:07.000Z'],
    ['20261123T024107.250Z.txt', '2026-11-23T02:41:07.250Z'],
    ['20261123024107.txt', '2026-11-23T02:41:07.000Z'],
    ['2026-11-23_02.41.07', '2026-11-23T02:41:07.000Z'],
    ['2026_11_23_02_41_07.pb.gz', '2026-11-23T02:41:07.000Z'],
    ['2026.11.23 02:41:07', '2026-11-23T02:41:07.000Z'],
    ['dump 2026-11-23 0241.txt', '2026-11-23T02:41:00.000Z'],
    ['goroutine_dump.2026-11-23T02_41_07.123.double_since_last_dump.000001203.txt.gz', '2026-11-23T02:41:07.123Z'],
    ['20261123-024107-0100.txt', '2026-11-23T02:41:07.000Z'],
    ['goroutines-1795401667.txt', '2026-11-23T02:41:07.000Z'],
    ['goroutines-1795401667123.txt', '2026-11-23T02:41:07.123Z'],
    ['dump1795401667', '2026-11-23T02:41:07.000Z'],
  ])('%s was taken at %s', (name, want) => {
    expect(iso(takenAtFromName(name))).toBe(want);
  });

  it.each([
    ['a date alone', '2026-11-23.txt'],
    ['a time alone', '02-41-07.txt'],
    ['a month there is not', '2026-13-23T02-41-07Z'],
    ['a day there is not', '2026-02-30T02-41-07Z'],
    ['an hour there is not', '2026-11-23T24-41-07Z'],
    ['a year before Go', '2001-11-23T02-41-07Z'],
    ['seconds before Go', 'dump-1000000000.txt'],
    ['seconds after 2100', 'dump-4200000000.txt'],
    ['digits inside a hash', 'pod-7f1795401667ab.txt'],
    ['digits of another length', 'dump-179540166712.txt'],
    ['nothing', 'goroutine (1)'],
  ])('%s is no time: %s', (_, name) => {
    expect(takenAtFromName(name)).toBeNull();
  });
});

describe('takenAtFromLine', () => {
  it.each([
    ['2026-11-23T02:41:07.123456789Z panic: boom', '2026-11-23T02:41:07.123Z'],
    ['2026-11-23T02:41:07+01:00 stderr F SIGQUIT: quit', '2026-11-23T01:41:07.000Z'],
    ['2026-11-23T02:41:07-0500 SIGQUIT: quit', '2026-11-23T07:41:07.000Z'],
    ['2026/11/23 02:41:07 http: panic serving 10.0.0.7:51234: boom', '2026-11-23T02:41:07.000Z'],
    ['2026/11/23 02:41:07.250000 main.go:12: dump follows', '2026-11-23T02:41:07.250Z'],
    ['2026-11-23 02:41:07,250 INFO dump', '2026-11-23T02:41:07.250Z'],
    ['time="2026-11-23T02:41:07Z" level=info msg="dump"', '2026-11-23T02:41:07.000Z'],
    ['[2026-11-23T02:41:07Z] dump', '2026-11-23T02:41:07.000Z'],
  ])('%s', (line, want) => {
    expect(iso(takenAtFromLine(line))).toBe(want);
  });

  it.each([
    'I1123 02:41:07.000000   12 main.go:12] dump',
    'Nov 23 02:41:07 host app[12]: dump',
    'panic at 2026-11-23T02:41:07Z',
    '2026-11-23 dump',
    '1795401667 dump',
    '',
  ])('finds no time at the start of %s', (line) => {
    expect(takenAtFromLine(line)).toBeNull();
  });
});

describe('takenAtOf', () => {
  const modifiedMs = Date.UTC(2026, 10, 24);

  it('trusts the name of the file above its modification time', () => {
    const source = sourceOf('', { fileName: 'a-20261123-024107.txt', modifiedMs });
    expect(takenAtOf(source)).toEqual({ takenAtMs: Date.UTC(2026, 10, 23, 2, 41, 7), takenAtFrom: 'file-name' });
  });

  it('looks at the folders, innermost first, when the file name tells no time', () => {
    const path = '20250101-000000/2026-11-23T02-41-07Z/goroutine.prof';
    const source = sourceOf('', { fileName: 'goroutine.prof', path, modifiedMs });
    expect(takenAtOf(source)).toEqual({ takenAtMs: Date.UTC(2026, 10, 23, 2, 41, 7), takenAtFrom: 'file-name' });
  });

  it('falls back to the modification time', () => {
    expect(takenAtOf(sourceOf('', { modifiedMs }))).toEqual({ takenAtMs: modifiedMs, takenAtFrom: 'file-time' });
  });

  it('knows nothing of pasted text', () => {
    expect(takenAtOf(sourceOf(''))).toEqual({ takenAtMs: null, takenAtFrom: null });
  });
});
