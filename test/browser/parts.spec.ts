import { expect, type Page } from '@playwright/test';
import { dumpsList, openPage, test, userAsksFor } from './support.ts';

/** Parts of the first view. */
const PARTS = {
  verdict: '[aria-label=Verdict]',
  dumps: '[aria-label="Dumps in time order"]',
  table: '[role=grid] tbody tr[aria-rowindex]',
  stack: 'aside[aria-label=Dump]',
};

/** Notes the frame in which each part is first there, by counting frames. */
async function watchParts(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate((parts) => {
    let frame = 0;
    const seen: Record<string, number> = {};
    const count = () => {
      frame++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    new MutationObserver(() => {
      for (const [name, selector] of Object.entries(parts))
        if (!(name in seen) && document.querySelector(selector) !== null) seen[name] = frame;
    }).observe(document.body, { childList: true, subtree: true });
    Object.assign(globalThis, { partsSeen: seen });
  }, PARTS);
  return () => page.evaluate(() => Reflect.get(globalThis, 'partsSeen'));
}

test('the first view comes part by part, each in a frame of its own', async ({ page }) => {
  await openPage(page);
  userAsksFor(page, 'sample/');
  const seen = await watchParts(page);
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  await expect(page.locator(PARTS.stack)).toBeVisible();
  await expect(page.locator(PARTS.table).first()).toBeVisible();
  const frames = Object(await seen());
  const { verdict, dumps, table, stack } = frames;
  expect(table, JSON.stringify(frames)).toBeGreaterThan(verdict);
  expect(dumps, JSON.stringify(frames)).toBeGreaterThan(verdict);
  // The table may wait for its groups, the dumps wait for nothing.
  expect(stack, JSON.stringify(frames)).toBeGreaterThan(dumps);
});
