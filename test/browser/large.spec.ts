import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { BUILD, chooseFiles, dumpsList, fixture, openPage } from './support.ts';

const GOROUTINES = 48_000;
const large = join(BUILD, 'browser-large', '60mb.txt');

test.beforeAll(() => {
  if (existsSync(large)) return;
  mkdirSync(join(BUILD, 'browser-large'), { recursive: true });
  const generator = fileURLToPath(new URL('../bench/gen-dump.mjs', import.meta.url));
  const args = ['--goroutines', `${GOROUTINES}`, '--stacks', '500', '--seed', '21', '--out', `${large}.part`];
  expect(spawnSync(process.execPath, [generator, ...args]).status).toBe(0);
  renameSync(`${large}.part`, large);
});

test('the page keeps answering while 60 MB are read', async ({ page }) => {
  await openPage(page);
  // Everything the first paint needs is over; from here on no task of the page's thread may take 50 ms.
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    const tasks: string[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        tasks.push(`${Math.round(entry.duration)} ms at ${Math.round(entry.startTime)}`);
    }).observe({ entryTypes: ['longtask'] });
  });
  await chooseFiles(page, [large]);
  await expect(dumpsList(page)).toHaveCount(1, { timeout: 30_000 });
  await expect(dumpsList(page).first()).toContainText('48,000');
  await expect(
    page
      .getByRole('grid', { name: /groups/i })
      .locator('tbody tr[aria-rowindex]')
      .first(),
  ).toBeVisible();
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'longTasks'))).toEqual([]);
});

test('reading can be cancelled, and the next file is read', async ({ page }) => {
  await openPage(page);
  await chooseFiles(
    page,
    Array.from({ length: 1 }, () => large),
  );
  await page
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^Cancel/ })).toHaveCount(0);
  await expect(dumpsList(page)).toHaveCount(0);
  await chooseFiles(page, [fixture('prog-poolbugs-go1.19/3-later.debug2.txt')]);
  await expect(dumpsList(page)).toContainText(['243']);
});
