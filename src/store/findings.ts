import type { StoreApi } from 'zustand/vanilla';
import type { FileId, ReadReply, SavedBeside } from '../worker/protocol.ts';
import type { AppState, CountEntry, CountId } from './state.ts';

/** What reading a file found besides dumps. */
export type Findings = Pick<Extract<ReadReply, { kind: 'read' }>, 'countLogs' | 'races' | 'notes'>;

const NOTHING_FOUND: Findings = { countLogs: [], races: [], notes: [] };

/** Keeps counts, races and notes of files in the state. */
export interface FindingsKeeper {
  /** Replaces what is known of a file. */
  readonly put: (id: FileId, name: string, findings: Findings) => void;
  /** The same of a saved investigation, whose findings have names of their own. */
  readonly putSaved: (id: FileId, findings: Findings, saved: SavedBeside) => void;
  readonly drop: (id: FileId) => void;
  /** Whether anything of the file is shown. */
  readonly holds: (id: FileId) => boolean;
}

export function keepFindings(store: StoreApi<AppState>): FindingsKeeper {
  const put: FindingsKeeper['put'] = (id, name, { countLogs, races, notes }) => {
    const state = store.getState();
    const counts = state.counts.filter((entry) => entry.fileId !== id);
    counts.push(
      ...countLogs.map((log, place): CountEntry => {
        const { entry, instance } = log.provenance;
        const file = entry === null ? name : `${name}!/${entry}`;
        const several = countLogs.filter((other) => other.provenance.entry === entry).length > 1;
        return {
          id: `${id}/counts/${place}` as CountId,
          fileId: id,
          name: several ? `${file} · ${instance ?? log.key}` : file,
          log,
        };
      }),
    );
    store.setState({
      counts: counts.sort(byNameAndTime),
      races: [
        ...state.races.filter((race) => race.fileId !== id),
        ...races.map((report) => ({ fileId: id, name, report })),
      ],
      fileNotes: [
        ...state.fileNotes.filter((note) => note.fileId !== id),
        ...(notes.length === 0 ? [] : [{ fileId: id, name, notes }]),
      ],
    });
  };
  return {
    put,
    putSaved: (id, findings, { countNames, raceNames, notes }) => {
      put(id, '', findings);
      store.setState(({ counts, races, fileNotes }) => {
        const countOf = new Map(findings.countLogs.map((log, place) => [log, countNames[place] ?? '']));
        const raceOf = new Map(findings.races.map((report, place) => [report, raceNames[place] ?? '']));
        return {
          counts: counts.map((entry) => ({ ...entry, name: countOf.get(entry.log) ?? entry.name })).sort(byNameAndTime),
          races: races.map((entry) => ({ ...entry, name: raceOf.get(entry.report) ?? entry.name })),
          fileNotes: [...fileNotes, ...notes.map((note) => ({ fileId: id, ...note }))],
        };
      });
    },
    drop: (id) => {
      const { counts, races, fileNotes } = store.getState();
      if ([...counts, ...races, ...fileNotes].some((entry) => entry.fileId === id)) put(id, '', NOTHING_FOUND);
    },
    holds: (id) => {
      const { counts, races } = store.getState();
      return [...counts, ...races].some((entry) => entry.fileId === id);
    },
  };
}

function byNameAndTime(a: CountEntry, b: CountEntry): number {
  const names = a.name.localeCompare(b.name, 'en', { numeric: true });
  if (names !== 0) return names;
  return (
    (a.log.provenance.takenAtMs ?? Number.POSITIVE_INFINITY) - (b.log.provenance.takenAtMs ?? Number.POSITIVE_INFINITY)
  );
}
