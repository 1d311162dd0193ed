// Serves the built page from dist/ on this machine: `npm start` (after a build), the browser tests, the screenshot.
//   node scripts/serve.mjs [--port N]    without --port: 4173 or the next free port; with it: that port or an error
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preview } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Serves dist/ on localhost. Gives the address, ending in "/", and a way to stop. `strict` refuses a port in use
 * instead of taking the next one; port 0 takes any free one. Throws when nothing was built.
 *
 * @param {{ port?: number, strict?: boolean }} [options]
 */
export async function serve({ port = 4173, strict = false } = {}) {
  if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
    throw new Error('dist/index.html is missing: run "npm run build" first.');
  }
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { host: 'localhost', port, strictPort: strict, open: false },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The server started without an address.');
  return { address, close: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  try {
    const { address } = await serve(values.port ? { port: Number(values.port), strict: true } : {});
    console.log(`Standstill is at ${address}  (Ctrl+C stops it)`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
