import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { BUILD, chooseFiles, dropFiles, dropFromDisk, dumpsList, fixture, openPage, test, topRows } from './support.ts';

const pool = fixture('prog-poolbugs-go1.19/3-later.debug2.txt');
/** Goroutines in it, by prog-poolbugs-go1.19/3-later.debug2.expected.json. */
const POOL = '243';
const WORK = join(BUILD, 'browser-intake');

test.beforeAll(() => {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
});

test('the empty page offers two buttons and commands to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try the sample incident' })).toBeVisible();
  await page.getByRole('button', { name: /copy/i }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/debug/pprof/goroutine?debug=2');
});

test('text pasted anywhere is read', async ({ page }) => {
  await openPage(page);
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    readFileSync(pool, 'utf8'),
  );
  await expect(dumpsList(page)).toContainText([POOL]);
});

test('text in the paste box is read', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(readFileSync(pool, 'utf8'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /read|open/i })
    .click();
  await expect(dumpsList(page)).toContainText([POOL]);
});

test('gzip is unpacked, whatever the file is called', async ({ page }) => {
  await openPage(page);
  const packed = join(WORK, 'goroutine.bin');
  writeFileSync(packed, gzipSync(readFileSync(pool)));
  await chooseFiles(page, [packed]);
  await expect(dumpsList(page)).toContainText([POOL]);
  const [first] = await topRows(page.getByRole('grid', { name: /groups/i }), 1);
  expect(first).toContain('120');
});

test('a folder of 50 dumps is read, dropped as a whole', async ({ page }) => {
  await openPage(page);
  const folder = join(WORK, 'pods');
  for (let i = 0; i < 50; i++) {
    mkdirSync(join(folder, `pod-${i % 5}`), { recursive: true });
    const minute = String(i).padStart(2, '0');
    cpSync(
      fixture('prog-tickerleak-go1.19/1-before.debug2.txt'),
      join(folder, `pod-${i % 5}`, `2026-11-23T02-${minute}-00Z.txt`),
    );
  }
  await dropFromDisk(page, [folder]);
  await expect(dumpsList(page)).toHaveCount(50);
  // In time order by file name.
  await expect(dumpsList(page).first()).toContainText('02-00-00Z');
  await expect(dumpsList(page).last()).toContainText('02-49-00Z');
});

test('a folder chosen with the folder button is read', async ({ page }) => {
  await openPage(page);
  const folder = join(WORK, 'chosen');
  mkdirSync(folder, { recursive: true });
  cpSync(pool, join(folder, 'dump.txt'));
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect(dumpsList(page)).toContainText([POOL]);
});

test('an image is refused by name with what to do, and what is loaded stays', async ({ page }) => {
  await openPage(page);
  const image = join(WORK, 'photo.png');
  writeFileSync(
    image,
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
  await dropFiles(page, [pool]);
  await expect(dumpsList(page)).toHaveCount(1);
  await dropFiles(page, [image]);
  const refusal = page.getByRole('region', { name: 'Files being read' });
  await expect(refusal).toContainText('photo.png');
  await expect(refusal).toContainText('PNG image');
  await expect(refusal).toContainText('debug=2');
  await expect(dumpsList(page)).toHaveCount(1);
  await refusal.getByRole('button', { name: 'Dismiss photo.png' }).click();
  await expect(refusal).toBeHidden();
});

test('all three forms of one moment are read', async ({ page }) => {
  await openPage(page);
  const forms = ['debug0.pb.gz', 'debug1.txt', 'debug2.txt'].map((end) =>
    fixture(`prog-lockbugs-go1.24/2-during.${end}`),
  );
  await dropFiles(page, forms);
  await expect(dumpsList(page)).toHaveCount(3);
  for (let i = 0; i < 3; i++) await expect(dumpsList(page).nth(i)).toContainText('133');
});
