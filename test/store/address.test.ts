import { afterEach, describe, expect, test } from 'vitest';
import { formatLink } from '../../src/investigation/link/format-link.ts';
import { parseLink } from '../../src/investigation/link/parse-link.ts';
import { DEFAULT_VIEW } from '../../src/investigation/view.ts';
import { createStandstill, type Standstill } from '../../src/store/create-store.ts';
import { handoverOf } from '../../src/store/handover.ts';
import { linkOf } from '../../src/store/linked-dumps.ts';
import type { AppState, IncomingFile } from '../../src/store/state.ts';
import type { Fetched } from '../../src/store/surroundings.ts';
import { createInProcessClient } from '../support/in-process-client.ts';

/** A browser's address bar with its history. */
function fakeAddress(first = '') {
  const history = [first];
  let at = 0;
  let listener = () => {};
  return {
    history,
    address: {
      read: () => history[at] ?? '',
      write: (fragment: string, isStep: boolean) => {
        if (isStep) history.splice(++at, history.length, fragment);
        else history[at] = fragment;
      },
      onChange: (listen: () => void) => {
        listener = listen;
        return () => {};
      },
    },
    go: (by: number) => {
      at += by;
      listener();
    },
    type: (fragment: string) => {
      history.splice(++at, history.length, fragment);
      listener();
    },
  };
}

const open: Standstill[] = [];
afterEach(() => {
  for (const page of open.splice(0)) page.dispose();
});

function openPage(fragment = '', files: Readonly<Record<string, Fetched>> = {}) {
  const bar = fakeAddress(fragment);
  const client = createInProcessClient();
  const asked: string[] = [];
  const page = createStandstill({
    client,
    address: bar.address,
    schedule: (run) => {
      const timer = setTimeout(run, 0);
      return () => clearTimeout(timer);
    },
    fetchFile: async (address) => {
      asked.push(address);
      return files[address] ?? { kind: 'failed', why: 'There is nothing there (404).' };
    },
  });
  open.push(page);
  const state = (): AppState => page.store.getState();
  const until = async (done: (state: AppState) => boolean): Promise<AppState> => {
    for (let tries = 0; tries < 300; tries++) {
      if (done(state())) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return state();
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`never came: ${JSON.stringify([state().pending, state().notices, state().link])}`);
  };
  const load = (...dropped: IncomingFile[]): Promise<AppState> => {
    page.actions.addFiles(dropped);
    return until(({ pending, groups }) => pending.every((file) => 'why' in file) && groups.status === 'ready');
  };
  return { ...bar, client, actions: page.actions, state, until, load, asked };
}

/** A traceback of main and some senders. */
function dumpFile(name: string, senders: number): IncomingFile {
  const send = (_: unknown, at: number): string =>
    `goroutine ${at + 10} [chan send]:\nmain.send()\n\t/app/send.go:4 +0x1\ncreated by main.main in goroutine 1\n\t/app/main.go:5 +0x2\n`;
  const text = [
    'goroutine 1 [running]:\nmain.main()\n\t/app/main.go:9 +0x3\n',
    ...Array.from({ length: senders }, send),
  ];
  return { file: new Blob([text.join('\n')]), name, path: name, modifiedMs: null };
}

const BEFORE = dumpFile('before.txt', 3);
const AFTER = dumpFile('after.txt', 90);

/** A page that looks at something, and the link to it. */
async function madeLink(): Promise<{ fragment: string; view: AppState['view'] }> {
  const page = openPage();
  await page.load(BEFORE, AFTER);
  const [before] = page.state().dumps.filter(({ name }) => name === 'before.txt');
  page.actions.choose({ level: 'functions', dumpId: before?.summary.id ?? null, search: 'send', title: 'Orders' });
  const { groups } = await page.until(({ groups: g }) => g.status === 'ready' && g.value?.table.level === 'functions');
  page.actions.choose({ groupKey: groups.value?.table.key[0] ?? '', tab: 'compare' });
  await page.until(() => page.history.length > 2);
  return { fragment: page.history.at(-1) ?? '', view: page.state().view };
}

describe('the address', () => {
  test('follows the view; Back and Forward lead through it', async () => {
    const page = openPage();
    await page.load(BEFORE, AFTER);
    await page.until(() => page.history[0] !== '');
    page.actions.choose({ tab: 'compare' });
    await page.until(() => page.history.length === 2);
    page.actions.choose({ search: 's' });
    page.actions.choose({ search: 'se' });
    await page.until(() => page.history[1]?.includes('q=se') === true);
    page.actions.choose({ tab: 'lineage' });
    await page.until(() => page.history.length === 3);
    page.go(-1);
    expect(page.state().view).toMatchObject({ tab: 'compare', search: 'se' });
    page.go(-1);
    expect(page.state().view).toMatchObject({ tab: 'groups', search: '' });
    page.go(2);
    expect(page.state().view).toMatchObject({ tab: 'lineage', search: 'se' });
    expect(page.history).toHaveLength(3);
  });

  test('gets a step only from what the user chose: not while dumps come, nor from the level that suits them', async () => {
    const page = openPage();
    await page.load(BEFORE);
    await page.until(() => page.history[0] !== '');
    const { dumpId, level } = page.state().view;
    await page.load(AFTER, dumpFile('later.txt', 200));
    await page.until(({ levelAdvice }) => levelAdvice.status === 'ready');
    await page.until(() => page.history.at(-1) === formatLink(linkOf(page.state(), { sources: [], data: null })));
    expect(page.state().view).not.toMatchObject({ dumpId, level });
    expect(page.history).toHaveLength(1);
  });

  test('lets Back through where dumps came in between, and Forward again', async () => {
    const page = openPage();
    await page.load(BEFORE);
    await page.until(() => page.history[0] !== '');
    page.actions.choose({ tab: 'lineage' });
    await page.until(() => page.history.length === 2);
    await page.load(AFTER);
    await page.until(() => page.history[1]?.includes('after.txt') === true);
    page.go(-1);
    await page.until(() => page.history[0]?.includes('after.txt') === true);
    expect(page.state().view.tab).toBe('groups');
    expect(page.history).toHaveLength(2);
    page.go(1);
    expect(page.state().view.tab).toBe('lineage');
    expect(page.history).toHaveLength(2);
  });

  test('is empty again when nothing is open', async () => {
    const page = openPage();
    await page.load(BEFORE);
    await page.until(() => page.history[0] !== '');
    page.actions.removeAll();
    await page.until(() => page.history[0] === '');
  });

  test('without a link says nothing and is left alone', () => {
    const page = openPage('main');
    expect([page.state().notices, page.history]).toEqual([[], ['main']]);
  });
});

describe('a link', () => {
  test('waits for its files and then shows what it was made from', async () => {
    const { fragment, view } = await madeLink();
    const page = openPage(fragment);
    expect(page.state().link?.dumps).toEqual([
      { hash: expect.any(String), goroutines: 91, name: 'after.txt' },
      { hash: expect.any(String), goroutines: 4, name: 'before.txt' },
    ]);
    await page.load(AFTER);
    expect(page.state().link).not.toBeNull();
    expect(page.history).toEqual([fragment]);
    await page.load(BEFORE);
    expect(page.state().link).toBeNull();
    const names = (state: AppState['view'], dumps: AppState['dumps']) => ({
      ...state,
      dumpId: dumps.find(({ summary }) => summary.id === state.dumpId)?.name,
      a: dumps.find(({ summary }) => summary.id === state.a)?.name,
      b: dumps.find(({ summary }) => summary.id === state.b)?.name,
    });
    expect(names(page.state().view, page.state().dumps)).toEqual({
      ...view,
      dumpId: 'before.txt',
      a: expect.any(String),
      b: expect.any(String),
    });
    expect(formatLink(linkOf(page.state(), { sources: [], data: null }))).toBe(fragment);
  });

  test('says what is none of its files, and shows what is there when told to', async () => {
    const { fragment } = await madeLink();
    const page = openPage(fragment);
    await page.load(dumpFile('before.txt', 4));
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      'before.txt is not what the link was made from: the content differs.',
    ]);
    await page.load(AFTER);
    expect(page.state().link).not.toBeNull();
    page.actions.settleLink();
    expect(page.state().link).toBeNull();
    expect(page.state().view).toMatchObject({ tab: 'compare', search: 'send', title: 'Orders' });
  });

  test('knows every dump it was made from, of many the most important by name', async () => {
    const files = Array.from({ length: 15 }, (_, at) => dumpFile(`dump-${at}.txt`, at + 3));
    const sender = openPage();
    await sender.load(...files);
    await sender.until(({ dumps }) => dumps.length === 15 && sender.history[0]?.includes('dump-') === true);
    sender.actions.choose({ tab: 'timeline' });
    await sender.until(() => sender.history.length === 2);
    const fragment = sender.history[1] ?? '';
    const page = openPage(fragment);
    expect(page.state().link?.dumps).toHaveLength(15);
    expect(page.state().link?.dumps.filter(({ name }) => name === '')).toHaveLength(3);
    await page.load(dumpFile('other.txt', 99));
    await page.load(...files);
    expect(page.state().link).toBeNull();
    expect(page.state().view.tab).toBe('timeline');
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      'other.txt is not what the link was made from: the content differs.',
    ]);
  });

  test('never grows beyond what can be opened, whatever dumps are called', async () => {
    const page = openPage();
    await page.load(dumpFile(`${'long'.repeat(600)}.txt`, 3));
    await page.until(() => page.history[0] !== '');
    expect(parseLink(page.history[0] ?? '')).toMatchObject({ kind: 'link' });
  });

  test('that is left is gone from the address, too', async () => {
    const { fragment } = await madeLink();
    const page = openPage(fragment);
    page.actions.settleLink();
    expect([page.state().link, page.history]).toEqual([null, ['']]);
  });

  test('that is junk is told of, and nothing else happens', () => {
    const page = openPage('v=1&tab=admin');
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      expect.stringContaining('The link cannot be opened as it stands: view.tab: found "admin"'),
    ]);
    expect(page.state().view).toEqual(DEFAULT_VIEW);
  });

  test('that is newer than the page does not ask for another copy of it', () => {
    const page = openPage('v=9&tab=groups');
    expect(page.state().notices.map(({ text }) => text)).toEqual([
      'The link cannot be opened: it was made by a newer Standstill (version 9 of links; this page knows up to 1).',
    ]);
  });

  test('carries data, which stays in the address for a reload', async () => {
    const page = openPage();
    await page.load(BEFORE, AFTER);
    page.actions.choose({ tab: 'compare', title: 'Orders' });
    const { bytes: packed } = await page.client.ask('pack', handoverOf(page.state(), 'groups'));
    const fragment = formatLink({ view: DEFAULT_VIEW, dumps: [], sources: [], data: packed });
    const other = openPage(fragment);
    await other.until(({ pending, dumps }) => pending.length === 0 && dumps.length === 2);
    expect(other.state().view).toMatchObject({ tab: 'compare', title: 'Orders' });
    expect(
      other
        .state()
        .dumps.map(({ summary }) => summary.goroutines)
        .sort(),
    ).toEqual([4, 91]);
    other.actions.choose({ tab: 'groups' });
    await other.until(() => other.history.length > 1 || other.history[0] !== fragment);
    const reloaded = openPage(other.history.at(-1));
    await reloaded.until(({ pending, dumps, link }) => pending.length === 0 && dumps.length === 2 && link === null);
    expect(reloaded.state().view).toMatchObject({ tab: 'groups', title: 'Orders' });
    const parsed = parseLink(other.history.at(-1) ?? '');
    expect(parsed.kind === 'link' && parsed.link.data).toEqual(packed);
  });
});

describe('dumps beside the page', () => {
  const served = (incoming: IncomingFile): Fetched => ({
    kind: 'file',
    file: incoming.file,
    name: incoming.name,
    modifiedMs: null,
  });
  const index = (list: unknown): Fetched => ({
    kind: 'file',
    file: new Blob([JSON.stringify(list)]),
    name: 'index.json',
    modifiedMs: null,
  });

  test('are fetched by the addresses of a link, and the view follows', async () => {
    const page = openPage('src=dumps/inc-42/&tab=compare&level=functions', {
      'dumps/inc-42/index.json': index([
        'before.txt',
        { name: 'after.txt', type: 'file' },
        { name: 'old', type: 'directory' },
        { name: 'older/', is_dir: true },
      ]),
      'dumps/inc-42/before.txt': served(BEFORE),
      'dumps/inc-42/after.txt': served(AFTER),
    });
    await page.until(({ dumps, pending, link }) => dumps.length === 2 && pending.length === 0 && link === null);
    expect(page.state().view).toMatchObject({ tab: 'compare', level: 'functions' });
    expect(
      page
        .state()
        .dumps.map(({ summary }) => summary.provenance.path)
        .sort(),
    ).toEqual(['inc-42/after.txt', 'inc-42/before.txt']);
    await page.until(
      () => parseLink(page.history[0] ?? '').kind === 'link' && page.history[0]?.startsWith('v=1') === true,
    );
    expect(page.history[0]).toContain('src=dumps/inc-42/');
  });

  test.each([
    ['no list', { a: 1 }, 'it is no list.'],
    ['a name of another folder', ['../../etc/passwd'], 'no name of a file in this folder.'],
    ['an address', ['https://elsewhere.example/a'], 'no name of a file in this folder.'],
    ['nothing', [], 'index.json lists no file.'],
  ])('are not fetched by an index with %s', async (_, list, why) => {
    const page = openPage('src=dumps/', { 'dumps/index.json': index(list) });
    await page.until(({ pending }) => pending.some((file) => 'why' in file));
    expect(page.state().pending).toEqual([
      expect.objectContaining({ phase: 'failed', name: 'dumps/', why: expect.stringContaining(why) }),
    ]);
    expect(page.asked).toEqual(['dumps/index.json']);
  });

  test('that are not there are told of by name, and the others are read', async () => {
    const page = openPage('src=a.txt&src=b.txt', { 'b.txt': served(BEFORE) });
    await page.until(({ dumps, pending }) => dumps.length === 1 && pending.length === 1);
    expect(page.state().pending).toEqual([
      expect.objectContaining({ phase: 'failed', name: 'a.txt', why: 'There is nothing there (404).' }),
    ]);
  });
});
