import { expect, test } from 'vitest';
import { instanceSource, tailOf } from '../../src/views/words.ts';
import { dumpSummary } from './support/summaries.ts';

const { provenance } = dumpSummary();

test.each([
  ['short.txt', 20, 'short.txt'],
  ['a/very/long/path/nodes/1/stacks.txt', 24, '…/nodes/1/stacks.txt'],
  ['abcdefghijklmnopqrstuvwxyz', 10, '…rstuvwxyz'],
])('the tail of %s in %d is %s', (name, most, tail) => {
  expect(tailOf(name, most)).toBe(tail);
  expect(tail.length).toBeLessThanOrEqual(most);
});

test.each([
  [{ instance: null }, ''],
  [{ instance: 'pod-1', path: 'x.txt' }, ''],
  [{ instance: 'pod-1', path: 'pod-1/x.txt' }, 'from the path of the file'],
  [{ instance: 'pod-1', entry: 'ns/pod-1/x.txt' }, 'from the path in the archive'],
  [{ instance: 'pod-1', lane: 'pod-1 app' }, 'from the log lines'],
])('%j: "%s"', (over, words) => {
  expect(instanceSource({ ...provenance, ...over })).toBe(words);
});
