import { afterEach, describe, expect, test } from 'vitest';
import type { KeptFile, KeptInvestigation, Shelf } from '../../src/investigation/shelf.ts';
import { createStandstill, type Standstill } from '../../src/store/create-store.ts';
import type { AppState, IncomingFile } from '../../src/store/state.ts';
import { createInProcessClient } from '../support/in-process-client.ts';

/** A shelf in memory, of one page after the other. */
function memoryShelf(own: KeptInvestigation | null = null) {
  const files = new Map<string, KeptFile>();
  const log: string[] = [];
  let notes = '';
  let title = '';
  let broken = 0;
  let failure: Error | null = null;
  let whenKept = (): void => {};
  const described = (): KeptInvestigation => ({
    id: 'one',
    title,
    savedAtMs: 5,
    names: [...files.values()].map(({ name }) => name),
    bytes: 0,
    brokenOpenings: broken,
  });
  const act = <T>(what: string, work: () => T): Promise<T> => {
    log.push(what);
    return failure === null ? Promise.resolve(work()) : Promise.reject(failure);
  };
  const shelf: Shelf = {
    look: () => act('look', () => ({ own: own ?? (files.size > 0 ? described() : null), others: [] })),
    open: () =>
      act('open', () => {
        broken++;
        return files.size === 0 ? null : { files: [...files.values()], notes };
      }),
    opened: () =>
      act('opened', () => {
        broken = 0;
      }),
    keepFile: (file) =>
      act(`keep ${file.name}`, () => {
        files.set(file.key, file);
        whenKept();
      }),
    dropFile: (key) => act(`drop ${files.get(key)?.name}`, () => void files.delete(key)),
    keepNotes: (newTitle, text) =>
      act('notes', () => {
        title = newTitle;
        notes = text;
      }),
    forget: () => act('forget', () => files.clear()),
  };
  return {
    shelf,
    files,
    log,
    notes: () => notes,
    fail: (error: Error) => {
      failure = error;
    },
    onKeep: (listener: () => void) => {
      whenKept = listener;
    },
    breakTwice: () => {
      broken = 2;
    },
    spoilNotes: () => {
      notes = '{"link":1}';
    },
  };
}

const open: Standstill[] = [];
afterEach(() => {
  for (const page of open.splice(0)) page.dispose();
});

function openPage(shelf: Shelf, keeps = true) {
  let isOn = keeps;
  const page = createStandstill({
    client: createInProcessClient(),
    shelf,
    keepSetting: {
      read: () => isOn,
      write: (on) => {
        isOn = on;
      },
    },
    schedule: (run) => {
      const timer = setTimeout(run, 0);
      return () => clearTimeout(timer);
    },
  });
  open.push(page);
  const state = (): AppState => page.store.getState();
  const until = async (done: (state: AppState) => boolean): Promise<AppState> => {
    for (let tries = 0; tries < 300; tries++) {
      if (done(state())) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return state();
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`never came: ${JSON.stringify([state().pending, state().notices, state().kept])}`);
  };
  return { ...page, state, until };
}

function dumpFile(name: string, senders: number): IncomingFile {
  const blocks = Array.from(
    { length: senders },
    (_, at) =>
      `goroutine ${at + 10} [chan send]:\nmain.send()\n\t/app/send.go:4 +0x1\ncreated by main.main in goroutine 1\n\t/app/main.go:5 +0x2\n`,
  );
  const text = ['goroutine 1 [running]:\nmain.main()\n\t/app/main.go:9 +0x3\n', ...blocks].join('\n');
  return { file: new Blob([text]), name, path: name, modifiedMs: 7 };
}

const ready = (dumps: number) => (state: AppState) =>
  state.dumps.length === dumps && state.pending.length === 0 && state.groups.status === 'ready' && state.link === null;

describe('what is open', () => {
  test('is there after a reload: files, names, times, marks, what was removed, the view', async () => {
    const { shelf, files, log, notes } = memoryShelf();
    const page = openPage(shelf);
    await page.until(({ kept }) => kept.status === 'on');
    page.actions.addFiles([dumpFile('a.txt', 3), dumpFile('b.txt', 5), dumpFile('c.txt', 9)]);
    await page.until(ready(3));
    const of = (name: string) => page.state().dumps.find((dump) => dump.summary.name === name)?.summary.id;
    const [a, b, c] = [of('a.txt'), of('b.txt'), of('c.txt')];
    if (a === undefined || b === undefined || c === undefined) throw new Error('three dumps');
    page.actions.renameDump(a, 'before');
    page.actions.setTakenAt(a, 60_000);
    page.actions.removeDump(c);
    page.actions.choose({ tab: 'lineage', title: 'Orders', level: 'functions', dumpId: a });
    await page.until(({ groups }) => groups.status === 'ready' && groups.value?.table.level === 'functions');
    page.actions.choose({ groupKey: page.state().groups.value?.table.key[0] ?? null });
    await page.until(({ markTargets }) => markTargets.status === 'ready');
    page.actions.markGroup('suspect', 'again');
    await page.until(() => notes().includes('"note":"again"'));
    expect([...files.values()].map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    const before = page.state();
    page.dispose();

    const written = log.filter((what) => what.startsWith('keep')).length;
    const again = openPage(shelf);
    await again.until(ready(2));
    await again.until(() => log.includes('opened'));
    const after = again.state();
    expect(after.dumps.map(({ name, takenAtMs }) => [name, takenAtMs])).toEqual(
      before.dumps.map(({ name, takenAtMs }) => [name, takenAtMs]),
    );
    expect(after.marks).toEqual(before.marks);
    expect(after.view).toMatchObject({
      tab: 'lineage',
      title: 'Orders',
      level: 'functions',
      groupKey: before.view.groupKey,
    });
    expect(after.dumps.find(({ summary }) => summary.id === after.view.dumpId)?.name).toBe('before');
    expect(after.notices).toEqual([]);
    // Files that are kept already are not written again.
    expect(log.filter((what) => what.startsWith('keep'))).toHaveLength(written);
  });

  test('is kept before it is read, and forgotten when it is removed', async () => {
    const { shelf, files, onKeep } = memoryShelf();
    const page = openPage(shelf);
    await page.until(({ kept }) => kept.status === 'on');
    const readWhenKept: number[] = [];
    onKeep(() => readWhenKept.push(page.state().dumps.length));
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(ready(1));
    expect([files.size, readWhenKept]).toEqual([1, [0]]);
    page.actions.removeAll();
    await page.until(() => files.size === 0);
  });

  test('that came with the address is not kept', async () => {
    const { shelf, files } = memoryShelf();
    const page = openPage(shelf);
    await page.until(({ kept }) => kept.status === 'on');
    page.actions.addFiles([{ ...dumpFile('a.txt', 3), isCarried: true }]);
    await page.until(ready(1));
    expect(files.size).toBe(0);
  });

  test('is opened even when what is kept beside it is damaged', async () => {
    const kept = memoryShelf();
    const page = openPage(kept.shelf);
    await page.until(({ kept: state }) => state.status === 'on');
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(() => kept.log.includes('notes'));
    page.dispose();
    kept.spoilNotes();
    const again = openPage(kept.shelf);
    await again.until(ready(1));
  });

  test('that broke the page twice is only offered', async () => {
    const kept = memoryShelf();
    const page = openPage(kept.shelf);
    await page.until(({ kept: state }) => state.status === 'on');
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(() => kept.log.includes('notes'));
    page.dispose();
    kept.breakTwice();
    const again = openPage(kept.shelf);
    await again.until(({ kept: state }) => state.offers.length === 1);
    expect(again.state().dumps).toEqual([]);
    again.actions.openKept('one');
    await again.until(ready(1));
    expect(again.state().kept.offers).toEqual([]);
  });
});

describe('what the user says', () => {
  test('forgets everything, until the page is loaded again', async () => {
    const { shelf, files, log } = memoryShelf();
    const page = openPage(shelf);
    await page.until(({ kept }) => kept.status === 'on');
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(ready(1));
    page.actions.forgetKept();
    await page.until(() => files.size === 0);
    expect(page.state().kept.status).toBe('forgotten');
    page.actions.choose({ tab: 'lineage' });
    await page.until(() => true);
    expect(log.at(-1)).toBe('forget');
  });

  test('keeps nothing, and keeps again', async () => {
    const { shelf, files } = memoryShelf();
    const page = openPage(shelf, false);
    await page.until(({ kept }) => kept.status === 'off');
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(ready(1));
    expect(files.size).toBe(0);
    page.actions.setKeeping(true);
    await page.until(() => files.size === 1);
    page.actions.setKeeping(false);
    await page.until(() => files.size === 0);
    expect(page.state().kept.status).toBe('off');
  });

  test('is told when nothing can be kept', async () => {
    const kept = memoryShelf();
    const page = openPage(kept.shelf);
    await page.until(({ kept: state }) => state.status === 'on');
    kept.fail(new Error('The browser gives this page no more room on the disk.'));
    page.actions.addFiles([dumpFile('a.txt', 3)]);
    await page.until(({ kept: state }) => state.status === 'failed');
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      'What is open is not kept for a reload. The browser gives this page no more room on the disk.',
    ]);
    await page.until(ready(1));
  });
});
