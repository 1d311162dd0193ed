import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountLog } from '../../../../src/core/model/count-log.ts';
import { countLineReader } from '../../../../src/core/read/formats/count-log/count-line.ts';
import { expositionReader } from '../../../../src/core/read/formats/count-log/exposition-line.ts';
import { DEFAULT_COUNT_KEYS } from '../../../../src/core/read/options.ts';
import { readDumps } from '../../../../src/core/read/read-dumps.ts';
import { summariseCounts } from '../../../../src/core/trend/count-points.ts';
import { nodePlatform, sourceOf } from '../../../support/platform.ts';
import { readNothing } from '../../../support/read-one.ts';
import { WRAPS } from '../../../support/wrap.ts';

const fixture = (path: string): string =>
  readFileSync(new URL(`../../../fixtures/corpus/${path}`, import.meta.url), 'utf8');
const at = (iso: string): number => Date.parse(iso);

async function countsOf(content: string | Uint8Array, options = {}): Promise<readonly CountLog[]> {
  const outcome = await readDumps(sourceOf(content), nodePlatform, options);
  if (outcome === 'cancelled') throw new Error('cancelled');
  expect(outcome.nothing).toBeNull();
  return outcome.countLogs;
}

const points = (log: CountLog): [string | null, number][] =>
  Array.from(log.counts, (count, i) => {
    const ms = log.timesMs[i]!;
    return [Number.isNaN(ms) ? null : new Date(ms).toISOString(), count];
  });

describe('a line that counts goroutines', () => {
  const read = countLineReader(DEFAULT_COUNT_KEYS);
  const reference = at('2026-11-24T00:00:00Z');

  it.each([
    ['log.Printf', '2026/11/23 02:41:07 stats goroutines=1234 heap=5', 1234, '2026-11-23T02:41:07Z'],
    ['log.Printf with micros', '2026/11/23 02:41:07.250000 goroutines: 7', 7, '2026-11-23T02:41:07.25Z'],
    ['slog text', 'time=2026-11-23T02:41:07.000Z level=INFO msg=stats goroutines=85', 85, '2026-11-23T02:41:07Z'],
    [
      'slog JSON',
      '{"time":"2026-11-23T02:41:07Z","level":"INFO","msg":"stats","goroutines":85}',
      85,
      '2026-11-23T02:41:07Z',
    ],
    [
      'slog JSON in a group',
      '{"time":"2026-11-23T02:41:07Z","runtime":{"num_goroutine":85}}',
      85,
      '2026-11-23T02:41:07Z',
    ],
    ['zap JSON', '{"level":"info","ts":1795401667.5,"msg":"stats","NumGoroutine":85}', 85, '2026-11-23T02:41:07.5Z'],
    ['zap console', '2026-11-23T02:41:07.000Z\tINFO\tstats\t{"goroutines": 85}', 85, '2026-11-23T02:41:07Z'],
    ['logrus', 'time="2026-11-23T02:41:07Z" level=info msg="NumGoroutine = 85"', 85, '2026-11-23T02:41:07Z'],
    ['klog', 'I1123 02:41:07.000000       1 stats.go:3] "Stats" goroutines=85', 85, '2026-11-23T02:41:07Z'],
    ['klog of last year', 'I1223 02:41:07.000000       1 stats.go:3] goroutines=85', 85, '2025-12-23T02:41:07Z'],
    ['logfmt', 'ts=2026-11-23T02:41:07Z caller=main.go:3 go_goroutines=85', 85, '2026-11-23T02:41:07Z'],
    ['a level first', 'INFO[2026-11-23 02:41:07] goroutines=85', 85, '2026-11-23T02:41:07Z'],
    ['a call', 'runtime.NumGoroutine() = 85', 85, null],
    ['quotation marks', 'msg=stats goroutines="85"', 85, null],
    ['no time', 'goroutines=0', 0, null],
  ])('in the form of %s', (_, line, count, time) => {
    expect(read(line, reference)).toMatchObject({ count, timeMs: time === null ? null : at(time) });
  });

  it.each([
    'max_goroutines=5000',
    'max-goroutines=5000',
    'goroutines_created=12',
    'goroutines=12%',
    'goroutines=12.5',
    'goroutines=5/100',
    'goroutines=abc',
    'goroutines=-4',
    'goroutines=99999999999999999999',
    'started 5 goroutines in 3 s',
    'goroutine 12 [running]:',
    'goroutine profile: total 12',
    '{"goroutines":"many"}',
    '{"goroutines":',
  ])('is not seen in %j', (line) => {
    expect(read(line, null)).toBeNull();
  });

  it('names its process where it says one', () => {
    expect(read('pod=orders-1 goroutines=5', null)?.instance).toBe('orders-1');
    expect(read('{"goroutines":5,"kubernetes":{"pod_name":"orders-2"}}', null)?.instance).toBe('orders-2');
  });

  it('counts under keys that people choose', () => {
    const own = countLineReader(['live.workers', 'threads+']);
    expect(own('live.workers=12', null)?.count).toBe(12);
    expect(own('liveXworkers=12', null)).toBeNull();
    expect(own('threads+: 3', null)?.count).toBe(3);
    expect(own('goroutines=3', null)).toBeNull();
  });

  it('is read in no time whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('goroutines', '=', ' ', '"', '{', '1', '.', 'e', 'time='), maxLength: 400 }),
        (text) => {
          const found = read(text, null);
          expect(found === null || Number.isInteger(found.count)).toBe(true);
        },
      ),
    );
  });
});

describe('a line of a metrics page', () => {
  const read = expositionReader(DEFAULT_COUNT_KEYS);

  it.each([
    ['go_goroutines 1234', 1234, null, null],
    ['go_goroutines{instance="10.0.0.7:9090",job="orders"} 12 1795401667000', 12, '10.0.0.7:9090', 1_795_401_667_000],
    ['go_goroutines{pod="orders-1",instance="10.0.0.7:9090"} 1.2e+03', 1200, 'orders-1', null],
    ['go_goroutines{le="a\\"}",job="orders"} 3 1795401667.5', 3, 'orders', 1_795_401_667_500],
    ['process_runtime_go_goroutines{service_name="a"} 9', 9, null, null],
    ['go_sched_goroutines_goroutines 9', 9, null, null],
  ])('%s', (line, count, instance, timeMs) => {
    expect(read(line)).toMatchObject({ count, instance, timeMs });
  });

  it.each([
    '# TYPE go_goroutines gauge',
    'go_goroutines_total 4',
    'go_goroutines NaN',
    'go_threads 4',
    'go_goroutines',
  ])('is not %s', (line) => {
    expect(read(line)).toBeNull();
  });
});

describe('a count log', () => {
  interface AppLog {
    readonly appLog: {
      readonly series: readonly (readonly [string, number])[];
      readonly sum: number;
      readonly min: number;
      readonly max: number;
    };
  }
  const { appLog }: AppLog = JSON.parse(fixture('shop-logs/shopapp-leak-go1.19-app.expected.json'));

  it('gives every count with its time', async () => {
    const [log, ...others] = await countsOf(fixture('shop-logs/shopapp-leak-go1.19-app.log'));
    expect(others).toEqual([]);
    expect(points(log!)).toEqual(
      appLog.series.map(([time, count]) => [new Date(`${time.replaceAll('/', '-')}Z`).toISOString(), count]),
    );
    expect(summariseCounts(log!)).toMatchObject({ points: appLog.series.length, min: appLog.min, max: appLog.max });
    expect(log!.counts.reduce((sum, count) => sum + count, 0)).toBe(appLog.sum);
    expect(log).toMatchObject({
      form: 'log',
      key: 'goroutines',
      caveats: [],
      provenance: { takenAtFrom: 'log-prefix' },
    });
  });

  it.each([
    'kubectl logs --timestamps',
    'kubectl logs --prefix --timestamps',
    'CRI',
    'docker json-file',
    'docker compose',
    'journalctl short-iso',
    'CRLF',
  ])('in %s gives the same counts', async (wrap) => {
    const [log, ...others] = await countsOf(WRAPS[wrap]!(fixture('shop-logs/shopapp-leak-go1.19-app.log')));
    expect(others).toEqual([]);
    expect(points(log!)).toEqual(
      appLog.series.map(([time, count]) => [new Date(`${time.replaceAll('/', '-')}Z`).toISOString(), count]),
    );
  });

  it('stands beside the dump that the same log ends with', async () => {
    const bytes = readFileSync(
      new URL('../../../fixtures/corpus/shop-logs/shopapp-leak-go1.19-sigquit.log.gz', import.meta.url),
    );
    const outcome = await readDumps(sourceOf(bytes), nodePlatform);
    if (outcome === 'cancelled') throw new Error('cancelled');
    expect(outcome.dumps.map(({ goroutines }) => goroutines)).toEqual([2328]);
    expect(outcome.countLogs.map(({ key }) => key)).toEqual(['goroutines']);
  });

  it('is one series for each process and key', async () => {
    const lines = [1, 2, 3].flatMap((i) => [
      `pod=a goroutines=${i}`,
      `pod=b goroutines=${10 * i}`,
      `pod=b num_goroutine=${i}`,
    ]);
    const logs = await countsOf(`${lines.join('\n')}\n`);
    expect(logs.map((log) => [log.provenance.instance, log.key, Array.from(log.counts)])).toEqual([
      ['a', 'goroutines', [1, 2, 3]],
      ['b', 'goroutines', [10, 20, 30]],
      ['b', 'num_goroutine', [1, 2, 3]],
    ]);
    expect(logs[0]!.caveats).toEqual(['3 of 3 counts tell no time.']);
    expect(Array.from(logs[1]!.lines)).toEqual([2, 5, 8]);
  });

  it('takes the time of the wrapper where the line has none, and its lines where they stood', async () => {
    const [log] = await countsOf(
      '[pod/a/app] 2026-11-23T02:41:07Z goroutines=5\n[pod/a/app] 2026-11-23T02:41:08Z goroutines=6\n',
    );
    expect(points(log!)).toEqual([
      ['2026-11-23T02:41:07.000Z', 5],
      ['2026-11-23T02:41:08.000Z', 6],
    ]);
    expect(log!.provenance.instance).toBe('a');
  });

  it('is thinned when it is long, and keeps its ends, its least and its most', async () => {
    const all = Array.from({ length: 50_000 }, (_, i) => 1000 + ((i * 7919) % 500));
    all[31_234] = 1;
    all[40_321] = 99_999;
    const text = all.map((count, i) => `{"ts":${1_795_401_667 + i},"goroutines":${count}}\n`).join('');
    const [log] = await countsOf(text);
    expect(log!.counts.length).toBeLessThanOrEqual(20_000);
    expect(summariseCounts(log!)).toMatchObject({ first: all[0], last: all.at(-1), min: 1, max: 99_999 });
    expect(log!.caveats).toEqual([expect.stringContaining('of 50,000 points are kept')]);
  });

  it('counts under other keys when told to', async () => {
    const logs = await countsOf('workers=5\ngoroutines=7\n', { countKeys: ['workers'] });
    expect(logs.map(({ key }) => key)).toEqual(['workers']);
  });
});

describe('metrics', () => {
  it('of a page scraped once are as old as the file', async () => {
    const page =
      '# HELP go_goroutines Number of goroutines\n# TYPE go_goroutines gauge\ngo_goroutines 42\ngo_threads 9\n';
    const outcome = await readDumps(sourceOf(page, { modifiedMs: 1_795_401_667_000 }), nodePlatform);
    if (outcome === 'cancelled') throw new Error('cancelled');
    expect(outcome.countLogs.map(points)).toEqual([[['2026-11-23T02:41:07.000Z', 42]]]);
  });

  const matrix = (metrics: readonly object[]): string =>
    JSON.stringify({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: metrics.map((metric, i) => ({
          metric,
          values: [
            [1_795_401_667, String(10 * i)],
            [1_795_401_697.5, String(10 * i + 1)],
          ],
        })),
      },
    });

  it('of query_range are one series for each instance', async () => {
    const logs = await countsOf(
      matrix([{ __name__: 'go_goroutines', pod: 'a' }, { __name__: 'go_goroutines', instance: 'b:1' }, { app: 'c' }]),
    );
    expect(logs.map((log) => [log.form, log.key, log.provenance.instance, points(log)])).toEqual([
      [
        'prometheus-json',
        'go_goroutines',
        'a',
        [
          ['2026-11-23T02:41:07.000Z', 0],
          ['2026-11-23T02:41:37.500Z', 1],
        ],
      ],
      [
        'prometheus-json',
        'go_goroutines',
        'b:1',
        [
          ['2026-11-23T02:41:07.000Z', 10],
          ['2026-11-23T02:41:37.500Z', 11],
        ],
      ],
      [
        'prometheus-json',
        'query',
        'app=c',
        [
          ['2026-11-23T02:41:07.000Z', 20],
          ['2026-11-23T02:41:37.500Z', 21],
        ],
      ],
    ]);
  });

  it.each([
    ['vector', { resultType: 'vector', result: [{ metric: { pod: 'a' }, value: [1_795_401_667, '7'] }] }],
    ['scalar', { resultType: 'scalar', result: [1_795_401_667, '7'] }],
  ])('of a query: %s', async (_, data) => {
    const logs = await countsOf(JSON.stringify({ status: 'success', data }));
    expect(logs.map(points)).toEqual([[['2026-11-23T02:41:07.000Z', 7]]]);
  });

  it.each([
    ['an error', '{"status":"error","errorType":"bad_data","error":"parse error"}', 'parse error'],
    ['nothing', '{"status":"success","data":{"resultType":"matrix","result":[]}}', 'no series'],
    ['a cut answer', matrix([{ pod: 'a' }]).slice(0, -9), 'cut or damaged'],
    ['expvar without a count', '{\n"cmdline": ["/app"],\n"memstats": {"Alloc":1}\n}\n', 'expvar.Publish'],
  ])('of %s are refused with a reason', async (_, content, why) => {
    expect(await readNothing(content)).toContain(why);
  });

  it('of expvar are one count', async () => {
    const logs = await countsOf(
      '{\n"cmdline": ["/app"],\n"goroutines": 42,\n"memstats": {"Alloc":1,"goroutines":7}\n}\n',
    );
    expect(logs.map((log) => [log.form, Array.from(log.counts)])).toEqual([['expvar', [42]]]);
  });
});
