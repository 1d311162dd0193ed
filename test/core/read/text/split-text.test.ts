import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadOutcome } from '../../../../src/core/read/format.ts';
import { FORMS } from '../../../../src/core/read/formats/table.ts';
import { DEFAULT_COUNT_KEYS } from '../../../../src/core/read/options.ts';
import { readDumps } from '../../../../src/core/read/read-dumps.ts';
import { readSegment, type Splitter } from '../../../../src/core/read/text/split-text.ts';
import { workerPlatform } from '../../../../src/worker/platform.ts';
import { corpusFiles } from '../../../support/corpus.ts';

const GENERATOR = fileURLToPath(new URL('../../../bench/gen-dump.mjs', import.meta.url));
const ABOUT = { fileName: 'a.txt', path: 'a.txt', modifiedMs: 5 };

/** Bytes in chunks of a size that changes from one to the next, the same for the same seed. */
async function* inChunks(bytes: Uint8Array, seed: number, onBytes: (count: number) => void = () => {}) {
  let state = seed;
  for (let at = 0; at < bytes.length; ) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    const chunk = bytes.slice(at, at + 1 + (state % 4000));
    onBytes(chunk.length);
    yield chunk;
    at += chunk.length;
  }
}

/** Reads with others who read the rest in `parts`; `own` is what the first reader was given. */
async function readSplit(bytes: Uint8Array, parts: number, seed: number) {
  let own = 0;
  const splitter: Splitter = {
    parts,
    fromBytes: 1,
    read: async (from, to) => bytes.slice(from, to),
    segment: async (part) =>
      structuredClone(
        await readSegment(
          inChunks(bytes.subarray(part.from, part.to), seed + part.from),
          part,
          { decodeText: workerPlatform.decodeText, countKeys: DEFAULT_COUNT_KEYS },
          FORMS.watches,
        ),
      ),
  };
  const source = {
    ...ABOUT,
    sizeBytes: bytes.length,
    chunks: () =>
      inChunks(bytes, seed, (count) => {
        own += count;
      }),
  };
  return { outcome: await readDumps(source, workerPlatform, { splitter }), own };
}

function readAlone(bytes: Uint8Array): Promise<ReadOutcome | 'cancelled'> {
  return readDumps({ ...ABOUT, sizeBytes: bytes.length, chunks: () => inChunks(bytes, 1) }, workerPlatform);
}

function generate(seed: number, ...args: string[]): Uint8Array {
  const size = ['--goroutines', `${200 + (seed % 300)}`, '--stacks', `${20 + (seed % 90)}`, '--seed', `${seed}`];
  return execFileSync(process.execPath, [GENERATOR, ...size, '--out', '-', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('a text that several read', () => {
  test('gives what one reader makes of it: generated dumps, random chunks', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const bytes = generate(seed, ...(seed % 3 === 0 ? ['--go', '1.20'] : []));
      const alone = await readAlone(bytes);
      const { outcome, own } = await readSplit(bytes, 2 + (seed % 5), seed);
      expect(outcome).toEqual(alone);
      // The others did read the rest.
      expect(own).toBeLessThan(bytes.length * 0.75);
    }
  }, 30_000);

  test('wherever a dump is cut off', async () => {
    const bytes = generate(7);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 70_000, max: bytes.length }),
        fc.integer({ min: 2, max: 6 }),
        async (length, parts) => {
          const cut = bytes.subarray(0, length);
          expect((await readSplit(cut, parts, length)).outcome).toEqual(await readAlone(cut));
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each([...corpusFiles('debug2'), ...corpusFiles('crash'), ...corpusFiles('multi'), ...corpusFiles('debug1')])(
    'gives what one reader makes of it: $name',
    async ({ path }) => {
      const bytes = new Uint8Array(readFileSync(path));
      const alone = await readAlone(bytes);
      for (const parts of [2, 5]) expect((await readSplit(bytes, parts, parts)).outcome).toEqual(alone);
    },
  );

  test.each([
    ['a second dump behind the first', (a: string, b: string) => a + b],
    ['a crash behind a dump', (a: string, b: string) => `${a}\npanic: boom\n\n${b}`],
    [
      'a profile between goroutines',
      (a: string, b: string) => `${a}\ngoroutine profile: total 1\n1 @ 0x1\n#\t0x1\tmain.a+0x1\t/a.go:1\n\n${b}`,
    ],
    ['log lines between goroutines', (a: string, b: string) => `${a}\n2026-11-26T10:00:00Z goroutines=5\n\n${b}`],
    ['a header that cannot be read', (a: string, b: string) => `${a}\ngoroutine 5 [select\nmain.x()\n\n${b}`],
    ['marks of a crash cascade', (a: string, b: string) => `SIGQUIT: quit\n\n${a}\n-----\n\n${b}`],
  ])('reads on alone where parts cannot be joined: %s', async (_, mix) => {
    const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    const bytes = new TextEncoder().encode(mix(decode(generate(3)), decode(generate(4))));
    const alone = await readAlone(bytes);
    for (const parts of [2, 3, 6]) expect((await readSplit(bytes, parts, parts)).outcome).toEqual(alone);
  });
});
