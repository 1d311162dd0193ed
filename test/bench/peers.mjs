// Other parsers of the same file, when the environment names their programs. Each is run as a whole process.
import { spawnSync } from 'node:child_process';

/** Environment variable → how its program is called with a file. `BENCH_OTHER` may be any program that takes a file. */
const PEERS = {
  BENCH_PANICPARSE: (file) => ['-aggressive', '-rebase=false', '-parse=false', file],
  BENCH_GOSTACKPARSE: (file) => [file],
  BENCH_OTHER: (file) => [file],
};
/** Milliseconds after which a peer is given up. */
const PATIENCE = 300_000;

/** `{ name, ms }` of each peer that is there; `ms` is null when it failed or took too long. */
export function peersOf(file) {
  return Object.entries(PEERS).flatMap(([variable, argumentsFor]) => {
    const program = process.env[variable];
    if (!program) return [];
    const start = performance.now();
    const { status } = spawnSync(program, argumentsFor(file), { stdio: 'ignore', timeout: PATIENCE });
    const ms = performance.now() - start;
    return [{ name: variable.slice('BENCH_'.length).toLowerCase(), ms: status === 0 ? ms : null }];
  });
}
