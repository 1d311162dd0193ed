// Takes pictures of every screen at three widths in both themes, and those of the README and of a link's preview.
//   npm run build && npm run screenshots [-- --out DIR] [--readme]
// They go to build/screenshots; --readme takes docs/screenshot.png and public/preview.png alone.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from './ensure-browser.mjs';
import { serve } from './serve.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures/corpus');
const WIDTHS = [1440, 1280, 390];
const THEMES = /** @type {const} */ (['light', 'dark']);
const { values: options } = parseArgs({
  options: { out: { type: 'string', default: 'build/screenshots' }, readme: { type: 'boolean', default: false } },
});

/** @typedef {import('@playwright/test').Page} Page */

/** Screens in the order they are taken; each begins where the one before ended. @type {readonly [string, (page: Page) => Promise<void>][]} */
const SCREENS = [
  ['empty', async () => {}],
  ['guide', (page) => page.getByRole('button', { name: 'How a dump is read' }).click()],
  ['groups', openSample],
  ['facets', (page) => page.getByRole('button', { name: 'Facets' }).click()],
  [
    'query',
    async (page) => page.getByRole('combobox', { name: 'Search groups' }).fill('state:"chan send" or (wait:>x'),
  ],
  ['stack', openStack],
  ['source', openSourceLinks],
  ['compare', (page) => openTab(page, 'Compare')],
  ['side-by-side', (page) => page.getByRole('radio', { name: 'Side by side' }).press('Space')],
  ['matrix', (page) => page.getByRole('radio', { name: 'Matrix' }).press('Space')],
  ['timeline', (page) => openTab(page, 'Timeline')],
  ['lineage', (page) => openTab(page, 'Lineage')],
  ['flame', (page) => openTab(page, 'Flame')],
  ['share', (page) => page.getByRole('button', { name: 'Share' }).click()],
  ['keys', (page) => page.getByRole('button', { name: 'Keys and about' }).click()],
  ['palette', (page) => page.keyboard.press('Control+k')],
  ['what-to-do', (page) => page.getByRole('button', { name: 'What to do' }).click()],
  ['rules', openRules],
  ['paste', (page) => page.getByRole('button', { name: 'Paste' }).click()],
];

/** What the sample has none of, on a page of its own. @type {readonly [string, (page: Page) => Promise<void>][]} */
const OTHERS = [
  ['refusal', (page) => choose(page, [textFile('empty.txt', 'nothing of the kind\n')])],
  ['counts', (page) => choose(page, [textFile('counts.log', countLines())])],
  ['locks', async (page) => openWith(page, lockDumps(), 'Locks')],
  ['instances', async (page) => openWith(page, podDumps(), 'Instances')],
  [
    'races',
    async (page) => {
      await choose(page, [join(FIXTURES, 'crash-go1.19/race.txt')]);
      await unfold(page);
      await page
        .getByRole('button', { name: /data races/i })
        .first()
        .click();
    },
  ],
];

const executablePath = findBrowser();
const server = await serve({ port: 0 });
const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  if (options.readme) await takeReadme();
  else for (const width of WIDTHS) for (const theme of THEMES) await takeAll(width, theme);
} finally {
  await browser.close();
  await server.close();
}

/** @param {number} width @param {'light' | 'dark'} theme */
async function newPage(width, theme) {
  const page = await browser.newPage({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await page.goto(server.address);
  return page;
}

/** @param {number} width @param {'light' | 'dark'} theme */
async function takeAll(width, theme) {
  const folder = resolve(ROOT, options.out);
  mkdirSync(folder, { recursive: true });
  for (const screens of [SCREENS, OTHERS]) {
    const page = await newPage(width, theme);
    for (const [name, go] of screens) {
      await page.keyboard.press('Escape');
      await go(page);
      await page.waitForTimeout(500);
      const file = join(folder, `${name}-${width}-${theme}.png`);
      await page.screenshot({ path: file });
      console.log(file);
    }
    await page.close();
  }
}

/** The sample incident with the largest group chosen. */
async function takeReadme() {
  const page = await newPage(1440, 'light');
  await openSample(page);
  await page.getByRole('button', { name: 'End the tour' }).click();
  await openStack(page);
  // The chosen row is painted with what was chosen, not with what the mouse is over.
  await page.mouse.move(700, 860);
  await page.waitForTimeout(300);
  const folder = join(ROOT, 'docs');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'screenshot.png') });
  console.log('docs/screenshot.png');
  // What chats show of a link is 1.91 : 1, and small: fewer rows, larger.
  await page.setViewportSize({ width: 1200, height: 630 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(ROOT, 'public', 'preview.png') });
  console.log('public/preview.png');
}

/** @param {Page} page */
async function openSample(page) {
  await page.getByRole('button', { name: /sample incident/i }).click();
  await page.getByRole('grid', { name: 'Groups' }).waitFor();
  await page.waitForTimeout(1000);
}

/** @param {Page} page */
async function openStack(page) {
  await page.getByRole('combobox', { name: 'Search groups' }).fill('');
  // On a narrow page they leave the table no room.
  const facets = page.getByRole('button', { name: 'Facets', pressed: true });
  if ((await facets.count()) > 0) await facets.click();
  await page.getByRole('grid', { name: 'Groups' }).locator('tbody tr[aria-rowindex]').first().click();
  await page.getByText('publisher.go').first().waitFor();
}

/** @param {Page} page @param {string} name */
async function openTab(page, name) {
  await page.getByRole('tab', { name }).click();
}

/** @param {Page} page */
async function openSourceLinks(page) {
  await openStack(page);
  await page.getByRole('button', { name: 'Source links…' }).click();
}

/** Opens what a narrow window folds into one line below the dumps. @param {Page} page */
async function unfold(page) {
  const folded = page.locator('nav[aria-label="Dumps"] > details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

/** @param {Page} page */
async function openRules(page) {
  await unfold(page);
  await page.getByRole('button', { name: 'Rules' }).first().click();
}

/** @param {Page} page @param {Parameters<import('@playwright/test').Locator['setInputFiles']>[0]} files */
async function choose(page, files) {
  await page.getByTestId('file-input').setInputFiles(files);
  await page.waitForTimeout(1000);
}

/** @param {Page} page @param {Parameters<typeof choose>[1]} files @param {string} tab */
async function openWith(page, files, tab) {
  await choose(page, files);
  await page.getByRole('tab', { name: tab }).click();
}

/** @param {string} name @param {string} text */
function textFile(name, text) {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

function countLines() {
  const line = (/** @type {number} */ at) =>
    `2026-11-23T02:${10 + at}:00Z level=info msg=stats goroutines=${100 + at * at}\n`;
  return Array.from({ length: 12 }, (_, at) => line(at)).join('');
}

function lockDumps() {
  return ['2-during', '3-later'].map((name) => join(FIXTURES, `prog-lockbugs-go1.19/${name}.debug2.txt`));
}

/** Four pods three times, one of which sends to nobody. */
function podDumps() {
  const frame = (/** @type {string} */ name) => `${name}(0xc000012345)\n\t/srv/orders/run.go:40 +0x1d\n`;
  return ['bdfgh', 'xzwvt', 'qrstv', 'klmnp'].flatMap((end, pod) =>
    [0, 1, 2].map((round) => {
      const stuck = Array.from({ length: 5 + (pod === 1 ? round * 40 : 0) }, (_, at) => {
        return `goroutine ${100 + at} [chan send, ${round} minutes]:\n${frame('orders.publish')}created by main.main in goroutine 1\n\t/srv/orders/run.go:20 +0x1\n`;
      });
      const text = [`goroutine 1 [IO wait]:\n${frame('main.main')}`, ...stuck].join('\n');
      return textFile(`orders-6c9f8d7b5-${end}-2026-11-23T02-0${round * 3}-00Z.txt`, text);
    }),
  );
}
