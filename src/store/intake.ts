import { renameDumps } from '../investigation/read-view.ts';
import {
  type DumpId,
  type DumpSummary,
  dumpIdOf,
  type FileId,
  type ReadReply,
  type SavedBeside,
} from '../worker/protocol.ts';
import { orderDumps } from './dump-order.ts';
import { type Edit, isSameFile, repeatsOf, savedEdits, sortIncoming, toEntry, waitingFile } from './files.ts';
import { keepFindings } from './findings.ts';
import type { FileRecord, Intake, IntakeOptions } from './intake-parts.ts';
import type { DumpEntry, IncomingFile, PendingFile } from './state.ts';

/** Files handed to the client at once: enough to keep its readers busy. */
const MAX_AT_ONCE = 4;
/** Characters of a name given by the user. */
export const MAX_NAME = 120;
/** Times that all files are read again by themselves after a crash, until the user changes what is loaded. */
const MAX_RECOVERIES = 2;

/** An intake without files. */
export function createIntake({ store, client, choice, say, calm, triage }: IntakeOptions): Intake {
  const records = new Map<FileId, FileRecord>();
  const queue: FileId[] = [];
  const running = new Set<FileId>();
  const lost = new Set<DumpId>();
  const findings = keepFindings(store);
  let lastFile = 0;
  let recoveries = 0;
  let isBusy = false;

  const setPending = (id: FileId, next: PendingFile | null): void => {
    const { pending } = store.getState();
    store.setState({
      pending: pending.flatMap((file) => (file.id !== id ? file : next === null ? [] : next)),
    });
  };

  const removeFromAnalyst = (dumpIds: readonly DumpId[]): void => {
    // Nobody waits for it; an analyst that is gone has forgotten them anyway.
    if (dumpIds.length > 0) client.ask('remove', { dumpIds }).catch(() => {});
  };

  /** Replaces the dumps of a file in the list. */
  const setDumps = (id: FileId, entries: readonly DumpEntry[]): void => {
    const others: DumpEntry[] = [];
    for (const dump of store.getState().dumps) {
      if (dump.summary.fileId === id) lost.delete(dump.summary.id);
      else others.push(dump);
    }
    store.setState({ dumps: orderDumps([...others, ...entries]) });
  };

  /** Forgets a file and everything of it. */
  const drop = (id: FileId): void => {
    const record = records.get(id);
    records.delete(id);
    const waiting = queue.indexOf(id);
    if (waiting >= 0) queue.splice(waiting, 1);
    if (running.delete(id)) record?.attempt?.cancel();
    const ids = store.getState().dumps.flatMap(({ summary }) => (summary.fileId === id ? summary.id : []));
    removeFromAnalyst(ids.filter((dumpId) => !lost.has(dumpId)));
    setPending(id, null);
    findings.drop(id);
    triage.drop(id);
    store.setState(({ asTheyStand }) => ({ asTheyStand: asTheyStand.filter((file) => file !== id) }));
    if (ids.length > 0) setDumps(id, []);
  };

  /** Starts files that wait, and tells the view when the last one has ended. */
  const goOn = (): void => {
    while (running.size < MAX_AT_ONCE) {
      const id = queue.shift();
      const record = id === undefined ? undefined : records.get(id);
      if (record === undefined) break;
      start(record);
    }
    const complete = isBusy && running.size === 0;
    isBusy = running.size > 0;
    choice.follow(complete);
  };

  const start = (record: FileRecord): void => {
    const { id, incoming } = record;
    const { file, name, path, modifiedMs } = incoming;
    running.add(id);
    isBusy = true;
    let begun: FileRecord['attempt'] = null;
    const isLate = () => begun === null || records.get(id)?.attempt !== begun;
    const { asTheyStand, countKeys } = store.getState();
    const input = { fileId: id, file, fileName: name, path, modifiedMs, unwrap: !asTheyStand.includes(id), countKeys };
    const read = client.read(input, ({ bytesRead, elapsedMs, soFar }) => {
      // A client may begin before it has answered.
      if (begun !== null && isLate()) return;
      setPending(id, { phase: 'reading', id, name, sizeBytes: file.size, bytesRead, elapsedMs, soFar });
    });
    begun = { cancel: read.cancel };
    record.attempt = begun;
    const finish = (reply: ReadReply): void => {
      if (isLate()) {
        if (reply.kind === 'read' && !records.has(id)) removeFromAnalyst(reply.dumps.map((dump) => dump.id));
        return;
      }
      calm.during(() => {
        running.delete(id);
        record.attempt = null;
        end(record, reply);
        goOn();
      });
    };
    read.reply.then(finish, (error: unknown) => finish({ kind: 'failed', why: String(error) }));
  };

  const end = (record: FileRecord, reply: ReadReply): void => {
    const { id, incoming } = record;
    switch (reply.kind) {
      case 'read': {
        const others = store.getState().dumps.filter(({ summary }) => summary.fileId !== id);
        const repeated = repeatsOf(reply.dumps, others, say);
        if (reply.saved !== null && !record.isRestored) restore(record, reply.saved, reply.dumps);
        const kept = reply.dumps.filter((dump) => !record.removed.has(dump.id) && !repeated.has(dump.id));
        const gone = reply.dumps.filter((dump) => !kept.includes(dump));
        removeFromAnalyst(gone.map((dump) => dump.id));
        setPending(id, null);
        if (reply.saved === null) findings.put(id, incoming.name, reply);
        else findings.putSaved(id, reply, reply.saved);
        setDumps(
          id,
          kept.map((summary) => toEntry(summary, record.edits.get(summary.id))),
        );
        if (kept.length === 0 && !findings.holds(id)) records.delete(id);
        if (reply.saved !== null && !record.isRestored) showSaved(record, reply.saved, others.length > 0);
        break;
      }
      case 'rules':
        setPending(id, null);
        triage.put(id, incoming.name, reply.file);
        break;
      case 'cancelled':
        drop(id);
        break;
      default:
        setPending(id, {
          phase: reply.kind,
          id,
          name: incoming.name,
          why: reply.why,
          isOwnFile: reply.kind === 'rejected' && reply.isOwnFile === true,
        });
        findings.drop(id);
        setDumps(id, []);
    }
  };

  /** What was said of the dumps of a saved investigation; once, so that reading it again takes nothing back. */
  const restore = (record: FileRecord, saved: SavedBeside, dumps: readonly DumpSummary[]): void => {
    for (const [id, given] of savedEdits(saved, dumps)) record.edits.set(id, given);
    triage.said(saved);
  };

  /** Takes the view of a saved investigation unless other dumps were open, whose view would be lost. */
  const showSaved = (record: FileRecord, saved: SavedBeside, hasOthers: boolean): void => {
    record.isRestored = true;
    if (!hasOthers) choice.restore(renameDumps(saved.view, (place) => dumpIdOf(record.id, place)));
    else
      say('info', `${record.incoming.name}: its dumps and marks are added to what is open; what it looked at is not.`);
  };

  /** Reads files again; what they gave stays until the new reading has ended. */
  const readAgain = (again: readonly FileRecord[]): void => {
    for (const record of again) {
      const { id, incoming } = record;
      if (queue.includes(id)) continue;
      if (running.delete(id)) record.attempt?.cancel();
      record.attempt = null;
      const { pending } = store.getState();
      const waiting = waitingFile(id, incoming);
      const known = pending.some((file) => file.id === id);
      store.setState({
        pending: known ? pending.map((file) => (file.id === id ? waiting : file)) : [...pending, waiting],
      });
      queue.push(id);
    }
    goOn();
  };

  const edit = (id: DumpId, change: Edit): void => {
    const entry = store.getState().dumps.find((dump) => dump.summary.id === id);
    const record = entry === undefined ? undefined : records.get(entry.summary.fileId);
    if (record === undefined) return;
    record.edits.set(id, { ...record.edits.get(id), ...change });
    const dumps = store
      .getState()
      .dumps.map((dump) => (dump.summary.id === id ? toEntry(dump.summary, record.edits.get(id)) : dump));
    store.setState({ dumps: orderDumps(dumps) });
    // Another order may have another first and last; the dump on show stays.
    choice.follow(false);
  };

  /** Adds records for the files that are to be read, and says what is not. */
  const take = (files: readonly IncomingFile[]): FileRecord[] => {
    const { pending } = store.getState();
    const isOpen = (incoming: IncomingFile): boolean => {
      const twin = [...records.values()].find((record) => isSameFile(record.incoming, incoming));
      if (twin === undefined) return false;
      const phase = pending.find((file) => file.id === twin.id)?.phase;
      if (phase !== 'rejected' && phase !== 'failed' && twin.removed.size === 0) return true;
      // A file that failed is tried again; one of which dumps were removed brings them back.
      drop(twin.id);
      return false;
    };
    return sortIncoming(files, isOpen, say).map((incoming): FileRecord => {
      const id = `f${++lastFile}` as FileId;
      const record = { id, incoming, edits: new Map(), removed: new Set<DumpId>(), isRestored: false, attempt: null };
      records.set(id, record);
      return record;
    });
  };

  const verbs: Omit<Intake, 'isLost' | 'fileOf'> = {
    addFiles: (files) => {
      recoveries = 0;
      const taken = take(files);
      if (taken.length === 0) return;
      const waiting = taken.map(({ id, incoming }): PendingFile => waitingFile(id, incoming));
      store.setState({ pending: [...store.getState().pending, ...waiting] });
      queue.push(...taken.map(({ id }) => id));
      goOn();
    },

    cancelFile: (id) => {
      if (!queue.includes(id) && !running.has(id)) return;
      drop(id);
      goOn();
    },

    cancelAll: () => {
      for (const id of [...queue, ...running]) drop(id);
      goOn();
    },

    dismissFile: (id) => {
      if (queue.includes(id) || running.has(id)) return;
      if (store.getState().pending.some((file) => file.id === id)) drop(id);
    },

    renameDump: (id, name) => {
      const trimmed = name.trim().slice(0, MAX_NAME).trim();
      edit(id, { name: trimmed === '' ? undefined : trimmed });
    },

    setTakenAt: (id, takenAtMs) => {
      if (takenAtMs === null || Number.isFinite(takenAtMs)) edit(id, { takenAtMs });
    },

    removeDump: (id) => {
      const { dumps } = store.getState();
      const entry = dumps.find((dump) => dump.summary.id === id);
      const record = entry === undefined ? undefined : records.get(entry.summary.fileId);
      if (record === undefined) return;
      recoveries = 0;
      record.removed.add(id);
      record.edits.delete(id);
      lost.delete(id);
      store.setState({ dumps: dumps.filter((dump) => dump.summary.id !== id) });
      removeFromAnalyst([id]);
      const empty = !store.getState().dumps.some((dump) => dump.summary.fileId === record.id);
      if (empty && !findings.holds(record.id)) drop(record.id);
      choice.follow(false);
      goOn();
    },

    setUnwrap: (id, unwrap) => {
      const record = records.get(id);
      const { asTheyStand } = store.getState();
      if (record === undefined || asTheyStand.includes(id) !== unwrap) return;
      store.setState({ asTheyStand: unwrap ? asTheyStand.filter((file) => file !== id) : [...asTheyStand, id] });
      readAgain([record]);
    },

    setCountKeys: (keys) => {
      const { countKeys } = store.getState();
      if (JSON.stringify(keys) === JSON.stringify(countKeys)) return;
      store.setState({ countKeys: keys });
      readAgain([...records.values()]);
    },

    removeCounts: (id) => {
      const { counts } = store.getState();
      const fileId = counts.find((entry) => entry.id === id)?.fileId;
      store.setState({ counts: counts.filter((entry) => entry.id !== id) });
      const used = fileId === undefined || findings.holds(fileId);
      if (!used && !store.getState().dumps.some(({ summary }) => summary.fileId === fileId)) drop(fileId);
    },

    removeRuleFile: (id) => {
      if (triage.holds(id)) drop(id);
    },

    removeAll: () => {
      recoveries = 0;
      // What a team knows is of no dump.
      for (const id of [...records.keys()]) if (!triage.holds(id)) drop(id);
      isBusy = false;
      choice.reset();
    },

    analystCrashed: (why) => {
      const { dumps } = store.getState();
      const ids = new Set(dumps.map((dump) => dump.summary.fileId));
      recoveries++;
      for (const dump of dumps) lost.add(dump.summary.id);
      if (recoveries > MAX_RECOVERIES) {
        // Reading them once more would most likely end the same way, again and again.
        for (const id of new Set([...ids, ...queue, ...running])) {
          const record = records.get(id);
          drop(id);
          if (record === undefined) continue;
          records.set(id, { ...record, attempt: null });
          const failed: PendingFile = { phase: 'failed', id, name: record.incoming.name, why };
          store.setState({ pending: [...store.getState().pending, failed] });
        }
        say('error', `${why} This happened again after reading the files again. Open fewer or smaller files at once.`);
        goOn();
        return;
      }
      // Files that are just being read are looked after by the client.
      const again = [...records.values()].filter(({ id }) => ids.has(id) && !queue.includes(id) && !running.has(id));
      queue.unshift(...again.map(({ id }) => id));
      store.setState({
        pending: [...again.map(({ id, incoming }) => waitingFile(id, incoming)), ...store.getState().pending],
      });
      say('error', ids.size === 0 ? why : `${why} All files are being read again.`);
      goOn();
    },
  };
  return {
    isLost: (id) => lost.has(id),
    fileOf: (id) => records.get(id)?.incoming ?? null,
    addFiles: (files) => calm.during(() => verbs.addFiles(files)),
    cancelFile: (id) => calm.during(() => verbs.cancelFile(id)),
    cancelAll: () => calm.during(verbs.cancelAll),
    dismissFile: (id) => calm.during(() => verbs.dismissFile(id)),
    renameDump: (id, name) => calm.during(() => verbs.renameDump(id, name)),
    setTakenAt: (id, takenAtMs) => calm.during(() => verbs.setTakenAt(id, takenAtMs)),
    removeDump: (id) => calm.during(() => verbs.removeDump(id)),
    removeAll: () => calm.during(verbs.removeAll),
    setUnwrap: (id, unwrap) => calm.during(() => verbs.setUnwrap(id, unwrap)),
    setCountKeys: (keys) => calm.during(() => verbs.setCountKeys(keys)),
    removeCounts: (id) => calm.during(() => verbs.removeCounts(id)),
    removeRuleFile: (id) => calm.during(() => verbs.removeRuleFile(id)),
    analystCrashed: (why) => calm.during(() => verbs.analystCrashed(why)),
  };
}
