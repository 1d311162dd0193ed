import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { TextPlace } from '../../../src/core/model/provenance.ts';
import { readBack } from '../../../src/core/read/read-back.ts';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import type { ByteSource } from '../../../src/core/read/source.ts';
import { nodePlatform, sourceOf } from '../../support/platform.ts';
import { printDump } from '../../support/print-dump.ts';
import { readAll, readNothing, readOne } from '../../support/read-one.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Many records with random functions, so that it does not pack well and spans several chunks. */
function manyRecords(records: number): string {
  let seed = 7;
  const lines = [`goroutine profile: total ${records}`];
  for (let i = 0; i < records; i++) {
    seed = (seed * 48271) % 2147483647;
    lines.push('1 @ 0x11 0x21', `#\t0x10\tmain.f${seed}+0x1\t/srv/app/größe${seed}.go:${seed % 900}`, '');
  }
  return `${lines.join('\n')}\n`;
}
const PROFILE = manyRecords(3000);
const PACKED = gzipSync(bytesOf(PROFILE));
const TRACEBACK = 'goroutine 1 [running]:\nmain.main()\n\t/srv/app/main.go:31 +0x85\n';

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

describe('readDumps', () => {
  it.each([
    ['a traceback', TRACEBACK, 'traceback'],
    ['a traceback behind a long log', `${'2026/11/23 02:41:07 started\n'.repeat(5000)}${TRACEBACK}`, 'traceback'],
    ['a count profile', PROFILE, 'count-profile'],
  ])('decides by content, whatever the name: %s', async (_, content, format) => {
    const named = await readOne(content, { fileName: 'heap.png' });
    expect(named.format).toBe(format);
    expect(named.provenance.formatReason).not.toBe('');
    expect(printDump(named)).toEqual(printDump(await readOne(gzipSync(bytesOf(content)), { fileName: 'x' })));
  });

  it('says where a dump came from', async () => {
    const dump = await readOne(PACKED, { fileName: 'before.txt.gz', path: 'pod-a/before.txt.gz', modifiedMs: 1.75e12 });
    expect(dump.provenance).toMatchObject({
      fileName: 'before.txt.gz',
      path: 'pod-a/before.txt.gz',
      fileBytes: PACKED.length,
      containers: ['gzip'],
      takenAtMs: 1.75e12,
      takenAtFrom: 'file-time',
      instance: null,
    });
  });

  it('reports progress in bytes of the file as given', async () => {
    const seen: number[] = [];
    const source = sourceOf(PACKED, { chunkSizes: [5000] });
    await readDumps(source, nodePlatform, { onProgress: (bytesRead) => seen.push(bytesRead) });
    expect(seen.slice(0, 3)).toEqual([5000, 10_000, 15_000]);
    expect(seen.at(-1)).toBe(PACKED.length);
  });

  it.each([
    ['plain', bytesOf(PROFILE)],
    ['packed', PACKED],
  ])('stops between chunks when cancelled, and ends the source: %s', async (_, bytes) => {
    let asked = 0;
    let ended = false;
    const inner = sourceOf(bytes, { chunkSizes: [1000] });
    const source: ByteSource = {
      ...inner,
      chunks: async function* () {
        try {
          yield* inner.chunks();
        } finally {
          ended = true;
        }
      },
    };
    expect(await readDumps(source, nodePlatform, { isCancelled: () => ++asked > 5 })).toBe('cancelled');
    expect(asked).toBeLessThan(20);
    await expect.poll(() => ended).toBe(true);
  });

  it('stops within one chunk that unpacks to very many when cancelled', async () => {
    const bomb = gzipSync(bytesOf(`goroutine profile: total 1\n${' '.repeat(80_000_000)}`));
    let read = false;
    const result = readDumps(sourceOf(bomb), nodePlatform, {
      onProgress: () => {
        read = true;
      },
      isCancelled: () => read,
    });
    expect(await result).toBe('cancelled');
  });

  it('says that a source cannot be read, with the platform’s words', async () => {
    const source: ByteSource = {
      ...sourceOf(''),
      chunks: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.reject(new Error('The requested file could not be read')),
        }),
      }),
    };
    expect(await readDumps(source, nodePlatform)).toMatchObject({
      dumps: [],
      nothing: expect.stringMatching(/could not be read.*If it is a folder/),
    });
  });

  it('says so when a packed source fails half way', async () => {
    const source: ByteSource = {
      ...sourceOf(''),
      chunks: async function* () {
        yield PACKED.slice(0, 9000);
        throw new Error('the disk is gone');
      },
    };
    expect(await readDumps(source, nodePlatform)).toMatchObject({
      nothing: expect.stringContaining('the disk is gone'),
    });
  });
});

describe('gzip', () => {
  const half = PROFILE.length >> 1;

  it('in several members is one file', async () => {
    const members = concat(gzipSync(bytesOf(PROFILE.slice(0, half))), gzipSync(bytesOf(PROFILE.slice(half))));
    const dump = await readOne(members, { chunkSizes: [777] });
    expect(dump).toMatchObject({ goroutines: 3000, truncated: false, problems: [], caveats: [] });
  });

  it('in very many small members is one file', async () => {
    const empty = gzipSync(new Uint8Array(0));
    const members = concat(...Array.from({ length: 20_000 }, () => empty), PACKED, empty);
    expect(await readOne(members)).toMatchObject({ goroutines: 3000, truncated: false, caveats: [] });
  });

  it('with other bytes behind its end is read, and they are mentioned', async () => {
    const dump = await readOne(concat(PACKED, bytesOf('and some rubbish')));
    expect(dump).toMatchObject({ goroutines: 3000, truncated: false, problems: [] });
    expect(dump.caveats).toEqual([expect.stringContaining('bytes after its end')]);
  });

  it('that is cut keeps what could be unpacked, and says it is truncated', async () => {
    const dump = await readOne(PACKED.subarray(0, PACKED.length >> 1), { chunkSizes: [4000] });
    expect(dump.goroutines).toBeGreaterThan(1000);
    expect(dump.truncated).toBe(true);
    expect(printDump(dump).slice(0, 1000)).toEqual(printDump(await readOne(PROFILE)).slice(0, 1000));
    expect(dump.lowerBounds).toContain(
      'The packed file is cut or damaged: only what could be unpacked before that is counted.',
    );
    expect(dump.problemCount).toBe(dump.problems.length);
  });

  it('that is damaged in the middle keeps what stands before', async () => {
    const damaged = PACKED.slice();
    damaged.fill(0xff, PACKED.length >> 1, (PACKED.length >> 1) + 40);
    const dump = await readOne(damaged);
    expect(dump.truncated).toBe(true);
    expect(printDump(dump).slice(0, 1000)).toEqual(printDump(await readOne(PROFILE)).slice(0, 1000));
  });

  it('of several dumps that is cut marks only the last as truncated, and warns at the others', async () => {
    const two = gzipSync(bytesOf(manyRecords(30) + PROFILE));
    const dumps = await readAll(two.subarray(0, two.length - 3000));
    expect(dumps.map((dump) => dump.truncated)).toEqual([false, true]);
    expect(dumps[0]!.caveats).toEqual([expect.stringContaining('cut or damaged after this dump')]);
  });

  it('that is broken at its start is refused', async () => {
    expect(await readNothing(PACKED.subarray(0, 12))).toContain('broken at its start');
    expect(await readNothing(concat(PACKED.subarray(0, 10), new Uint8Array(50).fill(0xff)))).toContain(
      'broken at its start',
    );
  });

  it('of nothing is an empty file', async () => {
    expect(await readNothing(gzipSync(new Uint8Array(0)))).toContain('an empty file');
  });

  it('three times over is refused', async () => {
    expect(await readNothing(gzipSync(gzipSync(PACKED)))).toContain('packed with gzip more than twice');
  });

  it('cut anywhere never throws and never invents goroutines', async () => {
    const rows = printDump(await readOne(manyRecords(60)));
    const packed = gzipSync(bytesOf(manyRecords(60)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: packed.length - 1 }), async (end) => {
        const outcome = await readDumps(sourceOf(packed.subarray(0, end), { chunkSizes: [501] }), nodePlatform);
        if (outcome === 'cancelled') throw new Error('cancelled');
        const dump = outcome.dumps[0];
        if (dump === undefined) {
          expect(outcome.nothing).toMatch(/gzip|packed/);
          return;
        }
        const read = printDump(dump);
        expect(read.slice(0, -1)).toEqual(rows.slice(0, Math.max(0, read.length - 1)));
        // The last eight bytes are a checksum and a length: without them the text is whole.
        expect(dump.truncated || end > packed.length - 8).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

const PLAIN: TextPlace = { containers: [], entry: null, encoding: null, wrapper: null, lane: null };

describe('readBack', () => {
  it.each([
    ['plain', bytesOf(`\ufeff${PROFILE}`)],
    ['packed', gzipSync(bytesOf(`\ufeff${PROFILE}`))],
    [
      'packed in several members',
      concat(gzipSync(bytesOf(`\ufeff${PROFILE.slice(0, 999)}`)), gzipSync(bytesOf(PROFILE.slice(999)))),
    ],
  ])('gives the text of a record back: %s', async (_, bytes) => {
    const source = sourceOf(bytes, { chunkSizes: [1013] });
    const { rows, symbols, provenance } = await readOne(bytes);
    for (const row of [0, 1, 1500, 2999]) {
      const text = new TextDecoder().decode(
        await readBack(source, nodePlatform, provenance, rows.byteOffset![row]!, rows.byteLength![row]!),
      );
      const name = symbols.strings[symbols.frameFunction[symbols.stackFrames[row]!]!];
      expect(text.split('\n').map((line) => line.split('+')[0])).toEqual(['1 @ 0x11 0x21', `#\t0x10\t${name}`]);
    }
  });

  it('gives what there is when the range reaches beyond the end', async () => {
    expect(await readBack(sourceOf('abcdef'), nodePlatform, PLAIN, 4, 10)).toEqual(bytesOf('ef'));
    expect(await readBack(sourceOf('abcdef'), nodePlatform, PLAIN, 40, 10)).toEqual(new Uint8Array(0));
  });
});
