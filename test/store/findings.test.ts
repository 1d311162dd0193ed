import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CountLog } from '../../src/core/model/count-log.ts';
import type { RaceReport } from '../../src/core/model/race-report.ts';
import type { ReadReply } from '../../src/worker/protocol.ts';
import { file, found, names, openPage, type Page } from './harness.ts';

let page: Page;

beforeEach(() => {
  page = openPage();
});
afterEach(() => page.dispose());

type Found = Extract<ReadReply, { kind: 'read' }>;

const provenance = (() => {
  const reply = found('f', 'x');
  if (reply.kind !== 'read' || reply.dumps[0] === undefined) throw new Error('no dump');
  return reply.dumps[0].provenance;
})();

function counts(instance: string | null = null): CountLog {
  return {
    form: 'log',
    key: 'goroutines',
    provenance: { ...provenance, instance, takenAtMs: 1000 },
    timesMs: Float64Array.of(1000, 2000),
    counts: Float64Array.of(5, 6),
    lines: Int32Array.of(1, 2),
    caveats: [],
  };
}

const report: RaceReport = { provenance, races: [], reports: 1, caveats: [] };

function findings(more: Partial<Found>): Found {
  return { kind: 'read', dumps: [], countLogs: [], races: [], notes: [], saved: null, ...more };
}

async function open(name: string, reply: (fileId: string) => ReadReply): Promise<void> {
  page.actions.addFiles([file(name)]);
  const read = page.client.reads.at(-1)!;
  await read.reply(reply(read.input.fileId));
}

const lastRead = () => page.client.reads.at(-1)!;
const shown = () => {
  const { counts: series, races, fileNotes } = page.state();
  return {
    counts: series.map(({ name }) => name),
    races: races.map(({ name }) => name),
    notes: fileNotes.map(({ notes }) => notes),
  };
};

describe('what a file holds besides dumps', () => {
  test('is kept with the name of the file, and goes with it', async () => {
    await open('app.log', () => findings({ countLogs: [counts()], races: [report], notes: ['left out'] }));
    await open('pods.log', () => findings({ countLogs: [counts('a'), counts('b')] }));
    expect(shown()).toEqual({
      counts: ['app.log', 'pods.log · a', 'pods.log · b'],
      races: ['app.log'],
      notes: [['left out']],
    });
    expect(page.state().pending).toEqual([]);
    page.actions.removeAll();
    expect(shown()).toEqual({ counts: [], races: [], notes: [] });
  });

  test('is dismissed one by one', async () => {
    await open('app.log', () =>
      findings({ countLogs: [counts('a'), counts('b')], races: [report], notes: ['left out'] }),
    );
    page.actions.removeCounts(page.state().counts[0]!.id);
    page.actions.removeRaces(page.state().races[0]!.fileId);
    page.actions.dismissFileNotes(page.state().fileNotes[0]!.fileId);
    expect(shown()).toEqual({ counts: ['app.log · b'], races: [], notes: [] });
    page.actions.removeCounts(page.state().counts[0]!.id);
    page.actions.addFiles([file('app.log')]);
    // Nothing of it was left, so it is read as a new file.
    expect(page.state().pending).toHaveLength(1);
  });

  test('is not lost when a dump of the file is removed', async () => {
    await open('app.log', (id) => ({ ...(found(id, 'app.log') as Found), countLogs: [counts()] }));
    page.actions.removeDump(page.state().dumps[0]!.summary.id);
    expect(shown().counts).toEqual(['app.log']);
  });
});

describe('reading a file again', () => {
  test('as its lines stand keeps what there was until the new reading has ended', async () => {
    await open('pod.log', (id) => found(id, 'pod.log', { goroutines: [7] }));
    const { fileId } = page.state().dumps[0]!.summary;
    expect(lastRead().input.unwrap).toBe(true);
    page.actions.setUnwrap(fileId, false);
    expect(page.state().asTheyStand).toEqual([fileId]);
    expect(lastRead().input).toMatchObject({ unwrap: false, fileName: 'pod.log' });
    expect(names(page)).toEqual(['pod.log']);
    await lastRead().reply({ kind: 'rejected', why: 'no header' });
    expect(names(page)).toEqual([]);
    expect(page.state().pending).toMatchObject([{ phase: 'rejected', why: 'no header' }]);
    page.actions.setUnwrap(fileId, true);
    expect(lastRead().input.unwrap).toBe(true);
    await lastRead().reply(found(fileId, 'pod.log', { goroutines: [7] }));
    expect([names(page), page.state().pending, page.state().asTheyStand]).toEqual([['pod.log'], [], []]);
  });

  test('is not done when nothing would change', async () => {
    await open('pod.log', (id) => found(id, 'pod.log'));
    page.actions.setUnwrap(page.state().dumps[0]!.summary.fileId, true);
    page.actions.setCountKeys(null);
    expect(page.client.reads).toHaveLength(1);
  });

  test('for other keys reads every file, those that held nothing too', async () => {
    await open('one.log', (id) => found(id, 'one.log'));
    await open('two.log', () => ({ kind: 'rejected', why: 'no dump' }));
    page.actions.setCountKeys(['workers']);
    const again = page.client.reads.slice(2);
    expect(again.map(({ input }) => [input.fileName, input.countKeys])).toEqual([
      ['one.log', ['workers']],
      ['two.log', ['workers']],
    ]);
    await again[1]!.reply(findings({ countLogs: [counts()] }));
    expect(shown().counts).toEqual(['two.log']);
  });
});

describe('the same dump in two files', () => {
  test('is shown once, and said', async () => {
    await open('a.txt', (id) => found(id, 'a.txt'));
    const { identity } = page.state().dumps[0]!.summary;
    await open('b.txt', (id) => {
      const reply = found(id, 'b.txt') as Found;
      return { ...reply, dumps: reply.dumps.map((dump) => ({ ...dump, identity })) };
    });
    expect(names(page)).toEqual(['a.txt']);
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      'b.txt holds the same dump as a.txt; it is shown once.',
    ]);
  });
});
