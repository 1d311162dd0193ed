import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Path of a dump among the fixtures. */
export function fixture(name: string): string {
  const path = join(ROOT, 'test/fixtures/corpus', name);
  if (!existsSync(path)) throw new Error(`no such fixture: ${name}`);
  return path;
}

/** Folder for what tests make; ignored by git. */
export const BUILD = join(ROOT, 'build');

/** Opens the page and collects what a visitor should never meet. Check `expectQuiet` at the end of a test. */
export async function openPage(page: Page): Promise<{ expectQuiet: () => void; requests: string[] }> {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Standstill' })).toBeVisible();
  return { expectQuiet: () => expect(complaints).toEqual([]), requests };
}

/** Drops files anywhere on the page, as a mouse does; the drop carries the files' times. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  await dropContents(
    page,
    paths.map((path) => ({
      name: basename(path),
      base64: readFileSync(path).toString('base64'),
      modified: statSync(path).mtimeMs,
    })),
  );
}

/** Drops texts as files with these names. */
export async function dropTexts(page: Page, texts: readonly (readonly [name: string, text: string])[]): Promise<void> {
  const modified = Date.now();
  await dropContents(
    page,
    texts.map(([name, text]) => ({ name, base64: Buffer.from(text).toString('base64'), modified })),
  );
}

async function dropContents(
  page: Page,
  files: readonly { name: string; base64: string; modified: number }[],
): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64, modified } of given) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { lastModified: modified }));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, files);
}

/** Drops files and folders from the disk through the browser's own drag and drop. */
export async function dropFromDisk(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
}

/** Chooses files as the file dialog does. */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page.getByTestId('file-input').setInputFiles([...paths]);
}

export function dumpsList(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Dumps' }).getByRole('list').first().getByRole('listitem');
}

/** Cells of the first `count` rows of a grid, as text. */
export async function topRows(grid: Locator, count: number): Promise<string[]> {
  const rows = grid.locator('tbody tr[aria-rowindex]');
  await expect(rows.first()).toBeVisible();
  const texts: string[] = [];
  for (let i = 0; i < count; i++) texts.push((await rows.nth(i).innerText()).replace(/\s+/g, ' '));
  return texts;
}
