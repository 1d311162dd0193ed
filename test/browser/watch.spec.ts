import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { dumpsList, fixture, openPage, test, userAsksFor } from './support.ts';

const watchPart = (page: Page) => page.locator('details.watch');

test('dumps of a watched address join the timeline as they come, until it is stopped', async ({ page }) => {
  await page.clock.install();
  const dumps = ['1-before', '2-during', '3-later'].map((name) =>
    readFileSync(fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`), 'utf8'),
  );
  let asked = 0;
  await page.route('**/debug/pprof/goroutine?debug=2', (route) =>
    route.fulfill({ contentType: 'text/plain', body: dumps[Math.min(asked++, 2)] ?? '' }),
  );
  await openPage(page);
  userAsksFor(page, '/debug/pprof/');
  await page.getByText('Watch a running program').click();
  await watchPart(page).getByRole('combobox', { name: 'Interval' }).selectOption('10');
  await watchPart(page).getByRole('button', { name: 'Start' }).click();
  await page.clock.runFor(2000);
  await expect(dumpsList(page)).toHaveCount(1);
  await expect(watchPart(page)).toContainText('1 dump so far, next at');
  for (const count of [2, 3]) {
    await page.clock.runFor(10_000);
    await expect(dumpsList(page)).toHaveCount(count);
    await expect(watchPart(page)).toContainText(`${count} dumps so far, next at`);
  }
  await watchPart(page).getByRole('button', { name: 'Stop' }).click();
  await expect(watchPart(page)).toContainText('Stopped after 3 dumps.');
  await page.clock.runFor(60_000);
  expect(asked).toBe(3);
});

test('an address that the page may not read is told of, with the loop to run instead', async ({ page }) => {
  await openPage(page);
  await page.getByText('Watch a running program').click();
  await watchPart(page).getByRole('textbox').fill("http://orders.example:6060/debug/pprof/goroutine?debug=2&x='");
  await watchPart(page).getByRole('button', { name: 'Start' }).click();
  await expect(watchPart(page).getByRole('alert')).toContainText('This page may fetch only from');
  await expect(watchPart(page).locator('pre')).toHaveText(
    `while sleep 30; do curl -sS 'http://orders.example:6060/debug/pprof/goroutine?debug=2&x='\\''' -o "goroutines-$(date -u +%Y%m%dT%H%M%SZ).txt"; done`,
  );
});
