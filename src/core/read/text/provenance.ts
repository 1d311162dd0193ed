import type { Provenance } from '../../model/provenance.ts';
import type { ReadContext } from '../format.ts';

/**
 * The provenance of a dump in a text. `loggedMs`: the time that stands beside it in the text, or null. It is nearer to the
 * dump than the time of the file; a time in the file's name was put there by someone, so only that of a wrapper, which
 * stands on the dump's own first line, goes before it.
 */
export function provenanceOf(
  context: ReadContext,
  loggedMs: number | null,
  found: Pick<Provenance, 'reason' | 'formatReason'>,
): Provenance {
  const given = context.provenance;
  const weak = given.takenAtFrom === null || given.takenAtFrom === 'file-time' || context.origins !== null;
  const byLog = loggedMs !== null && weak;
  return {
    ...given,
    ...found,
    takenAtMs: byLog ? loggedMs : given.takenAtMs,
    takenAtFrom: byLog ? 'log-prefix' : given.takenAtFrom,
  };
}

/** The line of the input that line `line` of the text came from. */
export function inputLine(context: ReadContext, line: number): number {
  return context.origins?.sourceLine(line) ?? line;
}
