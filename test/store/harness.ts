import type { GroupTable } from '../../src/core/group/group-table.ts';
import { createStandstill, type Standstill } from '../../src/store/create-store.ts';
import type { AppState, IncomingFile } from '../../src/store/state.ts';
import type { Client, DumpId, DumpSummary, FileId, GroupsReply, ReadReply } from '../../src/worker/protocol.ts';
import { createScriptedClient, type ScriptedClient, settled } from '../support/in-process-client.ts';
import { columnOf } from '../support/text-column.ts';

/** Time that passes when the test says so. */
export function manualSchedule() {
  const waiting = new Set<() => void>();
  return {
    schedule: (run: () => void) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
    /** Lets all that is scheduled happen. */
    pass: () => {
      const due = [...waiting];
      waiting.clear();
      for (const run of due) run();
    },
  };
}

export interface Page {
  readonly client: ScriptedClient;
  readonly actions: Standstill['actions'];
  readonly state: () => AppState;
  readonly store: Standstill['store'];
  readonly pass: () => void;
  readonly dispose: () => void;
}

/** A store over a client that answers when the test says so. */
export function openPage(client: ScriptedClient = createScriptedClient()): Page {
  const { schedule, pass } = manualSchedule();
  const { store, actions, dispose } = createStandstill({ client, schedule });
  return { client, actions, store, state: () => store.getState(), pass, dispose };
}

/** A store over any client, with real time. */
export function openWith(client: Client) {
  const { store, actions, dispose } = createStandstill({ client });
  return { actions, store, state: () => store.getState(), dispose };
}

/** A file as dropped. */
export function file(name: string, content = name, change: Partial<IncomingFile> = {}): IncomingFile {
  return { file: new Blob([content]), name, path: name, modifiedMs: 1000, ...change };
}

/** What reading found in a file: one dump, or several by their goroutines. */
export function found(
  fileId: FileId | string,
  name: string,
  change: { ms?: number | null; instance?: string | null; goroutines?: readonly number[] } = {},
): ReadReply {
  const { ms = null, instance = null, goroutines = [10] } = change;
  return {
    kind: 'read',
    countLogs: [],
    races: [],
    notes: [],
    saved: null,
    dumps: goroutines.map((count, place): DumpSummary => {
      return {
        id: `${fileId}/${place}` as DumpId,
        fileId: fileId as FileId,
        name: place === 0 ? name : `${name}#${place + 1}`,
        format: 'traceback',
        profile: 'goroutine',
        provenance: {
          fileName: name,
          path: name,
          fileBytes: 100,
          containers: [],
          entry: null,
          encoding: null,
          wrapper: null,
          lane: null,
          formatReason: 'line 1 is a goroutine header',
          takenAtMs: ms,
          takenAtFrom: ms === null ? null : 'file-name',
          instance,
          reason: null,
        },
        goroutines: count,
        declared: null,
        truncated: false,
        states: [['select', count]],
        stacks: 1,
        lockWaits: 0,
        hasIds: true,
        hasText: true,
        problems: [],
        problemCount: 0,
        identity: {
          fingerprint: `${fileId}/${place}`,
          format: 'traceback',
          takenAtMs: ms,
          takenAtFrom: null,
          instance,
        },
        lowerBounds: [],
        runningTests: [],
        caveats: [],
        bytes: { read: 100, understood: 100, ignored: 0 },
      };
    }),
  };
}

/** Drops files that are read at once: name, and what is said of the dump. */
export async function drop(
  page: Page,
  ...files: readonly (readonly [name: string, change?: Parameters<typeof found>[2]])[]
): Promise<void> {
  const first = page.client.reads.length;
  page.actions.addFiles(files.map(([name]) => file(name)));
  for (const [i, [name, change]] of files.entries()) {
    const read = page.client.reads[first + i]!;
    await read.reply(found(read.input.fileId, name, change));
  }
}

/** Names of the dumps, in their order. */
export function names(page: Pick<Page, 'state'>): string[] {
  return page.state().dumps.map((dump) => dump.name);
}

/** Name of the dump with this id. */
export function nameOf(page: Pick<Page, 'state'>, id: DumpId | null): string | null {
  return page.state().dumps.find((dump) => dump.summary.id === id)?.name ?? null;
}

/** The chosen dump, A and B by name. */
export function chosen(page: Pick<Page, 'state'>): (string | null)[] {
  const { dumpId, a, b } = page.state().view;
  return [dumpId, a, b].map((id) => nameOf(page, id));
}

/** Name, count and state of a group. */
export type Row = readonly [name: string, count: number, state?: string];

/** A group table of these. */
export function tableOf(rows: readonly Row[]): GroupTable {
  const counts = rows.map(([, count]) => count);
  const zeros = rows.map(() => 0);
  return {
    level: 'exact',
    goroutines: counts.reduce((sum, count) => sum + count, 0),
    length: rows.length,
    key: rows.map(([name]) => `key ${name}`),
    name: columnOf(rows.map(([name]) => [name])),
    count: Float64Array.from(counts),
    state: rows.map(([, , state]) => state ?? 'select'),
    inferredState: rows.map(() => ''),
    stateCount: Uint32Array.from(rows.map(() => 1)),
    waitMin: Int32Array.from(zeros),
    waitMedian: Int32Array.from(zeros),
    waitMax: Int32Array.from(rows, (_, i) => (i * 7) % 5),
    waitUnknown: Float64Array.from(zeros),
    createdBy: rows.map(([name]) => `main.start${name.length}`),
    createdByCount: Uint32Array.from(rows.map(() => 1)),
    stacks: Uint32Array.from(rows.map(() => 1)),
    mainStack: Uint32Array.from(zeros),
  };
}

/** What the analyst answers to `groups`. */
export function groupsReply(...rows: readonly Row[]): GroupsReply {
  return { table: tableOf(rows), previousCount: null };
}

export { settled };
