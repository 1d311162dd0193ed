import type { StoreApi } from 'zustand/vanilla';
import type { Schedule } from './queries.ts';
import type { Actions, AppState, IncomingFile, WatchState } from './state.ts';
import type { FetchFile } from './surroundings.ts';

/** Seconds between two dumps: a traceback stops the program while it is written. */
export const MIN_INTERVAL_S = 5;
export const MAX_INTERVAL_S = 3600;
/** Failures in a row after which nobody asks any more, each waiting twice as long as the one before. */
const MAX_FAILURES = 6;
const MAX_WAIT_MS = 10 * 60_000;
/** Dumps of one watch. */
export const MAX_WATCHED = 300;

export interface WatchOptions {
  readonly store: StoreApi<AppState>;
  readonly fetchFile: FetchFile;
  readonly addFiles: (files: readonly IncomingFile[]) => void;
  readonly schedule: Schedule;
  readonly now: () => number;
}

/** Takes a dump from an address again and again; each joins the others as if it had been dropped. */
export function createWatch(
  options: WatchOptions,
): Pick<Actions, 'startWatch' | 'stopWatch'> & { dispose: () => void } {
  const { store, fetchFile, addFiles, schedule, now } = options;
  let cancelNext: (() => void) | null = null;
  let running: AbortController | null = null;

  const show = (change: Partial<WatchState>): void =>
    store.setState(({ watch }) => (watch === null ? {} : { watch: { ...watch, ...change } }));

  const halt = (): void => {
    cancelNext?.();
    cancelNext = null;
    running?.abort();
    running = null;
  };

  const waitFor = (ms: number): void => {
    show({ status: 'waiting', nextAtMs: now() + ms });
    cancelNext = schedule(() => void ask(), ms);
  };

  const ask = async (): Promise<void> => {
    const { watch } = store.getState();
    if (watch === null) return;
    const controller = new AbortController();
    running = controller;
    show({ status: 'asking' });
    const takenAtMs = now();
    const fetched = await fetchFile(watch.address, { signal: controller.signal, onProgress: () => {} });
    if (controller.signal.aborted) return;
    running = null;
    if (fetched.kind === 'file') {
      const name = nameAt(takenAtMs);
      addFiles([{ file: fetched.file, name, path: name, modifiedMs: takenAtMs }]);
      const taken = watch.taken + 1;
      show({ taken, failures: 0, why: '' });
      if (taken >= MAX_WATCHED) {
        show({ status: 'stopped', why: `${MAX_WATCHED} dumps are taken, which is as many as one watch takes.` });
        return;
      }
      waitFor(watch.intervalMs);
      return;
    }
    const failures = watch.failures + 1;
    show({ failures, why: fetched.why });
    // What never worked, or has failed so often, is not asked for again.
    if (watch.taken === 0 || failures >= MAX_FAILURES) show({ status: 'stopped' });
    else waitFor(Math.min(MAX_WAIT_MS, watch.intervalMs * 2 ** failures));
  };

  return {
    startWatch: (address, seconds) => {
      halt();
      const intervalMs = 1000 * Math.min(MAX_INTERVAL_S, Math.max(MIN_INTERVAL_S, seconds));
      const watch = {
        address: address.trim(),
        intervalMs,
        status: 'asking',
        taken: 0,
        failures: 0,
        why: '',
        nextAtMs: now(),
      } as const;
      store.setState({ watch });
      void ask();
    },
    stopWatch: () => {
      halt();
      show({ status: 'stopped', why: '' });
    },
    dispose: halt,
  };
}

/** A name from which the time is read again. */
function nameAt(ms: number): string {
  return `watched-${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '-')}Z.txt`;
}
