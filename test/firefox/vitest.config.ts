import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests in a stock Firefox over dist/, as it was built last: `npm run test:firefox`, and a step of `npm test`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/firefox/*.firefox.ts'],
    environment: 'node',
    // One Firefox at a time.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
