import { expect, type Locator, type Page } from '@playwright/test';
import { settled } from './screens.ts';
import { dumpsList, fixture, openPage, test, userAsksFor } from './support.ts';

/** The group that leaks in examples/orders. */
const LEAK = 'publish.(*Publisher).Publish.func1 → chan send';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('120 times Tab did not lead there');
}

const grid = (page: Page, name: string | RegExp) => page.getByRole('grid', { name });
const chosen = (page: Page) => page.getByRole('tabpanel').getByRole('row', { selected: true });

/** No mouse event reaches the page: what a key does to a button is a click without a place. */
async function watchMouse(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    for (const type of ['mousedown', 'pointerdown', 'touchstart']) {
      document.addEventListener(type, () => document.documentElement.setAttribute('data-mouse', type), true);
    }
  });
  return () => expect(page.locator('html')).not.toHaveAttribute('data-mouse', /./);
}

test('the whole path of 3 a.m. by keys: sample, verdict, groups, stack, comparison, timeline, link', async ({
  page,
}) => {
  const { expectQuiet } = await openPage(page);
  const expectNoMouse = await watchMouse(page);
  userAsksFor(page, 'sample/');
  await tabTo(page, page.getByRole('button', { name: 'Try the sample incident' }));
  await page.keyboard.press('Enter');
  await expect(dumpsList(page)).toHaveCount(4);
  await settled(page);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict.getByRole('heading')).toContainText('17 → 1,314 goroutines');

  // The groups: down, up, last and first row in both manners, and the stack of the largest.
  await page.keyboard.press('1');
  await tabTo(page, grid(page, 'Groups'));
  const rows = await grid(page, 'Groups').getAttribute('aria-rowcount');
  for (const [key, row] of [
    ['Home', '2'],
    ['ArrowDown', '3'],
    ['j', '4'],
    ['k', '3'],
    ['ArrowUp', '2'],
    ['G', rows],
    ['g', '2'],
    ['End', rows],
    ['PageUp', null],
    ['Home', '2'],
  ] as const) {
    await page.keyboard.press(key);
    if (row !== null) await expect(chosen(page), key).toHaveAttribute('aria-rowindex', row);
  }
  await expect(chosen(page)).toContainText('1,296');
  await page.keyboard.press('Enter');
  const stack = page.getByRole('complementary', { name: 'Stack' });
  await expect(stack).toBeFocused();
  await expect(stack).toContainText('publish.(*Publisher).Publish.func1');
  await tabTo(page, stack.getByRole('button', { name: /^goroutine \d+/i }).first());
  await page.keyboard.press('Enter');
  await expect(stack.getByRole('region', { name: 'Raw text' })).toContainText('[chan send');

  // The comparison: its three forms by arrows, its rows by keys.
  await page.keyboard.press('2');
  const modes = page.getByRole('group', { name: 'How to compare' });
  await tabTo(page, modes.getByRole('radio', { name: 'Changes' }));
  await page.keyboard.press('ArrowRight');
  await expect(modes.getByRole('radio', { name: 'Side by side' })).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(modes.getByRole('radio', { name: 'Matrix' })).toBeChecked();
  await tabTo(page, grid(page, 'Groups over all dumps'));
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page.getByRole('tabpanel').locator('[aria-selected=true]').first()).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  while (!(await modes.getByRole('radio', { name: 'Matrix' }).evaluate((radio) => radio === document.activeElement))) {
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('ArrowRight');
  await expect(modes.getByRole('radio', { name: 'Changes' })).toBeChecked();
  await tabTo(page, page.getByRole('tabpanel').getByRole('grid').first());
  await page.keyboard.press('Home');
  await expect(chosen(page)).toContainText(LEAK);

  // The timeline has its numbers in a table.
  await page.keyboard.press('3');
  await expect(page.getByRole('table', { name: 'Goroutines over the dumps' })).toContainText('1,314');

  // The link, and back out.
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await tabTo(page, dialog.getByRole('button', { name: 'Copy link to this view' }));
  await page.keyboard.press('Enter');
  await expect(async () => {
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('#v=1&tab=timeline');
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('In a table: first row, last row');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectNoMouse();
  expectQuiet();
});

test('files are chosen, removed and their tabs walked by keys', async ({ page }) => {
  await openPage(page);
  const expectNoMouse = await watchMouse(page);
  // The first key may come before the page listens.
  await expect(async () => {
    const chooser = page.waitForEvent('filechooser', { timeout: 1000 });
    await page.keyboard.press('o');
    await (await chooser).setFiles(fixture('prog-lockbugs-go1.19/3-later.debug2.txt'));
  }).toPass();
  await expect(dumpsList(page)).toHaveCount(1);
  await settled(page);

  await tabTo(page, page.getByRole('tab', { selected: true }));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { selected: true })).toBeFocused();
  await expect(page.getByRole('tab').last()).toHaveAttribute('aria-selected', 'true');
  const lineage = page.getByRole('tab', { name: 'Lineage' });
  for (let presses = 0; presses < 6 && (await lineage.getAttribute('aria-selected')) !== 'true'; presses++) {
    await page.keyboard.press('ArrowLeft');
  }
  await expect(lineage).toBeFocused();
  const tree = page.getByRole('treegrid', { name: 'Creators' });
  await tabTo(page, tree);
  await page.keyboard.press('j');
  await expect(tree.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '3');
  await page.keyboard.press('g');
  await expect(tree.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '2');

  await tabTo(page, page.getByRole('button', { name: /^Remove/ }).first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible();
  await expectNoMouse();
});
