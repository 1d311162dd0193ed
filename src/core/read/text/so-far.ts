import type { Dump } from '../../model/dump.ts';
import type { GoroutineRowBuilder } from '../../model/rows.ts';
import { NONE, RecordRowBuilder } from '../../model/rows.ts';
import { SymbolBuilder } from '../../model/symbol-builder.ts';
import { NO_PROVENANCE } from './no-provenance.ts';

/** Stacks that are told of while the rest is read. */
const LARGEST = 3;

/** What of a text is read so far. */
export interface SoFar {
  readonly goroutines: number;
  /** The goroutines of the stacks that most have: a dump of a few rows with weights, to be named like any other. */
  readonly largest: Dump;
}

/** A look at what is read so far; null before the first goroutine. Cost: a look at each row. */
export function lookSoFar(rows: GoroutineRowBuilder, symbols: SymbolBuilder): SoFar | null {
  if (rows.length === 0) return null;
  const { count, state } = rows.countStacks(symbols.stackCount);
  const largest = [...count.keys()].sort((a, b) => (count[b] ?? 0) - (count[a] ?? 0)).slice(0, LARGEST);
  const few = new SymbolBuilder();
  const records = new RecordRowBuilder();
  symbols.pick(largest, few).forEach((stack, at) => void records.add(count[largest[at] ?? 0] ?? 0, stack, NONE));
  const states = Uint32Array.from(largest, (stack) => few.state(symbols.stateText(state[stack] ?? 0)));
  const picked = { ...records.finish(), state: states };
  return {
    goroutines: rows.length,
    largest: {
      format: 'traceback',
      profile: 'goroutine',
      provenance: NO_PROVENANCE,
      symbols: few.finish(),
      rows: picked,
      goroutines: records.total,
      declared: null,
      truncated: true,
      problems: [],
      problemCount: 0,
      lowerBounds: ['The rest is still being read.'],
      runningTests: [],
      caveats: [],
      bytes: { read: 0, understood: 0, ignored: 0 },
    },
  };
}
