import { renameDumps } from '../investigation/read-view.ts';
import type { DumpId, HandoverQuestion } from '../worker/protocol.ts';
import type { AppState } from './state.ts';

/** What is handed over, of these dumps or of all; counts, races, marks, rules and the view go along. */
export function handoverOf(
  state: AppState,
  detail: HandoverQuestion['detail'],
  chosen: readonly DumpId[] | null = null,
): HandoverQuestion {
  const dumps = state.dumps.filter(({ summary }) => chosen === null || chosen.includes(summary.id));
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
  };
}

/** A file that the page gives away. */
export interface GivenFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Letters of a file's name that every system takes. */
const MAX_FILE_NAME = 60;

/**
 * What a file of this investigation is called, without its ending: the title, else the instance and the day of the latest
 * dump, in letters that every system takes.
 */
export function fileNameOf({ view, dumps }: AppState): string {
  const latest = dumps.at(-1);
  const day =
    latest?.takenAtMs === null || latest === undefined ? '' : new Date(latest.takenAtMs).toISOString().slice(0, 10);
  const words = view.title === '' ? [latest?.summary.provenance.instance ?? '', day].join(' ') : view.title;
  const name = words
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_FILE_NAME);
  return name === '' ? 'investigation' : name;
}
