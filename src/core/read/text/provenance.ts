import type { Provenance } from '../../model/provenance.ts';
import type { ReadContext } from '../format.ts';

/**
 * The provenance of a dump in a text. `stampedMs`: the time a wrapper put on its first line, which goes before all others.
 * `loggedMs`: the time of a line before it; nearer to the dump than the time of the file, but a time in the file's name
 * was put there by someone who knew. Both null where the text says none.
 */
export function provenanceOf(
  context: ReadContext,
  times: { readonly stampedMs: number | null; readonly loggedMs: number | null },
  found: Pick<Provenance, 'reason' | 'formatReason'>,
): Provenance {
  const given = context.provenance;
  const weak = given.takenAtFrom === null || given.takenAtFrom === 'file-time';
  const loggedMs = times.stampedMs ?? (weak ? times.loggedMs : null);
  return {
    ...given,
    ...found,
    takenAtMs: loggedMs ?? given.takenAtMs,
    takenAtFrom: loggedMs === null ? given.takenAtFrom : 'log-prefix',
  };
}

/** The line of the input that line `line` of the text came from. */
export function inputLine(context: ReadContext, line: number): number {
  return context.origins?.sourceLine(line) ?? line;
}
