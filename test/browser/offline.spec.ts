import { expect, type Page } from '@playwright/test';
import { chooseFiles, dropFiles, dropTexts, dumpsList, fixture, openPage, test, userAsksFor } from './support.ts';

const lockbugs = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-lockbugs-go1.19/${name}.debug2.txt`));

async function inDialog(page: Page, button: string | RegExp, text: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  await expect(page.getByRole('dialog')).toContainText(text);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('once the page is open it needs no network: every tab, dialog and part is there', async ({ page, context }) => {
  const { expectQuiet, requests } = await openPage(page);
  const parts = await page.locator('meta[name="standstill-parts"]').getAttribute('content');
  const names = parts?.split(' ') ?? [];
  expect(names.length).toBeGreaterThan(4);
  for (const name of names)
    await expect.poll(() => requests.some((url) => url.endsWith(name)), { message: name }).toBe(true);
  await page.waitForLoadState('networkidle');
  const before = requests.length;
  await context.setOffline(true);

  await dropFiles(page, lockbugs);
  await expect(dumpsList(page)).toHaveCount(3);
  const tabs = page.getByRole('tab');
  await expect(tabs).toHaveText([/Groups/, /Compare/, /Timeline/, /Locks/, /Lineage/, /Flame/]);
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(page.getByRole('tabpanel')).not.toBeEmpty();
  }
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.locator('.recharts-surface').first()).toBeVisible();

  await chooseFiles(page, [fixture('crash-go1.19/race.txt')]);
  await inDialog(page, /data races/i, 'Previous write');
  await dropTexts(page, [
    [
      'cut.txt',
      'goroutine 1 [running]:\nmain.f(0x1)\n\t/a.go:1 +0x1\n\ngoroutine 2 [chan send\nmain.g()\n\t/a.go:2 +0x1\n',
    ],
  ]);
  await dumpsList(page).filter({ hasText: 'cut.txt' }).getByRole('button').first().click();
  await page.getByRole('button', { name: /^\d+ problems?$/ }).click();
  await page.getByTitle('Show the lines around it').first().click();
  await expect(page.getByRole('dialog')).toContainText('goroutine 2 [chan send');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await inDialog(page, 'How to get a dump', 'curl');
  await inDialog(page, 'Rules', 'Rules');
  await inDialog(page, 'Paste', 'Paste a dump');
  await inDialog(page, 'Keys and about', 'About');
  await inDialog(page, 'Share', 'Saved investigation');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toContainText('Go to Flame');
  await page.keyboard.type('guide');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Four causes');
  await page.keyboard.press('Escape');

  expect(requests.slice(before).filter((url) => !url.startsWith('blob:'))).toEqual([]);
  await expect(page.getByText('could not be shown')).toHaveCount(0);
  expectQuiet();

  // Of what does ask the server it says so.
  await page.getByRole('button', { name: 'Share' }).click();
  userAsksFor(page, 'standstill.html');
  await page.getByRole('button', { name: 'Save report' }).click();
  await expect(page.getByRole('dialog')).toContainText(
    'standstill.html, of which reports are made, could not be fetched',
  );
});
