// The nightly fuzz: 20,000 damaged inputs of every form. FUZZ_SEED tries other ones than the committed seed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--testTimeout=120000', 'test/core/read/fuzz.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { FUZZ_CASES: '20000', ...process.env },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
