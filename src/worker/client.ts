import { createAnalystLink } from './analyst-link.ts';
import { createHelperPool, type HelperPoolOptions } from './helper-pool.ts';
import type { Client } from './protocol.ts';
import { createReaderPool, type ReaderPool, type RestOptions } from './reader-pool.ts';
import type { WorkerLike } from './worker-like.ts';

export interface ClientOptions {
  /** Makes a worker that has no role yet; see make-worker.ts. */
  readonly makeWorker: () => WorkerLike;
  /** Readers at most; see `readersFor`. */
  readonly readers: number;
  /** See `helpersFor`. None when left out. */
  readonly helpers?: Omit<HelperPoolOptions, 'makeWorker'>;
  /** Milliseconds a reader may take to let go of a cancelled file before it is replaced. */
  readonly cancelGraceMs?: number;
  /** The usual when left out. */
  readonly rest?: RestOptions;
}

/** Parts of one text that are read at once, less the reader's own. */
const MAX_HELPERS = 4;

/**
 * Readers that suit a machine. The browser's own process reads the file on another core, so with two a second reader
 * gains nothing (measured on 545 MB).
 */
export function readersFor(cores: number): number {
  return cores <= 2 ? 1 : Math.min(3, cores - 1);
}

/**
 * Helpers that suit a machine: with one core they would only take turns with their reader, with two there is none left to
 * read ahead or to read parts; one core stays with the page and one with the browser, which reads the file.
 */
export function helpersFor(cores: number): Omit<HelperPoolOptions, 'makeWorker'> {
  return { size: cores <= 1 ? 0 : Math.max(1, Math.min(MAX_HELPERS, cores - 2)), readAhead: cores > 2 };
}

/** A client over workers. The analyst and the first reader are started here, so that a drop does not wait for them. */
export function createClient(options: ClientOptions): Client {
  const listeners = new Set<(why: string) => void>();
  // Null while the analyst's first start is under way: no reader needs a line then.
  let pool: ReaderPool | null = null;
  const analyst = createAnalystLink(options.makeWorker, {
    onStart: () => pool?.reconnect(),
    onCrash: (why) => {
      pool?.analystGone(why);
      for (const listener of listeners) listener(why);
    },
  });
  analyst.ensure();
  const helpers = createHelperPool({
    makeWorker: options.makeWorker,
    ...(options.helpers ?? { size: 0, readAhead: false }),
  });
  pool = createReaderPool({
    makeWorker: options.makeWorker,
    analyst,
    helpers,
    size: Math.max(1, options.readers),
    cancelGraceMs: options.cancelGraceMs ?? 5000,
    rest: options.rest,
  });
  const { read, stop } = pool;
  return {
    read,
    ask: analyst.ask,
    onCrash: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      listeners.clear();
      stop();
      analyst.stop();
    },
  };
}
