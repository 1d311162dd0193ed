import { type DumpIndex, indexDump } from '../../src/core/group/cells.ts';
import type { Dump } from '../../src/core/model/dump.ts';
import type { Moment } from '../../src/core/trend/moments.ts';

/** A dump as one point of a trend, at the time it tells itself; `over` is what the page would know better. */
export function momentOf(dump: Dump | DumpIndex, over: Partial<Omit<Moment, 'index'>> = {}): Moment {
  const index = 'cells' in dump ? dump : indexDump(dump);
  const { provenance } = index.dump;
  return { index, name: provenance.fileName, takenAtMs: provenance.takenAtMs, phase: null, ...over };
}
