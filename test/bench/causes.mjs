// node test/bench/causes.mjs [--stacks 100000] [--rules 200] [--runs 7]
// Times naming the causes of a dump of distinct stacks beside grouping the same dump, in one run in a worker of Chromium.
// Prints numbers; the aim (200 rules over 100,000 stacks below 300 ms) is for people to read, so nothing here runs in `npm test`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../scripts/ensure-browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    stacks: { type: 'string', default: '100000' },
    rules: { type: 'string', default: '200' },
    runs: { type: 'string', default: '7' },
  },
});
const stacks = Number(options.stacks);
/** One stack in so many is one that a rule names. */
const NAMED_EVERY = 5;

const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-causes-'));
const browser = await chromium.launch({ executablePath: findBrowser() });
try {
  report(await measure());
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const page = await browser.newPage();
  await page.setContent('<input type="file">');
  await page.locator('input').setInputFiles(generatedDump(Math.floor(stacks - stacks / NAMED_EVERY)));
  const work = {
    namedStacks: Math.ceil(stacks / NAMED_EVERY),
    ruleCount: Number(options.rules),
    runs: Number(options.runs),
  };
  return page.evaluate(
    ([code, given]) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ ...given, file: document.querySelector('input').files[0] });
      }),
    [await workerCode(), work],
  );
}

function report({ times, named, functions, stacks: distinct, rules }) {
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const count = (number) => number.toLocaleString('en');
  console.log(
    `${count(distinct)} distinct stacks, ${count(functions)} functions, ${rules} rules, ${count(named)} groups named; Chromium ${browser.version()}, ${os.cpus()[0]?.model}`,
  );
  for (const [what, list] of Object.entries(times)) {
    const ratio = median(list) / median(times.group);
    console.log(
      `${what.padEnd(6)} median ${median(list).toFixed(0)} ms, ${ratio.toFixed(2)} × grouping, best ${Math.min(...list).toFixed(0)} ms`,
    );
  }
}

/** The parts of the core that are timed, as the script of a worker. */
async function workerCode() {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      copyPublicDir: false,
      lib: { entry: 'test/bench/causes-in-worker.js', formats: ['iife'], name: 'bench', fileName: () => 'worker.js' },
    },
  });
  return readFileSync(path.join(folder, 'worker.js'), 'utf8');
}

/** Path of a dump of so many stacks. */
function generatedDump(count) {
  const out = path.join(folder, 'dump.txt');
  const script = fileURLToPath(new URL('gen-dump.mjs', import.meta.url));
  const args = ['--goroutines', String(count), '--stacks', String(count), '--seed', '5', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return out;
}
