import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { dropFiles, dropTexts, dumpsList, openPage, test } from './support.ts';

const SAMPLE = new URL('../../public/sample/', import.meta.url).pathname;
const AFTER = `${SAMPLE}ordersd-2026-11-24T03-40-25Z-after.txt`;

const groups = (page: Page) => page.getByRole('grid', { name: 'Groups' });
const triage = (page: Page) => page.getByRole('region', { name: 'Triage' });
const marked = (page: Page, word: string) => groups(page).locator('tbody tr', { hasText: word });

test('a group marked expected folds, is saved, and is marked again by the saved file', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  await dropFiles(page, [AFTER]);
  await expect(dumpsList(page)).toHaveCount(1);
  const rows = groups(page).locator('tbody tr[aria-rowindex]');
  const leak = rows.filter({ hasText: 'chan send' }).first();
  await leak.click();
  const name =
    (await page.getByRole('complementary', { name: 'Stack' }).getByRole('heading', { level: 2 }).textContent()) ?? '';
  expect(name).toContain('chan send');
  const { length } = await rows.all();

  await triage(page).getByRole('button', { name: 'Expected' }).click();
  await triage(page).getByRole('textbox', { name: 'Note' }).fill('one per retry, see ticket 7');
  await expect(triage(page).getByRole('button', { name: 'Expected' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'Team rules' })).toContainText('1 mark');
  // As long as its stack is open it stays in the table; then it folds with the other expected ones.
  await expect(marked(page, name)).toHaveCount(1);
  await page.getByRole('complementary', { name: 'Stack' }).getByRole('button', { name: 'Close' }).click();
  const line = page.locator('.expected-line');
  await expect(line).toContainText('1 mark');
  const fold = line.getByRole('button', { name: 'fold expected groups' });
  if (await fold.isVisible()) await fold.click();
  await expect(marked(page, name)).toHaveCount(0);
  // A filter by mark finds it there.
  await page
    .getByRole('group', { name: 'Marks to show' })
    .getByRole('button', { name: /Expected 1/ })
    .click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('expected');
  expect(length).toBeGreaterThan(1);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save team rules' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('standstill-rules.json');
  const text = readFileSync(await saved.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    schema: 'standstill/rules@1',
    rules: [],
    marks: [{ mark: 'expected', note: 'one per retry, see ticket 7', states: ['chan send'] }],
  });

  await page.reload();
  await dropFiles(page, [AFTER]);
  await dropTexts(page, [['any-name.txt', text]]);
  await expect(dumpsList(page)).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'Rule files' })).toContainText('any-name.txt');
  await page
    .getByRole('group', { name: 'Marks to show' })
    .getByRole('button', { name: /Expected 1/ })
    .click();
  await rows.first().click();
  await expect(triage(page).getByRole('textbox', { name: 'Note' })).toHaveValue('one per retry, see ticket 7');
  expectQuiet();
});

test('a rule is written, tried, named wrong, kept, and names the cause', async ({ page }) => {
  const { expectQuiet } = await openPage(page);
  await dropFiles(page, [AFTER]);
  await expect(dumpsList(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Rules', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Rules' });
  const editor = dialog.getByRole('textbox', { name: 'Rule as JSON' });
  const rule = {
    id: 'TEAM-7',
    kind: 'leak',
    title: 'publish without a receiver',
    family: 'send',
    grade: 'strong',
    states: ['chan send'],
    stacks: [{ top: ['*.Publish.func1'] }],
    meaning: 'The worker of the queue has stopped.',
  };
  await editor.fill(JSON.stringify({ ...rule, family: 'sends' }));
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('rule.family: found "sends", wanted one of send,');
  await expect(dialog.getByRole('button', { name: 'Keep as own rule' })).toBeDisabled();
  await editor.fill(JSON.stringify(rule));
  await dialog.getByRole('button', { name: 'Try it' }).click();
  const trial = dialog.getByRole('list', { name: 'The rule on trial' });
  await expect(trial).toContainText('1,296 goroutines in 1 group, it speaks for all of them.');
  await dialog.getByRole('button', { name: 'Keep as own rule' }).click();
  await expect(dialog.getByRole('region', { name: 'Own rules' })).toContainText('TEAM-7');
  await dialog.getByRole('searchbox').fill('persistConn readLoop');
  await expect(dialog.getByRole('region', { name: 'Shipped rules' })).toContainText('nothing matches');
  await trial.getByRole('button', { name: '1,296 goroutines in 1 group' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Cause' })).toContainText('TEAM-7');
  expectQuiet();
});
