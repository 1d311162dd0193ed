import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { zipSync } from 'fflate';
import { BUILD, chooseFiles, dumpsList, fixture, openPage, test } from './support.ts';

const WORK = join(BUILD, 'browser-forms');
/** Goroutines of three moments, by prog-tickerleak-go1.19/*.expected.json. */
const TICKER = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));
const COUNTS = ['3', '528', '528'];

test.beforeAll(() => {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
});

test('a support bundle is opened, its nodes are told apart, and what is no dump is counted', async ({ page }) => {
  const bundle = join(WORK, 'debug.zip');
  const files = TICKER.map((path, i) => [`debug/nodes/${i + 1}/stacks.txt`, readFileSync(path)] as const);
  writeFileSync(bundle, zipSync({ ...Object.fromEntries(files), 'debug/README.md': Buffer.from('# nothing\n') }));
  await openPage(page);
  await chooseFiles(page, [bundle]);
  await expect(dumpsList(page)).toContainText(COUNTS);
  await expect(dumpsList(page).nth(2)).toContainText('node 3');
  await expect(page.getByText('3 of 4 files in the archive hold dumps or counts')).toBeVisible();
});

test('a wrapped log shows an example of what was taken off, and its raw text without it', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, [fixture('wrapped/poolbugs.kubectl-prefix.log')]);
  await expect(dumpsList(page)).toContainText('243');
  await expect(page.getByText('[pod/shop-6d5f7c9b8-x2x4q/app] goroutine 281 [running]:').first()).toBeVisible();
  await page
    .getByRole('grid', { name: /groups/i })
    .getByRole('row')
    .nth(1)
    .click();
  await page.getByRole('button', { name: 'goroutine 11', exact: true }).click();
  const raw = page.getByRole('region', { name: 'Raw text' });
  await expect(raw).toContainText('goroutine 11 [');
  await expect(raw).not.toContainText('[pod/');
});

test('reading lines as they stand can be asked for, and taken back', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, [fixture('wrapped/poolbugs.kubectl-prefix.log')]);
  await expect(dumpsList(page)).toContainText('243');
  await page.getByRole('checkbox', { name: 'Read the lines as they stand' }).click();
  await expect(page.getByText(/No goroutine header/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Take wrappers off its lines again' }).click();
  await expect(dumpsList(page)).toContainText('243');
});

test('counts of a log stand in the timeline beside its dump', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, [fixture('shop-logs/shopapp-leak-go1.19-sigquit.log.gz')]);
  await expect(dumpsList(page)).toContainText('2,328');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('goroutines');
  await expect(page.getByRole('tabpanel')).toContainText('2,254');
});

test('a dump that is cut says so above its groups', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, [fixture('wrapped/poolbugs.truncated-tail.txt')]);
  await expect(page.getByText(/ends inside goroutine/).first()).toBeVisible();
});

test('a race report is listed, and its accesses open', async ({ page }) => {
  await openPage(page);
  await chooseFiles(page, [fixture('crash-go1.19/race.txt')]);
  await page
    .getByRole('button', { name: /data races/i })
    .first()
    .click();
  await expect(page.getByText(/previous write|previous read/i).first()).toBeVisible();
});
