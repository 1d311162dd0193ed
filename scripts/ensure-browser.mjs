// Finds a Chromium-family browser for the tests, and when there is none gets one. Run by `npm test`; the Playwright
// configuration, the benchmark and the screenshot script use `findBrowser()` only.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const VARIABLE = 'PLAYWRIGHT_CHROMIUM_EXECUTABLE';

/** Where the installers of macOS and Windows put it. */
function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ]);
  }
  if (platform === 'win32') {
    return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]);
  }
  return [];
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

/**
 * True when the program answers with a version. Ubuntu's `chromium-browser` can be a script that only says how to get
 * the snap. On Windows `--version` opens a window instead, so there a file is enough.
 *
 * @param {string} path
 * @param {RegExp} [version] what the answer must hold
 */
export function answers(path, version = /\d+\.\d+\.\d+/) {
  if (!isFile(path)) return false;
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && version.test(stdout);
}

/** The browser Playwright downloaded earlier, if any. */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
  } catch {
    return '';
  }
}

/**
 * Path of the first browser that answers, or undefined: the variable PLAYWRIGHT_CHROMIUM_EXECUTABLE, the names above on
 * PATH, the usual places of the system, Playwright's own. Throws when the variable is set and is no browser: a wish
 * that cannot be met must not be replaced silently. Starts each candidate once; 0.2 s where the first one answers.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, own?: () => string }} [world] for tests
 * @returns {string | undefined}
 */
export function findBrowser({ env = process.env, platform = process.platform, own = playwrightsOwn } = {}) {
  const wish = env[VARIABLE];
  if (wish) {
    if (!answers(wish)) throw new Error(`${VARIABLE} is set to ${wish}, which is not a browser that starts.`);
    return wish;
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const known = [...onPath, ...usualPlaces(platform, env)].find((path) => answers(path));
  if (known) return known;
  const fallback = own();
  return fallback && answers(fallback) ? fallback : undefined;
}

/** Prints the command, runs it with its own output on the screen, gives true when it ended well. */
function run(command, args) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** What must stand before `apt-get` to install: nothing for root, `sudo -n` where that asks nothing, else null. */
function aptPrefix() {
  if (process.platform !== 'linux' || !works('apt-get', ['--version'])) return null;
  if (process.getuid?.() === 0) return [];
  return works('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
}

function installWithApt() {
  const prefix = aptPrefix();
  if (!prefix) return;
  console.log('No browser found. Installing Debian’s Chromium (about 80 MB; SKIP_BROWSER_INSTALL=1 forbids it).');
  const [program = '', ...rest] = [...prefix, 'apt-get'];
  // One unreachable package source must not stop the rest, so the update's own failure is only shown.
  run(program, [...rest, 'update']);
  run(program, [...rest, 'install', '-y', '--no-install-recommends', 'chromium']);
}

function installWithPlaywright() {
  const cli = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url));
  console.log('No browser found. Asking Playwright for its own (npx playwright install chromium).');
  run(process.execPath, [cli, 'install', 'chromium']);
}

/** Finds a browser or gets one; undefined when neither worked. May install a system package, see the README. */
function ensureBrowser() {
  let browser = findBrowser();
  for (const install of [installWithApt, installWithPlaywright]) {
    if (browser || process.env.SKIP_BROWSER_INSTALL === '1') break;
    install();
    browser = findBrowser();
  }
  return browser;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const browser = ensureBrowser();
    if (browser) {
      console.log(`Browser for the tests: ${browser}`);
    } else {
      console.error(
        `No Chromium, Chrome or Edge was found${process.env.SKIP_BROWSER_INSTALL === '1' ? ' (SKIP_BROWSER_INSTALL=1 forbids installing one)' : ''}.\n` +
          `Install one ("apt-get install chromium" on Debian) or set ${VARIABLE} to its path.`,
      );
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
