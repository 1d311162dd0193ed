import { FieldError, Fields, listOf, orNull, type Read, text, wholeNumber } from '../core/triage/fields.ts';
import { parseRuleDocument } from '../core/triage/read-rule-file.ts';
import type { RuleFile } from '../core/triage/rule-file.ts';

/** What is kept beside the files of an investigation. */
export interface KeptNotes {
  /** The fragment of a link to the view. */
  readonly link: string;
  readonly team: RuleFile;
  readonly countKeys: readonly string[] | null;
  /** Paths of files whose lines are read as they stand. */
  readonly asTheyStand: readonly string[];
  /** Dumps that were open, by their content; those that are not among them had been removed. */
  readonly dumps: readonly {
    readonly hash: string;
    readonly name: string;
    /** As the user said; undefined leaves it to what reading finds. */
    readonly takenAtMs?: number | null;
  }[];
}

const MAX_LIST = 10_000;
const MAX_TEXT = 10_000;
const LAST_TIME = 8.64e15;

/** Notes as they were kept; null when they are of another version of the page, or damaged: the files are opened all the same. */
export function readKeptNotes(notes: string): KeptNotes | null {
  try {
    const fields = new Fields(JSON.parse(notes), '', ['link', 'team', 'countKeys', 'asTheyStand', 'dumps']);
    const team = parseRuleDocument(fields.get('team'));
    if (team.kind !== 'file') return null;
    const word = text(MAX_TEXT, 0);
    return {
      link: fields.need('link', text(1_000_000, 0)),
      team: team.file,
      countKeys: fields.need('countKeys', orNull(listOf(word, 100))),
      asTheyStand: fields.need('asTheyStand', listOf(word, MAX_LIST)),
      dumps: fields.need('dumps', listOf(toDump, MAX_LIST)),
    };
  } catch (error) {
    if (error instanceof FieldError || error instanceof SyntaxError) return null;
    throw error;
  }
}

const toDump: Read<KeptNotes['dumps'][number]> = (value, path) => {
  const fields = new Fields(value, path, ['hash', 'name', 'takenAtMs']);
  return {
    hash: fields.need('hash', text(MAX_TEXT)),
    name: fields.need('name', text(MAX_TEXT, 0)),
    ...fields.maybe('takenAtMs', orNull(wholeNumber(-LAST_TIME, LAST_TIME))),
  };
};
