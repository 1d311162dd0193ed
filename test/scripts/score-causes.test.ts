import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  causesToMarkdown,
  idleDumps,
  judgeCauseAims,
  KERNELS,
  readCauses,
  readIdle,
} from '../../scripts/score-causes.mjs';

const FAMILY = { L01: 'send', L14: 'cancel', L49: 'network' };
const group = (count: number, fn: string, id: string | null) => ({
  count,
  frames: [{ function: 'runtime.gopark' }, { function: fn }],
  cause: id === null ? null : { id, grade: 'strong' },
});
const analysis = (...groups: ReturnType<typeof group>[]) => ({
  dumps: [
    { format: 'traceback', groups: [group(1, 'main.culprit', 'L49')], goroutines: 1 },
    { format: 'traceback', groups, goroutines: 9, causes: { expected: { goroutines: 4 } } },
    { format: 'count-log', groups: [] },
  ],
});
const series = { name: 's', label: 'leak', set: 'seen', cause: 'send', culprit: ['main.culprit.func1'] };
const read = (...groups: ReturnType<typeof group>[]) => readCauses(analysis(...groups), series, 'all dumps', FAMILY);

describe('what is said of a culprit', () => {
  test('is read from the last dump of stacks, closures of any number', () => {
    expect(read(group(5, 'main.culprit.func2', 'L01'))).toMatchObject({ naming: 'right', rule: 'L01', suspects: [] });
    expect(read(group(5, 'main.culprit.func1', 'L14'))).toMatchObject({ naming: 'wrong', family: 'cancel' });
    expect(read(group(5, 'main.culprit', null))).toMatchObject({ naming: 'unnamed', rule: '' });
  });

  test('is what most of its goroutines are named, and no benign rule counts', () => {
    const groups = [group(2, 'main.culprit', 'L01'), group(3, 'main.culprit', 'L14'), group(9, 'main.culprit', 'B14')];
    expect(read(...groups)).toMatchObject({ naming: 'wrong', rule: 'L14' });
  });

  test('may be of the network where the culprit is in net/http', () => {
    const body = { ...series, cause: 'cancel', culprit: ['net/http.(*persistConn).readLoop'] };
    const said = analysis(group(5, 'net/http.(*persistConn).readLoop', 'L49'));
    expect(readCauses(said, body, 'all dumps', FAMILY).naming).toBe('right');
    expect(read(group(5, 'main.culprit', 'L49')).naming).toBe('wrong');
  });

  test('leaves other suspects beside it, each rule once', () => {
    const groups = [group(5, 'main.culprit', 'L01'), group(1, 'main.a', 'L14'), group(1, 'main.b', 'L14')];
    expect(read(...groups).suspects).toEqual(['L14']);
  });
});

describe('aims', () => {
  const results = (right: number, unnamed: number) => [
    ...Array.from({ length: right }, () => read(group(5, 'main.culprit', 'L01'))),
    ...Array.from({ length: unnamed }, () => read(group(5, 'main.culprit', null))),
  ];
  const kernels = (right: number, unnamed: number) =>
    results(right, unnamed).map((result) => ({ ...result, subset: KERNELS }));
  const calm = { file: 'nats-1/1-before.debug2.txt', goroutines: 9, expected: 4, suspects: [] };

  test('are met by nine of ten, and by no suspect in idle servers', () => {
    expect(judgeCauseAims([...results(9, 1), ...kernels(9, 1)], [calm]).map(({ met }) => met)).toEqual(
      Array(5).fill(true),
    );
    expect(
      judgeCauseAims([...results(7, 3), ...kernels(7, 3)], [{ ...calm, suspects: ['L01'] }]).map(({ met }) => met),
    ).toEqual(Array(5).fill(false));
    expect(judgeCauseAims([], []).every(({ met }) => met)).toBe(false);
  });

  test('stand in the report with what missed them', () => {
    const report = causesToMarkdown(results(1, 1), [calm]);
    expect(report).toContain('| leaks named rightly | at least 80 % | 1 of 2 (50 %) | missed |');
    expect(report).toContain('Not found:\n\n- `s` (send, seen)');
    expect(report).toContain('| nats-1/1-before.debug2.txt | 9 | 4 | – |');
    expect(report).not.toContain('## Kernels');
    expect(causesToMarkdown(kernels(3, 1), [calm])).toContain(
      '| send | 3 of 4 (75 %) | 3 of 4 (75 %) | 0 of 4 (0 %) |',
    );
  });
});

test('idle dumps are those of real servers before any load', () => {
  const corpus = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    for (const folder of ['nats-2.9.10', 'prog-chanleak-go1.19', 'caddy-2.11']) {
      mkdirSync(join(corpus, folder));
      for (const file of [
        '1-before.debug2.txt',
        '1-before.debug2.expected.json',
        '2-load.debug2.txt',
        '1-before.debug0.pb.gz',
      ]) {
        writeFileSync(join(corpus, folder, file), '');
      }
    }
    const of = (name: string) => [`${name}/1-before.debug0.pb.gz`, `${name}/1-before.debug2.txt`];
    expect(idleDumps(corpus)).toEqual([...of('caddy-2.11'), ...of('nats-2.9.10')]);
    expect(idleDumps(join(corpus, 'none'))).toEqual([]);
  } finally {
    rmSync(corpus, { recursive: true, force: true });
  }
});

test('an idle dump is read with its suspects', () => {
  const [, last] = analysis(group(5, 'a', 'L14'), group(1, 'b', 'B14'), group(1, 'c', null)).dumps;
  expect(readIdle({ dumps: [last] }, 'x')).toEqual({ file: 'x', goroutines: 9, expected: 4, suspects: ['L14'] });
});
