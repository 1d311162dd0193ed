import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the page may fetch by itself, under its own folder: itself and its parts. */
const OWN = /^(?:index\.html)?(?:[?#].*)?$|^assets\/[\w.-]+$/;
/** What the user of a test asked for besides. */
const wishes = new WeakMap<BrowserContext, string[]>();

/** Notes that the user is about to ask for something under this address, which may be relative to the page's folder. */
export function userAsksFor(page: Page, address: string): void {
  wishes.get(page.context())?.push(address);
}

/**
 * The test function of all specs. Whatever a test does, it fails when the page or a worker of it requested something that
 * the user had not asked for, and when the browser said that something was against the page's policy. A test that breaks
 * the policy on purpose says so: `test.use({ breaksPolicy: true })`.
 */
export const test = base.extend<{ breaksPolicy: boolean; watch: undefined }>({
  breaksPolicy: [false, { option: true }],
  watch: [
    async ({ context, baseURL, breaksPolicy }, use) => {
      const folder = new URL(baseURL ?? '').href;
      const asked: string[] = [];
      wishes.set(context, asked);
      const requests: string[] = [];
      const violations: string[] = [];
      context.on('request', (request) => requests.push(request.url()));
      context.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
      });
      await use(undefined);
      const wished = asked.map((address) => new URL(address, folder).href);
      // Where the browser itself sends what was against the policy (scripts/try-hosting.mjs).
      const reports = process.env.STANDSTILL_TEST_REPORTS;
      if (breaksPolicy && reports !== undefined) wished.push(reports);
      const unasked = requests.filter((url) => {
        if (url.startsWith('blob:') || url.startsWith('data:')) return false;
        const isOwn = url.startsWith(folder) && OWN.test(url.slice(folder.length));
        return !isOwn && !wished.some((wish) => url.startsWith(wish));
      });
      expect(unasked, 'requests that the user did not ask for').toEqual([]);
      if (!breaksPolicy) expect(violations, 'against the policy of the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** Path of a dump among the fixtures. */
export function fixture(name: string): string {
  const path = join(ROOT, 'test/fixtures/corpus', name);
  if (!existsSync(path)) throw new Error(`no such fixture: ${name}`);
  return path;
}

/** Folder for what tests make; ignored by git. */
export const BUILD = join(ROOT, 'build');

/** Opens the page and collects what a visitor should never meet. Check `expectQuiet` at the end of a test. Another form of the page has another `address`. */
export async function openPage(page: Page, address = './'): Promise<{ expectQuiet: () => void; requests: string[] }> {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Standstill' })).toBeVisible();
  return { expectQuiet: () => expect(complaints).toEqual([]), requests };
}

/** Puts the page as one file on the disk, with `change` made to it, as if it came as an attachment. Gives its file: URL, which the user asks for. */
export async function oneFileOnDisk(page: Page, name: string, change = (html: string) => html): Promise<string> {
  const answer = await page.request.get('standstill.html');
  expect(answer.ok()).toBe(true);
  mkdirSync(BUILD, { recursive: true });
  const path = join(BUILD, name);
  writeFileSync(path, change(await answer.text()));
  const url = pathToFileURL(path).href;
  userAsksFor(page, url);
  return url;
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

/** Waits until the browser keeps so many files for a reload. */
export async function heldFiles(page: Page, count: number): Promise<void> {
  const held = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('standstill');
          opening.onsuccess = () => {
            const database = opening.result;
            if (!database.objectStoreNames.contains('files')) return resolve(0);
            const asked = database.transaction('files').objectStore('files').count();
            asked.onsuccess = () => {
              database.close();
              resolve(asked.result);
            };
          };
        }),
    );
  await expect.poll(held).toBe(count);
}
