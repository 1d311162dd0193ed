import { indexDump } from '../core/group/cells.ts';
import { sayRepeats, withoutRepeats } from '../core/group/fingerprint.ts';
import { groupDump } from '../core/group/group-dump.ts';
import { textsOf } from '../core/group/text-column.ts';
import type { Dump } from '../core/model/dump.ts';
import type { ReadOutcome } from '../core/read/format.ts';
import type { ReadOptions } from '../core/read/options.ts';
import { readDumps } from '../core/read/read-dumps.ts';
import type { ByteSource, Platform } from '../core/read/source.ts';
import type { SoFar } from '../core/read/text/so-far.ts';
import type { Splitter } from '../core/read/text/split-text.ts';
import { blobSource } from './byte-source.ts';
import { describeFailure } from './failure-words.ts';
import type { DumpSummary, ReadInput, ReadProgress, ReadReply } from './protocol.ts';
import { readSaved } from './read-saved.ts';
import { readTeamRules } from './read-team-rules.ts';

/** Progress is told at most this often: each telling makes the page draw, on a core the reader could use. */
const PROGRESS_MS = 250;

/** A large file shows its first groups after so long, then each time that twice as long has passed: it costs some percent. */
const FIRST_LOOK_MS = 400;

/** What a reader is given with a file. */
export interface ReadHooks {
  readonly platform: Platform;
  /** Others who read parts of a large text, if there are any. */
  readonly splitter?: Splitter;
  /** The bytes of a file, when somebody else reads them ahead. */
  readonly chunksOf?: (file: Blob) => AsyncIterable<Uint8Array>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly onProgress: (progress: ReadProgress) => void;
  readonly isCancelled: () => boolean;
  /** Hands finished dumps to the analyst. */
  readonly deposit: (dumps: readonly Dump[]) => Promise<readonly DumpSummary[]>;
  /** How bytes become dumps; `readDumps` unless a test breaks it. */
  readonly read?: (source: ByteSource, platform: Platform, options: ReadOptions) => Promise<ReadOutcome | 'cancelled'>;
}

/** Reads one file to its end. Never rejects: whatever happens becomes a reply. */
export async function readInput(input: ReadInput, hooks: ReadHooks): Promise<ReadReply> {
  const teamRules = await readTeamRules(input.file);
  if (teamRules !== null) return hooks.isCancelled() ? { kind: 'cancelled' } : teamRules;
  try {
    const saved = await readSaved(input.file, hooks.deposit);
    if (saved !== null) return hooks.isCancelled() ? { kind: 'cancelled' } : saved;
  } catch (error) {
    return { kind: 'failed', why: describeFailure(error) };
  }
  const { chunksOf } = hooks;
  const own = blobSource(input.file, input);
  const source = chunksOf === undefined ? own : { ...own, chunks: () => chunksOf(input.file) };
  const beganAt = hooks.now();
  let toldAt = beganAt;
  let nextLookMs = FIRST_LOOK_MS;
  let soFar: ReadProgress['soFar'] = null;
  /** Of the file that this reader itself reads. */
  let share = 1;
  try {
    const outcome = await (hooks.read ?? readDumps)(source, hooks.platform, {
      isCancelled: hooks.isCancelled,
      unwrap: input.unwrap,
      splitter: hooks.splitter,
      ...(input.countKeys === null ? {} : { countKeys: input.countKeys }),
      onSplit: (bytes) => {
        share = bytes / source.sizeBytes;
      },
      lookAt: {
        wants: () => hooks.now() - beganAt >= nextLookMs,
        tell: (look) => {
          nextLookMs = 2 * (hooks.now() - beganAt);
          soFar = nameLargest(look, share);
        },
      },
      onProgress: (bytesRead) => {
        const now = hooks.now();
        if (now - toldAt < PROGRESS_MS) return;
        toldAt = now;
        const { sizeBytes: totalBytes } = source;
        const read = Math.min(Math.round(bytesRead / share), totalBytes);
        hooks.onProgress({ bytesRead: read, totalBytes, elapsedMs: now - beganAt, soFar });
      },
    });
    if (outcome === 'cancelled' || hooks.isCancelled()) return { kind: 'cancelled' };
    if (outcome.nothing !== null) return { kind: 'rejected', why: outcome.nothing };
    const { dumps, repeats } = withoutRepeats(outcome.dumps);
    const notes = repeats === 0 ? outcome.notes : [...outcome.notes, sayRepeats(repeats)];
    const { countLogs, races } = outcome;
    return { kind: 'read', dumps: await hooks.deposit(dumps), countLogs, races, notes, saved: null };
  } catch (error) {
    return { kind: 'failed', why: describeFailure(error) };
  }
}

/** The largest groups so far by their names. Where others read parts at the same time, the first reader's is one of them. */
function nameLargest({ goroutines, largest }: SoFar, share: number): ReadProgress['soFar'] {
  const { name, count } = groupDump(indexDump(largest), 'exact');
  const scaled = (part: number): number => Math.round(part / share);
  return {
    goroutines: scaled(goroutines),
    groups: textsOf(name).map((each, at) => ({ name: each, count: scaled(count[at] ?? 0) })),
  };
}
