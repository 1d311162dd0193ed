// The table of a bench, for the terminal and for docs/performance.md.
import fs from 'node:fs';

const MiB = 1024 * 1024;
/** Rate at which Chromium reads a File on the machine the goals in seconds were set on, MB/s. */
const USUAL_S = 1300;
/** What a renderer may take above an empty page: MiB, and bytes for each goroutine. */
const ALLOWED = { base: 150, perGoroutine: 60 };
/** The measured part of the report stands between these lines; what people wrote around them stays. */
const START = '<!-- bench -->';
const END = '<!-- /bench -->';

/** The rows as a Markdown table, and below it what was needed and whether it was met. */
export function table(rows) {
  const head = [
    'file',
    'S',
    'product (min–max)',
    'rate',
    'of S',
    'naive in Node, in Chromium',
    'peak over empty',
    'longest task',
  ];
  const lines = rows.map((row) => cells(row).join(' | ')).map((line) => `| ${line} |`);
  const needs = rows.flatMap((row) => needed(row).map((said) => `- ${row.name}: ${said}`));
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines, '', ...needs, ''].join('\n');
}

/** Writes the table into the report, between its marks. */
export function writeReport(file, { machine, pairs, rows }) {
  const old = fs.readFileSync(file, 'utf8');
  const [before, rest] = old.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file} has no ${START} … ${END}`);
  const date = new Date().toISOString().slice(0, 10);
  const said = `Measured ${date}: ${machine}; medians of ${pairs} alternating pairs.`;
  fs.writeFileSync(file, `${before}${START}\n\n${said}\n\n${table(rows)}\n${END}${after}`);
}

/** What the numbers of a row come to. Rates count unpacked bytes, MB is 10^6. */
function figures({ megabytes, goroutines, times, memory }) {
  const s = median(times.s);
  const product = median(times.product);
  return {
    s,
    product,
    sRate: megabytes / (s / 1000),
    rate: megabytes / (product / 1000),
    ratio: median(times.s.map((one, at) => one / times.product[at])),
    naive: times.naive.length === 0 ? null : median(times.naive),
    naiveInBrowser: times.naiveInBrowser.length === 0 ? null : median(times.naiveInBrowser),
    over: memory.loaded === null ? null : memory.loaded - memory.empty,
    allowed: ALLOWED.base + (ALLOWED.perGoroutine * goroutines) / MiB,
    longest: Math.max(...times.longest),
  };
}

function cells(row) {
  const f = figures(row);
  const packed = row.packed === null ? '' : ` (${row.packedMegabytes.toFixed(0)} MB of ${row.packed})`;
  const naive = f.naive === null ? '–' : `${count(f.naive)} ms, ${count(f.naiveInBrowser)} ms`;
  return [
    `${row.name}: ${row.megabytes.toFixed(0)} MB${packed}, ${count(row.goroutines)} goroutines`,
    `${count(f.s)} ms, ${count(f.sRate)} MB/s`,
    `${count(f.product)} ms (${count(Math.min(...row.times.product))}–${count(Math.max(...row.times.product))})`,
    `${count(f.rate)} MB/s`,
    f.ratio.toFixed(2),
    naive,
    f.over === null ? '–' : `${count(f.over)} MiB (allowed ${count(f.allowed)})`,
    f.longest === 0 ? '< 50 ms' : `${count(f.longest)} ms`,
  ];
}

function needed(row) {
  const f = figures(row);
  const { ratio, times, seconds, rate, perStack } = row.need;
  const said = [];
  const say = (what, met) => said.push(`${what}: ${met ? 'met' : 'NOT met'}`);
  if (ratio) say(`≥ ${ratio} S`, f.ratio >= ratio);
  if (times)
    say(`≥ ${times} times the naive parser (${(f.naive / f.product).toFixed(1)})`, f.naive / f.product >= times);
  if (rate) say(`≥ ${rate} MB/s`, f.rate >= rate);
  if (seconds) {
    const scaled = (seconds * 1000 * USUAL_S) / f.sRate;
    say(`≤ ${seconds * 1000} ms where S is ${USUAL_S} MB/s, here ≤ ${count(scaled)} ms`, f.product <= scaled);
  }
  if (f.over !== null && perStack) {
    const each = ((f.over - ALLOWED.base) * MiB) / row.stacks;
    say(`≤ ${perStack} bytes a stack (${count(Math.max(each, 0))} above ${ALLOWED.base} MiB)`, each <= perStack);
  } else if (f.over !== null) say('memory', f.over <= f.allowed);
  say('no task over 50 ms on the page’s thread', f.longest === 0);
  for (const { name, ms } of row.peers)
    said.push(`${name}: ${ms === null ? 'failed' : `${count(ms)} ms, ${(ms / f.product).toFixed(1)} times`}`);
  return said;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function count(value) {
  return Math.round(value).toLocaleString('en');
}
