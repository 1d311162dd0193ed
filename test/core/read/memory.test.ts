import { expect, test } from 'vitest';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { nodePlatform } from '../../support/platform.ts';

const BLOCK = 'goroutine 7 [select]:\nmain.wait(0x1)\n\t/srv/app/a.go:3 +0x1d\n\n';
const MB = 1024 * 1024;
/** One mebibyte of goroutines. */
const CHUNK = new TextEncoder().encode(BLOCK.repeat(Math.floor(MB / BLOCK.length)));

function source(chunks: number, onChunk: () => void) {
  return {
    fileName: 'a.txt',
    path: 'a.txt',
    modifiedMs: null,
    sizeBytes: chunks * CHUNK.length,
    async *chunks() {
      for (let i = 0; i < chunks; i++) {
        onChunk();
        yield CHUNK;
      }
    },
  };
}

test('a file that will take too much memory is refused long before it does, with the numbers', async () => {
  let read = 0;
  // 73 bytes of text a goroutine: 20 GB of it are 290 million rows of 49 bytes.
  const outcome = await readDumps(
    source(20_000, () => read++),
    nodePlatform,
  );
  expect(read).toBeLessThan(40);
  expect(outcome).toMatchObject({
    dumps: [],
    nothing: expect.stringMatching(/takes about 1\d\.\d GB of memory here.*up to 2\.0 GB/),
  });
});

test('one that fits is read to its end', async () => {
  let read = 0;
  const outcome = await readDumps(
    source(40, () => read++),
    nodePlatform,
    { memoryBytes: 64 * MB },
  );
  expect(read).toBe(40);
  expect(outcome).toMatchObject({ nothing: null });
});
