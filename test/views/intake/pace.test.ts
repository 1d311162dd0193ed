import { expect, test } from 'vitest';
import { paceWords } from '../../../src/views/intake/pace.ts';

const MB = 1e6;

test.each([
  ['just begun', 100 * MB, 5 * MB, 400, ''],
  ['nothing read yet', 100 * MB, 0, 3000, ''],
  ['half way', 1000 * MB, 500 * MB, 2000, ', 250 MB/s, about 2 s left'],
  ['slow', 1000 * MB, 10 * MB, 10_000, ', 1.0 MB/s, about 17 min left'],
  ['all read', 10 * MB, 10 * MB, 2000, ', 5.0 MB/s, nearly done'],
  ['longer than it said', 10 * MB, 12 * MB, 2000, ', 6.0 MB/s, nearly done'],
])('%s', (_, sizeBytes, bytesRead, elapsedMs, words) => {
  expect(paceWords({ sizeBytes, bytesRead, elapsedMs })).toBe(words);
});
