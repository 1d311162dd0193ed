import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { chooseFiles, dropFiles, dumpsList, fixture, openPage, test } from './support.ts';

const pool = fixture('prog-poolbugs-go1.19/3-later.debug2.txt');

test('the keyboard alone leads from the groups to a raw text and back', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [pool]);
  const grid = page.getByRole('grid', { name: /groups/i });
  await expect(grid.locator('tbody tr[aria-rowindex]').first()).toBeVisible();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(grid.locator('tr[aria-selected=true]')).toHaveAttribute('aria-rowindex', '3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary')).toContainText('main.');
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search groups' })).toBeFocused();
  await page.keyboard.type('orphanProducers');
  await expect(page.getByRole('status', { name: 'Shown' })).toContainText('of 243');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Search groups' })).toHaveValue('');
  // Once more leaves the field, so that keys are keys again.
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('/');
});

test.describe('what the policy forbids', () => {
  test.use({ breaksPolicy: true });

  test('nothing but the page itself may be asked for, by the page or its workers', async ({ page }) => {
    const { requests } = await openPage(page);
    const refused = await page.evaluate(async () => {
      const inPage = await fetch('https://example.com/').then(
        () => false,
        () => true,
      );
      const source = "fetch('https://example.com/').then(() => postMessage(false), () => postMessage(true))";
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      const inWorker = await new Promise((resolve) => {
        worker.onmessage = (event) => resolve(event.data);
      });
      return [inPage, inWorker];
    });
    expect(refused).toEqual([true, true]);
    const violations = requests.filter((url) => url.startsWith('https://example.com'));
    expect(violations).toEqual([]);
  });
});

test('a reader that dies costs its file only', async ({ page }) => {
  // Every worker of the page is kept at hand, so that the test can end one as a browser short of memory does.
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, { workers });
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    };
  });
  await openPage(page);
  await chooseFiles(page, [pool]);
  await expect(dumpsList(page)).toHaveCount(1);
  await page.evaluate(() => {
    const workers: Worker[] = Reflect.get(globalThis, 'workers');
    const reader = workers.at(-1);
    const post = reader?.postMessage.bind(reader);
    if (reader === undefined || post === undefined) throw new Error('no worker');
    reader.postMessage = (message: { kind: string }) => {
      if (message.kind === 'read') reader.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
      else post(message);
    };
  });
  await chooseFiles(page, [fixture('prog-tickerleak-go1.19/2-during.debug2.txt')]);
  const failed = page.getByRole('region', { name: 'Files being read' });
  await expect(failed).toContainText('2-during.debug2.txt');
  await expect(failed).toContainText('lack of memory');
  await expect(dumpsList(page)).toHaveCount(1);
  // The next file gets a new reader.
  await chooseFiles(page, [fixture('prog-tickerleak-go1.19/3-later.debug2.txt')]);
  await expect(dumpsList(page)).toHaveCount(2);
});

test('names and labels from files are text, never markup', async ({ page }) => {
  await openPage(page);
  await page.evaluate(() => {
    const text =
      'goroutine 1 [<img src=x onerror=alert(1)>] {k: "<script>alert(2)</script>"}:\nmain.<b>f(0x1)\n\t/a<i>.go:1 +0x1\n';
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], '<img src=x onerror=alert(3)>.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(dumpsList(page)).toHaveCount(1);
  await expect(dumpsList(page).first()).toContainText('<img src=x onerror=alert(3)>.txt');
  await page.getByRole('grid').locator('tbody tr[aria-rowindex]').first().click();
  await expect(page.getByRole('complementary')).toContainText('<script>alert(2)</script>');
  expect(await page.locator('img, script:not([src]), b, i').count()).toBe(0);
});

test('the page says which version it is', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Keys and about' }).click();
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  await expect(page.getByRole('dialog')).toContainText(
    new RegExp(`Standstill ${version.replaceAll('.', '\\.')}(?:, commit [0-9a-f]{10}\\+?)?$`, 'm'),
  );
});
