import { readFileSync } from 'node:fs';
import type { Dump } from '../../src/core/model/dump.ts';
import { readDumps } from '../../src/core/read/read-dumps.ts';
import { blobSource } from '../../src/worker/byte-source.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { FileId, ReadInput } from '../../src/worker/protocol.ts';

/** A goroutine of a traceback as text. */
export function goroutine(id: number, state: string, fn: string, extra: { line?: number; by?: string } = {}): string {
  const by = extra.by === undefined ? '' : `created by ${extra.by} in goroutine 1\n\t/srv/app/main.go:5 +0x1d\n`;
  return `goroutine ${id} [${state}]:\n${fn}(0xc000010000)\n\t/srv/app/orders.go:${extra.line ?? 88} +0x1d\n${by}`;
}

/** A traceback of these goroutines. */
export function traceback(goroutines: readonly string[]): string {
  return `${goroutines.join('\n')}\n`;
}

/** A count profile of stacks of one frame. */
export function countProfile(counts: Readonly<Record<string, number>>): string {
  const records = Object.entries(counts).map(([fn, n]) => `${n} @ 0x1\n#\t0x1\t${fn}+0x1\t/srv/app/main.go:9\n`);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return `goroutine profile: total ${total}\n${records.join('\n')}\n`;
}

/** A file as the page hands it to a reader. */
export function inputOf(content: string | Uint8Array<ArrayBuffer>, fileName = 'a.txt', fileId = 'f1'): ReadInput {
  return {
    fileId: fileId as FileId,
    file: new Blob([content]),
    fileName,
    path: fileName,
    modifiedMs: null,
    unwrap: true,
    countKeys: null,
  };
}

/** The dumps in a file. */
export async function dumpsOf(input: ReadInput): Promise<readonly Dump[]> {
  const outcome = await readDumps(blobSource(input.file, input), workerPlatform);
  if (outcome === 'cancelled' || outcome.nothing !== null) throw new Error('the test file holds no dump');
  return outcome.dumps;
}

/** A file of test/fixtures/corpus and what another tool counted in it. */
export function fixture(name: string) {
  const folder = new URL('../fixtures/corpus/', import.meta.url);
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const expected: { goroutines: number; states: Record<string, number>; waitMinutes: Record<string, number> } =
    JSON.parse(readFileSync(new URL(name.replace(/\.(txt|pb)(\.gz)?$/, '.expected.json'), folder), 'utf8'));
  return { bytes, expected };
}
