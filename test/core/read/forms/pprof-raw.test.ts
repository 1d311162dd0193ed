import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stackFramesAt } from '../../../../src/core/model/symbols.ts';
import { corpusFiles } from '../../../support/corpus.ts';
import { readOne } from '../../../support/read-one.ts';

const RAW = new URL('../../../fixtures/pprof-raw/', import.meta.url);

/** What `go tool pprof -raw` prints: goroutines by stack, innermost frame first. */
function stacksOfRaw(text: string): Map<string, number> {
  const [samples = '', locations = ''] = text.split(/^Locations$/m);
  const frames = new Map<string, string[]>();
  let open: string[] = [];
  for (const line of locations.split(/^Mappings$/m)[0]!.split('\n')) {
    const start = /^ {1,12}(\d+): (0x[0-9a-f]+)(?: M=\d+)?(?: (.*))?$/.exec(line);
    const content = start === null ? /^ {13,}(\S.*)$/.exec(line)?.[1] : start[3];
    if (start !== null) {
      open = [];
      frames.set(start[1]!, open);
      if (content === undefined || content.trim() === '') open.push(`${start[2]} :0`);
    }
    const frame = /^(.+) (\S+):(\d+):\d+ s=\d+/.exec(content ?? '');
    if (frame !== null) open.push(`${frame[1]} ${frame[2]}:${frame[3]}`);
  }
  const stacks = new Map<string, number>();
  for (const [, count, ids] of samples.matchAll(/^ {1,12}(-?\d+): ((?:\d+ )*\d*)$/gm)) {
    const stack = ids!
      .trim()
      .split(' ')
      .flatMap((id) => frames.get(id) ?? []);
    const key = stack.join('\n');
    stacks.set(key, (stacks.get(key) ?? 0) + Number(count));
  }
  return stacks;
}

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
