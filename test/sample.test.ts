import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = new URL('../public/sample/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const index: { title: string; note: string; files: { name: string; modified: string }[] } = JSON.parse(
  read('index.json'),
);

/** Counted by the load generator of examples/orders: requests that timed out. Each left one goroutine behind. */
const TIMED_OUT = 1296;

describe('the sample incident', () => {
  test('the list names every dump of the folder, in order of time', () => {
    const names = index.files.map(({ name }) => name);
    expect(names).toEqual(
      readdirSync(folder)
        .filter((name) => name !== 'index.json')
        .sort(),
    );
    expect(names).toHaveLength(4);
  });

  test('the listed time of a dump is the one in its name', () => {
    for (const { name, modified } of index.files) {
      expect(name).toContain(modified.replaceAll(':', '-'));
      expect(new Date(modified).toISOString()).toBe(modified.replace('Z', '.000Z'));
    }
  });

  test('after the load every request that timed out has left one goroutine in its send', () => {
    const sends = index.files.map(({ name }) => read(name).match(/^goroutine \d+ \[chan send/gm)?.length ?? 0);
    expect(sends[0]).toBe(0);
    expect(sends).toEqual(sends.toSorted((a, b) => a - b));
    expect(sends.at(-1)).toBe(TIMED_OUT);
  });

  test('no dump tells a path of the machine it was made on', () => {
    for (const { name } of index.files) expect(read(name)).not.toMatch(/^\t\//m);
  });
});
