import StandstillWorker from './entry.ts?worker&inline';

/** A worker that waits for its role. Inlined, so that the page also works as a file and under its own policy. */
export function makeWorker(): Worker {
  return new StandstillWorker();
}
