// A real Chromium for the bench: opens it, measures its renderer, times the plain pages and the product.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { PAGES } from './pages.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FLAGS = ['gpu', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`);
/** Milliseconds for one reading of the largest file. */
const PATIENCE = 120_000;

/** Serves the plain pages and the built page. `close` ends both. */
export async function serve() {
  if (!fs.existsSync(path.join(ROOT, 'dist/index.html')))
    throw new Error('dist/ is missing: run `npm run build` first');
  const plain = http
    .createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(PAGES[request.url] ?? '');
    })
    .listen(0, '127.0.0.1');
  await new Promise((resolve) => plain.once('listening', resolve));
  const product = await preview({ root: ROOT, logLevel: 'silent', preview: { host: '127.0.0.1', port: 0 } });
  return {
    plainUrl: `http://127.0.0.1:${plain.address().port}`,
    productUrl: product.resolvedUrls.local[0],
    close: async () => {
      await product.close();
      plain.close();
    },
  };
}

/** A browser of its own with one page. `cores`: what the page is told the machine has; null leaves it the truth. */
export async function openBrowser(cores = null) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'standstill-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [...FLAGS, '--no-first-run'],
  });
  context.setDefaultTimeout(PATIENCE);
  const page = context.pages()[0] ?? (await context.newPage());
  if (cores !== null) {
    await page.addInitScript((count) => {
      Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
    }, cores);
  }
  return {
    version: `Chromium ${context.browser()?.version() ?? ''}`,
    page,
    /** Peak MiB of its renderer so far, workers included; null where there is no /proc. */
    peak: () => rendererMemory(profile, 'VmHWM'),
    /** MiB of its renderer now. */
    resident: () => rendererMemory(profile, 'VmRSS'),
    close: async () => {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Milliseconds of one of the plain pages, by the page's clock. */
export async function timePlain({ page }, url, file) {
  await page.goto(url);
  await page.setInputFiles('input', file);
  return within(page.evaluate(() => globalThis.go())).then(({ ms }) => ms);
}

/** Opens the product as on a first visit: what an earlier visit kept is gone. */
export async function openProduct({ page }, url) {
  await page.goto(`${url}rules.schema.json`);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' });
  await session.detach();
  await page.goto(url);
  await page.waitForLoadState('networkidle');
}

/**
 * Milliseconds from choosing the File until the page shows all its goroutines in groups and has painted them, and the longest
 * task of the page's own thread meanwhile (0: none over 50 ms). The clock starts in the file input's change event, before
 * the product's own listener.
 */
export async function timeProduct({ page }, file, goroutines) {
  await page.evaluate(
    (shown) => {
      globalThis.done = new Promise((resolve) => {
        let longest = 0;
        const tasks = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        });
        tasks.observe({ type: 'longtask' });
        addEventListener(
          'change',
          () => {
            const start = performance.now();
            const look = () => {
              const said = document.querySelector('[role=status][aria-label=Shown]')?.textContent ?? '';
              if (!said.includes(shown) || !document.querySelector('[role=grid] tbody tr[aria-rowindex]')) return;
              observer.disconnect();
              // The frame that holds the rows is painted when the next task after it runs.
              requestAnimationFrame(() =>
                setTimeout(() => {
                  const ms = performance.now() - start;
                  setTimeout(() => resolve({ ms, longest }), 300);
                }),
              );
            };
            // Not by animation frames: asking for them all the time would cost the product a part of a core.
            const observer = new MutationObserver(look);
            observer.observe(document, { subtree: true, childList: true, characterData: true });
          },
          { capture: true, once: true },
        );
      });
    },
    // "42,000 goroutines in 400 groups", or with some folded "41,996 of 42,000 goroutines shown".
    `${goroutines.toLocaleString('en')} goroutines`,
  );
  await page.getByTestId('file-input').setInputFiles(file);
  return within(page.evaluate(() => globalThis.done));
}

/** Rejects what takes longer than any file should. */
function within(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Largest figure of the renderers that belong to a browser profile, in MiB; null where there is no /proc. */
function rendererMemory(profile, field) {
  if (!fs.existsSync('/proc/self/status')) return null;
  let most = null;
  for (const pid of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !command.includes(profile)) continue;
      const kib = new RegExp(`${field}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      most = Math.max(most ?? 0, Number(kib) / 1024);
    } catch {
      // The process ended meanwhile.
    }
  }
  return most;
}
