import { expect, test } from 'vitest';
import { toCountKeys } from '../../../src/views/counts/count-keys.ts';

test.each([
  ['', null],
  [' , ,', null],
  ['workers', ['workers']],
  [' workers , go.threads,workers', ['workers', 'go.threads']],
])('%j is %j', (text, keys) => {
  expect(toCountKeys(text)).toEqual(keys);
});

test('a pasted file does not become thousands of keys', () => {
  expect(toCountKeys(Array.from({ length: 5000 }, (_, i) => `k${i}`).join(','))).toHaveLength(40);
  expect(toCountKeys('x'.repeat(10_000))?.[0]).toHaveLength(120);
});
