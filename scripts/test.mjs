// The test command (`npm test`): types, lint, unit and component tests, the build and its size, tests in a real browser.
// Each tool prints as it always does. A failure does not stop the steps that do not need what failed. The last line is
// "N passed, N failed"; every type, lint and build step counts as one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFirefox } from './find-firefox.mjs';
import { judged, playwrightTally, summary, vitestTally } from './tally.mjs';
import { hostingServers, installedServers } from './try-hosting.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'build', 'test-reports');
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program of the project with its own output on the screen and nothing on its input; true when it ended well. */
function run(title, command, args, env = {}) {
  console.log(`\n── ${title}: ${[command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
      ...env,
    },
    shell: process.platform === 'win32' && command !== 'node',
  });
  if (error) console.error(error.message);
  if (status !== 0) console.error(`── ${title} failed`);
  return status === 0;
}

function add(counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** A step that counts as one. */
function check(title, command, args) {
  const ok = run(title, command, args);
  add({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
  return ok;
}

/** A step that counts its tests itself, in a JSON report. */
function suite(title, command, args, report, read, env) {
  rmSync(report, { force: true });
  const ok = run(title, command, args, env);
  let counts = null;
  try {
    counts = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`── ${title} left no readable report`);
  }
  add(judged(counts, ok));
}

mkdirSync(reports, { recursive: true });
const vitestReport = join(reports, 'vitest.json');
const firefoxReport = join(reports, 'firefox.json');
const playwrightReport = join(reports, 'playwright.json');

const browser = check('browser', 'node', ['scripts/ensure-browser.mjs']);
check('types', 'tsc', ['--noEmit']);
check('types of the core', 'tsc', ['--noEmit', '-p', 'src/core']);
check('lint', 'biome', ['check']);
suite(
  'unit and component tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  vitestReport,
  vitestTally,
);
const built = check('build', 'node', ['scripts/build-page.mjs']);
if (built) check('size', 'node', ['scripts/check-size.mjs']);
if (built && browser) {
  suite('browser tests', 'playwright', ['test', '--reporter=list,json'], playwrightReport, playwrightTally, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
  });
} else {
  console.error(`\n── browser tests did not run: ${built ? 'no browser' : 'no build'}`);
}

// The main ones again in a stock Firefox, which Playwright cannot drive.
const firefox = findFirefox();
if (built && firefox !== undefined) {
  const config = ['--config', 'test/firefox/vitest.config.ts'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${firefoxReport}`];
  suite('tests in Firefox', 'vitest', ['run', ...config, ...reporters], firefoxReport, vitestTally, {
    FIREFOX_EXECUTABLE: firefox,
  });
} else if (built) {
  console.log(
    '\n── tests in Firefox: skipped, none is installed (apt-get install firefox-esr, or set FIREFOX_EXECUTABLE)',
  );
  add({ passed: 0, failed: 0, skipped: 1 });
}

// A few of them again behind real web servers, where there are some; `npm run try:hosting` runs them all.
const servers = built && browser ? installedServers() : [];
for (const name of hostingServers()) {
  if (servers.includes(name)) {
    check(`behind ${name}`, 'node', ['scripts/try-hosting.mjs', '--server', name, 'hosting', 'one-file', 'promises']);
  } else if (built && browser) {
    console.log(`\n── behind ${name}: skipped, it is not installed`);
    add({ passed: 0, failed: 0, skipped: 1 });
  }
}

process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`\n${summary(total)}`);
