import type { Leaves } from './containers/leaf.ts';
import { withLeaves } from './containers/with-leaves.ts';
import { type Format, nothingIn, type ReadOutcome } from './format.ts';
import type { ReadOptions } from './options.ts';
import { readLeaf } from './read-leaf.ts';
import { refuseArchive, refuseUnreadable } from './refusals.ts';
import type { ByteSource, Platform } from './source.ts';
import type { WatchKind } from './text/watch.ts';

/** The forms an input can have. */
export interface Forms {
  /** Forms a whole file has, decided on its head; the first that recognises it reads it. */
  readonly documents: readonly Format[];
  /** What may stand among the lines of any text, beside tracebacks and profiles. */
  readonly watches: readonly WatchKind[];
}

/** As `readDumps`, with the forms to look for. Throws only when one of them breaks its promise not to. */
export async function readSource(
  source: ByteSource,
  platform: Platform,
  forms: Forms,
  options: ReadOptions,
): Promise<ReadOutcome | 'cancelled'> {
  const result = await withLeaves(source, platform, options, async (leaves) => {
    const outcomes: ReadOutcome[] = [];
    for await (const leaf of leaves.all) {
      const outcome = await readLeaf(leaf, { source, platform, forms, options });
      if (outcome === 'cancelled') return 'cancelled';
      outcomes.push(outcome);
    }
    return joined(outcomes, leaves);
  });
  if (result.kind === 'done') return result.value;
  return result.kind === 'cancelled' ? 'cancelled' : nothingIn(refuseUnreadable(result.why));
}

/** One outcome of all entries. Those that hold nothing are counted, as most of a support bundle is something else. */
function joined(outcomes: readonly ReadOutcome[], leaves: Leaves): ReadOutcome {
  const dumps = outcomes.flatMap((outcome) => outcome.dumps);
  const countLogs = outcomes.flatMap((outcome) => outcome.countLogs);
  const races = outcomes.flatMap((outcome) => outcome.races);
  const notes = [...outcomes.flatMap((outcome) => outcome.notes), ...leaves.notes()];
  const holding = outcomes.filter(({ nothing }) => nothing === null).length;
  if (holding > 0) {
    const left = outcomes.length - holding;
    if (leaves.archive() && left > 0) {
      notes.push(
        `${holding} of ${outcomes.length} files in the archive hold dumps or counts; the others were left out.`,
      );
    }
    return { dumps, countLogs, races, notes, nothing: null };
  }
  const [only] = outcomes;
  const why = leaves.archive() || only === undefined ? refuseArchive(outcomes.length) : (only.nothing ?? '');
  return { dumps, countLogs, races, notes: [], nothing: [why, ...leaves.notes()].join(' ') };
}
