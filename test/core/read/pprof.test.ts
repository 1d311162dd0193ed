import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MAX_PROFILE_BYTES, pprofFormat } from '../../../src/core/read/formats/pprof/format.ts';
import { printDump } from '../../support/print-dump.ts';
import { profileOf } from '../../support/profile-of.ts';
import { readContext } from '../../support/read-context.ts';
import { readNothing, readOne } from '../../support/read-one.ts';

const worker = { count: 40, stack: [['runtime.gopark'], ['runtime.chanrecv'], ['main.worker']] };
const main = { count: 2, stack: [['runtime.gopark'], ['main.inner', 'main.middle', 'main.main'], ['runtime.main']] };
const WORKER = '40 x [unknown] runtime.gopark /m.go:7 < runtime.chanrecv /m.go:7 < main.worker /m.go:7';
const MAIN =
  '2 x [unknown] runtime.gopark /m.go:7 < main.inner /m.go:7 (inlined) < main.middle /m.go:7 (inlined) < main.main /m.go:7 < runtime.main /m.go:7';
const TWO = profileOf({ samples: [worker, main] });

describe('a pprof profile', () => {
  it('gives one row per sample, with inlined calls before the function that holds them', async () => {
    const dump = await readOne(TWO);
    expect(printDump(dump)).toEqual([WORKER, MAIN]);
    expect(dump).toMatchObject({ format: 'pprof', profile: 'goroutine', goroutines: 42, declared: null });
    expect(dump).toMatchObject({ truncated: false, problems: [], caveats: [] });
    expect(dump.rows).toMatchObject({ goroutineId: null, waitMinutes: null, byteOffset: null, byteLength: null });
    expect(dump.bytes).toEqual({ read: TWO.length, understood: TWO.length, ignored: 0 });
  });

  it.each([
    ['once', gzipSync(TWO), ['gzip']],
    ['twice', gzipSync(gzipSync(TWO)), ['gzip', 'gzip']],
  ])('packed %s reads the same and says so', async (_, packed, containers) => {
    const dump = await readOne(packed);
    expect(printDump(dump)).toEqual([WORKER, MAIN]);
    expect(dump.provenance.containers).toEqual(containers);
  });

  it('of goroutineleak holds leaked goroutines only, and says so', async () => {
    expect(await readOne(profileOf({ type: 'goroutineleak', samples: [worker] }))).toMatchObject({
      profile: 'goroutineleak',
      goroutines: 40,
    });
  });

  it('without samples is a dump of no goroutines', async () => {
    expect(await readOne(profileOf({ type: 'goroutineleak', samples: [] }))).toMatchObject({
      goroutines: 0,
      caveats: [],
    });
  });

  it('has labels, numbers with their unit', async () => {
    const dump = await readOne(
      profileOf({ samples: [{ ...worker, labels: { tenant: 'größe "x"', pool: 'read', size: 4096 } }] }),
    );
    expect(dump.symbols.labelSets).toEqual([
      [
        ['pool', 'read'],
        ['size', '4096 bytes'],
        ['tenant', 'größe "x"'],
      ],
    ]);
  });

  it('tells its own time, which stands above the file name and the modification time', async () => {
    const timeNanos = BigInt(Date.UTC(2026, 10, 23, 2, 41, 7)) * 1_000_000n;
    const dump = await readOne(profileOf({ timeNanos, samples: [worker] }), {
      fileName: '20250101-000000.pb.gz',
      modifiedMs: 1.7e12,
    });
    expect(dump.provenance).toMatchObject({ takenAtMs: Date.UTC(2026, 10, 23, 2, 41, 7), takenAtFrom: 'profile' });
  });

  it.each([
    ['no time', 0n],
    ['a time before Go', 1_000_000n],
    ['a time far ahead', 9_000_000_000_000_000_000n],
  ])('with %s leaves the time to the file', async (_, timeNanos) => {
    const dump = await readOne(profileOf({ timeNanos, samples: [worker] }), { modifiedMs: 1.7e12 });
    expect(dump.provenance).toMatchObject({ takenAtMs: 1.7e12, takenAtFrom: 'file-time' });
  });

  it('without functions (Go 1.8) names frames by their addresses and says so', async () => {
    const dump = await readOne(profileOf({ samples: [{ count: 3, stack: [[], []] }] }));
    expect(printDump(dump)).toEqual(['3 x [unknown] 0x100000000 (native) < 0x100000001 (native)']);
    expect(dump.caveats).toEqual([expect.stringContaining('names no functions')]);
  });

  it.each([
    ['negative counts', { samples: [{ ...worker, count: -300 }, main] }, -298],
    ['a duration', { durationNanos: 9_001_179_725, samples: [worker] }, 40],
  ])('with %s is a difference profile and says that its counts are changes', async (_, spec, goroutines) => {
    const dump = await readOne(profileOf(spec));
    expect(dump.goroutines).toBe(goroutines);
    expect(dump.caveats).toEqual([expect.stringContaining('counts are changes')]);
  });

  it.each([
    ['alloc_space', 'bytes', 'an allocation profile'],
    ['cpu', 'nanoseconds', 'a CPU profile'],
    ['contentions', 'count', 'a mutex or block profile'],
    ['my.custom', 'count', 'a profile'],
  ])('of %s/%s is refused as %s', async (type, unit, kind) => {
    const nothing = await readNothing(profileOf({ type, unit, samples: [worker] }));
    expect(nothing).toContain(`This is ${kind} (its samples are “${type}/${unit}”), not a goroutine profile.`);
  });

  it('larger than the limit is refused', () => {
    const reader = pprofFormat.createReader(readContext());
    reader.push(new Uint8Array(MAX_PROFILE_BYTES + 1));
    reader.push(TWO);
    expect(reader.finish({ cut: false })).toMatchObject({
      dumps: [],
      nothing: expect.stringContaining('larger than 256 MiB'),
    });
  });
});

/** Fields of a message by hand, where a writer would not write them so: [field, wire type, bytes]. */
function message(...fields: readonly (readonly [field: number, wire: number, bytes: readonly number[]])[]): number[] {
  return fields.flatMap(([field, wire, bytes]) => [
    (field << 3) | wire,
    ...(wire === 2 ? [bytes.length] : []),
    ...bytes,
  ]);
}
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
const STRINGS = ['', 'goroutine', 'count', 'main.f', '/m.go'].map((value) => [6, 2, text(value)] as const);
const TYPE = [1, 2, message([1, 0, [1]], [2, 0, [2]])] as const;
const FUNCTION = [5, 2, message([1, 0, [9]], [2, 0, [3]], [4, 0, [4]])] as const;
const LOCATION = [4, 2, message([1, 0, [5]], [3, 0, [0x10]], [4, 2, message([1, 0, [9]], [2, 0, [7]])])] as const;

describe('a pprof profile as other writers write it', () => {
  it.each([
    ['packed', message([1, 2, [5, 5]], [2, 2, [3]])],
    ['not packed', message([1, 0, [5]], [1, 0, [5]], [2, 0, [3]])],
  ])('may have its numbers %s', async (_, sample) => {
    const dump = await readOne(Uint8Array.from(message(TYPE, [2, 2, sample], LOCATION, FUNCTION, ...STRINGS)));
    expect(printDump(dump)).toEqual(['3 x [unknown] main.f /m.go:7 < main.f /m.go:7']);
    expect(dump.problems).toEqual([]);
  });

  it('may hold fields that are not in profile.proto, which are ignored', async () => {
    const sample = [2, 2, message([1, 0, [5]], [2, 0, [3]])] as const;
    const extra = [0x82, 0x7d, 3, 1, 2, 3];
    const fixed = [(15 << 3) | 0, 1, 0x85, 0x7d, 1, 2, 3, 4];
    const bytes = Uint8Array.from([
      ...message(TYPE),
      ...extra,
      ...fixed,
      ...message(sample, LOCATION, FUNCTION, ...STRINGS),
    ]);
    const dump = await readOne(bytes);
    expect(printDump(dump)).toEqual(['3 x [unknown] main.f /m.go:7']);
    expect(dump.bytes.ignored).toBe(extra.length + 6);
  });

  it('may name locations that it does not hold: the sample counts, the frame says so', async () => {
    const sample = [2, 2, message([1, 0, [6]], [1, 0, [5]], [2, 0, [3]])] as const;
    const dump = await readOne(Uint8Array.from(message(TYPE, sample, LOCATION, FUNCTION, ...STRINGS)));
    expect(printDump(dump)).toEqual(['3 x [unknown] (location 6 is missing) (native) < main.f /m.go:7']);
    expect(dump.problems).toEqual([
      { line: 0, text: '', why: '1 locations that samples name are not in the profile.' },
    ]);
  });

  it('keeps the neighbours of a sample that cannot be read', async () => {
    const good = [2, 2, message([1, 0, [5]], [2, 0, [3]])] as const;
    const noValue = [2, 2, message([1, 0, [5]])] as const;
    const endless = [2, 2, message([1, 2, Array.from({ length: 30 }, () => 0xff)], [2, 0, [3]])] as const;
    const dump = await readOne(
      Uint8Array.from(message(TYPE, good, noValue, endless, good, LOCATION, FUNCTION, ...STRINGS)),
    );
    expect(dump.goroutines).toBe(6);
    expect(dump.problems).toHaveLength(2);
  });

  it('is not recognised in text or other binary data', () => {
    const recognised = (bytes: Uint8Array): boolean => pprofFormat.detect({ bytes, text: '', whole: true }) !== null;
    expect(recognised(TWO)).toBe(true);
    for (const other of [
      '\n\ngoroutine 1 [running]:\n',
      'Z\u0004ebra',
      'goroutine profile: total 4\n',
      '',
      '\n',
      'R\u0003abc',
    ]) {
      expect([other, recognised(new TextEncoder().encode(other))]).toEqual([other, false]);
    }
  });
});

describe('the reading of damaged pprof profiles', () => {
  it('counts what stands before a cut when the names of its samples are there, and says it is truncated', async () => {
    const bytes = Uint8Array.from(
      message(TYPE, [2, 2, message([1, 0, [5]], [2, 0, [3]])], LOCATION, FUNCTION, ...STRINGS),
    );
    const dump = await readOne(bytes.subarray(0, bytes.length - 9));
    expect(printDump(dump)).toEqual(['3 x [unknown] 0x10 (native)']);
    expect(dump.truncated).toBe(true);
    expect(dump.lowerBounds[0]).toContain('cut or damaged');
  });

  it('refuses one that is cut before its names', async () => {
    expect(await readNothing(TWO.subarray(0, 60))).toContain('cut short or damaged');
  });

  it('never throws for any cut or changed bytes, and accounts for every byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(TWO.length - 1),
        fc.nat(TWO.length),
        fc.uint8Array({ maxLength: 6 }),
        async (at, cut, rubbish) => {
          const damaged = TWO.slice();
          damaged.set(rubbish.subarray(0, TWO.length - at), at);
          const bytes = damaged.subarray(0, cut);
          const reader = pprofFormat.createReader(readContext());
          reader.push(bytes);
          const { dumps, nothing } = reader.finish({ cut: false });
          expect(dumps.length === 0).toBe(nothing !== null);
          for (const dump of dumps) {
            expect(dump.bytes.read).toBe(bytes.length);
            expect(dump.bytes.understood + dump.bytes.ignored).toBe(bytes.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same wherever chunks are cut', async () => {
    const packed = gzipSync(TWO);
    const whole = await readOne(packed);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
        async (chunkSizes) => {
          expect(await readOne(packed, { chunkSizes })).toEqual(whole);
          expect(printDump(await readOne(TWO, { chunkSizes }))).toEqual(printDump(whole));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stays small when a small file names one location with many lines very often', async () => {
    const lines = Array.from({ length: 1000 }, () => [0x22, 2, 0x08, 9]).flat();
    const inner = [0x08, 5, ...lines];
    const length = [(inner.length & 0x7f) | 0x80, inner.length >> 7];
    const sample = [2, 2, message([1, 2, Array.from({ length: 60 }, () => 5)], [2, 0, [3]])] as const;
    const bytes = Uint8Array.from([
      ...message(TYPE, sample),
      0x22,
      ...length,
      ...inner,
      ...message(FUNCTION, ...STRINGS),
    ]);
    const dump = await readOne(bytes);
    expect(dump.symbols.stackFrames.length).toBe(10_000);
    expect(dump.problems).toEqual([expect.objectContaining({ why: expect.stringContaining('very many frames') })]);
  });
});
