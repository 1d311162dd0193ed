import { expect, type Locator, type Page } from '@playwright/test';
import { dumpsList, openPage, test, userAsksFor } from './support.ts';

/** The group that leaks in examples/orders: 1,296 requests timed out, says its load generator. */
const LEAK = 'publish.(*Publisher).Publish.func1 → chan send';

const verdictOf = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const leakOf = (page: Page) =>
  verdictOf(page).getByRole('list', { name: 'Groups to look at' }).getByRole('listitem').filter({ hasText: LEAK });

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('at 3 a.m.: sample, verdict, the group of a number, comparison, next dump', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  const verdict = verdictOf(page);
  await expect(verdict.getByRole('status', { name: 'Call' })).toHaveText(/^(Raised|Growing)$/);
  await expect(page).toHaveTitle(/^(RAISED|GROWING) \+1,297 – Standstill$/);
  const headline = verdict.getByRole('heading');
  await expect(headline).toContainText('17 → 1,314 goroutines');
  await expect(headline).toContainText(LEAK);
  // Folded it leaves the room to the tables.
  expect((await verdict.boundingBox())?.height).toBeLessThan(140);

  // The number of the group leads to the group, with its stack beside it.
  await leakOf(page).getByRole('button', { name: '1,296', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('grid', { name: 'Groups' }).getByRole('row', { selected: true })).toContainText('1,296');
  const stack = page.getByRole('complementary', { name: 'Stack' });
  await expect(stack).toContainText('1,296 goroutines');
  await expect(stack).toContainText('publish.(*Publisher).Publish.func1');

  // Its growth leads to the comparison of the first and the last dump.
  await leakOf(page).getByRole('button', { name: '+1,296', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
  const chosen = page.getByRole('tabpanel').getByRole('row', { selected: true });
  await expect(chosen).toContainText('+1,296');
  await expect(chosen).toContainText('1,296 born');

  // Evidence leads to the goroutines it counts: those of the third dump that are still there in the fourth.
  await verdict.getByRole('button', { name: '1,186', exact: true }).click();
  await expect(chosen).toContainText('1,186 stuck');
  await expect(chosen).toContainText('107 born');

  const limit = verdict.getByRole('textbox', { name: 'limit' });
  await limit.fill('10,000');
  await limit.press('Enter');
  // It rose and stayed up: a slope of what is over leads nowhere.
  await expect(verdict.getByRole('status', { name: 'Forecast' })).toHaveText('does not grow now');

  await verdict.getByRole('button', { name: 'What to do' }).click();
  const dialog = page.getByRole('dialog', { name: 'What to do' });
  await expect(dialog).toContainText('What would change this answer');
  await dialog.getByRole('button', { name: /^Copy command: curl/ }).click();
  expect(await clipboard(page)).toContain('/debug/pprof/goroutine?debug=2');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  expectQuiet();
});

test('the same with the keyboard alone', async ({ page }) => {
  await openPage(page);
  userAsksFor(page, 'sample/');
  await tabTo(page, page.getByRole('button', { name: 'Try the sample incident' }));
  await page.keyboard.press('Enter');
  await expect(verdictOf(page).getByRole('status', { name: 'Call' })).toHaveText(/^(Raised|Growing)$/);
  await expect(verdictOf(page)).toHaveAttribute('aria-busy', 'false');

  await tabTo(page, leakOf(page).getByRole('button', { name: LEAK }));
  await page.keyboard.press('Enter');
  const stack = page.getByRole('complementary', { name: 'Stack' });
  await expect(stack).toBeFocused();
  await expect(stack).toContainText('1,296 goroutines');

  await page.keyboard.press('2');
  const compare = page.getByRole('tabpanel', { name: 'Compare' });
  await expect(compare).toContainText(/\d stuck/);
  await expect(compare).toContainText(/\d born/);

  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'What to do' });
  await tabTo(page, dialog.getByRole('button', { name: /^Copy command: curl/ }));
  await page.keyboard.press('Enter');
  expect(await clipboard(page)).toContain('/debug/pprof/goroutine?debug=2');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('on a phone the call and its sentence come first, and a group opens over the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  const verdict = verdictOf(page);
  await expect(verdict.getByRole('heading')).toContainText('17 → 1,314 goroutines');
  await expect(verdict.getByRole('list')).toHaveCount(0);
  expect((await verdict.boundingBox())?.height).toBeLessThan(200);
  await verdict.getByRole('button', { name: 'Evidence', exact: true }).click();
  await leakOf(page).getByRole('button', { name: LEAK }).click();
  await expect(page.getByRole('dialog', { name: 'Stack' })).toContainText('1,296 goroutines');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
});

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('80 times Tab did not lead there');
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
