import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/ensure-browser.mjs';

/** A free port, so that test runs of several checkouts on one machine do not meet. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

// Every worker reads this file again: the first reading leaves the port and the browser to the others.
process.env.STANDSTILL_TEST_PORT ??= String(await freePort());
// A page that is served already, under an address that ends in "/" (scripts/try-hosting.mjs).
const served = process.env.STANDSTILL_TEST_URL;
process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE ??= findBrowser() ?? '';
const port = process.env.STANDSTILL_TEST_PORT;
const executablePath = process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE;

/** Runs against dist/ as it was built last, unless another page is named: `npm test` builds first, `npm run test:browser` does not. */
export default defineConfig({
  testDir: 'test/browser',
  // What only a real web server has.
  testIgnore: served === undefined ? 'hosting.spec.ts' : [],
  outputDir: 'test-results',
  // One at a time: some tests measure how long the page is busy.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  // A slow machine is no failure: what takes longer than a user would wait is the bench's matter.
  expect: { timeout: 15_000 },
  use: {
    baseURL: served ?? `http://localhost:${port}/`,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: executablePath ? { executablePath } : {},
  },
  ...(served === undefined && {
    webServer: {
      command: `node scripts/serve.mjs --port ${port}`,
      url: `http://localhost:${port}/`,
      timeout: 30_000,
    },
  }),
});
