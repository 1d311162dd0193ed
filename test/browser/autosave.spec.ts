import { expect, type Page } from '@playwright/test';
import { chooseFiles, dropFiles, dropTexts, dumpsList, fixture, heldFiles, openPage, test } from './support.ts';

const FILES = ['1-before', '2-during'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

const keptPart = (page: Page) => page.getByRole('region', { name: 'Kept in this browser' });
const groupsOf = (page: Page) => page.getByRole('grid', { name: 'Groups' });

test('a reload brings back files, marks, names and the view', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, FILES);
  await expect(dumpsList(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('functions');
  await groupsOf(page).getByRole('row', { name: /350/ }).first().click();
  await page
    .getByRole('region', { name: 'Triage' })
    .getByRole('button', { name: /suspect/i })
    .click();
  await expect(groupsOf(page).getByRole('row', { selected: true })).toContainText('suspect');
  await heldFiles(page, 2);
  // What is written a moment after the last change.
  await page.waitForTimeout(1000);
  await page.reload();
  await expect(dumpsList(page)).toHaveCount(2);
  await expect(groupsOf(page).getByRole('row', { selected: true })).toContainText('suspect');
  await expect(page.getByRole('combobox', { name: 'Group by' })).toHaveValue('functions');
  await expect(page.getByRole('list', { name: 'Notices' })).toHaveCount(0);
  // The text is read back from the kept file.
  await page
    .getByRole('complementary', { name: 'Stack' })
    .getByRole('button', { name: /^goroutine \d+/i })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Raw text' })).toContainText('goroutine ');
});

test('a tab that is killed while it reads leaves its files to the next one, and another open tab keeps its own', async ({
  page,
  context,
}) => {
  await openPage(page);
  await chooseFiles(page, FILES);
  await expect(dumpsList(page)).toHaveCount(2);
  await heldFiles(page, 2);
  await page.waitForTimeout(700);

  // While the first tab works on them, a second one is not offered its files.
  const second = await context.newPage();
  await openPage(second);
  await second.waitForTimeout(600);
  await expect(keptPart(second)).toHaveCount(0);

  await page.evaluate(() => {
    const text = 'goroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n\n'.repeat(400_000);
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'large.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('region', { name: 'Files being read' })).toContainText('large.txt');
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // A tab that is gone answers nothing.
  session.send('Page.crash').catch(() => undefined);
  await crashed;

  const third = await context.newPage();
  await openPage(third);
  await expect(keptPart(third)).toContainText('1-before.debug2.txt and');
  await keptPart(third).getByRole('button', { name: 'Open again' }).click();
  await expect(dumpsList(third).filter({ hasText: '2-during' })).toHaveCount(1);
  await expect(dumpsList(third).filter({ hasText: '1-before' })).toHaveCount(1);
});

test('Forget everything deletes it, and nothing is kept when that is switched off', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, FILES);
  await expect(dumpsList(page)).toHaveCount(2);
  await heldFiles(page, 2);
  await keptPart(page).getByRole('button', { name: 'Forget everything' }).click();
  await expect(keptPart(page)).toContainText('All is forgotten.');
  await heldFiles(page, 0);
  // The address follows a moment later.
  await expect(page).toHaveURL(/&d=/);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Link' })).toContainText('This link shows 2 dumps');
  await dropTexts(page, [['a.txt', 'goroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n']]);
  await expect(dumpsList(page)).toHaveCount(1);
  await heldFiles(page, 1);
  await keptPart(page).getByRole('checkbox', { name: 'Keep for a reload' }).uncheck();
  await heldFiles(page, 0);
  await page.reload();
  await page.waitForTimeout(600);
  await expect(dumpsList(page)).toHaveCount(0);
});
