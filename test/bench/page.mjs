// node test/bench/page.mjs [--groups 100000] [--runs 7]
// What the page itself takes with a table of many groups, in the built page in Chromium: sorting, filtering, scrolling, the
// longest task of its thread while a key is typed, and the path of 3 a.m. at a quarter of the machine's speed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser, openProduct, serve, timeProduct } from './browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: { groups: { type: 'string', default: '100000' }, runs: { type: 'string', default: '7' } },
});
const groups = Number(options.groups);
const runs = Number(options.runs);

const file = path.join(os.tmpdir(), `bench-groups-${groups}.txt`);
if (!fs.existsSync(file)) {
  const generator = path.join(ROOT, 'test/bench/gen-dump.mjs');
  const args = ['--goroutines', `${groups}`, '--stacks', `${groups}`, '--seed', '15', '--out', file];
  const made = spawnSync(process.execPath, [generator, ...args], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
}
const servers = await serve();
const browser = await openBrowser();
const { page } = browser;
try {
  await openProduct(browser, servers.productUrl);
  const { ms, longest } = await timeProduct(browser, file, groups);
  say('opened', `${Math.round(ms)} ms, longest task ${Math.round(longest)} ms`);
  await page.waitForTimeout(4000);
  await page.evaluate(() => {
    /** Milliseconds from `act` until what it changes is painted, and the longest task meanwhile. */
    globalThis.timed = async (act, changed) => {
      let longest = 0;
      const tasks = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      tasks.observe({ type: 'longtask' });
      const start = performance.now();
      act();
      // What changes nothing (sorted so already) is told by its time, not waited for.
      while (!changed() && performance.now() - start < 3000) await new Promise((next) => requestAnimationFrame(next));
      await new Promise((next) => setTimeout(next));
      const ms = performance.now() - start;
      await new Promise((next) => setTimeout(next, 300));
      tasks.disconnect();
      return { ms, longest };
    };
    globalThis.firstRow = () => document.querySelector('[role=grid] tbody tr[aria-rowindex]')?.textContent ?? '';
    globalThis.shown = () => document.querySelector('[role=status][aria-label=Shown]')?.textContent ?? '';
  });
  await series('sorted by name (text)', () => clickHeader('Sort by group'));
  await series('sorted by wait (numbers)', () => clickHeader('Sort by wait'));
  await series('filtered', (run) => search(run % 2 === 0 ? 'chan send' : ''));
  await series('key typed', (run) => search(`r${'u'.repeat(run % 3)}`));
  say('scrolled, a frame', await scroll());
  await flame();
  say('tasks over 50 ms at a quarter of the speed', await openSample());
} finally {
  await browser.close();
  await servers.close();
}
process.exit(0);

function say(what, words) {
  console.log(`${what}: ${words}`);
}

async function series(what, act) {
  const all = [];
  for (let run = 0; run < runs; run++) all.push(await act(run));
  const median = (values) => Math.round(values.sort((a, b) => a - b)[values.length >> 1]);
  const worst = Math.max(...all.map(({ longest }) => longest));
  say(what, `${median(all.map(({ ms }) => ms))} ms, longest task ${Math.round(worst)} ms`);
}

async function clickHeader(title) {
  const header = page.getByRole('grid').getByTitle(title);
  await header.evaluate((button) => {
    globalThis.target = button;
  });
  return page.evaluate(() => {
    const before = firstRow();
    return timed(
      () => target.click(),
      () => firstRow() !== before,
    );
  });
}

async function search(text) {
  const box = page.getByRole('combobox', { name: 'Search groups' });
  await box.evaluate((input) => {
    globalThis.target = input;
  });
  return page.evaluate((value) => {
    const before = shown();
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    return timed(
      () => {
        set.call(target, value);
        target.dispatchEvent(new Event('input', { bubbles: true }));
      },
      () => shown() !== before,
    );
  }, text);
}

/** Frames while the table is scrolled from top to bottom in 120 steps. */
async function scroll() {
  await page.getByRole('combobox', { name: 'Search groups' }).fill('');
  await page.waitForTimeout(1000);
  const frames = await page.evaluate(async () => {
    const box = [...document.querySelectorAll('*')].find(
      (one) =>
        one.scrollHeight > one.clientHeight * 3 &&
        one.querySelector('[role=grid], tbody') !== null &&
        getComputedStyle(one).overflowY !== 'visible',
    );
    const times = [];
    for (let step = 0; step < 120; step++) {
      const start = performance.now();
      box.scrollTop += 997;
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
  });
  return `median ${frames[60].toFixed(1)} ms, longest ${frames.at(-1).toFixed(1)} ms`;
}

/** The flame view of all stacks: from the press on its tab until it is painted, then zooming in and out. */
async function flame() {
  await page.getByRole('combobox', { name: 'Search groups' }).fill('');
  await page.getByRole('tab', { name: 'Flame' }).evaluate((tab) => {
    globalThis.target = tab;
  });
  const opened = await page.evaluate(() =>
    timed(
      () => target.click(),
      () => document.querySelector('.flame-scene canvas')?.width > 0,
    ),
  );
  say(
    'flame opened, built in the worker',
    `${Math.round(opened.ms)} ms, longest task ${Math.round(opened.longest)} ms`,
  );
  await series('flame drawn again, all of it in other colours', (run) =>
    page.evaluate((at) => {
      const select = [...document.querySelectorAll('select')].find((one) =>
        one.closest('label')?.textContent?.includes('Colour'),
      );
      const { value } = select.options[at % select.options.length];
      return timed(
        () => {
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        },
        () => select.value === value,
      );
    }, run + 1),
  );
  await page.getByRole('application').focus();
  const boxes = () => page.evaluate(() => document.querySelectorAll('.flame-path button').length);
  await series('flame zoomed', async (run) => {
    // Home leads back to the root, from where Enter leads nowhere.
    if (run % 2 === 0) for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    const before = await boxes();
    return page.evaluate(
      ({ key, count }) =>
        timed(
          () =>
            document.querySelector('.flame-scene').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
          () => document.querySelectorAll('.flame-path button').length !== count,
        ),
      { key: run % 2 === 0 ? 'Enter' : 'Home', count: before },
    );
  });
}

/** The path of 3 a.m., each run on the page loaded anew: tasks over 50 ms of each step, as Chromium tells of no others. */
async function openSample() {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const table = page.getByRole('grid').first();
  const steps = {
    'first view': () => page.getByRole('button', { name: /sample incident/i }).click(),
    stack: () => table.locator('tbody tr[aria-rowindex]').first().click(),
    Compare: () => page.getByRole('tab', { name: 'Compare' }).click(),
    Timeline: () => page.getByRole('tab', { name: 'Timeline' }).click(),
  };
  const found = Object.fromEntries(Object.keys(steps).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    await openProduct(browser, servers.productUrl);
    await page.evaluate(() => {
      globalThis.long = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) long.push(Math.round(duration));
      }).observe({ type: 'longtask' });
    });
    for (const [name, act] of Object.entries(steps)) {
      await act();
      await page.waitForTimeout(1500);
      found[name].push(await page.evaluate(() => long.splice(0)));
    }
  }
  return Object.entries(found)
    .map(([name, all]) => {
      const over = all.filter((tasks) => tasks.length > 0);
      if (over.length === 0) return `${name} none`;
      return `${name} ${over.flat().join(', ')} ms in ${over.length} of ${runs} runs`;
    })
    .join('; ');
}
