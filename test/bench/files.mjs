// The dumps that are measured. Made once into build/bench by programs of this folder: same seed, same bytes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUT = path.join(ROOT, 'build/bench');

/**
 * What the product must reach: `ratio` to reading the File (for packed ones to unpacking it), `times` the naive parser,
 * `seconds` until groups are painted on a machine that reads at 1300 MB/s, `rate` in MB/s, `perStack` bytes of memory.
 */
export const FILES = {
  d10: { goroutines: 8_400, make: generated('--stacks', '200', '--seed', '10') },
  d50: { goroutines: 42_000, make: generated('--stacks', '400', '--seed', '11'), need: { seconds: 0.2 } },
  d500: { goroutines: 420_000, make: generated('--stacks', '1000', '--seed', '12'), need: { ratio: 0.4, times: 5 } },
  d1g: { goroutines: 1_000_000, make: generated('--stacks', '2000', '--seed', '13'), need: { ratio: 0.45 } },
  d2g: { goroutines: 1_750_000, make: generated('--stacks', '2000', '--seed', '14'), need: { ratio: 0.4 } },
  dist: {
    goroutines: 150_000,
    stacks: 150_000,
    make: generated('--stacks', '150000', '--seed', '15'),
    need: { rate: 100, perStack: 3000 },
  },
  'd50.gz': { goroutines: 42_000, packed: 'gzip', make: gzipped('d50') },
  'd500.gz': { goroutines: 420_000, packed: 'gzip', make: gzipped('d500'), need: { ratio: 0.6 } },
  'd50.zst': { goroutines: 42_000, packed: 'zstd', make: zstandard('d50') },
  counts: { goroutines: 2_000_000, make: counted('text') },
  pprof: { goroutines: 2_000_000, make: counted('pprof') },
};

/** Path of a file, made when it is missing. Throws when it cannot be made. */
export function fileOf(name) {
  const about = FILES[name];
  if (about === undefined) throw new Error(`unknown file ${name}; known: ${Object.keys(FILES).join(', ')}`);
  fs.mkdirSync(OUT, { recursive: true });
  const file = path.join(OUT, name.includes('.') ? name.replace('.', '.txt.') : `${name}.txt`);
  if (fs.existsSync(file)) return file;
  about.make(`${file}.part`, about);
  fs.renameSync(`${file}.part`, file);
  return file;
}

/** The file a packed one was made from, whose bytes count for its rate; the file itself when it is not packed. */
export function textOf(name) {
  return fileOf(name.replace(/\.\w+$/, ''));
}

function generated(...args) {
  return (file, { goroutines }) => run('gen-dump.mjs', ['--goroutines', `${goroutines}`, ...args, '--out', file]);
}

function counted(form) {
  return (file, { goroutines }) =>
    run('gen-counts.mjs', ['--goroutines', `${goroutines}`, '--stacks', '50000', '--form', form, '--out', file]);
}

function run(program, args) {
  const made = spawnSync(process.execPath, [path.join(ROOT, 'test/bench', program), ...args], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${program} failed: ${made.stderr}`);
}

/** As `gzip -1` packs it. */
function gzipped(name) {
  return (file) => fs.writeFileSync(file, gzipSync(fs.readFileSync(fileOf(name)), { level: constants.Z_BEST_SPEED }));
}

/** By the program of that name, as Node before 22.15 cannot. */
function zstandard(name) {
  return (file) => {
    const made = spawnSync('zstd', ['-q', '-f', '-o', file, fileOf(name)], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`zstd is needed for this file: ${made.error?.message ?? made.stderr}`);
  };
}

/** Reads a file once, so that it is in the page cache. */
export function warmPageCache(file) {
  const buffer = Buffer.alloc(8 << 20);
  const handle = fs.openSync(file);
  while (fs.readSync(handle, buffer) > 0);
  fs.closeSync(handle);
}
