import type { Dump } from '../model/dump.ts';
import type { TakenAtSource } from '../model/provenance.ts';
import { NO_FRAME, type Symbols, stackCount } from '../model/symbols.ts';
import { ContentHash, hashTexts } from './content-hash.ts';

/** What tells dumps apart: their content, and the time that is their own. */
export interface DumpIdentity {
  /** Of everything that is grouped and counted. Equal for the same dump in another wrapper or container. */
  readonly fingerprint: string;
  readonly format: Dump['format'];
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
  /** Pod, node or server, where the dump or its file names one. */
  readonly instance: string | null;
}

/** The identity of a dump. Cost: one step for each row, each frame of its distinct stacks and each character of its texts. */
export function identify(dump: Dump): DumpIdentity {
  const { rows, symbols, provenance } = dump;
  const { goroutineId, weight, waitMinutes, flags } = rows;
  const stackHash = hashStacks(symbols);
  const whole = new ContentHash();
  whole.reset(8);
  whole.addText(`${dump.format} ${dump.profile} ${rows.length}`);
  const stateHash = hashTexts(symbols.states).a.fill(0, 0, 1);
  for (let row = 0; row < rows.length; row++) {
    const id = goroutineId === null ? 0 : (goroutineId[row] ?? 0) | 0;
    const minutes = waitMinutes === null ? 0 : (waitMinutes[row] ?? 0);
    const state =
      (stateHash[rows.state[row] ?? 0] ?? 0) ^ (flags === null ? 0 : Math.imul(flags[row] ?? 0, 0x85ebca6b));
    // One step a row: numbers are spread over the lane before it is folded in.
    whole.addLanes(id ^ Math.imul(minutes + 1, 0x9e3779b1), (stackHash[rows.stack[row] ?? 0] ?? 0) ^ state);
    if (weight !== null) whole.addLanes(weight[row] ?? 1, 0);
  }
  return {
    fingerprint: whole.text(),
    format: dump.format,
    takenAtMs: provenance.takenAtMs,
    takenAtFrom: provenance.takenAtFrom,
    instance: provenance.instance,
  };
}

/** Per stack a hash of its content: functions, files and lines of its frames and of its creator. */
function hashStacks(symbols: Symbols): Int32Array {
  const texts = hashTexts(symbols.strings);
  const hash = new ContentHash();
  const { length } = symbols.frameLine;
  const frames = { a: new Uint32Array(length), b: new Uint32Array(length) };
  for (let frame = 0; frame < length; frame++) {
    const fn = symbols.frameFunction[frame] ?? 0;
    const file = symbols.frameFile[frame] ?? 0;
    hash.reset(7);
    hash.addLanes(texts.a[fn] ?? 0, texts.b[fn] ?? 0);
    hash.addLanes(texts.a[file] ?? 0, texts.b[file] ?? 0);
    hash.addLanes(symbols.frameLine[frame] ?? 0, 0);
    frames.a[frame] = hash.a;
    frames.b[frame] = hash.b;
  }
  const stacks = new Int32Array(stackCount(symbols));
  for (let stack = 0; stack < stacks.length; stack++) {
    hash.reset(9);
    hash.addItems(symbols.stackFrames, symbols.stackStart[stack] ?? 0, symbols.stackStart[stack + 1] ?? 0, frames);
    const creator = symbols.stackCreator[stack] ?? NO_FRAME;
    if (creator !== NO_FRAME) hash.addLanes(frames.a[creator] ?? 0, frames.b[creator] ?? 0);
    stacks[stack] = hash.a ^ hash.b;
  }
  return stacks;
}

/**
 * Whether two dumps are the same one. Ids make a traceback of one moment unlike that of any other; two moments of an idle
 * program can look alike all the same, and so can two pods just started: times of their own that differ tell them apart, and so do
 * instances. A count profile has no ids: it is the same only when its time is, too.
 */
export function isSameDump(a: DumpIdentity, b: DumpIdentity): boolean {
  if (a.fingerprint !== b.fingerprint) return false;
  if (a.instance !== null && b.instance !== null && a.instance !== b.instance) return false;
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
