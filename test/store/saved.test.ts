import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { fileNameOf, handoverOf } from '../../src/store/handover.ts';
import type { AppState, IncomingFile } from '../../src/store/state.ts';
import { corpusFile } from '../support/corpus.ts';
import { createInProcessClient } from '../support/in-process-client.ts';
import { file, openWith } from './harness.ts';

const pages: { dispose: () => void }[] = [];
afterEach(() => {
  for (const page of pages.splice(0)) page.dispose();
});

/** A store over the real reader and analyst. */
function openReal() {
  const client = createInProcessClient();
  const page = { client, ...openWith(client) };
  pages.push(page);
  const until = async (done: (state: AppState) => boolean): Promise<AppState> => {
    for (let tries = 0; tries < 400; tries++) {
      if (done(page.state())) return page.state();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`never came: ${JSON.stringify(page.state().pending)} ${JSON.stringify(page.state().notices)}`);
  };
  const load = async (...files: IncomingFile[]): Promise<AppState> => {
    page.actions.addFiles(files);
    return until(({ pending, groups }) => pending.length === 0 && groups.status === 'ready');
  };
  return { ...page, until, load };
}

function real(name: string): IncomingFile {
  return file(name.replace('/', '-'), readFileSync(corpusFile(name)?.path ?? '', 'utf8'));
}

const FIRST = 'prog-poolbugs-go1.19/1-before.debug2.txt';
const LATER = 'prog-poolbugs-go1.19/3-later.debug2.txt';

async function saved(page: ReturnType<typeof openReal>, name = 'saved.standstill.json.gz'): Promise<IncomingFile> {
  const { bytes } = await page.client.ask('pack', handoverOf(page.state(), 'goroutines'));
  return { file: new Blob([bytes]), name, path: name, modifiedMs: null };
}

describe('a saved investigation', () => {
  test('brings back dumps, names, times, phases, marks, rules and the view', async () => {
    const page = openReal();
    await page.load(real(FIRST), real(LATER));
    const { actions } = page;
    const [first, later] = page.state().dumps.map(({ summary }) => summary.id);
    if (first === undefined || later === undefined) throw new Error('two dumps');
    actions.renameDump(first, 'before the deploy');
    actions.setTakenAt(first, Date.UTC(2026, 10, 24, 3));
    actions.markPhase([first], 'before');
    const key = page.state().groups.value?.table.key[0] ?? '';
    actions.choose({ title: 'Orders leak', dumpId: first, level: 'functions', limit: 5000, onlySuspects: false });
    await page.until(({ groups }) => groups.status === 'ready' && groups.value?.table.level === 'functions');
    const table = page.state().groups.value?.table;
    actions.choose({ groupKey: table?.key[0] ?? key });
    await page.until(({ markTargets }) => markTargets.status === 'ready');
    actions.markGroup('suspect', 'seen on Monday, too');
    const before = page.state();

    const other = openReal();
    await other.load(await saved(page));
    const after = other.state();
    expect(after.dumps.map(({ name, takenAtMs, takenAtFrom }) => [name, takenAtMs, takenAtFrom])).toEqual(
      before.dumps.map(({ name, takenAtMs, takenAtFrom }) => [name, takenAtMs, takenAtFrom]),
    );
    expect(after.marks).toEqual(before.marks);
    const beside = (state: AppState) => handoverOf(state, 'groups').beside;
    expect(beside(after)).toEqual(beside(before));
    expect(after.notices).toEqual([]);
    await other.until(({ groups }) => groups.status === 'ready' && groups.value?.table.level === 'functions');
    expect(other.state().groups.value?.table).toEqual(table);
    // Ids go along, raw texts do not.
    expect(after.dumps.map(({ summary }) => [summary.hasIds, summary.hasText])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  test('is added to what is open, whose view stays', async () => {
    const page = openReal();
    await page.load(real(LATER));
    page.actions.choose({ title: 'From elsewhere', tab: 'lineage' });
    const handed = await saved(page);
    const other = openReal();
    await other.load(real(FIRST));
    other.actions.choose({ title: 'Mine' });
    await other.load(handed);
    expect(other.state().dumps).toHaveLength(2);
    expect(other.state().view).toMatchObject({ title: 'Mine', tab: 'groups' });
    expect(other.state().notices.map(({ text }) => text)).toEqual([
      'saved.standstill.json.gz: its dumps and marks are added to what is open; what it looked at is not.',
    ]);
  });

  test('read again after a crash keeps what was done since', async () => {
    const page = openReal();
    await page.load(real(LATER));
    const other = openReal();
    await other.load(await saved(page));
    other.actions.choose({ title: 'Mine' });
    other.client.crash('The analyst is gone.');
    await other.until(({ pending, groups }) => pending.length === 0 && groups.status === 'ready');
    expect(other.state().view.title).toBe('Mine');
    expect(other.state().dumps).toHaveLength(1);
  });

  test('that is damaged is refused by name, and nothing is lost', async () => {
    const page = openReal();
    await page.load(real(FIRST));
    const handed = await saved(page);
    page.actions.addFiles([{ ...handed, file: handed.file.slice(0, handed.file.size - 40), name: 'cut.json.gz' }]);
    await page.until(({ pending }) => pending.some(({ phase }) => phase === 'rejected'));
    expect(page.state().pending).toEqual([
      expect.objectContaining({
        name: 'cut.json.gz',
        why: expect.stringMatching(/^This is a saved investigation that cannot be opened\. It is (?:cut|damaged)/),
      }),
    ]);
    expect(page.state().dumps).toHaveLength(1);
  });

  test.each([
    ['Orders: leak / 24 Nov', 'Orders-leak-24-Nov'],
    ['../../etc/passwd', 'etc-passwd'],
    ['💥', 'investigation'],
  ])('of the title %s is called %s', (title, name) => {
    const page = openReal();
    page.actions.choose({ title });
    expect(fileNameOf(page.state(), page.state().view.title, { hosts: false })).toBe(name);
  });
});
