import { expect } from '@playwright/test';
import { dropFiles, dumpsList, fixture, openPage, test, userAsksFor } from './support.ts';

test('the sample incident: the cause of the group, what to check, and an example that opens', async ({ page }) => {
  const { expectQuiet, requests } = await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('Looks like: send that nobody receives');

  const grid = page.getByRole('grid', { name: 'Groups' });
  const leak = grid.getByRole('row', { name: /publish\.\(\*Publisher\)\.Publish\.func1/ });
  await expect(leak).toContainText('send that nobody receives · strong');
  await leak.click();
  const cause = page.getByRole('complementary', { name: 'Stack' }).getByRole('region', { name: 'Cause' });
  await expect(cause).toContainText('chan send in example.com/orders/internal/publish.(*Publisher).Publish.func1');
  await expect(cause.getByRole('list', { name: 'What to check' }).getByRole('listitem').first()).toBeVisible();
  await expect(cause.getByRole('figure', { name: 'After' })).toBeHidden();
  await cause.getByText('Example: before and after').click();
  await expect(cause.getByRole('figure', { name: 'Before' })).toBeVisible();
  await expect(cause.getByRole('figure', { name: 'After' })).toContainText('make(chan error, len(checks))');

  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'What to do' });
  await expect(dialog.getByRole('region', { name: 'Likely cause' })).toContainText('Does the send respect ctx.Done');
  await page.keyboard.press('Escape');

  // What is expected stays counted while it is folded, and h opens it.
  const shown = page.getByRole('status', { name: 'Shown' });
  await expect(shown).toContainText(/of 1,314 goroutines shown, .* \d+ expected folded/);
  await page.keyboard.press('h');
  await expect(shown).toContainText('1,314 goroutines in 12 groups');
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([]);
  expectQuiet();
});

for (const server of ['prometheus-2.42', 'caddy-2.11']) {
  test(`an idle ${server}: nothing is suspect, and what is expected is counted`, async ({ page }) => {
    await openPage(page);
    await dropFiles(page, [fixture(`${server}/1-before.debug2.txt`)]);
    const expected = page.getByText(/^\d+ goroutines in \d+ groups expected by \d+ rules$/);
    await expect(expected).toBeVisible();
    await expect(page.getByRole('button', { name: /Only suspects/ })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Verdict' })).not.toContainText('Looks like');
    await expect(
      page
        .getByRole('grid', { name: 'Groups' })
        .getByText(/^expected: /)
        .first(),
    ).toBeVisible();
  });
}

test('a leak profile beside a full dump: proven and suspected are told apart', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [
    fixture('prog-newstates-go1.27/1-beforeleakprofile.debug2.txt'),
    fixture('prog-newstates-go1.27/2-goroutineleak.debug1.txt'),
  ]);
  await expect(dumpsList(page)).toHaveCount(2);
  await dumpsList(page)
    .filter({ hasText: /leakprofile/ })
    .getByRole('button')
    .first()
    .click();
  const grid = page.getByRole('grid', { name: 'Groups' });
  await expect(grid.getByRole('row', { name: /main\.leaky\.func4/ })).toContainText('proven leaked');
  await page.getByText('Proven and suspected: what a leak profile cannot see').click();
  await expect(page.getByText('It cannot see those that a global')).toBeVisible();
});
