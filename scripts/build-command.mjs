// Bundles src/command/analyze.ts into build/command/analyze.mjs: Node 20 does not read TypeScript.
// `--quiet` (npm's prepare step): a failure is only a note, as the command builds itself when it is first used.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const BUNDLE = fileURLToPath(new URL('../build/command/analyze.mjs', import.meta.url));

/** Takes about a second. Several may run at once: each builds in a folder of its own and moves the result into place. */
export async function buildCommand() {
  const { build } = await import('vite');
  const outDir = fileURLToPath(new URL(`../build/command-${process.pid}`, import.meta.url));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: 'src/command/analyze.ts',
        outDir,
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'analyze.mjs' } },
      },
    });
    mkdirSync(fileURLToPath(new URL('../build/command', import.meta.url)), { recursive: true });
    renameSync(`${outDir}/analyze.mjs`, BUNDLE);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await buildCommand();
  } catch (error) {
    if (!process.argv.includes('--quiet')) throw error;
    console.error(`The analyze command was not built now, it will be when it is first used: ${error.message}`);
  }
}
