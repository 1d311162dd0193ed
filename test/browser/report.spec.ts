import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { makeReport } from '../../src/investigation/report.ts';
import { createStandstill } from '../../src/store/create-store.ts';
import { handoverOf } from '../../src/store/handover.ts';
import { createInProcessClient } from '../support/in-process-client.ts';
import {
  BUILD,
  dropFiles,
  dumpsList,
  fixture,
  oneFileOnDisk,
  openPage,
  test,
  topRows,
  userAsksFor,
} from './support.ts';

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
  const { bytes: packed } = await client.ask('pack', handoverOf(store.getState(), 'goroutines'));
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

/** Saves a report by the Share dialog; gives its path. */
async function saveReport(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save report' }).click();
  const path = join(BUILD, name);
  await (await coming).saveAs(path);
  await page.keyboard.press('Escape');
  return path;
}

/** A report without its title and its data. */
const empty = (html: string) =>
  makeReport(html, new Uint8Array(0), '').replace(/<title>[^<]*<\/title>/, '<title>Standstill</title>');

test('the page as one file makes reports without a server, and a report makes the next one', async ({ page }) => {
  const source = await oneFileOnDisk(page, 'standstill.html');
  await openPage(page, source);
  await dropFiles(page, ticker);
  const here = await findings(page);
  const first = await saveReport(page, 'first-report.html');
  userAsksFor(page, pathToFileURL(first).href);
  await openPage(page, pathToFileURL(first).href);
  expect(await findings(page)).toEqual(here);
  const second = await saveReport(page, 'second-report.html');
  userAsksFor(page, pathToFileURL(second).href);
  const { expectQuiet } = await openPage(page, pathToFileURL(second).href);
  expect(await findings(page)).toEqual(here);
  // But for title and data they are the page as it was built.
  const built = readFileSync(new URL(source), 'utf8');
  expect(empty(readFileSync(first, 'utf8'))).toBe(built);
  expect(empty(readFileSync(second, 'utf8'))).toBe(built);
  expectQuiet();
});
