import { Gunzip } from 'fflate';
import { describe, FieldError, Fields, listOf, orNull, type Read } from '../../core/triage/fields.ts';
import { parseRuleDocument } from '../../core/triage/read-rule-file.ts';
import type { RuleFile } from '../../core/triage/rule-file.ts';
import type { Investigation, SavedDump } from '../investigation.ts';
import { readView } from '../read-view.ts';
import { toSavedCounts, toSavedNote, toSavedRaces } from './beside-document.ts';
import { toDump } from './dump-document.ts';
import { INVESTIGATION_SCHEMA } from './encode.ts';
import { SAVED_LIMITS } from './limits.ts';
import { anyText, takenAtSource, time } from './provenance-document.ts';

/** What a saved file holds, or one sentence on what is wrong with it, with the path of the field. */
export type DecodedInvestigation =
  | { readonly kind: 'investigation'; readonly investigation: Investigation }
  | { readonly kind: 'wrong'; readonly why: string };

/** A file as JSON gives it; versions differ in what its fields hold. */
export type InvestigationDocument = Readonly<Record<string, unknown>>;

/** Step n makes a document of version n + 1 from one of version n. There was no version before the first. */
const UPGRADERS: readonly ((document: InvestigationDocument) => InvestigationDocument)[] = [];

/** Bytes of a packed file that show what it is. */
export const SAVED_HEAD = 1024;
const BEGINNING = /^\s*\{\s*"schema"\s*:\s*"standstill\/investigation@/;

/** Whether a file that begins with these bytes (SAVED_HEAD of them, or all) is a saved investigation, packed or not. Never throws. */
export function isSavedInvestigation(head: Uint8Array): boolean {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return BEGINNING.test(new TextDecoder().decode(head));
  let text = '';
  try {
    unpack([head], (chunk) => {
      text += new TextDecoder().decode(chunk.subarray(0, 200));
      return text.length < 100;
    });
  } catch {
    // Cut inside the stream, as a head is; what came before it tells.
  }
  return BEGINNING.test(text);
}

/** Reads a saved file whole, packed or not. Never throws: whatever is wrong becomes a sentence. */
export function decodeInvestigation(bytes: Uint8Array, upgraders = UPGRADERS): DecodedInvestigation {
  try {
    const text = textOf(bytes);
    return { kind: 'investigation', investigation: toInvestigation(upgrade(parse(text), upgraders)) };
  } catch (error) {
    if (error instanceof FieldError || error instanceof Refusal) return { kind: 'wrong', why: error.message };
    // JSON of a hostile depth or size: the engine says how it fails.
    return { kind: 'wrong', why: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

class Refusal extends Error {}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > SAVED_LIMITS.packedBytes)
    throw new Refusal(`It is larger than ${SAVED_LIMITS.packedBytes / 2 ** 20} MB.`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let unpacked = 0;
  let isWhole = false;
  try {
    isWhole = unpack(slices(bytes), (chunk) => {
      unpacked += chunk.length;
      if (unpacked > 3 * SAVED_LIMITS.characters) throw new Refusal('It unpacks to more than this page takes.');
      parts.push(decoder.decode(chunk, { stream: true }));
      return true;
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('It is damaged: its gzip stream breaks off or is not what was written. Get the file once more.');
  }
  if (!isWhole) throw new Refusal('It is cut: the end of the file is missing. Get the file once more.');
  return parts.join('');
}

/** So that what one slice unpacks to stays bounded: gzip packs zeros 1,000 times. */
const SLICE = 16 * 1024;

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

/** Unpacks until `take` has enough; true when the stream came to its end. */
function unpack(packed: Iterable<Uint8Array>, take: (chunk: Uint8Array) => boolean): boolean {
  let isEnough = false;
  let isWhole = false;
  const stream = new Gunzip((chunk, isLast) => {
    isWhole ||= isLast;
    if (!isEnough) isEnough = !take(chunk);
  });
  const all = [...packed];
  for (const [at, each] of all.entries()) {
    stream.push(each.slice(), at === all.length - 1);
    if (isEnough) break;
  }
  return isWhole;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(`It is not valid JSON: ${why.slice(0, 200)}.`);
  }
}

/** Takes a document of any known version to the newest one. */
function upgrade(value: unknown, upgraders: typeof UPGRADERS): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldError('The file', describe(value), 'an object');
  }
  let document: InvestigationDocument = Object.fromEntries(Object.entries(value));
  const newest = upgraders.length + 1;
  const { schema } = document;
  const version =
    typeof schema === 'string' ? /^standstill\/investigation@([1-9]\d{0,5})$/.exec(schema)?.[1] : undefined;
  if (version === undefined) throw new FieldError('schema', describe(schema), `"${INVESTIGATION_SCHEMA}@${newest}"`);
  if (Number(version) > newest) {
    throw new FieldError(
      'schema',
      `version ${version} of the saved investigation`,
      `at most version ${newest}: this page is older than the file, open it with a newer Standstill`,
    );
  }
  for (const step of upgraders.slice(Number(version) - 1)) document = step(document);
  return document;
}

function toInvestigation(value: unknown): Investigation {
  const fields = new Fields(value, '', ['schema', 'view', 'team', 'dumps', 'counts', 'races', 'notes']);
  let rows = 0;
  let frames = 0;
  const toSavedDump: Read<SavedDump> = (each, path) => {
    const saved = new Fields(each, path, ['name', 'takenAtMs', 'takenAtFrom', 'dump']);
    const dump = saved.need('dump', toDump);
    rows += dump.rows.length;
    frames += dump.symbols.stackFrames.length;
    if (rows > SAVED_LIMITS.rows) throw new FieldError('dumps', `${rows} rows or more`, `at most ${SAVED_LIMITS.rows}`);
    if (frames > SAVED_LIMITS.frames) {
      throw new FieldError('dumps', `${frames} frames or more`, `at most ${SAVED_LIMITS.frames}`);
    }
    return {
      name: saved.need('name', anyText),
      takenAtMs: saved.need('takenAtMs', orNull(time)),
      takenAtFrom: saved.need('takenAtFrom', orNull(takenAtSource)),
      dump,
    };
  };
  const dumps = fields.need('dumps', listOf(toSavedDump, SAVED_LIMITS.dumps));
  const { rules, marks } = toTeam(fields.get('team'));
  return {
    dumps,
    counts: fields.need('counts', listOf(toSavedCounts, SAVED_LIMITS.counts)),
    races: fields.need('races', listOf(toSavedRaces, SAVED_LIMITS.races)),
    notes: fields.need('notes', listOf(toSavedNote, SAVED_LIMITS.notes)),
    rules,
    marks,
    view: fields.need('view', readView(dumps.length)),
  };
}

/** Marks and rules are a team rule file, with versions of its own. */
function toTeam(value: unknown): RuleFile {
  const parsed = parseRuleDocument(value);
  if (parsed.kind === 'file') return parsed.file;
  throw new Refusal(`team: ${parsed.problems[0] ?? 'it cannot be taken'}`);
}
