import { expect } from '@playwright/test';
import { dumpsList, openPage, test, userAsksFor } from './support.ts';

// Runs only behind a web server that scripts/try-hosting.mjs has set up, with its folder of dumps.
test('a link opens the dumps of a folder beside the page, packed or not; what is a page is none', async ({ page }) => {
  userAsksFor(page, 'dumps/inc-42/');
  const { expectQuiet } = await openPage(page, './#v=1&src=dumps/inc-42/');
  await expect(dumpsList(page)).toHaveCount(2);
  await expect(dumpsList(page).filter({ hasText: 'a.txt' })).toContainText('1');
  await expect(dumpsList(page).filter({ hasText: 'b.txt.gz' })).toContainText('2');
  await expect(page.getByText(/answered with a web page/)).toBeVisible();
  expectQuiet();
});
