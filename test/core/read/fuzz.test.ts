import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { mutate, randomOf } from '../../support/mutate.ts';
import { PACKS } from '../../support/pack.ts';
import { nodePlatform, sourceOf } from '../../support/platform.ts';
import { WRAPS } from '../../support/wrap.ts';

/** Cases in all: 1,000 in `npm test`, 20,000 by `npm run fuzz` at night. */
const CASES = Number(process.env.FUZZ_CASES ?? 1000);
/** The committed seed; another one is tried with FUZZ_SEED. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const BATCH = 100;
/** A case is a text of some 100 KB, read in milliseconds: one that takes a second hangs. */
const HANG_MS = 1000;

const corpus = (path: string): Uint8Array => readFileSync(new URL(`../../fixtures/corpus/${path}`, import.meta.url));

const RACE = corpus('crash-go1.19/race.txt');
const SMALL = corpus('prog-exotic-go1.19/2-late.debug1.txt');
const TRACEBACK = corpus('prog-exotic-go1.27-labels/1-all.debug2.txt');

/** One input of every reader, some of them in wrappers and containers. */
const SEEDS: (() => Promise<Uint8Array>)[] = [
  async () => TRACEBACK,
  async () => SMALL,
  async () => RACE,
  async () => corpus('prog-exotic-go1.24/1-all.debug0.pb.gz'),
  async () => gunzipSync(corpus('prog-exotic-go1.24/1-all.debug0.pb.gz')),
  async () => corpus('crash-go1.19/sigquit.crash.txt'),
  async () => corpus('crash-go1.19/gotest-timeout.txt'),
  async () => corpus('shop-logs/shopapp-leak-go1.19-app.log'),
  async () => corpus('wrapped/multi-mixed-debug2-debug1.txt'),
  ...Object.values(WRAPS).map((wrap) => async () => wrap(new TextDecoder().decode(SMALL))),
  ...Object.values(PACKS).map((pack) => async () => pack('a/stacks.txt', SMALL)),
  async () =>
    new TextEncoder().encode(
      '  Goroutine 1 - User: /srv/main.go:31 main.main (0x4a1c55) (thread 4711)\n* Goroutine 7 - User: /srv/main.go:18 main.worker (0x4a1b02) [chan receive 83910000000]\n\t 0  0x000000000043d3f6 in runtime.gopark\n\t    at /usr/proc.go:435\n[2 goroutines]\n',
    ),
  async () =>
    new TextEncoder().encode(
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"go_goroutines","pod":"a"},"values":[[1795401667,"12"],[1795401697,"13"]]}]}}',
    ),
  async () => new TextEncoder().encode('{"cmdline":["/app"],"goroutines":12,"memstats":{"Alloc":1}}'),
  async () =>
    new TextEncoder().encode('# TYPE go_goroutines gauge\ngo_goroutines{pod="a"} 12 1795401667000\ngo_goroutines 13\n'),
];

describe('damaged input of every form', () => {
  const batches = Array.from({ length: Math.ceil(CASES / BATCH) }, (_, i) => i);

  it.each(batches)('batch %i is read or refused, never thrown at, and every byte is accounted for', async (batch) => {
    const random = randomOf(SEED + batch);
    for (let i = 0; i < BATCH; i++) {
      const seed = SEEDS[(batch * BATCH + i) % SEEDS.length]!;
      const bytes = mutate(await seed(), random);
      const chunkSizes = random(2) === 0 ? undefined : [1 + random(5000), 1 + random(50)];
      const started = performance.now();
      const outcome = await readDumps(sourceOf(bytes, chunkSizes === undefined ? {} : { chunkSizes }), nodePlatform);
      const where = `case ${i} of batch ${batch}, seed ${SEED}`;
      expect(performance.now() - started, where).toBeLessThan(HANG_MS);
      if (outcome === 'cancelled') throw new Error(where);
      const found = outcome.dumps.length + outcome.countLogs.length + outcome.races.length;
      expect(outcome.nothing === null, where).toBe(found > 0);
      for (const { bytes: ledger, rows, goroutines, truncated, lowerBounds } of outcome.dumps) {
        expect(ledger.understood + ledger.ignored, where).toBe(ledger.read);
        expect(Math.min(ledger.understood, ledger.ignored, ledger.read), where).toBeGreaterThanOrEqual(0);
        expect(rows.weight === null ? rows.length : goroutines, where).toBe(goroutines);
        if (truncated) expect(lowerBounds, where).not.toEqual([]);
      }
    }
  });
});
