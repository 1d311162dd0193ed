import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Dump } from '../../src/core/model/dump.ts';
import { columnBuffers } from '../../src/worker/column-buffers.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { DumpSummary } from '../../src/worker/protocol.ts';
import { type ReadHooks, readInput } from '../../src/worker/reader.ts';
import { dumpsOf, goroutine, inputOf, traceback } from './dumps.ts';

const TEXT = traceback([goroutine(1, 'running', 'main.main'), goroutine(2, 'chan send', 'main.send')]);

/** Hooks that keep what a reader gives and says. */
function hooks(change: Partial<ReadHooks> = {}) {
  const deposited: Dump[] = [];
  const progress: number[] = [];
  return {
    deposited,
    progress,
    platform: workerPlatform,
    now: () => 0,
    onProgress: ({ bytesRead }: { bytesRead: number }) => void progress.push(bytesRead),
    isCancelled: () => false,
    deposit: async (dumps: readonly Dump[]): Promise<DumpSummary[]> => {
      deposited.push(...dumps);
      return [];
    },
    ...change,
  };
}

/** A blob of this many chunks that come one by one. */
function slowBlob(chunks: readonly string[], beforeEach: (at: number) => void): Blob {
  const blob = new Blob([...chunks]);
  let at = 0;
  const stream = () =>
    new ReadableStream({
      type: 'bytes',
      pull(controller) {
        beforeEach(at);
        const chunk = chunks[at++];
        if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
        else {
          controller.close();
          // A read into a buffer is only told of the end by an answer of no bytes.
          if (controller instanceof ReadableByteStreamController) controller.byobRequest?.respond(0);
        }
      },
    });
  return Object.assign(blob, { stream });
}

describe('reading one file', () => {
  test('hands its dumps to the analyst', async () => {
    const kept = hooks();
    expect(await readInput(inputOf(TEXT), kept)).toEqual({
      kind: 'read',
      dumps: [],
      countLogs: [],
      races: [],
      notes: [],
      saved: null,
    });
    expect(kept.deposited.map((dump) => [dump.goroutines, dump.provenance.fileName])).toEqual([[2, 'a.txt']]);
  });

  test('removes gzip', async () => {
    const kept = hooks();
    await readInput(inputOf(new Uint8Array(gzipSync(TEXT))), kept);
    expect(kept.deposited.map((dump) => [dump.goroutines, dump.provenance.containers])).toEqual([[2, ['gzip']]]);
  });

  test('rejects a file without a dump and says what it holds', async () => {
    const kept = hooks();
    const reply = await readInput(inputOf('<!doctype html><html></html>'), kept);
    expect(reply).toEqual({ kind: 'rejected', why: expect.stringMatching(/HTML/i) });
    expect(kept.deposited).toEqual([]);
  });

  test('tells progress when a quarter of a second has passed, not with every chunk', async () => {
    let now = 0;
    const chunks = Array.from({ length: 20 }, (_, i) => `${goroutine(i + 1, 'select', 'main.loop')}\n`);
    const kept = hooks({ now: () => now });
    const file = slowBlob(chunks, () => {
      now += 75;
    });
    await readInput({ ...inputOf(''), file }, kept);
    expect(kept.progress.length).toBeGreaterThanOrEqual(4);
    expect(kept.progress.length).toBeLessThanOrEqual(6);
    expect(kept.progress).toEqual([...kept.progress].sort((a, b) => a - b));
  });

  test('shows the largest groups while the rest is read', async () => {
    let now = 0;
    const one = (id: number) =>
      id % 4 === 0 ? goroutine(id, 'select', 'main.loop') : goroutine(id, 'chan send', 'main.send');
    const chunks = Array.from({ length: 40 }, (_, chunk) =>
      traceback(Array.from({ length: 80 }, (_, i) => one(chunk * 80 + i + 1))),
    );
    const seen: unknown[] = [];
    const kept = hooks({ now: () => now, onProgress: ({ soFar }) => void seen.push(soFar) });
    const file = slowBlob(
      chunks.map((chunk) => `${chunk}\n`),
      () => {
        now += 100;
      },
    );
    await readInput({ ...inputOf(''), file }, kept);
    expect(seen[0]).toBeNull();
    expect(seen.at(-1)).toEqual({
      goroutines: expect.any(Number),
      groups: [
        { name: 'main.send → chan send', count: expect.any(Number) },
        { name: 'main.loop → select', count: expect.any(Number) },
      ],
    });
    const last = seen.at(-1) as { goroutines: number; groups: { count: number }[] };
    expect(last.groups.reduce((sum, { count }) => sum + count, 0)).toBe(last.goroutines);
    expect(last.goroutines).toBeGreaterThan(10);
    expect(kept.deposited.map((dump) => dump.goroutines)).toEqual([3200]);
  });

  test('stops between two chunks when it is cancelled, and hands over nothing', async () => {
    let cancelled = false;
    let pulled = 0;
    const chunks = Array.from({ length: 100 }, (_, i) => goroutine(i + 1, 'select', 'main.loop'));
    const file = slowBlob(chunks, (at) => {
      pulled = at;
      cancelled ||= at === 5;
    });
    const kept = hooks({ isCancelled: () => cancelled });
    expect(await readInput({ ...inputOf(''), file }, kept)).toEqual({ kind: 'cancelled' });
    expect(kept.deposited).toEqual([]);
    expect(pulled).toBeLessThan(20);
  });

  test('is cancelled even when the file has just been read', async () => {
    const kept = hooks({ isCancelled: () => true, read: async (source, platform) => readAll(source, platform) });
    expect(await readInput(inputOf(TEXT), kept)).toEqual({ kind: 'cancelled' });
    expect(kept.deposited).toEqual([]);
  });

  test.each([
    ['a fault of ours', new TypeError('x is undefined'), /fault of the page.*x is undefined/],
    ['memory', new RangeError('Array buffer allocation failed'), /not enough memory/],
    ['a table that cannot grow', new RangeError('Map maximum size exceeded'), /not enough memory/],
    ['a stack that is too deep', new RangeError('Maximum call stack size exceeded'), /fault of the page/],
    ['something thrown that is no error', 'odd', /odd/],
  ])('fails with a sentence for people: %s', async (_, error, words) => {
    const reply = await readInput(
      inputOf(TEXT),
      hooks({
        read: () => {
          throw error;
        },
      }),
    );
    expect(reply).toEqual({ kind: 'failed', why: expect.stringMatching(words) });
  });

  test('fails when the analyst cannot take the dumps', async () => {
    const reply = await readInput(inputOf(TEXT), hooks({ deposit: () => Promise.reject(new Error('out of memory')) }));
    expect(reply).toEqual({ kind: 'failed', why: expect.stringMatching(/not enough memory/) });
  });
});

async function readAll(source: Parameters<NonNullable<ReadHooks['read']>>[0], platform: ReadHooks['platform']) {
  const { readDumps } = await import('../../src/core/read/read-dumps.ts');
  return readDumps(source, platform);
}

describe('the columns of dumps', () => {
  test('are all transferred, none is left behind', async () => {
    const dumps = await dumpsOf(inputOf(TEXT));
    const views = dumps.flatMap(({ rows, symbols }) =>
      [...Object.values(rows), ...Object.values(symbols)].filter((value) => ArrayBuffer.isView(value)),
    );
    const moved = structuredClone(dumps, { transfer: columnBuffers(dumps) });
    expect(views.length).toBeGreaterThan(10);
    expect(views.map((view) => view.byteLength)).toEqual(views.map(() => 0));
    expect(moved[0]?.rows.goroutineId).toEqual(Float64Array.of(1, 2));
  });
});
