import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packFiles } from '../../scripts/build-page.mjs';

test('files that shrink are packed beside themselves, in folders too, and twice the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-page-'));
  try {
    mkdirSync(join(folder, 'assets'));
    const page = Buffer.from('<p>text</p>'.repeat(1000));
    writeFileSync(join(folder, 'assets/a.html'), page);
    writeFileSync(join(folder, 'small.js'), 'let a;');
    writeFileSync(join(folder, 'dump.gz'), page);
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 256);
    writeFileSync(join(folder, 'noise.txt'), noise);
    expect(packFiles(folder)).toBe(1);
    expect(readdirSync(folder).toSorted()).toEqual(['assets', 'dump.gz', 'noise.txt', 'small.js']);
    const packed = readFileSync(join(folder, 'assets/a.html.gz'));
    expect(gunzipSync(packed).equals(page)).toBe(true);
    // A time or a name in it would make every build another one.
    expect([...packed.subarray(3, 8)]).toEqual([0, 0, 0, 0, 0]);
    packFiles(folder);
    expect(readFileSync(join(folder, 'assets/a.html.gz')).equals(packed)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
