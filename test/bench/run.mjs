// npm run bench [-- --files d50,d500] [--pairs 7] [--cores 4] [--write]
// Reads dumps in the built page in a real Chromium, alternating with reading the same File and doing nothing with it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser, openProduct, serve, timePlain, timeProduct } from './browser.mjs';
import { FILES, fileOf, textOf, warmPageCache } from './files.mjs';
import { peersOf } from './peers.mjs';
import { table, writeReport } from './report.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const USUAL = ['d10', 'd50', 'd500', 'd1g', 'd500.gz', 'dist', 'counts', 'pprof'];
/** The naive parsers hardly vary, and are slow. */
const NAIVE_RUNS = 3;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: USUAL.join(',') },
    pairs: { type: 'string', default: '7' },
    cores: { type: 'string' },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const pairs = Number(options.pairs);
const cores = options.cores === undefined ? null : Number(options.cores);
const servers = await serve();
const rows = [];
let machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), Node ${process.version}`;
try {
  for (const name of options.files.split(',')) rows.push(await measure(name));
} finally {
  await servers.close();
}
if (cores !== null) machine += `; the page was told of ${cores} cores`;
console.log(`\n${machine}\n\n${table(rows)}`);
if (options.write) writeReport(path.join(ROOT, 'docs/performance.md'), { machine, pairs, rows });
if (options.json) fs.writeFileSync(options.json, `${JSON.stringify({ machine, pairs, rows }, null, 2)}\n`);

/** One file: alternating runs in one browser, then memory in fresh ones. The first pair warms both up and is not counted. */
async function measure(name) {
  const file = fileOf(name);
  const { goroutines, packed, stacks = null, need = {} } = FILES[name];
  warmPageCache(file);
  console.log(
    `${name}: ${(fs.statSync(file).size / 1e6).toFixed(1)} MB, ${goroutines.toLocaleString('en')} goroutines`,
  );
  const browser = await openBrowser(cores);
  if (!machine.includes('Chromium')) machine += `, ${browser.version}`;
  const bare = packed === 'gzip' ? '/unpack-limit' : '/read-limit';
  const times = { s: [], product: [], longest: [], naive: [], naiveInBrowser: [] };
  const isText = packed === undefined && name.startsWith('d');
  for (let pair = -1; pair < pairs; pair++) {
    const s = await timePlain(browser, servers.plainUrl + bare, file);
    await openProduct(browser, servers.productUrl);
    const { ms, longest } = await timeProduct(browser, file, goroutines);
    if (pair < 0) continue;
    times.s.push(s);
    times.product.push(ms);
    times.longest.push(longest);
    if (pair >= NAIVE_RUNS || !isText) continue;
    times.naive.push(timeNaiveScript(file));
    times.naiveInBrowser.push(await timePlain(browser, `${servers.plainUrl}/naive`, file));
  }
  await browser.close();
  const memory = await peakMemory(file, goroutines);
  const text = packed === undefined ? file : textOf(name);
  return {
    name,
    megabytes: fs.statSync(text).size / 1e6,
    packedMegabytes: packed === undefined ? null : fs.statSync(file).size / 1e6,
    goroutines,
    stacks,
    packed: packed ?? null,
    times,
    memory,
    need,
    peers: isText ? peersOf(file) : [],
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

/** Peak MiB of the renderer, for an empty page and for the product with the file loaded, each in a fresh browser. */
async function peakMemory(file, goroutines) {
  const empty = await openBrowser(cores);
  await empty.page.goto(`${servers.plainUrl}/empty`);
  const emptyPeak = empty.peak();
  await empty.close();
  const loaded = await openBrowser(cores);
  await openProduct(loaded, servers.productUrl);
  await timeProduct(loaded, file, goroutines);
  const loadedPeak = loaded.peak();
  await loaded.close();
  return { empty: emptyPeak, loaded: loadedPeak };
}
