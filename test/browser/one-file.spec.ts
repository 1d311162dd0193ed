import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { composePage } from '../../src/investigation/one-file.ts';
import { makeReport } from '../../src/investigation/report.ts';
import {
  chooseFiles,
  dropFiles,
  dumpsList,
  fixture,
  oneFileOnDisk,
  openPage,
  test,
  topRows,
  userAsksFor,
} from './support.ts';

const ticker = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

test('the page as one file opens from the disk, reads dumps and draws them, and asks for nothing', async ({ page }) => {
  const address = await oneFileOnDisk(page, 'standstill.html');
  const { expectQuiet, requests } = await openPage(page, address);
  // It has no folder beside it to fetch the sample from.
  await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible();
  await expect(page.getByRole('button', { name: /sample/ })).toHaveCount(0);
  await dropFiles(page, ticker);
  await expect(dumpsList(page)).toHaveCount(3);
  // 350 heartbeat loops, as 2-during.debug2.expected.json counts them.
  const [first] = await topRows(page.getByRole('grid', { name: /groups/i }), 1);
  expect(first).toContain('350');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([address]);
  expectQuiet();
});

test.describe('what its policy forbids', () => {
  test.use({ breaksPolicy: true });

  test('the page as one file can connect to nothing and runs no other script', async ({ page }) => {
    const evil = '<script>document.title = "run"</script><img src="data:,x" onerror="document.title = `run`">';
    // In the page itself: its script holds a copy of it.
    const address = await oneFileOnDisk(page, 'with-script.html', (html) => {
      const at = html.lastIndexOf('<div id="root">');
      return html.slice(0, at) + evil + html.slice(at);
    });
    const { requests } = await openPage(page, address);
    const refused = await page.evaluate(async () => {
      const refuses = (url: string) =>
        fetch(url).then(
          () => false,
          () => true,
        );
      const source = "fetch('https://example.com/').then(() => postMessage(false), () => postMessage(true))";
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      const inWorker = await new Promise((resolve) => {
        worker.onmessage = (event) => resolve(event.data);
      });
      return [await refuses('https://example.com/'), await refuses(location.href), inWorker];
    });
    expect(refused).toEqual([true, true, true]);
    expect(await page.title()).toBe('Standstill');
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([address]);
  });
});

test('a file inside the page opens by itself, under its title', async ({ page }) => {
  const packed = gzipSync(readFileSync(fixture('prog-tickerleak-go1.19/2-during.debug2.txt')));
  const title = 'Leak </title><script>document.title = "run"</script> & more';
  const address = await oneFileOnDisk(page, 'report.html', (html) => makeReport(html, packed, title));
  expect(readFileSync(new URL(address), 'utf8')).toContain('<title>Leak &lt;/title>&lt;script>');
  const { expectQuiet } = await openPage(page, address);
  await expect(dumpsList(page)).toHaveCount(1);
  await expect(dumpsList(page).first()).toContainText('528');
  // What it carried is not kept twice.
  expect(await page.locator('#standstill-data').textContent()).toBe('');
  expectQuiet();
});

test('a report that was damaged on its way says so, and the page still works', async ({ page }) => {
  const address = await oneFileOnDisk(page, 'damaged.html', (html) =>
    makeReport(html, new Uint8Array([1, 2, 3]), 'x').replace('AQID', 'AQ=ID'),
  );
  const { expectQuiet } = await openPage(page, address);
  await expect(page.getByRole('alert')).toContainText('is damaged');
  await chooseFiles(page, ticker.slice(0, 1));
  await expect(dumpsList(page)).toHaveCount(1);
  expectQuiet();
});

test('the page as one file still knows its own source after it was used', async ({ page }) => {
  const address = await oneFileOnDisk(page, 'standstill.html');
  await openPage(page, address);
  await dropFiles(page, ticker);
  await expect(dumpsList(page)).toHaveCount(3);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  const [script = '', style = '', policy = ''] = await page.evaluate(() => [
    document.querySelector('#standstill-script')?.textContent ?? '',
    document.querySelector('#standstill-style')?.textContent ?? '',
    document.querySelector('#standstill-policy')?.getAttribute('content') ?? '',
  ]);
  const file = readFileSync(new URL(address), 'utf8');
  expect(composePage(readFileSync('index.html', 'utf8'), { script, style, policy })).toBe(file);
});

test('of a link to dumps beside it the page as one file says that it may fetch nothing', async ({ page }) => {
  userAsksFor(page, 'standstill.html');
  const { expectQuiet } = await openPage(page, './standstill.html#v=1&src=dumps/inc-42/');
  await expect(page.getByText(/lets it fetch nothing/)).toBeVisible();
  expectQuiet();
});
