import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import {
  BUILD,
  chooseFiles,
  dropFiles,
  dropTexts,
  dumpsList,
  fixture,
  openPage,
  test,
  topRows,
  userAsksFor,
} from './support.ts';

const FILES = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const groupsOf = (page: Page) => page.getByRole('grid', { name: 'Groups' });
const verdictText = (page: Page) =>
  page.getByRole('region', { name: 'Verdict' }).getByRole('heading').first().innerText();
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Opens three dumps of a leak and looks at the loop that leaks, by function, in the second one. */
async function lookAtLeak(page: Page): Promise<void> {
  await openPage(page);
  await chooseFiles(page, FILES);
  await expect(dumpsList(page)).toHaveCount(3);
  await dumpsList(page).nth(1).getByRole('button').first().click();
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('functions');
  await groupsOf(page).getByRole('row', { name: /350/ }).first().click();
  await expect(groupsOf(page).getByRole('row', { selected: true })).toContainText('350');
}

async function share(page: Page) {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('the address leads back and forward', async ({ page }) => {
  await lookAtLeak(page);
  await expect(page).toHaveURL(/#v=1&level=functions&dump=1&.*group=/);
  const address = page.url();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/tab=compare/);
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(address);
  await page.goForward();
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
});

test('a link to the view asks for its files by content, says what is not one of them, and shows what it was made from', async ({
  page,
  context,
}) => {
  await lookAtLeak(page);
  const dialog = await share(page);
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Tickers, 23 Nov');
  await dialog.getByRole('button', { name: 'Copy link to this view' }).click();
  const link = await clipboard(page);

  const other = await context.newPage();
  await other.goto(link);
  const welcome = other.getByRole('region', { name: 'Link' });
  await expect(welcome.getByRole('heading')).toHaveText('Tickers, 23 Nov');
  await expect(welcome.getByRole('listitem')).toHaveCount(3);
  await dropFiles(other, [fixture('prog-lockbugs-go1.19/1-before.debug2.txt')]);
  await expect(other.getByRole('list', { name: 'Notices' })).toContainText('is not what the link was made from');
  await dropFiles(other, FILES.slice(0, 2));
  await expect(welcome).toContainText('waits for 1 of its 3 dumps');
  await dropFiles(other, FILES.slice(2));
  await expect(welcome).toHaveCount(0);
  await expect(groupsOf(other).getByRole('row', { selected: true })).toContainText('350');
  await expect(other.getByRole('combobox', { name: 'Group by' })).toHaveValue('functions');
  await expect(dumpsList(other).filter({ has: other.locator('[aria-current="true"]') })).toContainText('2-during');
});

test('a link with data opens in a fresh page without a file: same verdict, same groups', async ({ page, context }) => {
  await lookAtLeak(page);
  const [verdict, rows] = [await verdictText(page), await topRows(groupsOf(page), 2)];
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'Copy link with data' }).click();
  const link = await clipboard(page);
  expect(link.length).toBeLessThan(28_000);

  const other = await context.newPage();
  const { expectQuiet } = await openPage(other, link);
  await expect(dumpsList(other)).toHaveCount(3);
  await expect(groupsOf(other).getByRole('row', { selected: true })).toContainText('350');
  expect(await topRows(groupsOf(other), 2)).toEqual(rows);
  // Without ids nothing tells whether the same goroutines stayed, so its words differ; its numbers do not.
  expect((await verdictText(other)).match(/[\d,]+ → [\d,]+/)).toEqual(verdict.match(/[\d,]+ → [\d,]+/));
  expectQuiet();
});

test('a saved investigation and a report open again: same verdict, same groups', async ({ page, context }) => {
  await lookAtLeak(page);
  const [verdict, rows] = [await verdictText(page), await topRows(groupsOf(page), 2)];
  const dialog = await share(page);
  userAsksFor(page, 'standstill.html');
  const save = async (name: string, ending: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toContain(ending);
    const path = join(BUILD, `shared${ending}`);
    await saved.saveAs(path);
    return path;
  };
  const saved = await save('Save investigation', '.standstill.json.gz');
  const report = await save('Save report', '.html');
  const check = async (other: Page): Promise<void> => {
    await expect(dumpsList(other)).toHaveCount(3);
    await expect(groupsOf(other).getByRole('row', { selected: true })).toContainText('350');
    expect(await topRows(groupsOf(other), 2)).toEqual(rows);
    expect(await verdictText(other)).toBe(verdict);
  };

  const other = await context.newPage();
  await openPage(other);
  await dropFiles(other, [saved]);
  await check(other);

  const onDisk = pathToFileURL(report).href;
  userAsksFor(page, onDisk);
  const third = await context.newPage();
  const { expectQuiet } = await openPage(third, onDisk);
  await check(third);
  expectQuiet();

  const cut = join(BUILD, 'cut.standstill.json.gz');
  writeFileSync(cut, readFileSync(saved).subarray(0, 400));
  await dropFiles(other, [cut]);
  await expect(other.getByRole('region', { name: 'Files being read' })).toContainText(
    'This is a saved investigation that cannot be opened.',
  );
  await check(other);
});

test('every form for other tools is saved, and a report analyses to the same JSON as the page that made it', async ({
  page,
  context,
}) => {
  await lookAtLeak(page);
  userAsksFor(page, 'standstill.html');
  const save = async (on: Page, name: string): Promise<Buffer> => {
    const download = on.waitForEvent('download');
    await on
      .getByRole('dialog', { name: 'Share' })
      .getByRole('button', { name: `Save ${name}` })
      .click();
    const saved = await download;
    const path = join(BUILD, `exported-${saved.suggestedFilename()}`);
    await saved.saveAs(path);
    return readFileSync(path);
  };
  const dialog = await share(page);
  const json = (await save(page, 'Analysis JSON')).toString();
  const analysis: { dumps: { goroutines: number; groups: { count: number }[] }[] } = JSON.parse(json);
  expect(analysis.dumps.map(({ goroutines }) => goroutines)).toEqual(
    FILES.map((path) => JSON.parse(readFileSync(path.replace(/\.txt$/, '.expected.json'), 'utf8')).goroutines),
  );
  const shown = analysis.dumps[1];
  expect((await save(page, 'CSV')).toString().split('\r\n')[1]).toMatch(new RegExp(`^${shown?.groups[0]?.count},`));
  const folded = (await save(page, 'Folded stacks')).toString().trimEnd().split('\n');
  expect(folded.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(shown?.goroutines);
  expect((await save(page, 'Markdown')).toString()).toMatch(/^## Goroutines: /);
  await dialog.getByRole('button', { name: 'Copy Markdown' }).click();
  await expect(dialog.getByText('Copied', { exact: true })).toBeVisible();
  expect(await clipboard(page)).toMatch(/^## Goroutines: /);
  const pprof = join(BUILD, 'exported.pb.gz');
  writeFileSync(pprof, await save(page, 'pprof'));
  const report = join(BUILD, 'exported.html');
  writeFileSync(report, await save(page, 'report'));

  const other = await context.newPage();
  await openPage(other);
  await dropFiles(other, [pprof]);
  await expect(dumpsList(other)).toContainText([String(shown?.goroutines)]);

  const onDisk = pathToFileURL(report).href;
  userAsksFor(page, onDisk);
  const third = await context.newPage();
  await openPage(third, onDisk);
  await expect(dumpsList(third)).toHaveCount(3);
  await share(third);
  expect((await save(third, 'Analysis JSON')).toString()).toBe(json);
});

test('what is chosen to be taken out is in no file and in no link', async ({ page }) => {
  await openPage(page);
  const text = readFileSync(FILES[1] ?? '', 'utf8')
    .replaceAll('main.', 'canaryshop/orders.')
    .replaceAll('/programs/', '/canary-folder/');
  await dropTexts(page, [['canary-host-7f9c5d6b8-x2x4z.txt', text]]);
  await expect(dumpsList(page)).toHaveCount(1);
  const [rows] = [await topRows(groupsOf(page), 1)];
  const dialog = await share(page);
  await dialog.getByText(/^Taken out before/).click();
  for (const name of [/^Folders of source files/, /^Hosts, pods/, /^Labels/]) {
    await dialog.getByRole('checkbox', { name }).check();
  }
  await dialog.getByRole('button', { name: /on no public server/ }).click();
  await expect(dialog.getByText(/^Taken out before: arguments and addresses, folders.*1 module name$/)).toBeVisible();
  const contents: string[] = [];
  await dialog.getByRole('button', { name: 'Copy link to this view' }).click();
  contents.push(await clipboard(page));
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save investigation' }).click();
  const saved = await download;
  const path = join(BUILD, 'redacted.standstill.json.gz');
  await saved.saveAs(path);
  contents.push(saved.suggestedFilename(), gunzipSync(readFileSync(path)).toString());
  for (const content of contents) expect(content).not.toContain('canary');

  const other = await page.context().newPage();
  await openPage(other);
  await dropFiles(other, [path]);
  await expect(dumpsList(other)).toHaveCount(1);
  // Same group, same count; its function is known by its method alone.
  const [row] = await topRows(groupsOf(other), 1);
  expect(row?.match(/^[\d,]+/)).toEqual(rows[0]?.match(/^[\d,]+/));
});

test('a link that is junk ends in a message', async ({ page }) => {
  await openPage(page, './#v=1&tab=admin&d=<script>');
  await expect(page.getByRole('alert')).toContainText('The link cannot be opened as it stands');
  await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible();
});

test('dumps beside the page are fetched by a link, and what is not there is told of', async ({ page }) => {
  for (const path of FILES.slice(0, 2)) {
    const name = path.split('/').at(-1) ?? '';
    await page.route(`**/dumps/inc-42/${name}`, (route) => route.fulfill({ path }));
  }
  await page.route('**/dumps/inc-42/index.json', (route) =>
    route.fulfill({ json: ['1-before.debug2.txt', '2-during.debug2.txt', 'gone.txt'] }),
  );
  await page.route('**/dumps/inc-42/gone.txt', (route) => route.fulfill({ status: 404, body: 'no' }));
  await page.route('**/login/index.json', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><form>Sign in</form>' }),
  );
  for (const address of ['dumps/', 'login/']) userAsksFor(page, address);
  await page.goto('./#src=dumps/inc-42/&src=login/&src=https://elsewhere.example/a.txt&tab=compare');
  await expect(dumpsList(page)).toHaveCount(2);
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
  const files = page.getByRole('region', { name: 'Files being read' });
  await expect(files).toContainText(/There is nothing at \/(?:.*\/)?dumps\/inc-42\/gone\.txt \(404\)/);
  await expect(files).toContainText('Is there a login before it?');
  await expect(files).toContainText('This page may fetch only from');
});
