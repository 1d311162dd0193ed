import type { Dump } from '../core/model/dump.ts';
import { readDumps } from '../core/read/read-dumps.ts';
import { blobSource } from './byte-source.ts';
import { workerPlatform } from './platform.ts';

/** Goroutines of the made-up dump, about half a megabyte: enough for the engine to compile what reads them. */
const GOROUTINES = 1500;
/** Small, as the buffer stays until garbage is collected. */
const CHUNK_BYTES = 1 << 18;

/**
 * Reads a made-up dump, so that the browser has compiled the code before the first real one comes: the first megabytes
 * of a file are otherwise read several times slower than the rest. For a thread that has just started and has nothing
 * to do yet; takes it some 50 ms and 11 MiB. The thread that groups gains nothing from the like.
 */
export async function warmUpReader(): Promise<Dump | null> {
  const source = blobSource(
    new Blob([madeUpDump()]),
    { fileName: '', path: '', modifiedMs: null },
    { chunkBytes: CHUNK_BYTES },
  );
  const outcome = await readDumps(source, workerPlatform);
  return outcome === 'cancelled' ? null : (outcome.dumps[0] ?? null);
}

function madeUpDump(): string {
  const blocks: string[] = [];
  for (let id = 1; id <= GOROUTINES; id++) {
    const lines = [`goroutine ${id} [${id % 3 === 0 ? 'chan receive' : 'select'}, ${1 + (id % 60)} minutes]:`];
    for (let depth = 0; depth < 4 + (id % 3); depth++) {
      const site = (id * 7 + depth * 13) % (depth === 0 ? 40 : 5);
      lines.push(`example.com/warm/up/package${depth}.(*Type).method${site}(0xc000${id}, {0x${id}?, 0x10})`);
      lines.push(`\t/srv/app/package${depth}/file.go:${site + 10} +0x${site + 100}`);
    }
    lines.push(`created by example.com/warm/up.Start in goroutine ${id % 9}`, '\t/srv/app/start.go:12 +0x5f', '');
    blocks.push(lines.join('\n'));
  }
  return blocks.join('\n');
}
