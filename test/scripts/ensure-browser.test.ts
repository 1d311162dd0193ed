import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/ensure-browser.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standstill-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that prints `line` and ends with `status`. */
function program(name: string, line: string, status = 0): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${line}'\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

const nothing = (): string => '';

describe.skipIf(process.platform === 'win32')('finding a browser', () => {
  test('the variable wins over PATH', () => {
    program('chromium', 'Chromium 1.2.3');
    const mine = program('mine', 'My Chrome 1.2.3');
    const env = { PATH: folder, PLAYWRIGHT_CHROMIUM_EXECUTABLE: mine };
    expect(findBrowser({ env, platform: 'linux', own: nothing })).toBe(mine);
  });

  test('a variable that names no browser is an error even where another browser is there', () => {
    program('chromium', 'Chromium 1.2.3');
    const env = { PATH: folder, PLAYWRIGHT_CHROMIUM_EXECUTABLE: join(folder, 'missing') };
    expect(() => findBrowser({ env, platform: 'linux', own: nothing })).toThrow('missing');
  });

  test('Chromium is taken before Chrome, whatever the order on PATH', () => {
    program('google-chrome', 'Google Chrome 1.2.3');
    const chromium = program('chromium', 'Chromium 1.2.3');
    const env = { PATH: ['/nowhere', folder].join(delimiter) };
    expect(findBrowser({ env, platform: 'linux', own: nothing })).toBe(chromium);
  });

  test('a stand-in that only says how to install is passed over', () => {
    program('chromium', 'requires the chromium snap to be installed', 1);
    program('chromium-browser', 'please install it');
    const edge = program('microsoft-edge', 'Microsoft Edge 1.2.3');
    expect(findBrowser({ env: { PATH: folder }, platform: 'linux', own: nothing })).toBe(edge);
  });

  test('Playwright’s own browser is the last resort', () => {
    const own = program('headless', 'Chromium 1.2.3');
    expect(findBrowser({ env: { PATH: '' }, platform: 'linux', own: () => own })).toBe(own);
  });

  test('no browser is undefined', () => {
    expect(findBrowser({ env: { PATH: folder }, platform: 'linux', own: () => join(folder, 'gone') })).toBeUndefined();
  });
});
