// npm run bench [-- --files d50,d500] [--pairs 7] [--memory-only] [--json FILE]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { PAGES } from './pages.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUT = path.join(ROOT, 'build/bench');
const MiB = 1024 * 1024;
/** Rate at which Chromium reads a File on the machine the absolute goals were set on, MB/s. */
const USUAL_S = 1300;

/** Dumps of gen-dump.mjs and what the product must reach on them: `ratio` to S, `times` the naive parser, `seconds`. */
const FILES = {
  d50: { goroutines: 42_000, args: ['--stacks', '400', '--seed', '11'], need: { seconds: 0.25 } },
  d500: { goroutines: 420_000, args: ['--stacks', '1000', '--seed', '12'], need: { ratio: 0.4, times: 5 } },
  d1g: { goroutines: 1_000_000, args: ['--stacks', '2000', '--seed', '13'], need: { ratio: 0.45 } },
};

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: 'd50,d500' },
    pairs: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
const names = options.files.split(',');
const pairs = Number(options.pairs);
for (const name of names)
  if (!FILES[name]) throw new Error(`unknown file ${name}; known: ${Object.keys(FILES).join(', ')}`);
if (!fs.existsSync(path.join(ROOT, 'dist/index.html'))) throw new Error('dist/ is missing: run `npm run build` first');

const plain = http
  .createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(PAGES[request.url] ?? '');
  })
  .listen(0, '127.0.0.1');
await new Promise((resolve) => plain.once('listening', resolve));
const plainUrl = `http://127.0.0.1:${plain.address().port}`;
const product = await preview({ root: ROOT, logLevel: 'silent', preview: { host: '127.0.0.1', port: 0 } });
const productUrl = product.resolvedUrls.local[0];

const report = [];
console.log(`${os.cpus().length} cores (${os.cpus()[0]?.model}), node ${process.version}`);
for (const name of names) {
  const file = makeFile(name);
  const bytes = fs.statSync(file).size;
  warmPageCache(file);
  const browser = await openBrowser();
  console.log(
    `\n${name}: ${(bytes / 1e6).toFixed(0)} MB, ${FILES[name].goroutines.toLocaleString('en')} goroutines, ${browser.version}`,
  );
  const times = { s: [], product: [], naive: [], naiveInBrowser: [] };
  for (let pair = -1; pair < pairs; pair++) {
    const s = await timePlain(browser, '/read-limit', file);
    const p = await timeProduct(browser, file, FILES[name].goroutines);
    // The first pair warms both up and is not counted. Three runs of the naive parsers are enough: they hardly vary.
    if (pair < 0) continue;
    times.s.push(s);
    times.product.push(p);
    if (pair >= 3) continue;
    times.naive.push(timeNaiveScript(file));
    times.naiveInBrowser.push(await timePlain(browser, '/naive', file));
  }
  await browser.close();
  const memory = await peakMemory(file, FILES[name].goroutines);
  report.push(summary(name, bytes, times, memory));
}
print(report);
if (options.json) fs.writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
await product.close();
plain.close();
process.exit(0);

/** Makes the dump once; the same seed gives the same bytes. */
function makeFile(name) {
  fs.mkdirSync(OUT, { recursive: true });
  const file = path.join(OUT, `${name}.txt`);
  if (fs.existsSync(file)) return file;
  const { goroutines, args } = FILES[name];
  const generator = path.join(ROOT, 'test/bench/gen-dump.mjs');
  const made = spawnSync(
    process.execPath,
    [generator, '--goroutines', `${goroutines}`, ...args, '--out', `${file}.part`],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  fs.renameSync(`${file}.part`, file);
  return file;
}

function warmPageCache(file) {
  const buffer = Buffer.alloc(8 * MiB);
  const handle = fs.openSync(file);
  while (fs.readSync(handle, buffer) > 0);
  fs.closeSync(handle);
}

async function openBrowser() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'standstill-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return {
    version: `Chromium ${context.browser()?.version() ?? ''}`,
    profile,
    page: context.pages()[0] ?? (await context.newPage()),
    close: async () => {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Milliseconds of the naive line script as a whole process of Node. */
function timeNaiveScript(file) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'test/bench/naive-lines.mjs'), file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

/** Milliseconds of one of the plain pages. */
async function timePlain({ page }, url, file) {
  await page.goto(plainUrl + url);
  await page.setInputFiles('input', file);
  return (await page.evaluate(() => globalThis.go())).ms;
}

/**
 * Milliseconds from choosing the File until the page shows all its goroutines in groups and has painted them. The
 * clock starts in the file input's change event, before the product's own listener.
 */
async function timeProduct({ page }, file, goroutines) {
  await page.goto(productUrl);
  await page.waitForLoadState('networkidle');
  await page.evaluate(
    (shown) => {
      globalThis.done = new Promise((resolve) => {
        addEventListener(
          'change',
          () => {
            const start = performance.now();
            const look = () => {
              const said = document.querySelector('[role=status][aria-label=Shown]')?.textContent ?? '';
              if (!said.startsWith(shown) || !document.querySelector('[role=grid] tbody tr[aria-rowindex]')) return;
              observer.disconnect();
              // The frame that holds the rows is painted when the next task after it runs.
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
            };
            // Not by animation frames: asking for them all the time would cost the product a part of a core.
            const observer = new MutationObserver(look);
            observer.observe(document, { subtree: true, childList: true, characterData: true });
          },
          { capture: true, once: true },
        );
      });
    },
    `${goroutines.toLocaleString('en')} goroutines`,
  );
  await page.getByTestId('file-input').setInputFiles(file);
  return page.evaluate(() => globalThis.done);
}

/** Peak resident MiB of the renderer, for an empty page and for the product with the file loaded, each in a fresh browser. */
async function peakMemory(file, goroutines) {
  const empty = await openBrowser();
  await empty.page.goto(`${plainUrl}/empty`);
  const emptyPeak = rendererPeak(empty.profile);
  await empty.close();
  const loaded = await openBrowser();
  await timeProduct(loaded, file, goroutines);
  const loadedPeak = rendererPeak(loaded.profile);
  await loaded.close();
  return { empty: emptyPeak, loaded: loadedPeak };
}

/** Largest VmHWM of the renderers that belong to a browser profile, in MiB; null where there is no /proc. */
function rendererPeak(profile) {
  if (!fs.existsSync('/proc/self/status')) return null;
  let peak = null;
  for (const pid of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !command.includes(profile)) continue;
      const kib = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      peak = Math.max(peak ?? 0, Number(kib) / 1024);
    } catch {
      // The process ended meanwhile.
    }
  }
  return peak;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function summary(name, bytes, times, memory) {
  const rate = (ms) => bytes / 1e3 / ms;
  const s = median(times.s);
  const ours = median(times.product);
  const naive = median(times.naive);
  const naiveInBrowser = median(times.naiveInBrowser);
  const allowed = memory.empty === null ? null : memory.empty + 150 + (60 * FILES[name].goroutines) / MiB;
  return {
    name,
    megabytes: Math.round(bytes / 1e6),
    s: { medianMs: Math.round(s), mbPerSecond: Math.round(rate(s)) },
    product: {
      medianMs: Math.round(ours),
      mbPerSecond: Math.round(rate(ours)),
      minMs: Math.round(Math.min(...times.product)),
      maxMs: Math.round(Math.max(...times.product)),
    },
    naive: { medianMs: Math.round(naive), mbPerSecond: Math.round(rate(naive)) },
    naiveInBrowser: { medianMs: Math.round(naiveInBrowser), mbPerSecond: Math.round(rate(naiveInBrowser)) },
    ratioToS: Number((s / ours).toFixed(2)),
    timesNaive: Number((naive / ours).toFixed(1)),
    memoryMiB: { empty: round(memory.empty), peak: round(memory.loaded), allowed: round(allowed) },
    need: FILES[name].need,
  };
}

/** Seconds allowed on a machine that reads at S of this run instead of USUAL_S. */
function scaled(seconds, row) {
  return (seconds * USUAL_S) / row.s.mbPerSecond;
}

function round(value) {
  return value === null ? null : Math.round(value);
}

function print(rows) {
  console.log(
    '\n| file | S | product | ratio to S | naive | times naive | naive in browser | peak MiB (empty, allowed) |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const row of rows) {
    const product = `${row.product.medianMs} ms (${row.product.minMs}–${row.product.maxMs}), ${row.product.mbPerSecond} MB/s`;
    const memory = `${row.memoryMiB.peak} (${row.memoryMiB.empty}, ${row.memoryMiB.allowed})`;
    console.log(
      `| ${row.name}, ${row.megabytes} MB | ${row.s.mbPerSecond} MB/s | ${product} | ${row.ratioToS} | ${row.naive.mbPerSecond} MB/s | ${row.timesNaive} | ${row.naiveInBrowser.mbPerSecond} MB/s | ${memory} |`,
    );
    const { need } = row;
    const verdicts = [
      need.ratio && `ratio to S ≥ ${need.ratio}: ${row.ratioToS >= need.ratio ? 'met' : 'NOT met'}`,
      need.times && `≥ ${need.times} times the naive parser: ${row.timesNaive >= need.times ? 'met' : 'NOT met'}`,
      need.seconds &&
        `≤ ${need.seconds} s where S is ${USUAL_S} MB/s, so ≤ ${scaled(need.seconds, row).toFixed(2)} s here: ${row.product.medianMs / 1000 <= scaled(need.seconds, row) ? 'met' : 'NOT met'}`,
      row.memoryMiB.peak && `memory: ${row.memoryMiB.peak <= row.memoryMiB.allowed ? 'met' : 'NOT met'}`,
    ];
    console.log(`  needed of ${row.name}: ${verdicts.filter(Boolean).join('; ')}`);
  }
}
