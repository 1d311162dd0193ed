import { expect, type Locator, type Page } from '@playwright/test';
import { chooseFiles, dropFiles, dumpsList, fixture, openPage, test } from './support.ts';

const locksOf = (page: Page) => page.getByRole('tabpanel', { name: 'Locks' });
const treeOf = (page: Page) => page.getByRole('treegrid', { name: 'Creators' });
const chosenIn = (tree: Locator) => tree.getByRole('row', { selected: true });

test('of lock bugs the Locks tab names what the addresses prove and nothing else', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  await dropFiles(page, [fixture('prog-lockbugs-go1.19/3-later.debug2.txt')]);
  await expect(dumpsList(page)).toContainText(['133']);
  await page.keyboard.press('5');
  const locks = locksOf(page);
  await expect(locks).toContainText('129 goroutines');

  // 10 and 11 lock the two accounts in opposite order (test/fixtures/programs/lockbugs); no other lock shows its holder.
  const named = locks.getByRole('region', { name: 'What the addresses say' });
  await expect(named.getByRole('heading', { level: 4 })).toHaveText([
    /^Locks in opposite order: each waits for the other/,
  ]);
  await expect(named.getByRole('table').getByRole('row')).toHaveText([
    /Goroutine/,
    /goroutine 10\s*0xc0000191d0\s*→ 0xc0000191e0/,
    /goroutine 11\s*0xc0000191e0\s*→ 0xc0000191d0/,
  ]);
  const unknown = locks.getByRole('region', { name: 'Holder unknown' });
  await expect(unknown.getByRole('listitem').first()).toContainText('60 goroutines wait for the read-write lock');
  await expect(locks.getByRole('table', { name: 'What is waited for' }).getByText('inferred')).toHaveCount(2);

  // A goroutine opens its text in place; a group leads to the groups, which lead back.
  await named.getByRole('button', { name: 'Goroutine 10', exact: true }).click();
  await expect(named.getByRole('region', { name: 'Raw text' })).toContainText('goroutine 10 [semacquire, ');
  await named.getByRole('button', { name: /^main\.transfer:19 →/ }).click();
  await expect(page.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true');
  const stack = page.getByRole('complementary', { name: 'Stack' });
  await expect(stack.getByRole('region', { name: 'Lock' })).toContainText(
    'Waits for the mutex at 0xc0000191d0; held, it seems, by goroutine 10inferred.',
  );
  await stack.getByRole('button', { name: 'Show all locks' }).click();
  await expect(locks).toBeVisible();
  expectQuiet();
});

test('a form without addresses says so, and names no holder', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [fixture('prog-lockbugs-go1.19/3-later.debug1.txt')]);
  await page.getByRole('tab', { name: 'Locks' }).click();
  const locks = locksOf(page);
  await expect(locks).toContainText('Take a dump with debug=2.');
  await expect(locks).toContainText('address not printed');
  await expect(locks.getByText('inferred', { exact: true })).toHaveCount(0);
  await expect(locks.getByRole('region', { name: 'What the addresses say' })).toHaveCount(0);
});

test('the tree of creators is walked by keys, and Enter shows what a function created', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  await chooseFiles(page, [fixture('prog-lockbugs-go1.24/2-during.debug2.txt')]);
  await expect(dumpsList(page)).toHaveCount(1);
  await page.keyboard.press('6');
  const tree = treeOf(page);
  // Goroutine 20, which created most of them, has ended.
  await expect(chosenIn(tree)).toHaveText(/^main\.\(\*Cache\)\.Get\s*by main\.main\.func1\s*creator gone\s*60/);
  await tree.focus();
  await page.keyboard.press('End');
  while (!(await chosenIn(tree).innerText()).startsWith('▾')) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(chosenIn(tree)).toContainText('main.main');
  await page.keyboard.press('ArrowLeft');
  await expect(chosenIn(tree)).toHaveAttribute('aria-expanded', 'false');
  await expect(tree.getByRole('row', { name: /conn\)\.serve/ })).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(chosenIn(tree)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(chosenIn(tree)).toContainText('http.(*conn).serve');
  await expect(chosenIn(tree)).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Group by' })).toHaveValue('created-by');
  await expect(page.getByRole('grid', { name: 'Groups' }).getByRole('row', { selected: true })).toContainText(
    'main.main.func1',
  );
  await expect(page.getByRole('complementary', { name: 'Stack' })).toBeFocused();
  expectQuiet();
});
