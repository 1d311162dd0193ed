import type { LentHelpers, Start, ToHelper } from './messages.ts';
import type { ReadInput } from './protocol.ts';
import { type StartedWorker, startWorker, type WorkerLike } from './worker-like.ts';

/** Below this size the reader is done before two threads have found each other. */
const HELPED_BYTES = 8 * 1024 * 1024;

/** Threads lent to readers: all that are free to the first that may use them. */
export interface HelperPool {
  /** Helpers for `reader`; null when they would not help or none is free. `onGone` is told when one of them dies. */
  readonly lend: (reader: object, input: ReadInput, onGone: () => void) => LentHelpers | null;
  /** The reader needs its helpers no longer. */
  readonly takeBack: (reader: object) => void;
  /** Ends the helpers of a reader, whatever they are at: it was cancelled, or is gone. */
  readonly dismiss: (reader: object) => void;
  readonly stop: () => void;
}

interface Helper {
  readonly worker: StartedWorker;
  lentTo: object | null;
  onGone: () => void;
}

/**
 * What a file is called when it is packed, most likely. Only a guess whether a helper will have work; what a file holds
 * is for its reader to find out.
 */
const PACKED_NAME = /\.(?:gz|gzip|tgz|zst|zstd|zip)$/i;

export interface HelperPoolOptions {
  readonly makeWorker: () => WorkerLike;
  /** Helpers at most. They are started when one is needed. */
  readonly size: number;
  /** Whether they also work for files that are not packed: it takes a third core for that to gain anything (measured on 1.15 GB). */
  readonly readAhead: boolean;
  /** Files from this size on get one; HELPED_BYTES when left out. */
  readonly fromBytes?: number;
}

/** Helpers that are not started yet. */
export function createHelperPool(options: HelperPoolOptions): HelperPool {
  const { makeWorker, size, readAhead, fromBytes = HELPED_BYTES } = options;
  const helpers = new Set<Helper>();

  const start = (): Helper => {
    const helper: Helper = {
      lentTo: null,
      onGone: () => {},
      worker: startWorker(makeWorker, {
        onMessage: () => {},
        onGarbled: () => gone(helper),
        onGone: () => gone(helper),
      }),
    };
    const message: Start = { kind: 'start', role: 'helper' };
    helper.worker.post(message);
    helpers.add(helper);
    return helper;
  };
  const gone = (helper: Helper): void => {
    helper.worker.stop();
    if (helpers.delete(helper) && helper.lentTo !== null) helper.onGone();
  };

  return {
    lend: (reader, { file, fileName }, onGone) => {
      const isPacked = PACKED_NAME.test(fileName);
      if (file.size < fromBytes || !(readAhead || isPacked)) return null;
      const wanted = isPacked ? 1 : size;
      const free = [...helpers].filter(({ lentTo }) => lentTo === null).slice(0, wanted);
      while (free.length < wanted && helpers.size < size) free.push(start());
      if (free.length === 0) return null;
      const lines = free.map((helper) => {
        helper.lentTo = reader;
        helper.onGone = onGone;
        const { port1, port2 } = new MessageChannel();
        const message: ToHelper = { kind: 'line', line: port2 };
        helper.worker.post(message, [port2]);
        return port1;
      });
      return { lines, readsAhead: readAhead };
    },
    takeBack: (reader) => {
      for (const helper of helpers) if (helper.lentTo === reader) helper.lentTo = null;
    },
    dismiss: (reader) => {
      for (const helper of helpers) {
        if (helper.lentTo !== reader) continue;
        helper.worker.stop();
        helpers.delete(helper);
      }
    },
    stop: () => {
      for (const { worker } of helpers) worker.stop();
      helpers.clear();
    },
  };
}
