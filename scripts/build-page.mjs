// Builds the page into dist/ (or --out DIR): the page in its folder, the page as one file (standstill.html), and beside
// every file that shrinks a ".gz" of it, for web servers that send packed files. Same sources, same bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Files that servers send as text of some kind. */
const TEXT = /\.(?:html|js|css|json|svg|txt)$/;
/** Below it a file is one packet anyway. */
const MIN_BYTES = 1024;

/**
 * Packs every text file of a folder beside itself, where that takes off a tenth at least. Gives how many it packed.
 *
 * @param {string} folder
 */
export function packFiles(folder) {
  let packed = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < MIN_BYTES) continue;
    const smaller = gzipSync(bytes, { level: 9 });
    if (smaller.length > bytes.length * 0.9) continue;
    writeFileSync(`${path}.gz`, smaller);
    packed++;
  }
  return packed;
}

/**
 * Empties the folder and builds into it. Gives how many files were also packed.
 *
 * @param {string} outDir
 */
async function buildPage(outDir) {
  const [first] = relative(ROOT, outDir).split(/[\\/]/);
  // What is in the folder is deleted.
  if (first !== '..' && first !== 'dist' && first !== 'build') throw new Error(`${outDir} is no place for a build.`);
  const options = { root: ROOT, logLevel: /** @type {const} */ ('error') };
  rmSync(outDir, { recursive: true, force: true });
  await build({ ...options, build: { outDir, emptyOutDir: true } });
  await build({ ...options, mode: 'one-file', build: { outDir } });
  return packFiles(outDir);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
  const outDir = resolve(ROOT, values.out);
  const packed = await buildPage(outDir);
  console.log(`Built the page and standstill.html into ${outDir}, ${packed} files also packed.`);
}
