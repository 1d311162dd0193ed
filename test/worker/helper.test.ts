import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { readDumps } from '../../src/core/read/read-dumps.ts';
import { blobSource } from '../../src/worker/byte-source.ts';
import { fedChunks, helpedPlatform, serveHelperLine, splitterOf } from '../../src/worker/helper.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import { PACKS } from '../support/pack.ts';
import { goroutine, traceback } from './dumps.ts';

const TEXT = traceback(Array.from({ length: 20_000 }, (_, i) => goroutine(i + 1, 'select', `main.wait${i % 7}`)));
const ABOUT = { fileName: 'a', path: 'a', modifiedMs: null };
async function packedAs(how: string): Promise<Uint8Array> {
  const text = Buffer.from(TEXT);
  if (how === 'two gzip members') return Buffer.concat([gzipSync(text.subarray(0, 900)), gzipSync(text.subarray(900))]);
  if (how === 'gzip with bytes after its end') return Buffer.concat([gzipSync(text), Buffer.from('rest')]);
  const pack = PACKS[how.replace('cut ', '')];
  if (pack === undefined) throw new Error(how);
  const packed = await pack('dump.txt', text);
  return how.startsWith('cut ') ? packed.subarray(0, packed.length - 30) : packed;
}

const lines: MessagePort[] = [];
function helper(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  serveHelperLine(port2);
  lines.push(port1);
  return port1;
}
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});

describe('a helper', () => {
  test('gives the bytes of a file', async () => {
    const pieces: Buffer[] = [];
    for await (const chunk of fedChunks(helper(), new Blob([TEXT]))) pieces.push(Buffer.from(chunk));
    expect(Buffer.concat(pieces).toString() === TEXT).toBe(true);
  });

  test.each([...Object.keys(PACKS), 'two gzip members', 'cut gzip', 'gzip with bytes after its end', 'cut zstd'])(
    'unpacks %s as the reader itself would',
    async (how) => {
      const packed = await packedAs(how);
      const file = new Blob([new Uint8Array(packed)]);
      const alone = await readDumps(blobSource(file, ABOUT), workerPlatform);
      const line = helper();
      const source = { ...blobSource(file, ABOUT), chunks: () => fedChunks(line, file) };
      expect(await readDumps(source, helpedPlatform(line))).toEqual(alone);
    },
  );

  test('reads a part of a text; the parts joined are what the reader alone makes of it', async () => {
    const file = new Blob([TEXT]);
    const alone = await readDumps(blobSource(file, ABOUT), workerPlatform);
    const splitter = { ...splitterOf([helper(), helper(), helper()], file, null), fromBytes: 1 };
    const asked: number[] = [];
    const segment: typeof splitter.segment = async (part) => {
      const read = await splitter.segment(part);
      asked.push(read?.traceback.rows.length ?? 0);
      return read;
    };
    expect(await readDumps(blobSource(file, ABOUT), workerPlatform, { splitter: { ...splitter, segment } })).toEqual(
      alone,
    );
    expect(asked).toHaveLength(3);
    expect(Math.min(...asked)).toBeGreaterThan(4000);
  });
});
