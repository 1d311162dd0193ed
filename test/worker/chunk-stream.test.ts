import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receiveChunks, sendChunks } from '../../src/worker/chunk-stream.ts';

async function* streamOf(chunks: readonly Uint8Array<ArrayBuffer>[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* chunks;
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  // Copied at once: a chunk is only valid until the next one is asked for.
  for await (const chunk of chunks) for (const byte of chunk) bytes.push(byte);
  return bytes;
}

describe('a stream between threads', () => {
  test.each([true, false])(
    'gives the same bytes, wherever chunks were cut (buffers given away: %s)',
    async (ownsBuffers) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }), async (chunks) => {
          const { port1, port2 } = new MessageChannel();
          const sent = sendChunks(port1, streamOf(chunks.map((chunk) => new Uint8Array(chunk))), { ownsBuffers });
          expect(await collect(receiveChunks(port2))).toEqual(chunks.flatMap((chunk) => [...chunk]));
          await sent;
        }),
        { numRuns: 30 },
      );
    },
  );

  test('gives large chunks away and takes their buffers back', async () => {
    const chunks = Array.from({ length: 12 }, (_, i) => new Uint8Array(600_000).fill(i));
    const back: number[] = [];
    const { port1, port2 } = new MessageChannel();
    const options = { ownsBuffers: true, recycle: ({ byteLength }: ArrayBuffer) => void back.push(byteLength) };
    const sent = sendChunks(port1, streamOf(chunks), options);
    const firsts: number[] = [];
    for await (const chunk of receiveChunks(port2)) firsts.push(chunk[0] ?? -1);
    await sent;
    expect(firsts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(chunks.map((chunk) => chunk.length)).toEqual(chunks.map(() => 0));
    expect(back.length).toBeGreaterThan(0);
    expect(new Set(back)).toEqual(new Set([600_000]));
  });

  test('fills buffers again that come back, and loses no byte by it', async () => {
    const chunks = Array.from({ length: 40 }, (_, i) => new Uint8Array(i === 20 ? 900_000 : 200_000 + i).fill(i + 1));
    const { port1, port2 } = new MessageChannel();
    const sent = sendChunks(port1, streamOf(chunks));
    const counts = new Array<number>(41).fill(0);
    for await (const chunk of receiveChunks(port2)) {
      for (const byte of chunk) counts[byte] = (counts[byte] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await sent;
    expect(counts).toEqual([0, ...chunks.map((chunk) => chunk.length)]);
  });

  test('waits for who reads: few chunks are on their way', async () => {
    let made = 0;
    async function* endless(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      for (;;) {
        made++;
        yield new Uint8Array(600_000);
      }
    }
    const { port1, port2 } = new MessageChannel();
    const sent = sendChunks(port1, endless(), { ownsBuffers: true });
    const chunks = receiveChunks(port2);
    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(made).toBeLessThan(8);
    await chunks.return(undefined);
    await sent;
  });

  test('throws where it failed, after what came before', async () => {
    async function* broken(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      yield Uint8Array.of(1, 2);
      throw new TypeError('The compressed data was not valid');
    }
    const { port1, port2 } = new MessageChannel();
    void sendChunks(port1, broken());
    await expect(collect(receiveChunks(port2))).rejects.toThrow('The compressed data was not valid');
  });

  test('tells how it ended', async () => {
    const { port1, port2 } = new MessageChannel();
    void sendChunks(port1, streamOf([]), { ending: () => 'cut' });
    let said = '';
    await collect(
      receiveChunks(port2, (how) => {
        said = how;
      }),
    );
    expect(said).toBe('cut');
  });

  test('ends its source when nobody reads any more', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      try {
        for (;;) yield new Uint8Array(600_000);
      } finally {
        ended = true;
      }
    }
    const { port1, port2 } = new MessageChannel();
    const sent = sendChunks(port1, source(), { ownsBuffers: true });
    for await (const _ of receiveChunks(port2)) break;
    await sent;
    expect(ended).toBe(true);
  });
});
