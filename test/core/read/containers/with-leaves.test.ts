import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../../src/core/read/containers/limits.ts';
import { withLeaves } from '../../../../src/core/read/containers/with-leaves.ts';
import { readDumps } from '../../../../src/core/read/read-dumps.ts';
import type { ByteSource } from '../../../../src/core/read/source.ts';
import { PACKS } from '../../../support/pack.ts';
import { nodePlatform, sourceOf } from '../../../support/platform.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Opened {
  readonly leaves: {
    entry: string | null;
    containers: readonly string[];
    text: string;
    ending: string;
    modifiedMs: number | null;
  }[];
  readonly notes: readonly string[];
  readonly archive: boolean;
  /** Bytes that came out of the containers. */
  readonly bytes: number;
}

/** Opens everything in a source; `skip`: leaves of which nothing is read. */
async function open(
  source: ByteSource,
  limits: Partial<Limits> = {},
  skip: (entry: string | null) => boolean = () => false,
): Promise<Opened> {
  const result = await withLeaves(source, nodePlatform, { limits }, async (found) => {
    const leaves: Opened['leaves'] = [];
    let bytes = 0;
    for await (const { entry, containers, chunks, ending, modifiedMs } of found.all) {
      const pieces: Uint8Array[] = [];
      if (!skip(entry)) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes < 1 << 20) pieces.push(chunk.slice());
        }
      }
      leaves.push({ entry, containers, text: textOf(Buffer.concat(pieces)), ending: ending(), modifiedMs });
    }
    return { leaves, notes: found.notes(), archive: found.archive(), bytes };
  });
  if (result.kind !== 'done') throw new Error(result.kind);
  return result.value;
}

const tarOf = (files: Readonly<Record<string, string>>, mtime = new Date(1_795_401_667_000)): Promise<Uint8Array> =>
  packTar(
    Object.entries(files).map(([name, text]) => ({
      header: { name, size: bytesOf(text).length, type: 'file' as const, mtime },
      body: bytesOf(text),
    })),
  );
const zipOf = (files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytesOf(text)])), { level });

const FILES = { 'a/one.txt': 'one\n'.repeat(500), 'a/two.txt': 'two\n', 'b/three.txt': '3'.repeat(1500) };

describe('the files in a source', () => {
  it.each(Object.keys(PACKS))('are found in %s, wherever chunks are cut', async (name) => {
    const packed = await PACKS[name]!('stacks.txt', bytesOf('hello\n'.repeat(300)));
    const whole = await open(sourceOf(packed));
    expect(whole.leaves.at(-1)).toMatchObject({ text: 'hello\n'.repeat(300), ending: 'whole' });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 }),
        async (chunkSizes) => {
          expect(await open(sourceOf(packed, { chunkSizes }))).toEqual(whole);
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each([
    ['zip', async () => zipOf(FILES)],
    ['stored zip', async () => zipOf(FILES, 0)],
    ['tar', async () => tarOf(FILES)],
  ])('of a %s are given in order, also when some are not read', async (_, pack) => {
    const source = sourceOf(await pack(), { chunkSizes: [333] });
    expect((await open(source)).leaves.map(({ entry, text }) => [entry, text])).toEqual(Object.entries(FILES));
    const some = await open(source, {}, (entry) => entry !== 'b/three.txt');
    expect(some.leaves.map(({ text }) => text.length)).toEqual([0, 0, 1500]);
  });

  it('of archives in archives are called by their way in', async () => {
    const inner = gzipSync(await tarOf({ 'nodes/1/stacks.txt': 'deep\n' }));
    const { leaves, archive } = await open(sourceOf(zipSync({ 'debug.tgz': inner })));
    expect(archive).toBe(true);
    expect(leaves).toEqual([
      {
        entry: 'debug.tgz!/nodes/1/stacks.txt',
        containers: ['zip', 'gzip', 'tar'],
        text: 'deep\n',
        ending: 'whole',
        modifiedMs: 1_795_401_667_000,
      },
    ]);
  });

  it('of a tar have their long names and their times', async () => {
    const long = `${'folder/'.repeat(40)}stacks.txt`;
    const { leaves } = await open(sourceOf(await tarOf({ [long]: 'x' })));
    expect(leaves).toMatchObject([{ entry: long, modifiedMs: 1_795_401_667_000 }]);
  });

  it('leave out folders, empty files and what macOS adds', async () => {
    const files = { 'a/': '', 'a/._one.txt': 'x', '__MACOSX/a/._one.txt': 'x', 'a/one.txt': 'one' };
    expect((await open(sourceOf(zipOf(files)))).leaves.map(({ entry }) => entry)).toEqual(['a/one.txt']);
  });

  it.each([
    ['zip', async () => zipOf(FILES, 0)],
    ['tar', async () => tarOf(FILES)],
    ['tar.gz', async () => gzipSync(await tarOf(FILES))],
  ])('of a %s that is cut are those before the cut', async (_, pack) => {
    const packed = await pack();
    for (const share of [0.3, 0.6, 0.8]) {
      const { leaves } = await open(sourceOf(packed.subarray(0, Math.floor(packed.length * share))));
      const whole = leaves.filter(({ ending }) => ending === 'whole');
      for (const { entry, text } of whole) expect(Object.entries(FILES)).toContainEqual([entry, text]);
      expect(leaves.length - whole.length).toBeLessThanOrEqual(1);
    }
  });

  it('of a zstd that is cut say so', async () => {
    const packed = await PACKS.zstd!('x', bytesOf('hello\n'.repeat(100_000)));
    const { leaves } = await open(sourceOf(packed.subarray(0, packed.length - 50_000)));
    expect(leaves).toMatchObject([{ ending: 'cut', containers: ['zstd'] }]);
  });
});

describe('a bomb', () => {
  const zeros = new Uint8Array(1 << 20);
  const megabytes = (count: number) =>
    async function* () {
      for (let i = 0; i < count; i++) yield zeros;
    };
  const packedZeros = (count: number): Uint8Array => gzipSync(new Uint8Array(count << 20));

  it('of zeros in gzip stops at the ratio, and its note says so', async () => {
    const { leaves, notes, bytes } = await open(sourceOf(packedZeros(300)));
    expect(leaves).toMatchObject([{ ending: 'limit' }]);
    expect(notes).toEqual([expect.stringContaining('over 400 times its size')]);
    expect(bytes).toBeLessThan(130 << 20);
  });

  it('of zeros in a zip stops at the ratio', async () => {
    const { notes, bytes } = await open(sourceOf(zipSync({ 'zeros.txt': new Uint8Array(200 << 20) })));
    expect(notes).toEqual([expect.stringContaining('over 400 times its size')]);
    expect(bytes).toBeLessThan(130 << 20);
  });

  it('of gzip in gzip stops at the ratio', async () => {
    const { notes, bytes } = await open(sourceOf(gzipSync(packedZeros(200))));
    expect(notes).toHaveLength(1);
    expect(bytes).toBeLessThan(130 << 20);
  });

  it('of 100,000 files stops at 10,000 and keeps those', async () => {
    const files = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, Uint8Array.of(65)]));
    const { leaves, notes } = await open(sourceOf(zipSync(files, { level: 0 })));
    expect(leaves).toHaveLength(10_000);
    expect(notes).toEqual([expect.stringContaining('more than 10,000 files')]);
  });

  it('of archives within each other is opened two deep', async () => {
    const nested = ['3', '2', '1', '0'].reduce(
      (inner, name) => zipSync({ [`${name}.zip`]: inner }),
      zipOf({ 'a.txt': 'a' }),
    );
    const { leaves, notes } = await open(sourceOf(nested));
    expect(leaves).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('an archive in an archive in an archive')]);
  });

  it('of more bytes than an archive may hold stops there, and what came before is kept', async () => {
    const files = { 'one.txt': 'one\n', 'two.txt': 'x'.repeat(5000), 'three.txt': 'y'.repeat(5000) };
    const { leaves, notes } = await open(sourceOf(await tarOf(files)), { archiveBytes: 6000 });
    expect(leaves.map(({ entry, ending }) => [entry, ending])).toEqual([
      ['one.txt', 'whole'],
      ['two.txt', 'whole'],
      ['three.txt', 'limit'],
    ]);
    expect(notes).toHaveLength(1);
  });

  it('leaves a plain file alone, however long', async () => {
    const source: ByteSource = {
      fileName: 'x',
      path: 'x',
      sizeBytes: 300 << 20,
      modifiedMs: null,
      chunks: megabytes(300),
    };
    const { leaves, notes, bytes } = await open(source);
    expect([leaves.length, notes, bytes]).toEqual([1, [], 300 << 20]);
  });

  it('is refused with the note when nothing was in it, and keeps a dump that was', async () => {
    const none = await readDumps(sourceOf(packedZeros(300)), nodePlatform);
    expect(none).toMatchObject({ dumps: [], nothing: expect.stringContaining('Unpacking stopped') });
    const dump = 'goroutine 1 [running]:\nmain.main()\n\t/m.go:3 +0x1d\n';
    const some = await readDumps(
      sourceOf(zipSync({ 'stacks.txt': bytesOf(dump), 'zeros.txt': new Uint8Array(200 << 20) })),
      nodePlatform,
    );
    expect(some).toMatchObject({ dumps: [{ goroutines: 1 }], nothing: null });
    expect(some === 'cancelled' ? [] : some.notes).toContainEqual(expect.stringContaining('Unpacking stopped'));
  });
});
