import type { Dump } from '../model/dump.ts';
import type { TakenAtSource } from '../model/provenance.ts';
import { stackCreatorAt, stackFramesAt } from '../model/symbols.ts';
import { ContentHash } from './content-hash.ts';

/** What tells dumps apart: their content, and the time that is their own. */
export interface DumpIdentity {
  /** Of everything that is grouped and counted. Equal for the same dump in another wrapper or container. */
  readonly fingerprint: string;
  readonly format: Dump['format'];
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
}

/** The identity of a dump. Cost: one step for each row and each character of its distinct stacks. */
export function identify(dump: Dump): DumpIdentity {
  const { rows, symbols, provenance } = dump;
  const hash = new ContentHash();
  const stacks = new Map<number, number>();
  const stackHash = (stack: number): number => {
    let known = stacks.get(stack);
    if (known === undefined) {
      hash.reset(7);
      const creator = stackCreatorAt(symbols, stack);
      for (const frame of [...stackFramesAt(symbols, stack), ...(creator === null ? [] : [creator])]) {
        hash.addText(frame.function);
        hash.addText(frame.file);
        hash.addLanes(frame.line, 0);
      }
      known = hash.a ^ hash.b;
      stacks.set(stack, known);
    }
    return known;
  };
  const whole = new ContentHash();
  whole.reset(8);
  whole.addText(`${dump.format} ${dump.profile} ${rows.length}`);
  for (let row = 0; row < rows.length; row++) {
    const id = rows.goroutineId?.[row] ?? 0;
    whole.addLanes(id | 0, stackHash(rows.stack[row] ?? 0));
    whole.addLanes(rows.weight?.[row] ?? 1, rows.waitMinutes?.[row] ?? 0);
    whole.addLanes(rows.flags?.[row] ?? 0, rows.state[row] === 0 ? 0 : 1);
  }
  for (const state of new Set(rows.state)) whole.addText(symbols.states[state] ?? '');
  return {
    fingerprint: whole.text(),
    format: dump.format,
    takenAtMs: provenance.takenAtMs,
    takenAtFrom: provenance.takenAtFrom,
  };
}

/**
 * Whether two dumps are the same one. Ids make a traceback of one moment unlike that of any other; two moments of an idle
 * program can look alike all the same, so times of their own that differ tell them apart. A count profile has no ids: it
 * is the same only when its time is, too.
 */
export function isSameDump(a: DumpIdentity, b: DumpIdentity): boolean {
  if (a.fingerprint !== b.fingerprint) return false;
  if (a.format === 'count-profile') return a.takenAtMs !== null && a.takenAtMs === b.takenAtMs;
  const bothKnown = hasOwnTime(a) && hasOwnTime(b);
  return !bothKnown || a.takenAtMs === b.takenAtMs;
}

/** A time that says when the dump was taken, not when a copy of it was written. */
function hasOwnTime({ takenAtMs, takenAtFrom }: DumpIdentity): boolean {
  return takenAtMs !== null && takenAtFrom !== 'file-time';
}

/** The dumps of one input, each once, and how many were left out. */
export function withoutRepeats(dumps: readonly Dump[]): { readonly dumps: readonly Dump[]; readonly repeats: number } {
  if (dumps.length < 2) return { dumps, repeats: 0 };
  const kept: Dump[] = [];
  const known: DumpIdentity[] = [];
  for (const dump of dumps) {
    const identity = identify(dump);
    if (known.some((other) => isSameDump(identity, other))) continue;
    kept.push(dump);
    known.push(identity);
  }
  return { dumps: kept, repeats: dumps.length - kept.length };
}

/** Says that dumps were left out. */
export function sayRepeats(repeats: number): string {
  return repeats === 1
    ? 'One dump stands in it twice; it is shown once.'
    : `${repeats.toLocaleString('en')} dumps stand in it more than once; each is shown once.`;
}
