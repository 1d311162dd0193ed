import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textAt } from '../../src/core/group/text-column.ts';
import { selectGroupRows, selectPreviousCount } from '../../src/store/selectors.ts';
import type { IncomingFile } from '../../src/store/state.ts';
import { createInProcessClient, type InProcessClient } from '../support/in-process-client.ts';
import { fixture } from '../worker/dumps.ts';
import { chosen, file, names, openWith } from './harness.ts';

let client: InProcessClient;
let page: ReturnType<typeof openWith>;

beforeEach(() => {
  client = createInProcessClient();
  page = openWith(client);
});
afterEach(() => page.dispose());

/** Three moments of a program that forgets to stop its heartbeats, without anything that tells their time. */
const LEAK = ['1-before', '2-during', '3-later'].map((name): IncomingFile => {
  const { bytes } = fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`);
  return { ...file(`${name}.txt`), file: new Blob([bytes]), modifiedMs: null };
});
const idle = () =>
  expect
    .poll(() => {
      const { pending, groups, detail, comparison, series, matches } = page.state();
      return [pending.length, ...[groups, detail, comparison, series, matches].map((answer) => answer.status)];
    })
    .not.toEqual(expect.arrayContaining(['asking']));
const read = async () => {
  await expect.poll(() => page.state().pending.length).toBe(0);
  await idle();
};
const top = () => {
  const table = page.state().groups.value!.table;
  const row = selectGroupRows(page.state())[0]!;
  return `${table.count[row]} ${textAt(table.name, row)}`;
};

describe('a leak over three dumps, with the real reader and analyst', () => {
  test('is found by groups, search, comparison and counts', async () => {
    page.actions.addFiles(LEAK);
    await read();
    expect(names(page)).toEqual(['1-before.txt', '2-during.txt', '3-later.txt']);
    expect(chosen(page)).toEqual(['3-later.txt', '1-before.txt', '3-later.txt']);
    // 350 heartbeats, as 2-during.debug2.expected.json counts them in the later dumps, too.
    expect(top()).toBe('350 main.(*Session).heartbeat → chan receive');

    page.actions.choose({ search: 'flushloop' });
    await expect.poll(top).toMatch(/^175 .*flushLoop/);

    const { table } = page.state().groups.value!;
    page.actions.choose({ search: '', groupKey: table.key[0]! });
    await idle();
    expect(page.state().detail.value).toMatchObject({ count: 350, stackCount: 1 });
    expect(selectPreviousCount(page.state())).toBe(350);

    page.actions.showRawText(page.state().detail.value!.goroutines[0]!.row);
    await expect.poll(() => page.state().rawText.value?.text).toMatch(/^goroutine \d+ \[chan receive.*\]:\nmain/);

    page.actions.choose({ tab: 'compare' });
    await idle();
    const { changes } = page.state().comparison.value!;
    expect([changes.before[0], changes.after[0], changes.name[0]]).toEqual([0, 350, textAt(table.name, 0)]);

    page.actions.choose({ tab: 'timeline' });
    await idle();
    expect(page.state().series.value!.series[0]).toMatchObject({ name: textAt(table.name, 0), counts: [0, 350, 350] });
  });

  test('is there again after a crash', async () => {
    page.actions.addFiles(LEAK);
    await read();
    const { dumpId } = page.state().view;
    client.crash('The browser stopped it.');
    expect(page.state().pending).toHaveLength(3);
    await read();
    expect(names(page)).toEqual(['1-before.txt', '2-during.txt', '3-later.txt']);
    expect(page.state().view.dumpId).toBe(dumpId);
    expect(top()).toBe('350 main.(*Session).heartbeat → chan receive');
  });

  test('an image among the files is refused and costs only itself', async () => {
    page.actions.addFiles([file('cat.png', '\u0089PNG\r\n'), ...LEAK]);
    await expect.poll(() => page.state().dumps.length).toBe(3);
    expect(page.state().pending).toMatchObject([{ phase: 'rejected', name: 'cat.png' }]);
  });
});
