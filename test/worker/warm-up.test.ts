import { expect, test } from 'vitest';
import { stackCount } from '../../src/core/model/symbols.ts';
import { warmUpReader } from '../../src/worker/warm-up.ts';

test('the made-up dump is read whole, along the ways real dumps take', async () => {
  const dump = await warmUpReader();
  expect(dump).toMatchObject({ format: 'traceback', goroutines: 1500, problemCount: 0, truncated: false });
  expect(dump!.bytes.ignored).toBe(0);
  expect(stackCount(dump!.symbols)).toBeGreaterThan(50);
});
