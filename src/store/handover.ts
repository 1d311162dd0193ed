import { renameDumps } from '../investigation/read-view.ts';
import { DEFAULT_REDACTION, type RedactionChoice } from '../investigation/redaction/choice.ts';
import type { DumpId, HandoverQuestion } from '../worker/protocol.ts';
import type { AppState } from './state.ts';

/** What the user wants to hand over. */
export interface Shared {
  /** Null: all dumps. */
  readonly dumpIds: readonly DumpId[] | null;
  readonly redaction: RedactionChoice;
}

/** Everything, without what is always taken out. */
export const SHARE_ALL: Shared = { dumpIds: null, redaction: DEFAULT_REDACTION };

/** What is handed over; counts, races, marks, rules and the view go along with the dumps. */
export function handoverOf(
  state: AppState,
  detail: HandoverQuestion['detail'],
  { dumpIds, redaction }: Shared = SHARE_ALL,
): HandoverQuestion {
  const dumps = state.dumps.filter(({ summary }) => dumpIds === null || dumpIds.includes(summary.id));
  const places = new Map(dumps.map(({ summary }, place) => [summary.id, place]));
  return {
    dumps: dumps.map(({ summary, name, takenAtMs, takenAtFrom }) => ({ id: summary.id, name, takenAtMs, takenAtFrom })),
    beside: {
      counts: state.counts.map(({ name, log }) => ({ name, log })),
      races: state.races.map(({ name, report }) => ({ name, report })),
      notes: state.fileNotes.map(({ name, notes }) => ({ name, notes })),
      rules: state.ownRules,
      marks: state.marks,
      view: renameDumps(state.view, (id) => places.get(id) ?? null),
    },
    detail,
    redaction,
  };
}

/** A file that the page gives away. */
export interface GivenFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A saved investigation, with the title that stands in it. */
export interface PackedFile extends GivenFile {
  readonly title: string;
}

/** Letters of a file's name that every system takes. */
const MAX_FILE_NAME = 60;

/**
 * What a file of this investigation is called, without its ending: the title, else the instance and the day of the latest
 * dump, in letters that every system takes. `title` is what redaction left of it, which also takes the instance out.
 */
export function fileNameOf({ dumps }: AppState, title: string, { hosts }: Pick<RedactionChoice, 'hosts'>): string {
  const latest = dumps.at(-1);
  const day =
    latest?.takenAtMs === null || latest === undefined ? '' : new Date(latest.takenAtMs).toISOString().slice(0, 10);
  const instance = hosts ? '' : (latest?.summary.provenance.instance ?? '');
  const name = (title === '' ? `${instance} ${day}` : title)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_FILE_NAME);
  return name === '' ? 'investigation' : name;
}
