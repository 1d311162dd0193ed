import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { makeReport } from '../../src/investigation/report.ts';
import { createStandstill } from '../../src/store/create-store.ts';
import { handoverOf } from '../../src/store/handover.ts';
import { createInProcessClient } from '../support/in-process-client.ts';
import { dropFiles, dumpsList, fixture, oneFileOnDisk, openPage, test, topRows } from './support.ts';

const ticker = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

/** The saved investigation of some files, with a title, as the page packs it. */
async function pack(paths: readonly string[], title: string): Promise<Uint8Array> {
  const client = createInProcessClient();
  const { store, actions, dispose } = createStandstill({ client });
  actions.addFiles(
    paths.map((path) => {
      const name = basename(path);
      return { file: new Blob([readFileSync(path)]), name, path: name, modifiedMs: statSync(path).mtimeMs };
    }),
  );
  await expect.poll(() => store.getState().dumps.length).toBe(paths.length);
  actions.choose({ title });
  const packed = await client.ask('pack', handoverOf(store.getState(), 'goroutines'));
  dispose();
  return packed;
}

/** What the page says of what it holds: the call, the dumps, the groups with their changes, the comparison. */
async function findings(page: Page): Promise<unknown> {
  await expect(dumpsList(page)).toHaveCount(3);
  const verdict = await page.getByRole('region', { name: 'Verdict' }).getByRole('heading').first().innerText();
  await page.getByRole('tab', { name: 'Groups' }).click();
  const groups = await topRows(page.getByRole('grid', { name: /groups/i }), 2);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const changes = await topRows(page.getByRole('grid', { name: /compar|change/i }), 2);
  return { verdict, dumps: await dumpsList(page).allInnerTexts(), groups, changes };
}

test('a report on the disk says what the page says that has the same dumps, under its title', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, ticker);
  await expect(page.getByRole('status', { name: 'Call' })).not.toBeEmpty();
  const here = await findings(page);

  const packed = await pack(ticker, 'Heartbeats after the deploy');
  const address = await oneFileOnDisk(page, 'report.html', (html) =>
    makeReport(html, packed, 'Heartbeats after the deploy'),
  );
  const { expectQuiet, requests } = await openPage(page, address);
  expect(await findings(page)).toEqual(here);
  // 350 heartbeat loops, as 2-during.debug2.expected.json counts them.
  expect(JSON.stringify(here)).toContain('+350');
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([address]);
  expectQuiet();
});
