import { expect } from '@playwright/test';
import { dropFiles, fixture, heldFiles, openPage, test } from './support.ts';

const pool = fixture('prog-poolbugs-go1.19/3-later.debug2.txt');

test('a query finds, says what is wrong, completes, counts what it hides and survives a reload', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [pool]);
  const field = page.getByRole('combobox', { name: 'Search groups' });
  const shown = page.getByRole('status', { name: 'Shown' });
  await expect(shown).toContainText('243');
  await field.fill('state:"chan receive" -func:main.main wait:>0m');
  await expect(shown).toContainText(/^\d+ of 243 goroutines shown/);
  const before = await shown.textContent();

  await field.press('End');
  await page.keyboard.type(' (or');
  await expect(page.getByText(/Column 48: A word or a field must stand before and behind/)).toBeVisible();
  expect(await shown.textContent()).toBe(before);

  await field.fill('');
  await page.keyboard.type('sta');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('state:');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await list
    .getByRole('option', { name: /chan receive/ })
    .first()
    .click();
  await expect(field).toHaveValue('state:"chan receive" ');
  await page.getByRole('button', { name: 'Facets' }).click();
  const packages = page.getByRole('group', { name: 'Package' });
  await packages.getByRole('button', { name: /^main/ }).click();
  await expect(field).toHaveValue('pkg:=main state:"chan receive"');
  const found = await shown.textContent();

  await expect.poll(() => new URL(page.url()).hash).toContain('q=');
  await heldFiles(page, 1);
  await page.reload();
  await expect(field).toHaveValue('pkg:=main state:"chan receive"');
  await expect(shown).toHaveText(found ?? '');
  await shown.getByRole('button', { name: 'show all' }).click();
  await expect(shown).toContainText('243 goroutines in');
});
