import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_FILES } from '../../src/store/files.ts';
import { MAX_NAME } from '../../src/store/intake.ts';
import { selectPreviousDump } from '../../src/store/selectors.ts';
import { chosen, drop, file, found, groupsReply, names, openPage, type Page, settled } from './harness.ts';

let page: Page;

beforeEach(() => {
  page = openPage();
});
afterEach(() => page.dispose());

const phases = () => page.state().pending.map(({ name, phase }) => `${name} ${phase}`);
const idOf = (name: string) => page.state().dumps.find((dump) => dump.name === name)!.summary.id;
const notices = () => page.state().notices.map((notice) => notice.text);

describe('files on their way', () => {
  test('are all listed at once and read a few at a time, in order', async () => {
    page.actions.addFiles(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => file(name)));
    expect(phases()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name} waiting`));
    expect(page.client.reads.map((read) => read.input.fileName)).toEqual(['a', 'b', 'c', 'd']);
    await page.client.reads[2]!.reply({ kind: 'rejected', why: 'no dump' });
    expect(page.client.reads.map((read) => read.input.fileName)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('are being read from the first progress on', () => {
    page.actions.addFiles([file('a', '12345')]);
    page.client.reads[0]!.progress(0);
    page.client.reads[0]!.progress(3);
    expect(page.state().pending).toEqual([
      {
        phase: 'reading',
        id: page.client.reads[0]!.input.fileId,
        name: 'a',
        sizeBytes: 5,
        bytesRead: 3,
        elapsedMs: 0,
        soFar: null,
      },
    ]);
  });

  test('leave the list when their dump is there, and stay when they hold none until they are dismissed', async () => {
    page.actions.addFiles([file('a'), file('b'), file('c')]);
    const [a, b, c] = page.client.reads;
    await a!.reply(found(a!.input.fileId, 'a'));
    await b!.reply({ kind: 'rejected', why: 'This is a PNG image.' });
    await c!.reply({ kind: 'failed', why: 'The browser stopped the reader.' });
    expect(phases()).toEqual(['b rejected', 'c failed']);
    expect(page.state().pending[0]).toMatchObject({ why: 'This is a PNG image.' });
    page.actions.dismissFile(b!.input.fileId);
    expect(phases()).toEqual(['c failed']);
    expect(names(page)).toEqual(['a']);
  });

  test('cannot be dismissed while they are read', () => {
    page.actions.addFiles([file('a')]);
    page.actions.dismissFile(page.client.reads[0]!.input.fileId);
    expect(phases()).toEqual(['a waiting']);
  });

  test('are cancelled one by one, also those that wait', async () => {
    page.actions.addFiles(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => file(name)));
    page.actions.cancelFile(page.state().pending[1]!.id);
    page.actions.cancelFile(page.state().pending.at(-1)!.id);
    expect(phases()).toEqual(['a', 'c', 'd', 'e'].map((name) => `${name} waiting`));
    await settled();
    expect(page.client.reads.map(({ input, cancelled }) => `${input.fileName} ${cancelled}`)).toEqual([
      'a false',
      'b true',
      'c false',
      'd false',
      'e false',
    ]);
  });

  test('are all cancelled; dumps that are there stay', async () => {
    await drop(page, ['a']);
    page.actions.addFiles(['b', 'c', 'd', 'e', 'f'].map((name) => file(name)));
    page.actions.cancelAll();
    await settled();
    expect([phases(), names(page)]).toEqual([[], ['a']]);
    expect(page.client.reads).toHaveLength(5);
  });

  test('that answer after they were cancelled leave no dump, and the analyst forgets it', async () => {
    page.actions.addFiles([file('a')]);
    const [read] = page.client.reads;
    // The reader is done, its answer is on the way.
    const arriving = read!.reply(found(read!.input.fileId, 'a'));
    page.actions.cancelFile(read!.input.fileId);
    await arriving;
    expect([phases(), names(page)]).toEqual([[], []]);
    expect(page.client.asksFor('remove').map((ask) => ask.args)).toEqual([{ dumpIds: [`${read!.input.fileId}/0`] }]);
  });

  test('tell no progress after they ended', async () => {
    page.actions.addFiles([file('a')]);
    const [read] = page.client.reads;
    await read!.reply({ kind: 'rejected', why: 'no' });
    read!.progress(5);
    expect(phases()).toEqual(['a rejected']);
  });

  test('are not more than the limit; the rest is named', () => {
    page.actions.addFiles(Array.from({ length: MAX_FILES + 312 }, (_, i) => file(`f${i}`)));
    expect(page.state().pending).toHaveLength(MAX_FILES);
    expect(notices()).toEqual([expect.stringMatching(/first 500 of 812 files/)]);
  });
});

describe('a file that is given twice', () => {
  test('is not read again, and that is said', async () => {
    await drop(page, ['a']);
    page.actions.addFiles([file('a'), file('b'), file('b')]);
    expect(page.client.reads.map((read) => read.input.fileName)).toEqual(['a', 'b']);
    expect(notices()).toEqual(['a and b are already open and not read again.']);
  });

  test.each([
    ['of another size', file('a', 'longer')],
    ['changed at another time', file('a', 'a', { modifiedMs: 2000 })],
    ['of another name', file('A')],
  ])('is another one when it is %s', async (_, other) => {
    await drop(page, ['a']);
    page.actions.addFiles([other]);
    expect(page.client.reads).toHaveLength(2);
  });

  test('is another one when it lies in another folder', () => {
    page.actions.addFiles([file('a', 'a', { path: 'pod-1/a' }), file('a', 'a', { path: 'pod-2/a' })]);
    expect(page.client.reads).toHaveLength(2);
  });

  test('is read again when it failed, or when its dump was removed', async () => {
    page.actions.addFiles([file('a')]);
    await page.client.reads[0]!.reply({ kind: 'failed', why: 'memory' });
    await drop(page, ['a']);
    expect([phases(), names(page)]).toEqual([[], ['a']]);
    page.actions.removeDump(idOf('a'));
    await drop(page, ['a']);
    expect(names(page)).toEqual(['a']);
    expect(notices()).toEqual([]);
  });

  test('brings back the dumps of it that were removed', async () => {
    await drop(page, ['a', { goroutines: [1, 2] }]);
    page.actions.removeDump(idOf('a'));
    expect(names(page)).toEqual(['a#2']);
    await drop(page, ['a', { goroutines: [1, 2] }]);
    expect(names(page)).toEqual(['a', 'a#2']);
  });
});

describe('the order of dumps', () => {
  test.each([
    [
      'by time',
      [
        ['late', 300],
        ['early', 100],
        ['middle', 200],
      ],
      ['early', 'middle', 'late'],
    ],
    [
      'by name where times are equal',
      [
        ['10-after', 100],
        ['2-load', 100],
        ['1-before', 100],
      ],
      ['1-before', '2-load', '10-after'],
    ],
    [
      'by name without times',
      [
        ['10-after', null],
        ['2-load', null],
      ],
      ['2-load', '10-after'],
    ],
    [
      'those without a time last',
      [
        ['a', null],
        ['b', 100],
      ],
      ['b', 'a'],
    ],
  ] as const)('is %s', async (_, files, order) => {
    await drop(page, ...files.map(([name, ms]) => [name, { ms }] as const));
    expect(names(page)).toEqual(order);
  });

  test('follows a time that the user sets or takes away', async () => {
    await drop(page, ['a', { ms: 100 }], ['b', { ms: 200 }]);
    page.actions.setTakenAt(idOf('a'), 300);
    expect(names(page)).toEqual(['b', 'a']);
    expect(page.state().dumps[1]).toMatchObject({ takenAtMs: 300, takenAtFrom: 'user' });
    expect(page.state().dumps[1]!.summary.provenance.takenAtMs).toBe(100);
    page.actions.setTakenAt(idOf('b'), null);
    expect(names(page)).toEqual(['a', 'b']);
    expect(page.state().dumps[1]).toMatchObject({ takenAtMs: null, takenAtFrom: null });
    page.actions.setTakenAt(idOf('a'), Number.NaN);
    expect(page.state().dumps[0]!.takenAtMs).toBe(300);
  });
});

describe('names', () => {
  test.each([
    ['  before load  ', 'before load'],
    ['x'.repeat(500), 'x'.repeat(MAX_NAME)],
    ['   ', 'a'],
  ])('%j becomes %j', async (given, name) => {
    await drop(page, ['a']);
    page.actions.renameDump(idOf('a'), 'first');
    page.actions.renameDump(idOf('first'), given);
    expect(names(page)).toEqual([name]);
  });
});

describe('what is on show', () => {
  test('is the first dump that is ready, then the latest one when all are there', async () => {
    page.actions.addFiles([file('a'), file('b'), file('c')]);
    const [a, b, c] = page.client.reads;
    await b!.reply(found(b!.input.fileId, 'b', { ms: 200 }));
    expect(chosen(page)).toEqual(['b', null, null]);
    await c!.reply(found(c!.input.fileId, 'c', { ms: 300 }));
    expect(chosen(page)).toEqual(['b', 'b', 'c']);
    await a!.reply(found(a!.input.fileId, 'a', { ms: 100 }));
    expect(chosen(page)).toEqual(['c', 'a', 'c']);
  });

  test('stays what the user chose', async () => {
    page.actions.addFiles([file('a'), file('b')]);
    const [a, b] = page.client.reads;
    await a!.reply(found(a!.input.fileId, 'a', { ms: 100 }));
    page.actions.choose({ dumpId: idOf('a') });
    await b!.reply(found(b!.input.fileId, 'b', { ms: 200 }));
    expect(chosen(page)).toEqual(['a', 'a', 'b']);
    page.actions.choose({ a: idOf('b'), b: idOf('a') });
    await drop(page, ['c', { ms: 300 }]);
    expect(chosen(page)).toEqual(['a', 'b', 'a']);
  });

  test('follows later drops while nothing was chosen', async () => {
    await drop(page, ['a', { ms: 100 }]);
    await drop(page, ['b', { ms: 200 }]);
    expect(chosen(page)).toEqual(['b', 'a', 'b']);
  });

  test('is the latest dump with a time, not one without', async () => {
    await drop(page, ['a', { ms: 100 }], ['b', {}]);
    expect(chosen(page)[0]).toBe('a');
  });

  test('A is of the same instance as B, and so is the dump before', async () => {
    await drop(
      page,
      ['x1', { ms: 100, instance: 'x' }],
      ['y1', { ms: 200, instance: 'y' }],
      ['y2', { ms: 300, instance: 'y' }],
    );
    expect(chosen(page)).toEqual(['y2', 'y1', 'y2']);
    expect(selectPreviousDump(page.state())?.name).toBe('y1');
    page.actions.choose({ dumpId: idOf('y1') });
    expect(selectPreviousDump(page.state())).toBeNull();
  });

  test('swaps A and B', async () => {
    await drop(page, ['a', { ms: 100 }], ['b', { ms: 200 }]);
    page.actions.swapAB();
    expect(chosen(page)).toEqual(['b', 'b', 'a']);
    await drop(page, ['c', { ms: 300 }]);
    expect(chosen(page)).toEqual(['c', 'b', 'a']);
  });

  test('cannot be a dump that is not there', async () => {
    await drop(page, ['a']);
    page.actions.choose({ dumpId: 'f99/0' as never, a: 'f99/0' as never });
    expect(chosen(page)).toEqual(['a', null, null]);
  });
});

describe('removing', () => {
  test('a dump shows its neighbour and keeps the other dumps of its file', async () => {
    await drop(page, ['a', { ms: 100, goroutines: [1, 2] }], ['b', { ms: 200 }], ['c', { ms: 300 }]);
    page.actions.choose({ dumpId: idOf('b') });
    page.actions.removeDump(idOf('b'));
    expect([names(page), chosen(page)]).toEqual([
      ['a', 'a#2', 'c'],
      ['c', 'a', 'c'],
    ]);
    page.actions.removeDump(idOf('a'));
    expect(names(page)).toEqual(['a#2', 'c']);
    page.actions.removeDump(idOf('c'));
    expect([names(page), chosen(page)]).toEqual([['a#2'], ['a#2', null, null]]);
    const removed = page.client.asksFor('remove').map((ask) => ask.args);
    expect(removed).toEqual([{ dumpIds: ['f2/0'] }, { dumpIds: ['f1/0'] }, { dumpIds: ['f3/0'] }]);
  });

  test('all leaves an empty page, and files that are being read do not come back', async () => {
    await drop(page, ['a'], ['b']);
    page.actions.addFiles([file('c')]);
    const read = page.client.reads.at(-1)!;
    page.actions.choose({ level: 'state', search: 'x' });
    page.actions.removeAll();
    await read.reply(found(read.input.fileId, 'c'));
    expect(page.state()).toMatchObject({ dumps: [], pending: [], groups: { status: 'none', value: null } });
    expect(page.state().view).toMatchObject({ dumpId: null, a: null, b: null, search: '', level: 'state' });
    await drop(page, ['a']);
    expect(chosen(page)[0]).toBe('a');
  });
});

describe('a crash of the analyst', () => {
  test('reads every file again; names, times and choices survive', async () => {
    await drop(page, ['a', { ms: 100, goroutines: [1, 2] }], ['b', { ms: 200 }]);
    page.actions.renameDump(idOf('a'), 'before');
    page.actions.setTakenAt(idOf('b'), 50);
    page.actions.removeDump(idOf('a#2'));
    page.actions.choose({ dumpId: idOf('before'), search: 'publish' });
    const view = page.state().view;
    page.client.crash('The browser stopped it.');
    expect(phases()).toEqual(['a waiting', 'b waiting']);
    expect(notices()).toEqual(['The browser stopped it. All files are being read again.']);
    const [a, b] = page.client.reads.slice(2);
    expect([a!.input.file, a!.input.fileId]).toEqual([page.client.reads[0]!.input.file, 'f1']);
    await b!.reply(found('f2', 'b', { ms: 200 }));
    await a!.reply(found('f1', 'a', { ms: 100, goroutines: [1, 2] }));
    expect(names(page)).toEqual(['b', 'before']);
    expect(page.state().dumps.map((dump) => dump.takenAtMs)).toEqual([50, 100]);
    expect(page.state().view).toEqual(view);
    expect(phases()).toEqual([]);
    expect(page.client.asksFor('remove').at(-1)!.args).toEqual({ dumpIds: ['f1/1'] });
  });

  test('keeps the last answer on show and asks again when the dump is back', async () => {
    await drop(page, ['a']);
    await page.client.asksFor('groups')[0]!.answer(groupsReply(['main.work', 5]));
    page.client.crash('Gone.');
    await settled();
    expect(page.state().groups).toMatchObject({ status: 'asking', value: { table: { length: 1 } } });
    expect(page.client.asksFor('groups')).toHaveLength(1);
    await page.client.reads[1]!.reply(found('f1', 'a'));
    expect(page.client.asksFor('groups')).toHaveLength(2);
    await page.client.asksFor('groups')[1]!.answer(groupsReply(['main.work', 6], ['main.other', 1]));
    expect(page.state().groups).toMatchObject({ status: 'ready', value: { table: { length: 2 } } });
  });

  test('lists a file that cannot be read again, and shows another dump', async () => {
    await drop(page, ['a', { ms: 1 }], ['b', { ms: 2 }]);
    page.client.crash('Gone.');
    await page.client.reads[2]!.reply(found('f1', 'a', { ms: 1 }));
    await page.client.reads[3]!.reply({ kind: 'rejected', why: 'It could not be read.' });
    expect([names(page), phases(), chosen(page)[0]]).toEqual([['a'], ['b rejected'], 'a']);
  });

  test('leaves files alone that are just being read', async () => {
    await drop(page, ['a']);
    page.actions.addFiles([file('b')]);
    page.client.crash('Gone.');
    expect(page.client.reads.map((read) => read.input.fileName)).toEqual(['a', 'b', 'a']);
    await page.client.reads[1]!.reply(found('f2', 'b'));
    await page.client.reads[2]!.reply(found('f1', 'a'));
    expect(names(page)).toEqual(['a', 'b']);
  });

  test('a dump that is removed while it is read again does not come back', async () => {
    await drop(page, ['a'], ['b']);
    page.client.crash('Gone.');
    page.actions.removeDump(idOf('a'));
    expect(phases()).toEqual(['b waiting']);
    expect(page.client.reads[2]!.cancelled).toBe(true);
    await page.client.reads[3]!.reply(found('f2', 'b'));
    expect(names(page)).toEqual(['b']);
  });

  test('is not answered for ever: after the third one the files are listed as failed', async () => {
    await drop(page, ['a'], ['b']);
    page.client.crash('Gone.');
    page.client.crash('Gone.');
    const before = page.client.reads.length;
    page.client.crash('Gone.');
    await settled();
    expect(page.client.reads).toHaveLength(before);
    expect([names(page), phases()]).toEqual([[], ['a failed', 'b failed']]);
    expect(notices().at(-1)).toMatch(/happened again/);
    expect(page.state().view.dumpId).toBeNull();
    await drop(page, ['a']);
    expect([names(page), phases()]).toEqual([['a'], ['b failed']]);
  });
});

describe('notices', () => {
  test('go when they are dismissed and are not said twice', async () => {
    await drop(page, ['a']);
    page.actions.addFiles([file('a')]);
    page.actions.addFiles([file('a')]);
    expect(notices()).toHaveLength(1);
    page.actions.dismissNotice(page.state().notices[0]!.id);
    expect(notices()).toEqual([]);
  });
});
