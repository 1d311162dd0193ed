import { afterEach, describe, expect, test } from 'vitest';
import { type ClientOptions, createClient, helpersFor, readersFor } from '../../src/worker/client.ts';
import type { Client, ReadReply } from '../../src/worker/protocol.ts';
import { goroutine, inputOf, traceback } from './dumps.ts';
import { type FakeWorker, type FakeWorkers, fakeWorkers } from './fake-worker.ts';

const TEXT = traceback([goroutine(1, 'running', 'main.main'), goroutine(2, 'chan send', 'main.send')]);

let workers: FakeWorkers;
let client: Client;

function start(
  options: {
    readers?: number;
    mute?: ('reader' | 'analyst' | 'helper')[];
    cancelGraceMs?: number;
    helpers?: ClientOptions['helpers'];
    rest?: ClientOptions['rest'];
  } = {},
): void {
  workers = fakeWorkers(options.mute);
  client = createClient({
    makeWorker: workers.makeWorker,
    readers: options.readers ?? 1,
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
    ...(options.rest === undefined ? {} : { rest: options.rest }),
    ...(options.cancelGraceMs === undefined ? {} : { cancelGraceMs: options.cancelGraceMs }),
  });
}

afterEach(() => {
  client?.dispose();
  workers?.stop();
});

const read = (fileId: string, content = TEXT, onProgress: (bytes: number, total: number) => void = () => {}) =>
  client.read(inputOf(content, `${fileId}.txt`, fileId), ({ bytesRead, totalBytes }) =>
    onProgress(bytesRead, totalBytes),
  );

const progressOf = (bytesRead: number, totalBytes: number) => ({ bytesRead, totalBytes, elapsedMs: 5, soFar: null });

/** The request a muted reader got, once it has come. */
async function requestOf(worker: FakeWorker, nth = 0): Promise<{ readId: number }> {
  const requests = () => worker.heard.filter(({ kind }) => kind === 'read');
  await expect.poll(() => requests().length).toBeGreaterThan(nth);
  return requests()[nth] as unknown as { readId: number };
}

const rejected = (readId: number, why = 'nothing in it') => ({
  kind: 'reply',
  readId,
  reply: { kind: 'rejected', why },
  line: 1,
});

async function stateOf(reply: Promise<ReadReply>): Promise<ReadReply | 'open'> {
  return Promise.race([reply, new Promise<'open'>((resolve) => setTimeout(() => resolve('open'), 20))]);
}

describe('how many readers', () => {
  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [16, 3],
  ])('%i cores: %i', (cores, readers) => {
    expect(readersFor(cores)).toBe(readers);
  });
});

describe('helpers', () => {
  test.each([
    [1, { size: 0, readAhead: false }],
    [2, { size: 1, readAhead: false }],
    [3, { size: 1, readAhead: true }],
    [4, { size: 2, readAhead: true }],
    [16, { size: 4, readAhead: true }],
  ])('%i cores: %o', (cores, helpers) => {
    expect(helpersFor(cores)).toEqual(helpers);
  });

  test('one reads ahead for a large file, and serves the next one, too', async () => {
    start({ helpers: { size: 1, readAhead: true, fromBytes: 10 } });
    expect(workers.as('helper')).toHaveLength(0);
    expect(await read('f1').reply).toMatchObject({ kind: 'read', dumps: [{ goroutines: 2 }] });
    expect(await read('f2').reply).toMatchObject({ kind: 'read', dumps: [{ goroutines: 2 }] });
    expect(workers.as('helper').map(({ heard }) => heard.map(({ kind }) => kind))).toEqual([['start', 'line', 'line']]);
  });

  test('small files have none, nor files that only two cores could share', async () => {
    start({ helpers: { size: 2, readAhead: false, fromBytes: 10 } });
    await read('f1').reply;
    client.dispose();
    start({ helpers: { size: 2, readAhead: true, fromBytes: 1e6 } });
    await read('f2').reply;
    expect(workers.as('helper')).toHaveLength(0);
  });

  test('a file whose helper dies is read again without one', async () => {
    start({ helpers: { size: 1, readAhead: true, fromBytes: 10 }, mute: ['helper'] });
    const { reply } = read('f1');
    await expect.poll(() => workers.as('helper')[0]?.heard.length).toBe(2);
    workers.as('helper')[0]?.crash('out of memory');
    expect(await reply).toMatchObject({ kind: 'read', dumps: [{ goroutines: 2 }] });
    expect(workers.as('helper')).toHaveLength(1);
  });

  test('those of a cancelled file are ended, whatever they are at', async () => {
    start({ helpers: { size: 1, readAhead: true, fromBytes: 10 }, mute: ['helper'], cancelGraceMs: 10 });
    const { reply, cancel } = read('f1');
    await expect.poll(() => workers.as('helper')[0]?.heard.length).toBe(2);
    cancel();
    expect(await reply).toEqual({ kind: 'cancelled' });
    expect(workers.as('helper').map(({ terminated }) => terminated)).toEqual([true]);
    workers.unmute('helper');
    expect(await read('f2').reply).toMatchObject({ kind: 'read' });
    expect(workers.as('helper').map(({ terminated }) => terminated)).toEqual([true, false]);
  });
});

describe('a reader after much work', () => {
  const ended = (role: 'reader' | 'helper') => workers.as(role).map(({ terminated }) => terminated);

  test('is ended with its helper, and another one is there for the next file', async () => {
    start({
      rest: { largeBytes: TEXT.length, restMs: 5, restartMs: 5 },
      helpers: { size: 1, readAhead: true, fromBytes: 10 },
    });
    const reply = await read('f1').reply;
    await expect.poll(() => ended('reader')).toEqual([true, false]);
    expect(ended('helper')).toEqual([true]);
    expect(await read('f2').reply).toMatchObject({ kind: 'read', dumps: [{ goroutines: 2 }] });
    const [dump] = reply.kind === 'read' ? reply.dumps : [];
    const { table } = await client.ask('groups', { dumpId: dump!.id, previousId: null, level: 'exact' });
    expect(table.key).toHaveLength(2);
  });

  test('that comes before the next file starts one of its own', async () => {
    start({ rest: { largeBytes: 1, restMs: 5, restartMs: 60_000 } });
    await read('f1').reply;
    await expect.poll(() => ended('reader')).toEqual([true]);
    expect(await read('f2').reply).toMatchObject({ kind: 'read' });
    expect(workers.as('reader')).toHaveLength(2);
  });

  test('is left alone while it reads another, and ended after that one', async () => {
    start({ rest: { largeBytes: 1.5 * (TEXT.length + 2 * 1024), restMs: 0, restartMs: 60_000 } });
    await read('f1').reply;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ended('reader')).toEqual([false]);
    const [second, third] = [read('f2'), read('f3')];
    expect(await second.reply).toMatchObject({ kind: 'read' });
    expect(await third.reply).toMatchObject({ kind: 'read' });
    await expect.poll(() => ended('reader')).toEqual([true]);
  });
});

describe('reading over workers', () => {
  test('the analyst and one reader are started before a file comes', () => {
    start({ readers: 3 });
    expect(workers.all.map((worker) => worker.role)).toEqual(['analyst', 'reader']);
  });

  test('a dump goes from the reader to the analyst, the page gets its summary and can ask', async () => {
    start();
    const reply = await read('f1').reply;
    expect(reply).toMatchObject({ kind: 'read', dumps: [{ id: 'f1/0', name: 'f1.txt', goroutines: 2 }] });
    if (reply.kind !== 'read') return;
    const { table } = await client.ask('groups', { dumpId: reply.dumps[0]!.id, previousId: null, level: 'exact' });
    expect(table.count).toEqual(Float64Array.of(1, 1));
    const raw = await client.ask('rawText', { dumpId: reply.dumps[0]!.id, row: 1 });
    expect(raw.text).toContain('goroutine 2 [chan send]');
  });

  test('the page itself never gets the columns of a dump', async () => {
    start();
    const reply = await read('f1').reply;
    const texts = JSON.stringify(reply, (_, value) => (ArrayBuffer.isView(value) ? 'COLUMN' : value));
    expect(texts).not.toContain('COLUMN');
    expect(texts).not.toContain('main.send');
  });

  test('two files are read at once by two readers', async () => {
    start({ readers: 2, mute: ['reader'] });
    const first = read('f1');
    const second = read('f2');
    await expect.poll(() => workers.as('reader').length).toBe(2);
    const [one, two] = workers.as('reader') as [FakeWorker, FakeWorker];
    two.say(rejected((await requestOf(two)).readId, 'second'));
    expect(await second.reply).toEqual({ kind: 'rejected', why: 'second' });
    one.say(rejected((await requestOf(one)).readId, 'first'));
    expect(await first.reply).toEqual({ kind: 'rejected', why: 'first' });
  });

  test('files wait for a reader in the order they came', async () => {
    start({ readers: 1, mute: ['reader'] });
    const begun: string[] = [];
    const reads = ['f1', 'f2', 'f3'].map((id) => read(id, TEXT, () => begun.push(id)));
    for (const [nth, { reply }] of reads.entries()) {
      expect(begun).toEqual(['f1', 'f2', 'f3'].slice(0, nth + 1));
      const reader = workers.as('reader')[0]!;
      reader.say(rejected((await requestOf(reader, nth)).readId));
      await reply;
    }
    expect(workers.as('reader')).toHaveLength(1);
  });

  test('progress goes to the read it belongs to', async () => {
    start({ mute: ['reader'] });
    const told: [number, number][] = [];
    const { reply } = read('f1', TEXT, (bytes, total) => told.push([bytes, total]));
    const reader = workers.as('reader')[0]!;
    const { readId } = await requestOf(reader);
    reader.say({ kind: 'progress', readId: readId + 1, progress: progressOf(99, 100) });
    reader.say({ kind: 'progress', readId, progress: progressOf(50, 100) });
    reader.say(rejected(readId));
    await reply;
    expect(told).toEqual([
      [0, TEXT.length],
      [50, 100],
    ]);
  });

  test('a file that holds no dump is rejected with what was seen', async () => {
    start();
    expect(await read('f1', '%PDF-1.7 \n').reply).toEqual({ kind: 'rejected', why: expect.stringContaining('PDF') });
  });
});

describe('cancelling', () => {
  test('answers at once; what the reader says later is ignored and it takes the next file', async () => {
    start({ mute: ['reader'] });
    const told: number[] = [];
    const first = read('f1', TEXT, (bytes) => told.push(bytes));
    const second = read('f2');
    const reader = workers.as('reader')[0]!;
    const { readId } = await requestOf(reader);
    first.cancel();
    first.cancel();
    expect(await first.reply).toEqual({ kind: 'cancelled' });
    await expect.poll(() => reader.heard.filter(({ kind }) => kind === 'cancel').length).toBe(1);
    expect(await stateOf(second.reply)).toBe('open');
    reader.say({ kind: 'progress', readId, progress: progressOf(5, 9) });
    reader.say(rejected(readId));
    reader.say(rejected((await requestOf(reader, 1)).readId, 'second'));
    expect(await second.reply).toEqual({ kind: 'rejected', why: 'second' });
    expect(told).toEqual([0]);
  });

  test('a file that still waits is never read', async () => {
    start({ mute: ['reader'] });
    const first = read('f1');
    const second = read('f2');
    const third = read('f3');
    second.cancel();
    expect(await second.reply).toEqual({ kind: 'cancelled' });
    const reader = workers.as('reader')[0]!;
    reader.say(rejected((await requestOf(reader)).readId));
    await first.reply;
    const { readId } = await requestOf(reader, 1);
    reader.say(rejected(readId, 'third'));
    expect(await third.reply).toEqual({ kind: 'rejected', why: 'third' });
    expect(reader.heard.filter(({ kind }) => kind === 'read')).toHaveLength(2);
  });

  test('tells the analyst, so that a dump that comes in spite of it is not kept', async () => {
    start({ mute: ['reader'] });
    const { reply, cancel } = read('f1');
    const { readId } = await requestOf(workers.as('reader')[0]!);
    cancel();
    await reply;
    await expect.poll(() => workers.as('analyst')[0]!.heard).toContainEqual({ kind: 'abandon', readId });
  });

  test('a reader that does not let go is replaced', async () => {
    start({ mute: ['reader'], cancelGraceMs: 20 });
    const first = read('f1');
    const second = read('f2');
    const reader = workers.as('reader')[0]!;
    await requestOf(reader);
    first.cancel();
    await expect.poll(() => workers.as('reader').length).toBe(2);
    expect(reader.terminated).toBe(true);
    const next = workers.as('reader')[1]!;
    next.say(rejected((await requestOf(next)).readId, 'second'));
    expect(await second.reply).toEqual({ kind: 'rejected', why: 'second' });
  });
});

describe('a reader that dies', () => {
  test.each([
    ['with words', (worker: FakeWorker) => worker.crash('out of memory'), /stopped the reader.*out of memory/],
    ['without words', (worker: FakeWorker) => worker.crash(''), /stopped the reader.*lack of memory\./],
    ['by an answer that cannot be unpacked', (worker: FakeWorker) => worker.garble(), /could not be received/],
  ])('%s fails only its own file', async (_, kill, words) => {
    start({ readers: 2, mute: ['reader'] });
    const first = read('f1');
    const second = read('f2');
    const third = read('f3');
    await expect.poll(() => workers.as('reader').length).toBe(2);
    const [one, two] = workers.as('reader') as [FakeWorker, FakeWorker];
    await requestOf(one);
    kill(one);
    expect(await first.reply).toEqual({ kind: 'failed', why: expect.stringMatching(words) });
    expect(one.terminated).toBe(true);
    two.say(rejected((await requestOf(two)).readId, 'second'));
    expect(await second.reply).toEqual({ kind: 'rejected', why: 'second' });
    await expect.poll(() => workers.as('reader').length).toBe(3);
    const next = workers.as('reader')[2]!;
    next.say(rejected((await requestOf(next)).readId, 'third'));
    expect(await third.reply).toEqual({ kind: 'rejected', why: 'third' });
  });

  test('leaves the dumps that were read before', async () => {
    start();
    await read('f1').reply;
    workers.as('reader')[0]!.crash('gone');
    expect(await read('f2').reply).toMatchObject({ kind: 'read' });
    for (const dumpId of ['f1/0', 'f2/0'] as never[]) {
      const { table } = await client.ask('groups', { dumpId, previousId: null, level: 'exact' });
      expect(table.goroutines).toBe(2);
    }
    expect(workers.as('analyst')).toHaveLength(1);
  });
});

describe('an analyst that dies', () => {
  const groupsOf = (id: string) => client.ask('groups', { dumpId: id as never, previousId: null, level: 'exact' });

  test('refuses what it was asked, is told, and a new one starts with the next use', async () => {
    start({ mute: ['analyst'] });
    const crashes: string[] = [];
    const stop = client.onCrash((why) => crashes.push(why));
    const asked = groupsOf('f1/0');
    const refused = expect(asked).rejects.toThrow(/stopped the part of the page that holds the dumps/);
    workers.as('analyst')[0]!.crash('out of memory');
    await refused;
    expect(crashes).toEqual([expect.stringContaining('out of memory')]);
    expect(workers.all.filter((worker) => !worker.terminated)).toHaveLength(1);
    const second = expect(groupsOf('f1/0')).rejects.toThrow();
    expect(workers.as('analyst')).toHaveLength(2);
    stop();
    workers.as('analyst')[1]!.crash('');
    await second;
    expect(crashes).toHaveLength(1);
  });

  test('loses its dumps; files can be read again by the readers that are there', async () => {
    start();
    await read('f1').reply;
    workers.as('analyst')[0]!.crash('');
    await expect(groupsOf('f1/0')).rejects.toThrow(/no longer open/);
    expect(await read('f1').reply).toMatchObject({ kind: 'read' });
    expect((await groupsOf('f1/0')).table.goroutines).toBe(2);
    expect(workers.as('reader')).toHaveLength(1);
  });

  test('does not lose a file that is just being read', async () => {
    start({ mute: ['analyst'] });
    const { reply } = read('f1');
    const deaf = workers.as('analyst')[0]!;
    await requestOf(workers.as('reader')[0]!);
    // The reader has parsed the small file and waits for an analyst that does not answer.
    expect(await stateOf(reply)).toBe('open');
    workers.unmute('analyst');
    deaf.crash('');
    expect(await reply).toMatchObject({ kind: 'read', dumps: [{ id: 'f1/0' }] });
    expect((await groupsOf('f1/0')).table.goroutines).toBe(2);
  });

  test('twice under one file fails that file', async () => {
    start({ mute: ['analyst'] });
    const { reply } = read('f1');
    await requestOf(workers.as('reader')[0]!);
    workers.as('analyst')[0]!.crash('');
    await expect.poll(() => workers.as('analyst').length).toBe(2);
    workers.as('analyst')[1]!.crash('again');
    expect(await reply).toEqual({ kind: 'failed', why: expect.stringMatching(/holds the dumps.*again/) });
  });

  test('does not count a dump as read that died with it', async () => {
    start({ mute: ['reader'] });
    const { reply } = read('f1');
    const reader = workers.as('reader')[0]!;
    const { readId } = await requestOf(reader);
    workers.as('analyst')[0]!.crash('');
    reader.say({ kind: 'reply', readId, reply: { kind: 'read', dumps: [] }, line: 1 });
    await requestOf(reader, 1);
    expect(await stateOf(reply)).toBe('open');
    reader.say({ kind: 'reply', readId, reply: { kind: 'read', dumps: [] }, line: 2 });
    expect(await reply).toEqual({ kind: 'read', dumps: [] });
  });

  test('an answer that cannot be unpacked refuses the question and keeps the dumps', async () => {
    start({ mute: ['analyst'] });
    const refused = expect(groupsOf('f1/0')).rejects.toThrow(/did not fit into the memory/);
    workers.as('analyst')[0]!.garble();
    await refused;
    expect(workers.as('analyst')[0]!.terminated).toBe(false);
  });
});

describe('a browser without workers', () => {
  test('fails every file with its words and asks nothing for ever', async () => {
    workers = fakeWorkers();
    client = createClient({
      makeWorker: () => {
        throw new Error('Workers are forbidden here');
      },
      readers: 2,
    });
    const replies = await Promise.all([read('f1').reply, read('f2').reply, read('f3').reply]);
    expect(replies.map((reply) => reply.kind)).toEqual(['failed', 'failed', 'failed']);
    expect(JSON.stringify(replies)).toContain('Workers are forbidden here');
    const ask = client.ask('remove', { dumpIds: [] });
    await expect(ask).rejects.toThrow('Workers are forbidden here');
  });
});

describe('after it is closed', () => {
  test('nothing waits for ever and all workers are gone', async () => {
    start({ mute: ['reader', 'analyst'] });
    const running = read('f1');
    const waiting = read('f2');
    const asked = expect(client.ask('remove', { dumpIds: [] })).rejects.toThrow(/closed/);
    client.dispose();
    expect(await running.reply).toEqual({ kind: 'cancelled' });
    expect(await waiting.reply).toEqual({ kind: 'cancelled' });
    await asked;
    expect(await read('f3').reply).toEqual({ kind: 'cancelled' });
    await expect(client.ask('remove', { dumpIds: [] })).rejects.toThrow(/closed/);
    expect(workers.all.every((worker) => worker.terminated)).toBe(true);
  });
});
