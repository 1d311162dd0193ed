import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standstill-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that prints `line`. */
function program(name: string, line: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${line}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('finding Firefox', () => {
  test('the long-lived release is taken before the newest', () => {
    program('firefox', 'Mozilla Firefox 160.0');
    const esr = program('firefox-esr', 'Mozilla Firefox 153.7.0esr');
    expect(findFirefox({ env: { PATH: folder }, platform: 'linux' })).toBe(esr);
  });

  test('a stand-in that is no Firefox is passed over', () => {
    program('firefox', 'Command not found; did you mean the snap 1.2.3?');
    expect(findFirefox({ env: { PATH: folder }, platform: 'linux' })).toBeUndefined();
  });

  test('the variable wins, and must name a Firefox', () => {
    program('firefox', 'Mozilla Firefox 160.0');
    const mine = program('mine', 'Mozilla Firefox 161.0');
    expect(findFirefox({ env: { PATH: folder, FIREFOX_EXECUTABLE: mine }, platform: 'linux' })).toBe(mine);
    const chrome = program('chrome', 'Chromium 1.2.3');
    expect(() => findFirefox({ env: { PATH: folder, FIREFOX_EXECUTABLE: chrome }, platform: 'linux' })).toThrow(
      'not a Firefox',
    );
  });
});
