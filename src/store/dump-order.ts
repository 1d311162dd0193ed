import type { DumpId } from '../worker/protocol.ts';
import type { DumpEntry } from './state.ts';

/** "2-load" before "10-after", whatever the language of the browser. */
const natural = new Intl.Collator('en', { numeric: true });

/** Dumps in time order, those without a time last; where times are equal or missing, in natural order of names, then paths. */
export function orderDumps(dumps: readonly DumpEntry[]): readonly DumpEntry[] {
  return [...dumps].sort(
    (a, b) =>
      (a.takenAtMs ?? Infinity) - (b.takenAtMs ?? Infinity) ||
      natural.compare(a.name, b.name) ||
      natural.compare(a.summary.provenance.path, b.summary.provenance.path) ||
      natural.compare(a.summary.id, b.summary.id),
  );
}

/** The last dump that has a time; without any time the last one. Null when there is none. `dumps` in order. */
export function latestDump(dumps: readonly DumpEntry[]): DumpEntry | null {
  return dumps.findLast((dump) => dump.takenAtMs !== null) ?? dumps.at(-1) ?? null;
}

/** The dump before this one that may be of the same process: of its instance, or one that names none. */
export function previousDump(dumps: readonly DumpEntry[], id: DumpId | null): DumpEntry | null {
  const at = dumps.findIndex((dump) => dump.summary.id === id);
  const dump = dumps[at];
  if (dump === undefined) return null;
  return dumps.slice(0, at).findLast((each) => maybeSameInstance(each, dump)) ?? null;
}

/** The dump to compare `b` with by itself: the first one that may be of the same process, else the first other one. */
export function firstToCompare(dumps: readonly DumpEntry[], b: DumpEntry | null): DumpEntry | null {
  const others = dumps.filter((dump) => dump !== b);
  return others.find((dump) => b === null || maybeSameInstance(dump, b)) ?? others[0] ?? null;
}

function maybeSameInstance(a: DumpEntry, b: DumpEntry): boolean {
  const left = a.summary.provenance.instance;
  const right = b.summary.provenance.instance;
  return left === null || right === null || left === right;
}
