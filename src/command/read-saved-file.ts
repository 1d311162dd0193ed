import type { ByteSource } from '../core/read/source.ts';
import type { Beside, NamedDump } from '../core/report/analyse.ts';
import { decodeInvestigation, isSavedInvestigation, SAVED_HEAD } from '../investigation/saved/decode.ts';
import { SAVED_LIMITS } from '../investigation/saved/limits.ts';

/** What a saved investigation holds, as the command takes it. */
export interface SavedFile {
  readonly dumps: readonly NamedDump[];
  readonly counts: Beside['countLogs'];
  readonly races: Beside['races'];
  readonly notes: Beside['notes'];
}

/** What is in a saved investigation, with the names and times that were given; null when it is none. Throws when it cannot be opened. */
export async function readSavedFile(source: ByteSource): Promise<SavedFile | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk.slice());
    length += chunk.length;
    if (
      length >= SAVED_HEAD &&
      parts.length > 0 &&
      !isSavedInvestigation(joined(parts, length).subarray(0, SAVED_HEAD))
    ) {
      return null;
    }
    if (length > SAVED_LIMITS.characters) throw new Error('The saved investigation is too large to be opened.');
  }
  const bytes = joined(parts, length);
  if (!isSavedInvestigation(bytes.subarray(0, SAVED_HEAD))) return null;
  const decoded = decodeInvestigation(bytes);
  if (decoded.kind === 'wrong') throw new Error(`This is a saved investigation that cannot be opened. ${decoded.why}`);
  const { dumps, counts, races, notes } = decoded.investigation;
  return {
    dumps: dumps.map(({ name, takenAtMs, takenAtFrom, dump }) => ({
      name,
      dump: { ...dump, provenance: { ...dump.provenance, takenAtMs, takenAtFrom } },
    })),
    counts,
    races,
    notes: notes.flatMap(({ name, notes: texts }) => texts.map((text) => ({ name, text }))),
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
