// Finds a stock Firefox for the tests in test/firefox. Unlike Chromium none is installed for them: without one they are
// skipped, and the test command says so.
import { delimiter, join } from 'node:path';
import { answers } from './ensure-browser.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const VARIABLE = 'FIREFOX_EXECUTABLE';
/** "Mozilla Firefox 140.5.0esr", or "153.0". */
const VERSION = /Firefox \d+\.\d+/;

/** Where the installers of macOS and Windows put it. */
function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].map((folder) =>
      join(folder, 'Firefox.app/Contents/MacOS/firefox'),
    );
  }
  if (platform !== 'win32') return [];
  return [env.ProgramFiles, env['ProgramFiles(x86)']]
    .filter(Boolean)
    .map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe'));
}

/**
 * Path of the first Firefox that answers with a version, or undefined: the variable FIREFOX_EXECUTABLE, firefox-esr and
 * firefox on PATH, the usual places of the system. Throws when the variable is set and is no Firefox.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform }} [world] for tests
 * @returns {string | undefined}
 */
export function findFirefox({ env = process.env, platform = process.platform } = {}) {
  const wish = env[VARIABLE];
  if (wish) {
    if (!answers(wish, VERSION)) throw new Error(`${VARIABLE} is set to ${wish}, which is not a Firefox that starts.`);
    return wish;
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces(platform, env)].find((path) => answers(path, VERSION));
}
