import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function read(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** The commit the page is built from, with "+" when files were changed since; empty outside of the project's own repository. */
function commit(): string {
  const top = git('rev-parse', '--show-toplevel');
  const hash = git('rev-parse', '--short=10', 'HEAD');
  if (!top || !hash || realpathSync(top) !== realpathSync(ROOT)) return '';
  return git('status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash}+`;
}

/**
 * Constants for Vite's `define`: version and commit, read by src/ui/build.ts, and what the page may fetch from (src/page/fetch-file.ts); in the
 * page as one file also index.html, of which it makes reports.
 */
export function buildFacts(isOneFile: boolean, origins: readonly string[]): Record<string, string> {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  return {
    'import.meta.env.STANDSTILL_VERSION': JSON.stringify(version),
    'import.meta.env.STANDSTILL_COMMIT': JSON.stringify(commit()),
    ...(isOneFile && { 'import.meta.env.STANDSTILL_INDEX': JSON.stringify(read('index.html')) }),
    'import.meta.env.STANDSTILL_ORIGINS': JSON.stringify(origins.join(' ')),
  };
}
