import { describe, expect, test } from 'vitest';
import { type ByteSourceOptions, blobSource } from '../../src/worker/byte-source.ts';

const ABOUT = { fileName: 'a.txt', path: 'pod-a/a.txt', modifiedMs: 7 };

async function collect(blob: Blob, options: ByteSourceOptions = {}): Promise<string[]> {
  const pieces: string[] = [];
  for await (const chunk of blobSource(blob, ABOUT, options).chunks()) pieces.push(new TextDecoder().decode(chunk));
  return pieces;
}

/** A blob whose stream is made by the test; slices are real. */
function blobWithStream(text: string, stream: () => ReadableStream): Blob {
  const blob = new Blob([text]);
  return Object.assign(blob, { stream });
}

/** Gives the first `bytes` of `text`, then nothing for ever. */
function stallingStream(text: string, bytes: number, onCancel: () => void = () => {}): ReadableStream {
  let given = false;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (given) return new Promise(() => {});
      given = true;
      controller.enqueue(new TextEncoder().encode(text.slice(0, bytes)));
      return undefined;
    },
    cancel: onCancel,
  });
}

describe('a file as a source', () => {
  test('says what it is', () => {
    const source = blobSource(new Blob(['abc']), ABOUT);
    expect({ ...source, chunks: null }).toEqual({ ...ABOUT, sizeBytes: 3, chunks: null });
  });

  test.each([
    ['smaller than a chunk', 10, 100],
    ['of exactly one chunk', 64, 64],
    ['of many chunks and a rest', 1000, 64],
    ['of nothing', 0, 64],
  ])('gives all bytes of a file %s', async (_, size, chunkBytes) => {
    const text = Array.from({ length: size }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');
    const pieces = await collect(new Blob([text]), { chunkBytes });
    expect(pieces.join('')).toBe(text);
    expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(chunkBytes);
  });

  test('can be read again from the start', async () => {
    const source = blobSource(new Blob(['again']), ABOUT);
    for (let i = 0; i < 2; i++) {
      const pieces: string[] = [];
      for await (const chunk of source.chunks()) pieces.push(new TextDecoder().decode(chunk));
      expect(pieces.join('')).toBe('again');
    }
  });

  test('uses one buffer for all chunks', async () => {
    const lengths = new Set<number>();
    let before: Uint8Array | null = null;
    let reused = 0;
    for await (const chunk of blobSource(new Blob(['x'.repeat(1000)]), ABOUT, { chunkBytes: 100 }).chunks()) {
      lengths.add(chunk.buffer.byteLength);
      // The buffer of the chunk before was moved into this one.
      if (before !== null && before.buffer.byteLength === 0) reused++;
      before = chunk;
    }
    expect([...lengths]).toEqual([100]);
    expect(reused).toBe(9);
  });

  test('goes on with slices from where a read stalled', async () => {
    const text = 'goroutine 1 [running]:\nmain.main()\n';
    let cancelled = false;
    const blob = blobWithStream(text, () =>
      stallingStream(text, 10, () => {
        cancelled = true;
      }),
    );
    expect(await collect(blob, { stallMs: 20, sliceBytes: 8 })).toEqual([
      'goroutine ',
      '1 [runni',
      'ng]:\nmai',
      'n.main()',
      '\n',
    ]);
    expect(cancelled).toBe(true);
  });

  test('goes on with slices when the stream fails', async () => {
    const text = 'abcdef';
    const stream = () =>
      new ReadableStream({
        type: 'bytes',
        pull: (controller) => controller.error(new Error('broken')),
      });
    expect(await collect(blobWithStream(text, stream), { sliceBytes: 4 })).toEqual(['abcd', 'ef']);
  });

  test('goes on with slices when the stream ends before the file', async () => {
    const stream = () => new Blob(['abc']).stream();
    expect((await collect(blobWithStream('abcdef', stream))).join('')).toBe('abcdef');
  });

  test('reads by slices where a stream cannot be read into a buffer', async () => {
    const stream = () => new ReadableStream({ start: (controller) => controller.close() });
    expect(await collect(blobWithStream('abcdef', stream), { sliceBytes: 4 })).toEqual(['abcd', 'ef']);
  });

  test('fails with the words of the platform when slices fail, too', async () => {
    const blob = blobWithStream('abcdef', () => {
      throw new Error('no stream');
    });
    Object.assign(blob, {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('The file changed on disk.')) }),
    });
    await expect(collect(blob)).rejects.toThrow('The file changed on disk.');
  });

  test('does not go round for ever when a file became shorter', async () => {
    const blob = blobWithStream('abcdef', () => new Blob(['abc']).stream());
    Object.assign(blob, { slice: () => new Blob([]) });
    await expect(collect(blob)).rejects.toThrow('became shorter');
  });

  test('ends the stream when the reader stops early', async () => {
    let cancelled = false;
    const blob = blobWithStream(
      'x'.repeat(100),
      () =>
        new ReadableStream({
          type: 'bytes',
          pull: (controller) => controller.enqueue(new Uint8Array(10)),
          cancel: () => {
            cancelled = true;
          },
        }),
    );
    for await (const chunk of blobSource(blob, ABOUT, { chunkBytes: 10 }).chunks()) {
      expect(chunk.length).toBe(10);
      break;
    }
    expect(cancelled).toBe(true);
  });
});
