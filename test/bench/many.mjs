// node test/bench/many.mjs [--files 20] [--of d50]
// What the renderer takes when one dump after the other is opened: the same dump with as many times in its name.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, openProduct, serve } from './browser.mjs';
import { FILES, fileOf } from './files.mjs';

const { values: options } = parseArgs({
  options: { files: { type: 'string', default: '20' }, of: { type: 'string', default: 'd50' } },
});
const count = Number(options.files);
const file = fileOf(options.of);
const folder = path.join(path.dirname(file), `many-${options.of}`);
fs.mkdirSync(folder, { recursive: true });
const names = Array.from({ length: count }, (_, at) => {
  const name = path.join(folder, `app-2026-11-23T02-${String(at).padStart(2, '0')}-00Z.txt`);
  if (!fs.existsSync(name)) fs.linkSync(file, name);
  return name;
});
const servers = await serve();
const browser = await openBrowser();
const { page } = browser;
try {
  await openProduct(browser, servers.productUrl);
  const before = browser.resident();
  let known = before;
  for (const [at, name] of names.entries()) {
    await page.getByTestId('file-input').setInputFiles(name);
    await page.getByRole('list', { name: 'Dumps in time order' }).locator('> li').nth(at).waitFor();
    if (at !== 0 && (at + 1) % 5 !== 0) continue;
    await page.waitForTimeout(4000);
    await collectGarbage();
    await page.waitForTimeout(1000);
    const now = browser.resident();
    console.log(
      `${at + 1} dumps: ${Math.round(now - before)} MiB over the empty page (${Math.round(now - known)} more), peak ${Math.round(browser.peak() - before)}`,
    );
    known = now;
  }
  const bytes = (FILES[options.of].goroutines * 41) / 2 ** 20;
  console.log(`Columns of one dump: ${bytes.toFixed(1)} MiB.`);
} finally {
  await browser.close();
  await servers.close();
}
process.exit(0);

/** In the page and its workers: what nobody needs is not counted. */
async function collectGarbage() {
  const session = await page.context().newCDPSession(page);
  const targets = [];
  session.on('Target.attachedToTarget', ({ sessionId }) => targets.push(sessionId));
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await session.send('HeapProfiler.collectGarbage');
  const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });
  for (const sessionId of targets) await session.send('Target.sendMessageToTarget', { sessionId, message });
  await page.waitForTimeout(1500);
  await session.detach();
}
