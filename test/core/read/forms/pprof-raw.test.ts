import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stackFramesAt } from '../../../../src/core/model/symbols.ts';
import { corpusFiles } from '../../../support/corpus.ts';
import { stacksOfRaw } from '../../../support/pprof-raw.ts';
import { readOne } from '../../../support/read-one.ts';

const RAW = new URL('../../../fixtures/pprof-raw/', import.meta.url);

describe('pprof profiles agree with go tool pprof -raw', () => {
  const files = corpusFiles('debug0').filter(({ name }) => existsSync(rawOf(name)));

  function rawOf(name: string): URL {
    return new URL(`${name.replace(/\.pb(\.gz)?$/, '').replaceAll('/', '_')}.raw.gz`, RAW);
  }

  it('in many files', () => {
    expect(files.length).toBeGreaterThan(60);
  });

  it.each(files.map((file) => [file.name, file] as const))('%s', async (name, file) => {
    const dump = await readOne(readFileSync(file.path));
    const ours = new Map<string, number>();
    const { rows, symbols } = dump;
    for (let row = 0; row < rows.length; row++) {
      const frames = stackFramesAt(symbols, rows.stack[row]!);
      const key = frames.map((frame) => `${frame.function} ${frame.file}:${frame.line}`).join('\n');
      ours.set(key, (ours.get(key) ?? 0) + rows.weight![row]!);
    }
    const raw = stacksOfRaw(gunzipSync(readFileSync(rawOf(name))).toString('utf8'));
    expect(raw.size).toBeGreaterThan(0);
    expect(new Map([...ours].sort())).toEqual(new Map([...raw].sort()));
    expect(dump.goroutines).toBe([...raw.values()].reduce((sum, count) => sum + count, 0));
  });
});
