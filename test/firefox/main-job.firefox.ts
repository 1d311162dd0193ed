import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chooseFiles,
  click,
  dropFiles,
  expectFirst,
  expectTexts,
  type Firefox,
  fixture,
  saved,
  startFirefox,
  texts,
  visit,
} from './firefox.ts';

const TICKER = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));
const DUMPS = 'ul[aria-label="Dumps in time order"] > li';
const ROWS = '[role="tabpanel"] [role="grid"] tbody tr[aria-rowindex]';
const VERDICT = 'section[aria-label="Verdict"]';

/** How many files the page has written to the browser's storage. */
function keptFiles(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('standstill');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('files').objectStore('files').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

let firefox: Firefox;

beforeAll(async () => {
  firefox = await startFirefox();
});

afterAll(async () => {
  await firefox?.close();
});

test('this is Firefox', async () => {
  expect(await firefox.browser.version()).toMatch(/^firefox/i);
});

test('chosen files show the leak first in groups, comparison and timeline', async () => {
  const { page, complaints, close } = await visit(firefox);
  await chooseFiles(page, TICKER);
  // As *.expected.json counts them.
  await expectTexts(page, DUMPS, [/\b3\b/, '528', '528']);
  await expectFirst(page, ROWS, /350.*main\.\(\*Session\)\.heartbeat/);
  expect((await texts(page, ROWS))[1]).toMatch(/175.*main\.\(\*Session\)\.flushLoop/);

  await click(page, 'tab', 'Compare');
  await expectFirst(page, ROWS, /\+350.*main\.\(\*Session\)\.heartbeat/);
  await page.keyboard.press('3');
  await page.waitForSelector('.recharts-surface');
  await expectFirst(page, '[role="tabpanel"] table', '528');
  expect(complaints).toEqual([]);
  await close();
});

test('dropped and packed files are read, and a file that is no dump is refused by name', async () => {
  const { page, complaints, close } = await visit(firefox);
  await dropFiles(page, [fixture('shop-logs/shopapp-leak-go1.19-sigquit.log.gz')]);
  await expectTexts(page, DUMPS, ['2,328']);
  await page.keyboard.press('3');
  await expectFirst(page, '[role="tabpanel"]', '2,254');
  await dropFiles(page, [join(import.meta.dirname, 'firefox.ts')]);
  await expectFirst(page, 'section[aria-label="Files being read"]', 'firefox.ts');
  await expectTexts(page, DUMPS, ['2,328']);
  expect(complaints).toEqual([]);
  await close();
});

test('what is open is there again after a reload, at the same place', async () => {
  const { page, complaints, close } = await visit(firefox);
  await chooseFiles(page, TICKER);
  await expectTexts(page, DUMPS, [/\b3\b/, '528', '528']);
  await expectFirst(page, ROWS, '350');
  await page.click(ROWS);
  await expectTexts(page, `${ROWS}[aria-selected="true"]`, [/350/]);
  await expect.poll(() => keptFiles(page)).toBe(3);
  // The view is written a moment after its last change.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.reload();
  await expectTexts(page, DUMPS, [/\b3\b/, '528', '528']);
  await expectTexts(page, `${ROWS}[aria-selected="true"]`, [/350/]);
  expect(complaints).toEqual([]);
  await close();
});

test('the Share dialog copies a link that opens the same dumps elsewhere, and saves a report that opens from the disk', async () => {
  const { page, complaints, close } = await visit(firefox);
  await chooseFiles(page, TICKER);
  await expectTexts(page, DUMPS, [/\b3\b/, '528', '528']);
  await page.waitForSelector(`${VERDICT}[aria-busy="false"]`);
  const [headline] = await texts(page, `${VERDICT} h2`);
  await page.keyboard.press('s');
  await page.waitForSelector('dialog[open]');
  await click(page, 'button', 'Copy link with data');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await click(page, 'button', 'Save report');
  const report = await saved(/\.html$/);
  expect(complaints).toEqual([]);
  await close();

  for (const address of [link, pathToFileURL(report).href]) {
    const other = await visit(firefox, address);
    await expectTexts(other.page, DUMPS, [/\b3\b/, '528', '528']);
    await expectTexts(other.page, `${VERDICT} h2`, [headline ?? '']);
    await expectFirst(other.page, ROWS, /350.*main\.\(\*Session\)\.heartbeat/);
    expect(other.complaints).toEqual([]);
    await other.close();
  }
});
