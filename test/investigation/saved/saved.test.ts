import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dump } from '../../../src/core/model/dump.ts';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { analyse } from '../../../src/core/report/analyse.ts';
import { condense, withoutText } from '../../../src/investigation/condense.ts';
import type { Investigation } from '../../../src/investigation/investigation.ts';
import { decodeInvestigation, isSavedInvestigation, SAVED_HEAD } from '../../../src/investigation/saved/decode.ts';
import { encodeInvestigation } from '../../../src/investigation/saved/encode.ts';
import { SAVED_LIMITS } from '../../../src/investigation/saved/limits.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import { corpusFiles } from '../../support/corpus.ts';
import { drawDump, drawnDump } from '../../support/dump-builder.ts';
import { nodePlatform, sourceOf } from '../../support/platform.ts';

const VIEW: Investigation['view'] = { ...INITIAL_VIEW, dumpId: null, a: null, b: null, phases: [] };
const NOTHING: Investigation = { dumps: [], counts: [], races: [], notes: [], rules: [], marks: [], view: VIEW };
const of = (...dumps: readonly Dump[]): Investigation => ({
  ...NOTHING,
  dumps: dumps.map((dump, at) => ({ name: `${at}.txt`, takenAtMs: null, takenAtFrom: null, dump })),
});

function decoded(bytes: Uint8Array): Investigation {
  const found = decodeInvestigation(bytes);
  if (found.kind === 'wrong') throw new Error(found.why);
  return found.investigation;
}

/** The same value with another one at a path such as `dumps.0.name`. */
function withChange(value: unknown, path: readonly string[], put: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return put;
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === name ? withChange(each, rest, put) : each));
  const known = Object.entries(value ?? {});
  const old = known.find(([key]) => key === name)?.[1];
  return { ...Object.fromEntries(known), [name]: withChange(old, rest, put) };
}

/** A saved investigation with another value in one place, packed again. */
function tampered(investigation: Investigation, path: string, put: unknown): Uint8Array {
  const document: unknown = JSON.parse(gunzipSync(encodeInvestigation(investigation)).toString());
  return gzipSync(JSON.stringify(withChange(document, path.split('.'), put)));
}

const whyNot = (bytes: Uint8Array): string => {
  const found = decodeInvestigation(bytes);
  return found.kind === 'wrong' ? found.why : 'read';
};

test('any dump comes back as it was, without the places of its text', () => {
  fc.assert(
    fc.property(drawnDump, (dump) => {
      expect(decoded(encodeInvestigation(of(dump)))).toEqual(of(withoutText(dump)));
    }),
  );
});

const SMALL = corpusFiles('debug2').filter(({ name }) => !/big100k|prometheus.*2-load\./.test(name));

describe('real files analyse alike before and after', () => {
  test.each(SMALL.map(({ name, path }) => [name, path]))('%s', async (name, path) => {
    const outcome = await readDumps(sourceOf(readFileSync(path), { fileName: name }), nodePlatform, {});
    if (outcome === 'cancelled') throw new Error('not asked for');
    const { dumps, countLogs, races } = outcome;
    const saved: Investigation = {
      ...of(...dumps),
      counts: countLogs.map((log) => ({ name, log })),
      races: races.map((report) => ({ name, report })),
    };
    const again = decoded(encodeInvestigation(saved));
    const document = ({ dumps, counts, races }: Investigation) =>
      analyse(dumps, 'functions', { countLogs: counts, races, notes: [], rejected: [] });
    expect(document(again)).toEqual(document(saved));
  });
});

test('counts and races come back, unknown times as unknown', async () => {
  const log = 'ts=2026-11-24T03:00:00Z goroutines=12\nts=2026-11-24T03:01:00Z goroutines=15\n';
  const outcome = await readDumps(sourceOf(log, { fileName: 'app.log' }), nodePlatform, {});
  if (outcome === 'cancelled') throw new Error('not asked for');
  const [series] = outcome.countLogs;
  if (series === undefined) throw new Error('no counts');
  const timesMs = Float64Array.of(series.timesMs[0] ?? 0, Number.NaN);
  const saved: Investigation = { ...NOTHING, counts: [{ name: 'app.log', log: { ...series, timesMs } }] };
  expect(decoded(encodeInvestigation(saved))).toEqual(saved);
});

test('goroutines without ids keep every count', () => {
  fc.assert(
    fc.property(drawnDump, (dump) => {
      const condensed = condense(dump);
      const groups = (each: Dump) =>
        analyse([{ name: 'a', dump: each }], 'exact', { countLogs: [], races: [], notes: [], rejected: [] }).dumps[0]
          ?.groups;
      expect(groups(condensed)).toEqual(groups(dump));
      expect(decoded(encodeInvestigation(of(condensed)))).toEqual(of(condensed));
      expect(condensed.rows.length).toBeLessThanOrEqual(dump.rows.length);
    }),
  );
});

test('a hundred thousand goroutines are a small file', () => {
  const dump = drawDump(
    Array.from({ length: 50 }, (_, at) => ({
      state: 'chan send',
      frames: [`main.work${at} /app/work.go:${at}`, 'main.main /app/main.go:9'],
      times: 2000,
      minutes: at % 7,
    })),
  );
  expect(encodeInvestigation(of(dump)).length).toBeLessThan(10_000);
});

describe('what a saved investigation is known by', () => {
  const packed = encodeInvestigation(of(drawDump([{ frames: ['main.main /a.go:1'] }])));
  test('its content', () => {
    expect(isSavedInvestigation(packed.subarray(0, SAVED_HEAD))).toBe(true);
    expect(isSavedInvestigation(gunzipSync(packed).subarray(0, SAVED_HEAD))).toBe(true);
  });
  test.each([
    ['nothing', new Uint8Array()],
    ['gzip of a dump', gzipSync('goroutine 1 [running]:\n')],
    ['a rule file', new TextEncoder().encode('{"schema":"standstill/rules@1"}')],
    ['a broken gzip stream', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8)],
  ])('not %s', (_, bytes) => {
    expect(isSavedInvestigation(bytes)).toBe(false);
  });
});

describe('what is wrong is told', () => {
  const plain = of(drawDump([{ frames: ['main.main /a.go:1'], labels: [['a', 'b']] }, { frames: ['main.f /a.go:2'] }]));
  const packed = encodeInvestigation(plain);

  test.each<[string, string, unknown, string]>([
    ['a stack that is not there', 'dumps.0.dump.rows.stack', [0, 7], 'dumps[0].dump.rows.stack[1]: found 7'],
    ['a row too many', 'dumps.0.dump.rows.stack', [0, 1, 1], 'rows.stack: found more numbers, wanted 2.'],
    ['a row too few', 'dumps.0.dump.rows.stack', [0], 'rows.stack: found 1 numbers, wanted 2.'],
    ['half a number', 'dumps.0.dump.rows.stack', [0, 0.5], 'rows.stack: found 0.5'],
    ['endless runs', 'dumps.0.dump.rows.stack', { runs: [0, 1e15] }, 'rows.stack: found more numbers'],
    ['endless deltas', 'dumps.0.dump.rows.stack', { deltas: [0, 1e15] }, 'rows.stack: found more numbers'],
    ['a run of nothing', 'dumps.0.dump.rows.stack', { runs: [0, 0] }, 'a run of 0'],
    ['rows without end', 'dumps.0.dump.rows.length', 1e15, 'dumps[0].dump.rows.length: found 1000000000000000'],
    ['frames without end', 'dumps.0.dump.symbols.stackLength', { runs: [100_000, 1e9] }, 'stackLength'],
    ['a label that is not there', 'dumps.0.dump.rows.labels', [0, 3], 'rows.labels[1]: found 3'],
    ['a sum that is another', 'dumps.0.dump.goroutines', 900, 'goroutines: found 900, wanted 2, the sum'],
    ['bytes that are lost', 'dumps.0.dump.bytes.read', 5, 'dumps[0].dump.bytes.read'],
    ['an unknown format', 'dumps.0.dump.format', 'jvm', 'format: found "jvm"'],
    ['a field of another name', 'dumps.0.script', '<b>', 'dumps[0].script'],
    ['a dump that is chosen and not there', 'view.dump', 1, 'view.dump: found 1'],
    ['a title without end', 'view.title', 'x'.repeat(999), 'view.title: found a text of 999 characters'],
    ['a tab that is not there', 'view.tab', 'admin', 'view.tab: found "admin"'],
    ['marks of another kind', 'team.marks', [{ id: 'a', mark: 'bad', name: '', frames: [] }], 'team: marks[0]'],
    ['a version to come', 'schema', 'standstill/investigation@2', 'this page is older than the file'],
    ['another schema', 'schema', 'standstill/rules@1', 'schema: found "standstill/rules@1"'],
  ])('%s', (_, path, put, why) => {
    expect(whyNot(tampered(plain, path, put))).toContain(why);
  });

  test('a file that is cut', () => {
    for (const length of [20, packed.length >> 1, packed.length - 20]) {
      expect(whyNot(packed.subarray(0, length))).toMatch(/It is (?:cut|damaged)|JSON/);
    }
  });

  test('a bomb', () => {
    expect(whyNot(gzipSync(Buffer.alloc(4 * SAVED_LIMITS.characters)))).toBe(
      'It unpacks to more than this page takes.',
    );
  });

  test('any junk and any change ends in words', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => whyNot(junk) !== 'read'));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = packed.slice();
        changed[at] = (changed[at] ?? 0) ^ by;
        decodeInvestigation(changed);
      }),
    );
  });

  test('too many goroutines are refused when saved', () => {
    const [first] = plain.dumps;
    if (first === undefined) throw new Error('no dump');
    const rows = { ...first.dump.rows, length: SAVED_LIMITS.rows + 1 };
    expect(() => encodeInvestigation({ ...plain, dumps: [{ ...first, dump: { ...first.dump, rows } }] })).toThrow(
      /^This is too much for a saved investigation: 5,000,001 goroutines/,
    );
  });
});
