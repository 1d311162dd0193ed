// Prints the size of every file of the build and fails when the first load is larger than the limit.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';

/** What the page may cost before it is shown, gzip, without the chart and the readers: 130 KB. */
const LIMIT_BYTES = 130 * 1024;
/**
 * What the worker may cost, gzip: readers, judge, rules, saved investigations and exports, fetched beside the page from the
 * start. It is one script, as a worker made from a blob can fetch no second one on a page from disk.
 */
const WORKER_LIMIT_BYTES = 175 * 1024;
const WORKER = /^assets\/make-worker-/;
/** The page as one file: the template of reports. */
const ONE_FILE = 'standstill.html';
const PACKED = /\.gz$/;

/**
 * Files a script fetches before it runs: the sources of its static imports and re-exports. Dynamic imports are not
 * among them. Read from the syntax tree, because text in a minified script can look like an import.
 *
 * @param {string} name
 * @param {string} code
 * @returns {string[]}
 */
export function staticImports(name, code) {
  return parseSync(name, code).program.body.flatMap((statement) =>
    'source' in statement && statement.source ? [posix.join(posix.dirname(name), statement.source.value)] : [],
  );
}

/**
 * Files the page itself names: scripts, module preloads, style sheets, icons. Addresses with a scheme are not files.
 *
 * @param {string} html
 * @returns {string[]}
 */
export function namedFiles(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const address = /\s(?:src|href)\s*=\s*["']([^"']+)["']/.exec(tag)?.[1];
    return address && !/^[a-z]+:/i.test(address) ? [posix.normalize(address)] : [];
  });
}

/**
 * Names of the files a first visit fetches, in order of discovery. `read` gives a file's text.
 *
 * @param {(name: string) => string} read
 * @returns {Set<string>}
 */
export function firstLoad(read) {
  const found = new Set(['index.html', ...namedFiles(read('index.html'))]);
  for (const name of found) {
    if (!/\.m?js$/.test(name)) continue;
    for (const imported of staticImports(name, read(name))) found.add(imported);
  }
  return found;
}

/** When a visitor fetches a file. */
function fetchedWhen({ name, first }) {
  if (first) return 'first load';
  if (WORKER.test(name)) return 'beside the page';
  if (name === ONE_FILE) return 'for a report';
  return name.startsWith('assets/') ? 'when idle' : 'when asked for';
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

function main() {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  if (!existsSync(join(dist, 'index.html'))) {
    console.error('dist/index.html is missing: run "npm run build".');
    return 1;
  }
  const first = firstLoad((name) => readFileSync(join(dist, name), 'utf8'));
  if (first.size === 1) {
    console.error('dist/index.html names no script and no style sheet: there is nothing to measure.');
    return 1;
  }
  const rows = readdirSync(dist, { recursive: true, withFileTypes: true })
    // The packed copies of files are what a server may send instead of them.
    .filter((entry) => entry.isFile() && !PACKED.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = readFileSync(path);
      const name = path.slice(dist.length).replaceAll('\\', '/');
      return { name, raw: bytes.length, packed: gzipSync(bytes).length, first: first.has(name) };
    })
    .sort((a, b) => Number(b.first) - Number(a.first) || b.packed - a.packed);

  const width = Math.max(...rows.map((row) => row.name.length));
  const line = (name, raw, packed, when) =>
    console.log(`${name.padEnd(width)}  ${raw.padStart(10)}  ${packed.padStart(10)}  ${when}`);
  line('dist/', 'raw', 'gzip', 'fetched');
  for (const row of rows) {
    line(row.name, kilobytes(row.raw), kilobytes(row.packed), fetchedWhen(row));
  }
  const total = rows.filter((row) => row.first).reduce((sum, row) => sum + row.packed, 0);
  const fits = total <= LIMIT_BYTES;
  console.log(
    `First load ${kilobytes(total)} gzip, limit ${kilobytes(LIMIT_BYTES)}: ${fits ? 'within the limit' : 'TOO LARGE'}.`,
  );
  const workers = rows.filter((row) => WORKER.test(row.name));
  const readers = workers.reduce((sum, row) => sum + row.packed, 0);
  const readersFit = workers.length === 1 && readers <= WORKER_LIMIT_BYTES;
  console.log(
    `Readers ${kilobytes(readers)} gzip, limit ${kilobytes(WORKER_LIMIT_BYTES)}: ${readersFit ? 'within the limit' : 'TOO LARGE OR MISSING'}.`,
  );
  return fits && readersFit ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
