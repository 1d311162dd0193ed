import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.mjs';
import { serve } from '../../scripts/serve.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where this Firefox puts what is saved. */
const DOWNLOADS = join(ROOT, 'build', 'firefox-downloads');

/** A running Firefox and the page it is to open. */
export interface Firefox {
  readonly browser: Browser;
  /** Ends in "/". */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Starts Firefox without a window, driven over WebDriver BiDi, and serves dist/, or takes STANDSTILL_TEST_URL. */
export async function startFirefox(): Promise<Firefox> {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new Error('No Firefox was found: install firefox-esr, or set FIREFOX_EXECUTABLE.');
  rmSync(DOWNLOADS, { recursive: true, force: true });
  mkdirSync(DOWNLOADS, { recursive: true });
  const served = process.env.STANDSTILL_TEST_URL;
  const server = served === undefined ? await serve({ port: 0 }) : { address: served, close: async () => undefined };
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': DOWNLOADS,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk': 'text/html,application/json,application/octet-stream,text/markdown',
      // Reading the clipboard asks for a click otherwise.
      'dom.events.testing.asyncClipboard': true,
      'intl.accept_languages': 'en-GB',
    },
  });
  return {
    browser,
    address: server.address,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** A page that is open, and what a visitor should never meet. */
export interface Visit {
  readonly page: Page;
  /** Warnings, errors, and requests to anywhere but the page's own folder. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** Opens the page with a storage of its own. `to` is relative to the page's folder, or whole. */
export async function visit({ browser, address }: Firefox, to = ''): Promise<Visit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const whole = new URL(to, address).href;
  const own = whole.startsWith('file:') ? whole : address;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith('blob:') && !url.startsWith('data:'))
      complaints.push(`asked for ${url}`);
  });
  await page.goto(whole);
  await page.waitForSelector('h1');
  return { page, complaints, close: () => context.close() };
}

/** Path of a dump among the fixtures. */
export const fixture = (name: string): string => join(ROOT, 'test/fixtures/corpus', name);

/** Chooses files as the file dialog does. */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<void> {
  const input = await page.waitForSelector('input[data-testid="file-input"]');
  await input?.uploadFile(...paths);
}

/** Drops files anywhere on the page. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }));
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, files);
}

/** The text of all elements of a selector, each with single spaces; hidden text is left out. */
export function texts(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (elements) =>
    elements.map((element) => (element instanceof HTMLElement ? element.innerText : '').replace(/\s+/g, ' ').trim()),
  );
}

/** Waits until the texts of a selector are as `wanted` says: so many, and in this order each holding its part. */
export async function expectTexts(page: Page, selector: string, wanted: readonly (string | RegExp)[]): Promise<void> {
  await expect
    .poll(() => texts(page, selector), { timeout: 20_000 })
    .toEqual(
      wanted.map((part) => (typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part))),
    );
}

/** Waits until the first element of a selector holds the text. */
export async function expectFirst(page: Page, selector: string, part: string | RegExp): Promise<void> {
  const first = async () => (await texts(page, selector))[0] ?? '';
  await expect.poll(first, { timeout: 20_000 }).toMatch(part);
}

/** A real click on the control of this role and name. */
export async function click(page: Page, role: string, name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
}

/** Waits for a file that Firefox saves, whole; gives its path. */
export async function saved(name: RegExp): Promise<string> {
  let found = '';
  await expect
    .poll(
      () => {
        const names = readdirSync(DOWNLOADS);
        // Beside what is not whole yet lies a part of it.
        found = names.some((each) => each.endsWith('.part')) ? '' : (names.find((each) => name.test(each)) ?? '');
        return found !== '' && statSync(join(DOWNLOADS, found)).size > 0;
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  return join(DOWNLOADS, found);
}
