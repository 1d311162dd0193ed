import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseFiles, expectFirst, expectTexts, type Firefox, fixture, startFirefox, visit } from './firefox.ts';

let firefox: Firefox;
/** Another server, which answers whoever asks. */
let other: Server;
let otherAddress = '';
const asked: string[] = [];

beforeAll(async () => {
  other = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('here');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  otherAddress = `http://127.0.0.1:${address.port}/`;
  firefox = await startFirefox();
});

afterAll(async () => {
  await firefox?.close();
  other.close();
});

test('neither the page nor a worker of it reaches another server', async () => {
  expect(await (await fetch(`${otherAddress}control`)).text()).toBe('here');
  const { page, close } = await visit(firefox);
  const answers = await page.evaluate(async (url) => {
    const inPage = await fetch(`${url}page`).then(
      () => 'answered',
      () => 'refused',
    );
    const source = `fetch('${url}worker').then(() => postMessage('answered'), () => postMessage('refused'))`;
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    const inWorker = await new Promise<unknown>((resolve) => {
      worker.onmessage = (event) => resolve(event.data);
    });
    return [inPage, inWorker];
  }, otherAddress);
  expect(answers).toEqual(['refused', 'refused']);
  expect(asked).toEqual(['/control']);
  await close();
});

test('on a phone nothing scrolls sideways, and the stack of a group opens over the page by keys', async () => {
  const { page, complaints, close } = await visit(firefox);
  await page.setViewport({ width: 390, height: 844 });
  await chooseFiles(page, [fixture('prog-poolbugs-go1.19/3-later.debug2.txt')]);
  await expectTexts(page, 'ul[aria-label="Dumps in time order"] > li', ['243']);
  await expectFirst(page, '[role="grid"] tbody tr[aria-rowindex]', /\d/);
  await page.focus('[role="grid"]');
  for (const key of ['G', 'g', 'j', 'Enter'] as const) await page.keyboard.press(key);
  await expectFirst(page, 'dialog[open]', 'created by');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.keyboard.press('Escape');
  await expectTexts(page, 'dialog[open]', []);
  await page.waitForSelector('[role="grid"] tr[aria-rowindex="3"][aria-selected="true"]');
  expect(complaints).toEqual([]);
  await close();
});
