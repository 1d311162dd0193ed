import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { workerPlatform } from '../../src/worker/platform.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // One buffer for all pieces, as a source does it.
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}

async function unpack(packed: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of workerPlatform.gunzip(packed)) pieces.push(piece.slice());
  return Buffer.concat(pieces).toString();
}

const TEXT = Array.from({ length: 5000 }, (_, i) => `goroutine ${i} [select]:\n`).join('');

describe('text of bytes', () => {
  test('is what stands there, with U+FFFD for what is no text', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62]);
    expect(workerPlatform.decodeText(bytes)).toBe('\ufeffa\ufffdb');
  });

  test('does not run on from one call to the next', () => {
    expect(workerPlatform.decodeText(Uint8Array.from([0xc3]))).toBe('\ufffd');
    expect(workerPlatform.decodeText(Uint8Array.from([0xa4]))).toBe('\ufffd');
  });
});

describe('unpacking gzip', () => {
  test.each([1, 7, 1000, 1 << 20])('gives the text, packed bytes coming %i at a time', async (size) => {
    const text = size === 1 ? TEXT.slice(0, 3000) : TEXT;
    expect(await unpack(inPieces(gzipSync(text), size))).toBe(text);
  });

  test('throws for a broken stream', async () => {
    const packed = gzipSync(TEXT);
    await expect(unpack(inPieces(packed.subarray(0, packed.length / 2), 1000))).rejects.toThrow();
  });

  test('passes on what the source throws', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(TEXT).subarray(0, 100);
      throw new Error('The file changed on disk.');
    }
    await expect(unpack(failing())).rejects.toThrow();
  });

  test('ends its source when the consumer stops early', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield gzipSync(TEXT.repeat(50)).subarray(0, 2000);
        for (;;) yield* inPieces(gzipSync(TEXT), 1000);
      } finally {
        ended = true;
      }
    }
    for await (const piece of workerPlatform.gunzip(endless())) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await expect.poll(() => ended).toBe(true);
  });

  test('does not wait for a source that hangs when the consumer stops', async () => {
    async function* hanging(): AsyncGenerator<Uint8Array> {
      // Stored, not deflated: every byte comes out at once.
      yield gzipSync(TEXT, { level: 0 }).subarray(0, 70_000);
      await new Promise(() => {});
    }
    for await (const piece of workerPlatform.gunzip(hanging())) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
  });
});
