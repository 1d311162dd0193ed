import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { dropFiles, dropTexts, dumpsList, openPage, test } from './support.ts';

const SAMPLE = new URL('../../public/sample/', import.meta.url).pathname;
const BEFORE = `${SAMPLE}ordersd-2026-11-24T03-31-05Z-before.txt`;
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
  await expect(dialog.getByRole('region', { name: 'Shipped rules' })).toContainText('Nothing matches.');
  await trial.getByRole('button', { name: '1,296 goroutines in 1 group' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Cause' })).toContainText(
    'TEAM-7 is a rule of your team: kept with this investigation.',
  );
  expectQuiet();
});

test('a team rule file opened first is shown, and names and marks what is in the dumps that follow', async ({
  page,
}) => {
  const { expectQuiet } = await openPage(page);
  const stack = {
    states: ['chan send'],
    frames: ['example.com/orders/internal/publish.(*Publisher).Publish.func'],
    createdBy: 'example.com/orders/internal/publish.(*Publisher).Publish',
  };
  const file = {
    schema: 'standstill/rules@1',
    rules: [
      {
        id: 'L01',
        kind: 'leak',
        title: 'publish without a receiver',
        family: 'send',
        grade: 'strong',
        states: ['chan send'],
        stacks: [{ top: ['*.Publish.func1'] }],
        meaning: 'The worker of the queue has stopped.',
      },
    ],
    marks: [{ id: 'publish', mark: 'suspect', name: 'Publish', note: 'seen in October', ...stack }],
  };
  await dropTexts(page, [['team.json', JSON.stringify(file)]]);
  const part = page.getByRole('region', { name: 'Team rules' });
  await expect(part).toContainText('team.json 1 rule, 1 mark');
  await part.getByRole('button', { name: 'Rules', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Rules' });
  await expect(dialog.getByRole('region', { name: 'Own rules' })).toContainText('from team.json');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await dropFiles(page, [BEFORE, AFTER]);
  await expect(dumpsList(page)).toHaveCount(2);
  await expect(part).toContainText('team.json 1 rule, 1 mark');
  const rows = groups(page).locator('tbody tr[aria-rowindex]');
  await expect(rows.first()).toContainText('suspect');
  await rows.first().click();
  const cause = page.getByRole('region', { name: 'Cause' });
  await expect(cause).toContainText('Publish without a receiver');
  await expect(cause).toContainText('L01 is a rule of your team: team.json.');
  await expect(triage(page).getByRole('textbox', { name: 'Note' })).toHaveValue('seen in October');

  // The comparison filters by the same mark; “show all” takes it away.
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page
    .getByRole('group', { name: 'Marks to show' })
    .getByRole('button', { name: /Suspect 1/ })
    .click();
  const changes = page.getByRole('grid', { name: 'Changes from A to B' }).locator('tbody tr[aria-rowindex]');
  await expect(changes).toHaveCount(1);
  await page.getByText('Matrix', { exact: true }).click();
  await expect(page.getByRole('status', { name: 'Shown' })).toContainText('1 of ');
  await page.getByRole('status', { name: 'Shown' }).getByRole('button', { name: 'show all' }).click();
  await expect(page.getByRole('status', { name: 'Shown' })).not.toContainText(' of ');

  // Without the file the shipped rule of that id speaks again.
  await part.getByRole('button', { name: 'Remove team.json' }).click();
  await expect(cause).not.toContainText('rule of your team');
  await expect(cause).toContainText('L01');
  expectQuiet();
});
