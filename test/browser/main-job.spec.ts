import { expect } from '@playwright/test';
import { dropFiles, dumpsList, fixture, openPage, test, topRows, userAsksFor } from './support.ts';

const ticker = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

test('three dumps of a leaking program show the leak first in groups, comparison and timeline', async ({ page }) => {
  const { expectQuiet, requests } = await openPage(page);
  await dropFiles(page, ticker);
  await expect(dumpsList(page)).toHaveCount(3);
  await expect(dumpsList(page).nth(1)).toContainText('528');

  // 350 heartbeat loops, as 2-during.debug2.expected.json counts them.
  const groups = page.getByRole('grid', { name: /groups/i });
  const [first, second] = await topRows(groups, 2);
  expect(first).toContain('350');
  expect(first).toContain('main.(*Session).heartbeat → chan receive');
  expect(second).toContain('175');
  expect(second).toContain('main.(*Session).flushLoop → chan receive');

  await groups.getByText('main.(*Session).heartbeat').first().click();
  const panel = page.getByRole('complementary');
  await expect(panel).toContainText('main.(*Session).heartbeat');
  await expect(panel).toContainText('main.open');
  await expect(panel).toContainText('main.go:');

  await page.getByRole('tab', { name: 'Compare' }).click();
  const changes = page.getByRole('grid', { name: /compar|change/i });
  const [grown] = await topRows(changes, 1);
  expect(grown).toContain('+350');
  expect(grown).toContain('main.(*Session).heartbeat');
  expect(grown).toMatch(/new/i);

  await page.getByRole('tab', { name: 'Timeline' }).click();
  const table = page.getByRole('table', { name: 'Goroutines over the dumps' });
  await expect(table).toContainText('528');
  await expect(table).toContainText('heartbeat');
  await expect(page.locator('.recharts-surface').first()).toBeVisible();

  expectQuiet();
  // Nothing but the page's own files was asked for.
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([]);
});

test('the sample incident opens and shows the sends that nobody receives', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  const [first] = await topRows(page.getByRole('grid', { name: /groups/i }), 1);
  // 1,296 requests timed out, says the load generator of examples/orders.
  expect(first).toContain('1,296');
  expect(first).toContain('→ chan send');
  expectQuiet();
});

test('the raw text of a goroutine is read back from the file', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, ticker);
  const groups = page.getByRole('grid', { name: /groups/i });
  await groups.getByText('main.(*Session).flushLoop').first().click();
  const panel = page.getByRole('complementary');
  await panel
    .getByRole('button', { name: /^(goroutine )?\d+\b/i })
    .first()
    .click();
  await expect(panel.locator('pre').last()).toContainText(
    /^goroutine \d+ \[chan receive.*\]:\nmain\.\(\*Session\)\.flushLoop\(0x/,
  );
});
